// What goes out comes in again: a list handed out as a Word document and imported gives the same tasks, field
// by field.
#include <gmock/gmock.h>

#include <map>

#include "document/reader.h"
#include "extract/extractor.h"
#include "extract/vocabulary.h"
#include "report/docx.h"
#include "report/task_papers.h"
#include "support/files.h"

namespace zg {
namespace {

using paper::Paper;
using paper::PaperTask;
using paper::TaskPaperModel;

Draft Read(const Document& document) {
  static const auto vocabulary = Vocabulary::Builtin().value();
  return Extract(document, *vocabulary);
}

TaskPaperModel ModelOf(const Draft& draft) {
  TaskPaperModel model;
  model.title = draft.title;
  model.round = "督察";
  model.party = "江岚省";
  model.as_of = *Date::Make(2026, 11, 26);
  int64_t id = 0;
  for (const auto& entry : draft.entries) {
    PaperTask task;
    task.id = TaskId{++id};
    task.entry = entry;
    task.state = StateOf(entry);
    model.tasks.push_back(std::move(task));
  }
  return model;
}

std::string Words(const std::string& text) {
  return ToUtf8(Squeeze(ToUtf32(text)));
}

std::string UnitNames(const std::vector<UnitRef>& units) {
  std::string out;
  for (const auto& unit : units) out += unit.name + "/" + std::to_string(int(unit.role)) + " ";
  return out;
}

// Everything that the ledger keeps of an entry, but for where it stood.
std::map<std::string, std::string> FieldsOf(const Entry& e, bool progress) {
  std::map<std::string, std::string> f;
  f["label"] = Words(e.label);
  f["is_task"] = e.is_task ? "yes" : "no";
  for (const auto& h : e.headings) f["headings"] += Words(h) + "|";
  f["problem"] = Words(e.problem.text);
  f["deadline"] = e.deadline ? e.deadline->text + (e.deadline->date ? e.deadline->date->Iso() : "") +
                                   (e.deadline->immediate ? " immediate" : "") +
                                   (e.deadline->long_term ? " long" : "")
                             : "";
  f["upstream"] = e.upstream_ordinal ? std::to_string(*e.upstream_ordinal) : "";
  if (progress) {
    f["status"] = e.status ? Words(e.status->text) + std::to_string(int(e.status->kind)) +
                                 (e.status->long_term ? " long" : "") +
                                 (e.status->behind_schedule ? " behind" : "")
                           : "";
    for (const auto& p : e.progress)
      f["progress"] += (p.number ? std::to_string(*p.number) + "." : "") + Words(p.text) + "\n";
    return f;
  }
  f["responsible"] = UnitNames(e.responsible) + (e.responsible_open ? "open" : "");
  f["acceptance"] = UnitNames(e.acceptance);
  f["goal"] = Words(e.goal.text);
  for (const auto& m : e.measures) {
    f["measures"] += (m.number ? std::to_string(*m.number) + "." : "") + Words(m.text) + " " + m.lead + " " +
                     UnitNames(m.acceptance);
    for (const auto& due : m.due) f["measures"] += due.date.Iso() + " ";
    f["measures"] += "\n";
  }
  for (const auto& t : e.targets)
    f["targets"] += t.quantity + t.comparator + (t.number ? std::to_string(*t.number) : t.klass) + t.unit +
                    (t.by ? t.by->Iso() : "") + "\n";
  return f;
}

std::map<std::string, std::map<std::string, std::string>> LedgerOf(const Draft& draft, bool progress) {
  std::map<std::string, std::map<std::string, std::string>> out;
  for (const auto& e : draft.entries) out[e.path] = FieldsOf(e, progress);
  return out;
}

// What differs, "16.2 deadline: 2023… / 2024…".
std::vector<std::string> Differences(const Draft& before, const Draft& after, bool progress) {
  std::vector<std::string> out;
  auto was = LedgerOf(before, progress), is = LedgerOf(after, progress);
  for (auto& [path, fields] : was)
    for (auto& [name, value] : fields)
      if (!is.count(path))
        out.push_back(path + " is gone");
      else if (is[path][name] != value)
        out.push_back(path + " " + name + ": " + value.substr(0, 300) + " / " +
                      is[path][name].substr(0, 300));
  for (auto& [path, fields] : is)
    if (!was.count(path)) out.push_back(path + " is new: " + fields["problem"].substr(0, 90));
  return out;
}

Draft HandedOut(const Paper& paper) {
  return Read(ReadDocument(WriteDocx(paper).value(), "清单.docx").value());
}

Draft DraftOf(const std::filesystem::path& file) {
  return Read(ReadDocumentFile(file).value());
}

std::filesystem::path Corpus(const char* name) {
  auto shared = test::SharedDir();
  return shared.empty() ? shared : shared / "corpus" / name;
}

TEST(RoundTrip, ListsOfTheExamples) {
  for (const char* name : {"01-province-tasklist/tasklist.txt", "27-labels-without-colon/tasklist.docx"}) {
    auto file = test::SourceDir() / "examples" / name;
    if (!std::filesystem::exists(file)) continue;
    Draft draft = DraftOf(file);
    ASSERT_GT(draft.entries.size(), 0u) << name;
    EXPECT_THAT(Differences(draft, HandedOut(TaskListPaper(ModelOf(draft))), false), testing::IsEmpty())
        << name;
  }
}

TEST(RoundTrip, ReportsOfTheExamples) {
  for (const char* name : {"05-round1-report-with-annex/report.txt", "03-prefecture-progress/progress.txt",
                           "06-three-levels-progress/progress.txt"}) {
    auto file = test::SourceDir() / "examples" / name;
    if (!std::filesystem::exists(file)) continue;
    Draft draft = DraftOf(file);
    ASSERT_GT(draft.entries.size(), 0u) << name;
    EXPECT_THAT(Differences(draft, HandedOut(UnitReport(ModelOf(draft))), true), testing::IsEmpty()) << name;
    EXPECT_THAT(Differences(draft, HandedOut(RectificationReport(ModelOf(draft))), true), testing::IsEmpty())
        << name;
  }
}

TEST(RoundTrip, The48TasksOfTheSecondCentralList) {
  auto file = Corpus("xinjiang-central-round2-tasklist.txt");
  if (file.empty()) GTEST_SKIP() << "skipped: the corpus is not here";
  Draft draft = DraftOf(file);
  EXPECT_EQ(
      std::count_if(draft.entries.begin(), draft.entries.end(), [](const auto& e) { return e.is_task; }), 48);
  EXPECT_THAT(Differences(draft, HandedOut(TaskListPaper(ModelOf(draft))), false), testing::IsEmpty());
}

TEST(RoundTrip, TheAnnexOf94TasksOfTheFirstCentralReport) {
  auto file = Corpus("xinjiang-central-round1-report.txt");
  if (file.empty()) GTEST_SKIP() << "skipped: the corpus is not here";
  Draft draft = DraftOf(file);
  EXPECT_EQ(
      std::count_if(draft.entries.begin(), draft.entries.end(), [](const auto& e) { return e.is_task; }), 94);
  EXPECT_THAT(Differences(draft, HandedOut(RectificationReport(ModelOf(draft))), true), testing::IsEmpty());
}

}  // namespace
}  // namespace zg
