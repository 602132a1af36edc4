// The checks on the real documents, where they are there: what must be found, that nothing else is called an
// error, and that a changed number of a confirmed relation is noticed.
#include <gmock/gmock.h>

#include <filesystem>
#include <set>

#include "check_helper.h"
#include "document/reader.h"
#include "support/files.h"

namespace zg {
namespace {

namespace fs = std::filesystem;
using testing::IsSupersetOf;

const char* const kRound1 = "xinjiang-central-round1-report.txt";
const char* const kRound2 = "xinjiang-central-round2-tasklist.txt";
const char* const kPrefecture = "changji-region-round1-report.txt";

class CorpusTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::path shared = test::SharedDir();
    if (shared.empty()) GTEST_SKIP() << "skipped: no ../shared";
    for (const auto& e : fs::directory_iterator(shared / "corpus")) {
      if (e.path().extension() == ".txt") files_.push_back(e.path());
    }
    std::sort(files_.begin(), files_.end());
    const auto vocabulary = Vocabulary::Builtin().value();
    for (const auto& file : files_) documents_.push_back(std::move(*ReadDocumentFile(file)));
    for (const auto& d : documents_) drafts_.push_back(Extract(d, *vocabulary));
    for (size_t i = 0; i < files_.size(); ++i) {
      CheckInput input;
      input.file = files_[i].filename().string();
      input.document = &documents_[i];
      input.draft = &drafts_[i];
      inputs_.push_back(input);
    }
  }

  std::vector<fs::path> files_;
  std::deque<Document> documents_;
  std::deque<Draft> drafts_;
  std::vector<CheckInput> inputs_;
};

// kind file path, as short names for what is found.
std::set<std::string> Names(const CheckResult& r, Severity severity) {
  std::set<std::string> out;
  for (const auto& f : r.findings) {
    if (f.severity == severity)
      out.insert(std::string(CheckKindName(f.kind)) + " " + f.place.file + " " + f.place.path.value_or("-"));
  }
  return out;
}

std::string Name(const char* kind, const char* file, const char* path) {
  return std::string(kind) + " " + file + " " + path;
}

TEST_F(CorpusTest, EveryErrorIsAKnownTrueOne) {
  EXPECT_EQ(
      Names(zg::Check(inputs_), Severity::kError),
      (std::set<std::string>{
          Name("missing_figure", kPrefecture, "18"), Name("contradiction", kPrefecture, "19"),
          Name("task_count", kRound1, "-"), Name("overdue", kRound1, "11"), Name("overdue", kRound1, "32"),
          Name("overdue", kRound1, "58"), Name("overdue", kRound1, "65"), Name("ratio", kRound1, "84")}));
}

TEST_F(CorpusTest, CopiesAreSeen) {
  CheckResult r = zg::Check(inputs_);
  std::set<std::string> all = Names(r, Severity::kWarning);
  all.merge(Names(r, Severity::kNote));
  EXPECT_THAT(all, IsSupersetOf({Name("copied_text", kPrefecture, "18"), Name("copied_text", kRound2, "19"),
                                 Name("contradiction", kRound1, "5")}));
}

TEST_F(CorpusTest, RelationsThatHoldAreConfirmed) {
  CheckResult r = zg::Check(inputs_);
  EXPECT_GE(r.confirmed.size(), 60u);
  for (const char* e :
       {"55 / 94 = 58.5%", "2258 + 11461 = 13719", "10518 + 61 + 882 = 11461",
        "13719 + 1134 + 534 + 2085 + 59 = 17531", "30.27亿 / 55.35亿 = 54.69%", "67.2万 - 32.7万 = 34.5万",
        "11万 + 23.5万 = 34.5万", "82 / 2165 = 3.77%", "72万 + 42万 = 114万", "6 + 1 + 3 + 3 + 1 = 14"})
    EXPECT_TRUE(Confirmed(r, e)) << e;
}

// The first digit of a number, changed; empty where there is none.
std::u32string Changed(const std::u32string& text, Span number, uint32_t& at) {
  for (at = number.begin; at < number.end; ++at) {
    char32_t c = text[at];
    if (c < U'1' || c > U'9') continue;
    std::u32string out = text;
    out[at] = c == U'9' ? U'4' : char32_t(c + 1);
    return out;
  }
  return {};
}

TEST_F(CorpusTest, AChangedNumberIsNoticed) {
  const auto vocabulary = Vocabulary::Builtin().value();
  int changes = 0, noticed = 0;
  for (size_t i = 0; i < inputs_.size(); ++i) {
    CheckResult before = zg::Check(std::span(&inputs_[i], 1));
    std::set<std::string> known;
    for (const auto& f : before.findings) known.insert(f.message);
    for (const auto& relation : before.confirmed) {
      for (const auto& number : relation.numbers) {
        uint32_t at = 0;
        Document d = documents_[i];
        d.text = Changed(documents_[i].text, number.span, at);
        if (d.text.empty()) continue;
        Draft draft = Extract(d, *vocabulary);
        CheckInput input = inputs_[i];
        input.document = &d;
        input.draft = &draft;
        CheckResult after = zg::Check(std::span(&input, 1));
        ++changes;
        for (const auto& f : after.findings) {
          auto covers = [&](const CheckPlace& p) { return p.span.begin <= at && at < p.span.end; };
          bool quoted = covers(f.place) || std::any_of(f.related.begin(), f.related.end(), covers);
          if (!quoted || known.count(f.message)) continue;
          ++noticed;
          break;
        }
      }
    }
  }
  std::cout << "changed numbers noticed: " << noticed << " of " << changes << "\n";
  EXPECT_GE(noticed, 0.95 * changes);
}

}  // namespace
}  // namespace zg
