#include "store/task_index.h"

#include <algorithm>
#include <cassert>
#include <sstream>

#include "store/cases.h"
#include "store/evidence_heads.h"
#include "store/pace.h"
#include "store/rounds.h"

namespace zg::store {
namespace {

const Query kInsertRow{
    "task_row_insert",
    "INSERT INTO task_rows (ord, task_id, item, words, round_id, due, state, facets) VALUES (:ord, "
    ":task, :item, :words, :round, :due, :state, :facets)"};
const Query kRow{"task_row",
                 "SELECT ord, words, round_id, due, state, facets FROM task_rows WHERE task_id = :task"};
const Query kDeleteRow{"task_row_delete", "DELETE FROM task_rows WHERE ord = :ord"};
const Query kInsertFacet{
    "task_facet_insert",
    "INSERT INTO task_facets (facet, ord, due, state, updated, bits) VALUES (:facet, :ord, :due, "
    ":state, :updated, :bits)"};
const Query kDeleteFacet{"task_facet_delete", "DELETE FROM task_facets WHERE facet = :facet AND ord = :ord"};
const Query kCountUp{"task_counts_add",
                     "INSERT INTO task_counts (round_id, facet, due, state, n) VALUES (:round, :facet, :due, "
                     ":state, :n) ON CONFLICT "
                     "(round_id, facet, due, state) DO UPDATE SET n = task_counts.n + excluded.n"};
const Query kTotalUp{"facet_totals_add",
                     "INSERT INTO facet_totals (round_id, facet, kind, n) VALUES (:round, :facet, :kind, :n) "
                     "ON CONFLICT (round_id, "
                     "facet) DO UPDATE SET n = facet_totals.n + excluded.n"};
const Query kDropZeroCounts{"task_counts_drop_zero",
                            "DELETE FROM task_counts WHERE round_id = :round AND facet = "
                            ":facet AND due = :due AND state = :state AND n = 0"};
const Query kDropZeroTotals{"facet_totals_drop_zero",
                            "DELETE FROM facet_totals WHERE round_id = :round AND facet = :facet AND n = 0"};

const Query kInsertSeen{"task_seen_insert", "INSERT INTO task_seen (unit_id, task_id) VALUES (:unit, :task)"};
const Query kDeleteSeen{"task_seen_delete", "DELETE FROM task_seen WHERE task_id = :task"};
const Query kStandAt{"task_stands", "SELECT DISTINCT unit_id FROM task_units WHERE task_id = :task"};
const Query kTasksOfUnit{"unit_tasks",
                         "SELECT task_id FROM task_units WHERE unit_id = :unit UNION SELECT task_id FROM "
                         "breakdown_steps WHERE unit_id = :step_unit AND gone = 0"};
const Query kHaveSteps{
    "task_step_units",
    "SELECT DISTINCT unit_id FROM breakdown_steps WHERE task_id = :task AND gone = 0 AND unit_id <> 0"};
const Query kAllFacet{"task_all_facet",
                      "SELECT updated, bits FROM task_facets WHERE facet = :facet AND ord = :ord"};
const Query kSetFacets{"task_row_facets", "UPDATE task_rows SET facets = :facets WHERE ord = :ord"};

const Query kInsertPassage{
    "passage_insert",
    "INSERT INTO passages (id, document_id, span_begin, span_end) VALUES (:id, :document, :b, :e)"};
const Query kPassages{
    "passages_of", "SELECT id, span_begin, span_end FROM passages WHERE document_id = :document ORDER BY id"};
const Query kDeletePassages{"passages_delete", "DELETE FROM passages WHERE document_id = :document"};

const Query kClear[] = {{"task_rows_clear", "DELETE FROM task_rows"},
                        {"task_facets_clear", "DELETE FROM task_facets"},
                        {"task_counts_clear", "DELETE FROM task_counts"},
                        {"task_seen_clear", "DELETE FROM task_seen"},
                        {"facet_totals_clear", "DELETE FROM facet_totals"},
                        {"passages_clear", "DELETE FROM passages"},
                        {"task_pace_clear", "DELETE FROM task_pace"},
                        {"evidence_heads_clear", "DELETE FROM evidence_heads WHERE unit_id <> 0"}};

// 2024-12-31T08:00:00.123+08:00 → a number that sorts like it: 20241231080000123.
int64_t TimeNumber(const std::string& iso) {
  int64_t n = 0;
  for (char c : iso.substr(0, 23)) {
    if (c >= '0' && c <= '9') n = n * 10 + (c - '0');
  }
  return n;
}

int64_t RoleBits(const UnitRef& ref, bool acceptance) {
  if (acceptance) return kAcceptanceBit;
  if (ref.role == UnitRole::kLead) return kResponsibleBit | kLeadBit;
  if (ref.role == UnitRole::kSupporting) return kResponsibleBit | kSupportingBit;
  return kResponsibleBit;
}

}  // namespace

TaskIndex::~TaskIndex() {
  assert((counts_.empty() && words_.empty() && facets_.empty()) || std::uncaught_exceptions() > 0);
}

std::set<UnitId> TaskIndex::AddUnits(const Task& task, int64_t flags, Line& line) {
  std::map<int64_t, int64_t> roles;
  std::set<UnitId> stand;
  auto add = [&](const UnitRef& ref, bool acceptance) {
    UnitId id = units_.Resolve(ref.name, ref.known);
    int64_t bits = RoleBits(ref, acceptance);
    stand.insert(id);
    roles[Facet(FacetKind::kUnit, id.value)] |= bits;
    for (const auto& code : units_.regions().CountsFor(units_.Get(id))) {
      roles[Facet(FacetKind::kRegion, RegionNumber(code))] |= bits;
    }
  };
  for (const auto& ref : task.entry.responsible) add(ref, false);
  for (const auto& ref : task.entry.acceptance) add(ref, true);
  for (const auto& measure : task.entry.measures) {
    for (const auto& ref : measure.acceptance) add(ref, true);
  }
  for (auto [facet, bits] : roles) {
    line.facets.push_back({facet, flags | bits});
    if (!(bits & kResponsibleBit)) continue;
    bool unit = KindOfFacet(facet) == FacetKind::kUnit;
    line.counted.push_back(Facet(unit ? FacetKind::kUnitDoes : FacetKind::kRegionDoes, IdOfFacet(facet)));
  }
  return stand;
}

// The units that see the task, as facets of its line and as rows of task_seen.
void TaskIndex::AddSeen(TaskId task, const std::set<UnitId>& stand, int64_t flags, Line& line) {
  std::set<UnitId> seen, all = stand;
  session_.Each<int64_t>(
      kHaveSteps, [&](int64_t unit) { all.insert({unit}); }, task);
  for (UnitId unit : all) {
    const auto& by = units_.SeenBy(unit);
    seen.insert(by.begin(), by.end());
  }
  for (UnitId unit : seen) {
    session_.Run(kInsertSeen, unit, task);
    line.facets.push_back({Facet(FacetKind::kSeen, unit.value), flags});
  }
  EvidenceHeadAnew(session_, task);
}

void TaskIndex::SeenAnew(TaskId id) {
  auto row = session_.Row<int64_t, std::string, int64_t, int64_t, int64_t, std::string>(kRow, id);
  if (!row) return;
  auto& [ord, words, round, due, state, facets] = *row;
  if (waiting_.count(ord)) FlushFacets();
  auto all = session_.Row<int64_t, int64_t>(kAllFacet, Facet(FacetKind::kAll), ord);
  auto [updated, flags] = all.value_or(std::tuple<int64_t, int64_t>());
  Line gone{ord, due, state, updated, {round}, {}, {}}, come = gone;
  std::string kept;
  std::istringstream in(facets);
  for (int64_t facet; in >> facet;) {
    if (KindOfFacet(facet) == FacetKind::kSeen) {
      session_.Run(kDeleteFacet, facet, ord);
      gone.facets.push_back({facet, 0});
    } else {
      kept += std::to_string(facet) + ' ';
    }
  }
  session_.Run(kDeleteSeen, id);
  std::set<UnitId> stand;
  session_.Each<int64_t>(
      kStandAt, [&](int64_t unit) { stand.insert({unit}); }, id);
  AddSeen(id, stand, flags, come);
  for (auto [facet, bits] : come.facets) {
    facets_.push_back({facet, ord, due, state, updated, bits});
    kept += std::to_string(facet) + ' ';
  }
  session_.Run(kSetFacets, kept, ord);
  Count(gone, -1);
  Count(come, 1);
  RefreshCase(session_, id);
  RefreshPace(session_, id);
}

void TaskIndex::SeenAnew(const std::vector<UnitId>& units) {
  std::set<TaskId> tasks;
  if (units.empty()) return;
  for (UnitId unit : units_.WithGroups(units))
    session_.Each<int64_t>(
        kTasksOfUnit, [&](int64_t id) { tasks.insert({id}); }, unit, unit);
  for (TaskId task : tasks) SeenAnew(task);
  FlushFacets();
}

void TaskIndex::StepsChanged(TaskId task) {
  SeenAnew(task);
  FlushFacets();
}

TaskIndex::Line TaskIndex::LineOf(const Task& task, DocId family) {
  const Entry& e = task.entry;
  TaskState state = StateOf(e);
  Line line{family.value * kOrdPerDocument + task.seq,
            DueNumber(e.deadline ? e.deadline->date : std::nullopt),
            int64_t(state),
            TimeNumber(task.updated_at),
            task.round,
            {},
            {}};
  bool immediate = e.deadline && e.deadline->immediate;
  bool long_term = (e.deadline && e.deadline->long_term) || (e.status && e.status->long_term);
  bool behind = e.status && e.status->behind_schedule;
  int64_t flags = 0;
  if (immediate) flags |= kImmediateBit;
  if (long_term) flags |= kLongTermBit;
  if (behind) flags |= kBehindBit;
  if (!e.doubts.empty()) flags |= kDoubtBit;
  line.facets = {{Facet(FacetKind::kAll), flags},
                 {Facet(FacetKind::kRound, task.round.value), flags},
                 {Facet(FacetKind::kDocument, family.value), flags},
                 {Facet(FacetKind::kState, line.state), flags}};
  for (int64_t bit : {kImmediateBit, kLongTermBit, kBehindBit, kDoubtBit}) {
    if (flags & bit) line.facets.push_back({Facet(FacetKind::kFlag, bit), flags});
  }
  AddSeen(task.id, AddUnits(task, flags, line), flags, line);
  return line;
}

void TaskIndex::Count(const Line& line, int64_t by) {
  auto add = [&](int64_t facet) {
    for (int64_t round : {int64_t(0), line.round.value}) {
      counts_[{round, facet, line.due, line.state}] += by;
      totals_[{round, facet}] += by;
    }
  };
  for (auto [facet, bits] : line.facets) add(facet);
  for (int64_t facet : line.counted) add(facet);
}

const std::string& TaskIndex::NameOf(RoundId round) {
  auto it = round_names_.find(round);
  if (it == round_names_.end()) {
    it = round_names_.emplace(round, LoadRound(session_, round).value_or(Round()).name).first;
  }
  return it->second;
}

void TaskIndex::Refresh(const Task& task, DocId family) {
  Remove(task.id);
  if (task.gone || !task.entry.is_task) return;
  Line line = LineOf(task, family);
  std::string facets;
  for (auto [facet, bits] : line.facets) {
    facets_.push_back({facet, line.ord, line.due, line.state, line.updated, bits});
    facets += std::to_string(facet) + ' ';
  }
  for (int64_t facet : line.counted) facets += std::to_string(facet) + ' ';
  waiting_.insert(line.ord);
  std::string words = TaskWords(task);
  session_.Run(kInsertRow, line.ord, task.id, ItemJson(task, NameOf(task.round)), words, task.round, line.due,
               line.state, facets);
  words_.push_back({true, TextIndex::kTasks, line.ord, std::move(words)});
  Count(line, 1);
  RefreshCase(session_, task.id);
  RefreshPace(session_, task.id);
}

void TaskIndex::Remove(TaskId id) {
  auto row = session_.Row<int64_t, std::string, int64_t, int64_t, int64_t, std::string>(kRow, id);
  if (!row) return;
  auto& [ord, words, round, due, state, facets] = *row;
  if (waiting_.count(ord)) FlushFacets();
  Line line{ord, due, state, 0, {round}, {}, {}};
  std::istringstream in(facets);
  for (int64_t facet; in >> facet;) {
    session_.Run(kDeleteFacet, facet, ord);
    line.facets.push_back({facet, 0});
  }
  session_.Run(kDeleteRow, ord);
  RemovePace(session_, ord);
  session_.Run(kDeleteSeen, id);
  RemoveEvidenceHead(session_, id);
  words_.push_back({false, TextIndex::kTasks, ord, std::move(words)});
  Count(line, -1);
}

void TaskIndex::AddPassages(DocId document, const Document& text) {
  int64_t id = document.value * kPassagesPerDocument;
  for (Span span : PassagesOf(text)) {
    session_.Run(kInsertPassage, ++id, document, span.begin, span.end);
    words_.push_back({true, TextIndex::kParagraphs, id, PassageWords(text.text, span)});
  }
}

void TaskIndex::RemovePassages(DocId document, const std::u32string& text) {
  std::vector<std::pair<int64_t, Span>> passages;
  session_.Each<int64_t, uint32_t, uint32_t>(
      kPassages,
      [&](int64_t id, uint32_t begin, uint32_t end) {
        passages.push_back({id, {begin, end}});
      },
      document);
  for (auto& [id, span] : passages)
    words_.push_back({false, TextIndex::kParagraphs, id, PassageWords(text, span)});
  session_.Run(kDeletePassages, document);
}

void TaskIndex::FlushFacets() {
  std::sort(facets_.begin(), facets_.end(), [](const FacetRow& a, const FacetRow& b) {
    return std::tie(a.facet, a.ord) < std::tie(b.facet, b.ord);
  });
  for (const auto& f : facets_) session_.Run(kInsertFacet, f.facet, f.ord, f.due, f.state, f.updated, f.bits);
  facets_.clear();
  waiting_.clear();
}

void TaskIndex::Flush() {
  FlushFacets();
  SeenAnew(units_.Arrange());
  for (const auto& [key, n] : counts_) {
    auto [round, facet, due, state] = key;
    if (n != 0) session_.Run(kCountUp, round, facet, due, state, n);
    if (n < 0) session_.Run(kDropZeroCounts, round, facet, due, state);
  }
  for (const auto& [key, n] : totals_) {
    if (n != 0) session_.Run(kTotalUp, key.first, key.second, int64_t(KindOfFacet(key.second)), n);
    if (n < 0) session_.Run(kDropZeroTotals, key.first, key.second);
  }
  counts_.clear();
  totals_.clear();
  for (const auto& w : words_) {
    if (w.add)
      text_.Add(session_, w.kind, w.key, w.text);
    else
      text_.Remove(session_, w.kind, w.key, w.text);
  }
  words_.clear();
}

void TaskIndex::Clear() {
  for (const auto& query : kClear) session_.Run(query);
  text_.Clear(session_);
  counts_.clear();
  totals_.clear();
  words_.clear();
  facets_.clear();
  waiting_.clear();
}

}  // namespace zg::store
