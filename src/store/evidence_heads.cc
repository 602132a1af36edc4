#include "store/evidence_heads.h"

namespace zg::store {
namespace {

const Query kDrop{"evidence_heads_drop", "DELETE FROM evidence_heads WHERE task_id = :task"};
const Query kMake{
    "evidence_heads_make",
    "INSERT INTO evidence_heads (unit_id, latest, task_id) SELECT v.unit_id, m.latest, v.task_id FROM "
    "(SELECT max(x.evidence_id) AS latest FROM evidence_ties x WHERE x.task_id = :task) AS m JOIN task_seen "
    "v "
    "ON v.task_id = :task2 WHERE m.latest IS NOT NULL"};
const Query kDropAll{"evidence_heads_drop_all", "DELETE FROM evidence_heads"};
const Query kMakeAll{"evidence_heads_make_all",
                     "INSERT INTO evidence_heads (unit_id, latest, task_id) SELECT v.unit_id, m.latest, "
                     "v.task_id FROM (SELECT "
                     "x.task_id, max(x.evidence_id) AS latest FROM evidence_ties x GROUP BY x.task_id) AS m "
                     "JOIN task_seen v ON "
                     "v.task_id = m.task_id"};
const Query kMark{"evidence_heads_mark",
                  "INSERT INTO evidence_heads (unit_id, latest, task_id) VALUES (0, 0, 0)"};
const Query kMarked{"evidence_heads_marked", "SELECT 1 FROM evidence_heads WHERE unit_id = 0"};
const Query kNth{
    "evidence_heads_nth",
    "SELECT latest FROM evidence_heads WHERE unit_id = :unit AND latest < :below ORDER BY latest "
    "DESC LIMIT 1 OFFSET :n"};
const Query kWrong{
    "evidence_heads_wrong",
    "SELECT count(*) FROM task_seen v JOIN (SELECT x.task_id, max(x.evidence_id) AS latest FROM "
    "evidence_ties "
    "x GROUP BY x.task_id) AS m ON m.task_id = v.task_id LEFT JOIN evidence_heads h ON h.unit_id = v.unit_id "
    "AND h.task_id = v.task_id AND h.latest = m.latest WHERE h.unit_id IS NULL"};

}  // namespace

void RemoveEvidenceHead(Session& session, TaskId task) {
  session.Run(kDrop, task);
}

void EvidenceHeadAnew(Session& session, TaskId task) {
  session.Run(kDrop, task);
  session.Run(kMake, task, task);
}

void FillEvidenceHeads(Session& session) {
  session.Run(kDropAll);
  session.Run(kMakeAll);
  session.Run(kMark);
}

bool EvidenceHeadsAreKept(Session& session) {
  return session.Value<int64_t>(kMarked).has_value();
}

int64_t EvidenceHeadsFrom(Session& session, UnitId unit, int64_t below, int64_t n) {
  return session.Value<int64_t>(kNth, unit, below, n - 1).value_or(0);
}

int64_t CountWrongEvidenceHeads(Session& session) {
  return EvidenceHeadsAreKept(session) ? session.Value<int64_t>(kWrong).value_or(0) : 0;
}

}  // namespace zg::store
