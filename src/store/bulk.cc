#include "store/bulk.h"

#include <nlohmann/json.hpp>
#include <set>

#include "store/events.h"
#include "store/evidence.h"
#include "store/evidence_heads.h"
#include "store/periods.h"
#include "store/reports.h"
#include "store/tokens.h"

namespace zg::store {
namespace {

constexpr size_t kAtOnce = 20'000;  // rows

const Query kMaxReport{"bulk_max_report", "SELECT coalesce(max(id), 0) FROM reports"};
const Query kMaxEvidence{"bulk_max_evidence", "SELECT coalesce(max(id), 0) FROM evidence"};
const Query kAsked{"asked_now",
                   "SELECT DISTINCT t.id, u.unit_id FROM tasks t JOIN task_units u ON u.task_id = t.id AND "
                   "u.side = 0 AND u.measure_ord = -1 WHERE t.is_task = 1 AND t.gone = 0 AND t.status_kind "
                   "NOT IN ('completed', 'ongoing') ORDER BY u.unit_id, t.id"};

// "seq# at …": a # marks whole numbers.
TableShape Shape(const std::string& table, const std::string& columns) {
  TableShape shape{table, {}, {}};
  for (size_t at = 0; at < columns.size();) {
    size_t end = std::min(columns.find(' ', at), columns.size());
    std::string name = columns.substr(at, end - at);
    bool number = name.back() == '#';
    if (number) name.pop_back();
    shape.columns.push_back({name, number ? ColumnType::kInt : ColumnType::kText});
    at = end + 1;
  }
  return shape;
}

Cell Maybe(const std::optional<Date>& day) {
  return day ? Cell(day->Iso()) : Cell();
}

}  // namespace

Bulk::Bulk(Database& database) : database_(database), session_(database.Connect(true)) {
  events_.shape = Shape("events",
                        "seq# at actor kind subject document_id# task_id# before after note proof previous "
                        "digest");
  reports_.shape = Shape("reports",
                         "id# period_id# unit_id# task_id# status# state on_schedule# reason body figures "
                         "evidence next_step remark still# revision# updated_by updated_at submitted_at "
                         "decided_by decided_at");
  evidence_.shape =
      Shape("evidence",
            "id# family_id# version# kind title fact_day place author unit_id# note name format "
            "bytes# sha256 sm3 uploaded_at uploaded_by user_id# state# newest# shown# revision#");
  ties_.shape = Shape("evidence_ties", "evidence_id# kind ref_id# task_id#");
  words_.shape = Shape("evidence_words", "word evidence_id#");
  auto last = LastEvent(*session_);
  next_event_ = last ? last->seq + 1 : 1;
  last_digest_ = last ? last->digest : kFirstPrevious;
  next_report_ = session_->Value<int64_t>(kMaxReport).value_or(0) + 1;
  next_evidence_ = session_->Value<int64_t>(kMaxEvidence).value_or(0) + 1;
  database_.BeginLoad(*session_);
}

Bulk::~Bulk() = default;

void Bulk::Put(Rows& rows, std::vector<Cell> row) {
  rows.waiting.push_back(std::move(row));
  if (rows.waiting.size() >= kAtOnce) Load(rows);
}

void Bulk::Load(Rows& rows) {
  if (rows.waiting.empty()) return;
  database_.BeginWrite(*session_);
  database_.LoadRows(*session_, rows.shape, rows.waiting);
  database_.CommitWrite(*session_);
  rows.waiting.clear();
}

void Bulk::Add(Event e) {
  e.seq = next_event_++;
  e.previous = last_digest_;
  e.digest = last_digest_ = EventDigest(e);
  Put(events_, {e.seq, std::move(e.at), std::move(e.actor), std::move(e.kind), std::move(e.subject),
                e.document.value, e.task.value, std::move(e.before), std::move(e.after), std::move(e.note),
                std::move(e.proof), std::move(e.previous), std::move(e.digest)});
}

void Bulk::Add(const DispatchReport& r) {
  ++next_report_;
  const ReportContent& c = r.content;
  Put(reports_, {r.id.value,
                 r.period.value,
                 r.unit.value,
                 r.task.value,
                 int64_t(r.status),
                 c.state ? std::string(TaskStateName(*c.state)) : std::string(),
                 c.on_schedule ? Cell(int64_t(*c.on_schedule)) : Cell(),
                 c.reason,
                 c.text,
                 FiguresToJson(c.figures),
                 std::string("[]"),
                 c.next_step,
                 r.remark,
                 int64_t(r.still),
                 r.revision,
                 r.updated_by,
                 r.updated_at,
                 r.submitted_at,
                 r.decided_by,
                 r.decided_at});
}

void Bulk::Add(const Evidence& e) {
  ++next_evidence_;
  Put(evidence_, {e.id.value,    e.id.value,    int64_t(e.version),
                  e.kind,        e.title,       Maybe(e.fact_day),
                  e.place,       e.author,      e.unit.value,
                  e.note,        e.name,        e.format,
                  e.bytes,       e.sha256,      e.sm3,
                  e.uploaded_at, e.uploaded_by, e.user.value,
                  int64_t(0),    int64_t(1),    int64_t(1),
                  e.revision});
  for (const auto& tie : e.ties) Put(ties_, {e.id.value, tie.kind, tie.ref, tie.task.value});
  for (const auto& word : EvidenceWords(e)) Put(words_, {word, e.id.value});
}

void Bulk::Finish() {
  for (Rows* rows : {&events_, &reports_, &evidence_, &ties_, &words_}) Load(*rows);
  session_->Forget();
  database_.BeginWrite(*session_);
  RebuildPeriodCounts(*session_);
  FillEvidenceHeads(*session_);
  session_->Settle();
  session_->Forget();
  database_.FinishLoad(*session_);
  database_.CommitWrite(*session_);
  database_.Optimize(*session_);
}

std::vector<std::pair<TaskId, UnitId>> AskedNow(Session& session) {
  std::vector<std::pair<TaskId, UnitId>> pairs;
  session.Each<int64_t, int64_t>(kAsked, [&](int64_t task, int64_t unit) {
    pairs.push_back({{task}, {unit}});
  });
  return pairs;
}

}  // namespace zg::store
