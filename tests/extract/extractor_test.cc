#include "extract/extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>

#include "document/reader.h"
#include "extract/json.h"
#include "support/files.h"
#include "support/score.h"
#include "support/vocabulary.h"

namespace zg {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::IsEmpty;

Document Lines(std::string_view text) {
  return std::move(ReadDocument(text, "in.txt")).value();
}

json Understand(const Document& d) {
  return DraftToJson(Extract(d, test::Words()));
}

std::vector<fs::path> Folders(const fs::path& parent) {
  std::vector<fs::path> out;
  for (const auto& e : fs::directory_iterator(parent)) {
    if (e.is_directory() && fs::exists(e.path() / "expected.json")) out.push_back(e.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

fs::path DocumentIn(const fs::path& folder) {
  for (const auto& e : fs::directory_iterator(folder)) {
    std::string ext = e.path().extension().string();
    if (ext != ".json" && ext != ".md") return e.path();
  }
  return {};
}

// Documents of the examples, read once: LibreOffice and OCR take their time.
const Result<Document>& Read(const fs::path& folder) {
  static std::map<fs::path, Result<Document>> read;
  auto it = read.find(folder);
  if (it == read.end()) it = read.emplace(folder, ReadDocumentFile(DocumentIn(folder))).first;
  return it->second;
}

TEST(Examples, EveryLabelIsRead) {
  auto folders = Folders(test::SourceDir() / "examples");
  ASSERT_GE(folders.size(), 12u);
  for (const auto& folder : folders) {
    SCOPED_TRACE(folder.filename().string());
    const auto& document = Read(folder);
    if (!document.ok() && document.error().code == Code::kUnavailable) {
      std::printf("skipped: %s: %s\n", folder.filename().c_str(), document.error().message.c_str());
      continue;
    }
    ASSERT_TRUE(document.ok()) << document.error().message;
    EXPECT_THAT(test::Misses(json::parse(test::ReadFile(folder / "expected.json")), Understand(*document)),
                IsEmpty());
  }
}

TEST(Gold, EveryLabelOfTheCorpusIsRead) {
  fs::path shared = test::SharedDir();
  if (shared.empty()) GTEST_SKIP() << "skipped: no ../shared";
  for (const auto& e : fs::directory_iterator(shared / "gold")) {
    if (e.path().extension() != ".json") continue;
    SCOPED_TRACE(e.path().filename().string());
    auto document = ReadDocumentFile(shared / "corpus" / (e.path().stem().string() + ".txt"));
    ASSERT_TRUE(document.ok());
    EXPECT_THAT(test::Misses(json::parse(test::ReadFile(e.path())), Understand(*document)), IsEmpty());
  }
}

TEST(Gold, CountsOfTheCorpus) {
  fs::path shared = test::SharedDir();
  if (shared.empty()) GTEST_SKIP() << "skipped: no ../shared";
  auto tasks = [&](const char* name) {
    json j = Understand(*ReadDocumentFile(shared / "corpus" / name));
    return std::count_if(j["tasks"].begin(), j["tasks"].end(),
                         [](const json& t) { return t["is_task"].get<bool>(); });
  };
  EXPECT_EQ(tasks("xinjiang-central-round2-tasklist.txt"), 48);
  EXPECT_EQ(tasks("xinjiang-central-round1-report.txt"), 94);
  EXPECT_EQ(tasks("changji-region-round1-report.txt"), 45);
  EXPECT_EQ(tasks("xinjiang-ecology-department-round2-progress.txt"), 3);
  EXPECT_EQ(tasks("turpan-round2-progress.txt"), 7);
}

// Corpus cases as folders: in.txt, expected.json ({"/json/pointer": value}), why.md.
TEST(Cases, EachHoldsWhatItsWhySays) {
  auto folders = Folders(test::SourceDir() / "tests" / "corpus");
  ASSERT_FALSE(folders.empty());
  for (const auto& folder : folders) {
    SCOPED_TRACE(folder.filename().string());
    json got = Understand(Lines(test::ReadFile(folder / "in.txt")));
    const json expected = json::parse(test::ReadFile(folder / "expected.json"));
    for (const auto& [pointer, want] : expected.items()) {
      json::json_pointer p(pointer);
      EXPECT_EQ(got.contains(p) ? got[p] : json(nullptr), want) << pointer;
    }
  }
}

// Every value's span holds its words: squeezed text of the value is found in order in the squeezed source.
void ExpectWordsAreThere(const Document& d, const json& span, const std::string& text,
                         const std::string& what) {
  Span s{span[0], span[1]};
  ASSERT_LE(s.end, d.text.size()) << what;
  std::u32string source = Squeeze(Slice(d.text, s)), value = Squeeze(ToUtf32(text));
  size_t at = 0;
  for (char32_t c : source) {
    if (at < value.size() && value[at] == c) ++at;
  }
  EXPECT_EQ(at, value.size()) << what << ": " << text << " not in " << ToUtf8(source);
}

TEST(Provenance, EverySpanHoldsItsWords) {
  for (const auto& folder : Folders(test::SourceDir() / "examples")) {
    SCOPED_TRACE(folder.filename().string());
    const auto& document = Read(folder);
    if (!document.ok()) continue;
    json got = Understand(*document);
    for (const auto& t : got["tasks"]) {
      std::string path = t["path"];
      const json& spans = t["spans"];
      for (const char* field : {"problem", "goal"}) {
        if (spans.contains(field)) ExpectWordsAreThere(*document, spans[field], t[field], path + " " + field);
      }
      if (spans.contains("deadline"))
        ExpectWordsAreThere(*document, spans["deadline"], t["deadline"]["text"], path + " deadline");
      if (spans.contains("status"))
        ExpectWordsAreThere(*document, spans["status"], t["status"]["text"], path + " status");
      for (const auto& m : t["measures"])
        ExpectWordsAreThere(*document, m["span"], m["text"], path + " measure");
      for (const auto& p : t["progress"])
        ExpectWordsAreThere(*document, p["span"], p["text"], path + " progress");
      for (const auto& u : t["responsible_units"])
        ExpectWordsAreThere(*document, u["span"], u["written"], path + " unit");
      EXPECT_FALSE(t["problem"].get<std::string>().empty()) << path;
    }
  }
}

TEST(Json, ReadsBackWhatItWrites) {
  for (const auto& folder : Folders(test::SourceDir() / "examples")) {
    const auto& document = Read(folder);
    if (!document.ok()) continue;
    json once = Understand(*document);
    auto draft = DraftFromJson(once);
    ASSERT_TRUE(draft.ok()) << draft.error().message;
    EXPECT_EQ(DraftToJson(*draft), once) << folder.filename();
  }
}

TEST(Json, NamesWhatIsWrong) {
  auto bad = DraftFromJson(
      json::parse(R"({"title":"t","kind":"report","tasks":[{"path":"1","is_task":"yes","problem":"p"}]})"));
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().where, "$.tasks[0].is_task");
}

TEST(Doubts, AreSaidWithAReason) {
  json j = Understand(
      Lines("某省整改任务清单\n一、某河水质差。\n责任单位：某某河道整治指挥部\n整改时限：2024年3月前\n整"
            "改措施：\n1.清淤。\n二、某湖水质差。\n"
            "责任单位：省水利厅\n整改时限：2024年底前\n整改措施：\n1."
            "截污。\n四、某库水质差。\n整改时限：2024年底前\n整改措施：\n1.禁养。\n"));
  auto has = [&](int task, const std::string& field) {
    for (const auto& d : j["tasks"][task]["doubts"]) {
      if (d["field"] == field) return true;
    }
    return false;
  };
  EXPECT_TRUE(has(0, "deadline"));     // 3月前
  EXPECT_TRUE(has(0, "responsible"));  // unknown unit
  EXPECT_TRUE(has(2, "path"));         // 三 is missing
  EXPECT_TRUE(has(2, "responsible"));  // not stated
  EXPECT_FALSE(has(1, "deadline"));
}

// Ten times the text takes about ten times as long: generous bound, against quadratic behaviour only.
TEST(Cost, IsLinearOnHostileText) {
  auto seconds = [](const std::string& text) {
    Document d = Lines(text);
    auto t0 = std::chrono::steady_clock::now();
    Extract(d, test::Words());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - t0).count();
  };
  auto repeat = [](std::string_view piece, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += piece;
    return out;
  };
  for (std::string_view piece : {"一、", "（", "（一）关于“", "1.", "责任单位：甲市、", "整改措施：1.",
                                 "2024年", "“十四五", "、和及与", "省序号（"}) {
    double small = seconds("一、问题\n责任单位：" + repeat(piece, 3000)),
           large = seconds("一、问题\n责任单位：" + repeat(piece, 30000));
    EXPECT_LT(large, 40 * small + 0.5) << piece;
  }
}

}  // namespace
}  // namespace zg
