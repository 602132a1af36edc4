#include "store/rebuild.h"

#include <fmt/format.h>

#include "store/cases.h"
#include "store/documents.h"
#include "store/evidence_heads.h"
#include "store/facet.h"
#include "store/notices.h"
#include "store/periods.h"
#include "store/task_index.h"
#include "store/tasks.h"
#include "store/texts.h"

namespace zg::store {
namespace {

const Query kWrongTotals{"recount_totals",
                         "SELECT f.facet, f.n, coalesce(t.n, 0) FROM (SELECT facet, count(*) AS n FROM "
                         "task_facets GROUP BY facet) AS f "
                         "LEFT JOIN facet_totals t ON t.round_id = 0 AND t.facet = f.facet WHERE f.n <> "
                         "coalesce(t.n, 0) LIMIT :n"};
const Query kWrongCounts{"recount_counts",
                         "SELECT f.facet, f.n, coalesce(c.n, 0) FROM (SELECT facet, due, state, count(*) AS "
                         "n FROM task_facets GROUP BY "
                         "facet, due, state) AS f LEFT JOIN task_counts c ON c.round_id = 0 AND c.facet = "
                         "f.facet AND c.due = f.due AND "
                         "c.state = f.state WHERE f.n <> coalesce(c.n, 0) LIMIT :n"};
const Query kOrphanCounts{"recount_orphans",
                          "SELECT t.facet, 0, t.n FROM facet_totals t WHERE t.round_id = 0 AND t.n <> 0 AND "
                          "t.kind < 8 AND "  // those above have no rows (store/facet.h)
                          "NOT EXISTS (SELECT 1 FROM "
                          "task_facets f WHERE f.facet = t.facet) LIMIT :n"};
// Counted without rows of their own: the rows of the unit or region (kinds 5, 6) where it is responsible (bit
// 64) tell.
const Query kWrongDoes{
    "recount_does",
    "SELECT d.facet, d.rows, d.n FROM (SELECT t.facet, t.n, (SELECT count(*) FROM task_facets f WHERE "
    "f.facet = t.facet - 3298534883328 AND (f.bits & 64) <> 0) AS rows FROM facet_totals t WHERE "
    "t.round_id = 0 AND t.kind IN (8, 9)) AS d WHERE d.rows <> d.n LIMIT :n"};
const Query kRowsMissing{
    "recount_rows",
    "SELECT (SELECT count(*) FROM tasks WHERE is_task = 1 AND gone = 0), (SELECT count(*) FROM task_rows)"};

const Query kAnySeen{"task_seen_any", "SELECT 1 FROM task_seen LIMIT 1"};
// Kind 8: units as responsible ones.
const Query kAnyCounted{"facets_counted_any",
                        "SELECT 1 FROM facet_totals WHERE round_id = 0 AND kind = 8 LIMIT 1"};
const Query kAnyDoes{
    "task_units_any_does",
    "SELECT 1 FROM task_units u JOIN task_rows r ON r.task_id = u.task_id WHERE u.side = 0 LIMIT 1"};
const Query kAnyStand{"task_units_any",
                      "SELECT 1 FROM task_units u JOIN task_rows r ON r.task_id = u.task_id LIMIT 1"};

const Query kWithSteps{"tasks_with_steps",
                       "SELECT DISTINCT task_id FROM breakdown_steps WHERE gone = 0 AND unit_id <> 0"};

const Query kAllWords{"search_all_words", "SELECT ord, words FROM task_rows ORDER BY ord"};
const Query kPassagesOf{"search_passages_of",
                        "SELECT id, span_begin, span_end FROM passages WHERE document_id = :id ORDER BY id"};

const char* NameOf(FacetKind kind) {
  switch (kind) {
    case FacetKind::kAll:
      return "全部任务";
    case FacetKind::kRound:
      return "轮次";
    case FacetKind::kDocument:
      return "文件";
    case FacetKind::kState:
      return "状态";
    case FacetKind::kFlag:
      return "标记";
    case FacetKind::kUnit:
      return "单位";
    case FacetKind::kRegion:
      return "地区";
    case FacetKind::kSeen:
      return "可见单位";
    case FacetKind::kUnitDoes:
      return "责任单位";
    case FacetKind::kRegionDoes:
      return "责任地区";
    case FacetKind::kUnitAccepts:
      return "验收单位";
  }
  return "其他";
}

}  // namespace

Rebuilt RebuildDerived(Session& session, Database& database, const RegionIndex& regions,
                       const std::string& now) {
  Rebuilt rebuilt;
  UnitDirectory units(session, regions, now);
  TaskIndex index(session, database.text_index(), units);
  index.Clear();
  units.Arrange(true);
  for (DocId id : AllDocumentIds(session)) {
    auto document = LoadDocument(session, id);
    if (!document->newest) continue;
    for (const auto& task : LoadTasks(session, id)) {
      index.Refresh(task, document->family);
      rebuilt.tasks += task.entry.is_task ? 1 : 0;
    }
    index.AddPassages(id, LoadText(session, document->text_id));
    ++rebuilt.documents;
    index.Flush();
  }
  index.Flush();
  RebuildCases(session);
  RebuildPeriodCounts(session);
  return rebuilt;
}

namespace {
// A ledger of an earlier version: units that have a step see the task from now on.
void FillSeenBySteps(Session& session, Database& database, const RegionIndex& regions,
                     const std::string& now) {
  std::vector<TaskId> tasks;
  session.Each<int64_t>(kWithSteps, [&](int64_t task) { tasks.push_back({task}); });
  if (tasks.empty()) return;
  UnitDirectory units(session, regions, now);
  TaskIndex index(session, database.text_index(), units);
  for (TaskId task : tasks) index.StepsChanged(task);
  index.Flush();
}
}  // namespace

void FillSeen(Session& session, Database& database, const RegionIndex& regions, const std::string& now) {
  constexpr const char* kStepsMark = "steps_seen";  // set once: since then steps keep it true themselves
  bool steps = ClockMark(session, kStepsMark).empty();
  if (steps) SetClockMark(session, kStepsMark, now.substr(0, 10));
  if (session.Value<int64_t>(kAnySeen) || !session.Value<int64_t>(kAnyStand)) {
    if (steps) FillSeenBySteps(session, database, regions, now);
    return;
  }
  UnitDirectory units(session, regions, now);
  TaskIndex index(session, database.text_index(), units);
  units.Arrange(true);
  std::vector<UnitId> all;
  for (const auto& node : LoadUnitNodes(session)) all.push_back(node.id);
  index.SeenAnew(all);
  index.Flush();
}

void FillCounted(Session& session, Database& database, const RegionIndex& regions, const std::string& now) {
  if (session.Value<int64_t>(kAnyCounted) || !session.Value<int64_t>(kAnyDoes)) return;
  RebuildDerived(session, database, regions, now);
}

void FillSearch(Session& session, TextIndex& index) {
  index.Clear(session);
  session.Each<int64_t, std::string>(kAllWords, [&](int64_t ord, const std::string& words) {
    index.Add(session, TextIndex::kTasks, ord, words);
  });
  for (DocId id : AllDocumentIds(session)) {
    std::vector<std::pair<int64_t, Span>> passages;
    session.Each<int64_t, uint32_t, uint32_t>(
        kPassagesOf,
        [&](int64_t passage, uint32_t begin, uint32_t end) {
          passages.push_back({passage, {begin, end}});
        },
        id);
    if (passages.empty()) continue;
    std::u32string text = LoadPlainText(session, LoadDocument(session, id)->text_id);
    for (const auto& [passage, span] : passages)
      index.Add(session, TextIndex::kParagraphs, passage, PassageWords(text, span));
  }
}

std::vector<std::string> DerivedTables() {
  return {"task_rows",   "task_facets",   "task_counts",  "facet_totals", "passages",
          "findings",    "finding_units", "relations",    "check_runs",   "case_facets",
          "case_counts", "task_seen",     "period_units", "task_pace",    "evidence_heads"};
}

std::vector<std::string> RecountBreaks(Session& session, size_t most) {
  std::vector<std::string> breaks;
  auto rows = session.Row<int64_t, int64_t>(kRowsMissing);
  if (rows && std::get<0>(*rows) != std::get<1>(*rows)) {
    breaks.push_back(fmt::format("任务清单索引有{}条，实际任务有{}条，请运行 zhenggai rebuild 重建。",
                                 std::get<1>(*rows), std::get<0>(*rows)));
  }
  for (const auto* query : {&kWrongTotals, &kWrongCounts, &kOrphanCounts, &kWrongDoes}) {
    session.Each<int64_t, int64_t, int64_t>(
        *query,
        [&](int64_t facet, int64_t is, int64_t counted) {
          if (breaks.size() >= most) return;
          breaks.push_back(fmt::format("按{}（{}）的计数是{}，重数是{}，请运行 zhenggai rebuild 重建。",
                                       NameOf(KindOfFacet(facet)), IdOfFacet(facet), counted, is));
        },
        int64_t(most));
  }
  if (int64_t wrong = CountWrongEvidenceHeads(session); wrong > 0 && breaks.size() < most)
    breaks.push_back(
        fmt::format("单位可见的资料索引有{}处与资料台账不符，请运行 zhenggai rebuild 重建。", wrong));
  for (auto& sentence : CaseCountBreaks(session, most)) breaks.push_back(std::move(sentence));
  for (auto& sentence : PeriodCountBreaks(session, most)) breaks.push_back(std::move(sentence));
  return breaks;
}

}  // namespace zg::store
