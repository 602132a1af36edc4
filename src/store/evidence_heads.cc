#include "store/evidence_heads.h"

#include "store/known_names.h"

namespace zg::store {
namespace {

const Query kDrop{"evidence_heads_drop", "DELETE FROM evidence_heads WHERE task_id = :task"};
// `second`: the newest piece but one.
#define ZG_SECOND                                                                             \
  "coalesce((SELECT max(y.evidence_id) FROM evidence_ties y WHERE y.task_id = v.task_id AND " \
  "y.evidence_id < m.latest), 0)"
const Query kMake{"evidence_heads_make",
                  "INSERT INTO evidence_heads (unit_id, latest, task_id, second) SELECT v.unit_id, m.latest, "
                  "v.task_id, " ZG_SECOND
                  " FROM (SELECT max(x.evidence_id) AS latest FROM evidence_ties x WHERE x.task_id = :task) "
                  "AS m JOIN task_seen v "
                  "ON v.task_id = :task2 WHERE m.latest IS NOT NULL"};
const Query kDropAll{"evidence_heads_drop_all", "DELETE FROM evidence_heads"};
const Query kMakeAll{
    "evidence_heads_make_all",
    "INSERT INTO evidence_heads (unit_id, latest, task_id, second) SELECT v.unit_id, m.latest, "
    "v.task_id, m.second FROM (SELECT m.task_id, m.latest, coalesce((SELECT max(y.evidence_id) FROM "
    "evidence_ties y WHERE y.task_id = m.task_id AND y.evidence_id < m.latest), 0) AS second FROM "
    "(SELECT x.task_id, max(x.evidence_id) AS latest FROM evidence_ties x GROUP BY x.task_id) AS m) AS m "
    "JOIN task_seen v ON v.task_id = m.task_id"};
const Query kMark{"evidence_heads_mark",
                  "INSERT INTO evidence_heads (unit_id, latest, task_id) VALUES (0, 0, 0)"};
const Query kMarked{"evidence_heads_marked", "SELECT 1 FROM evidence_heads WHERE unit_id = 0"};
#define ZG_FROM "(SELECT latest FROM f)"
const Query kAtHeads{
    "evidence_at_heads",
    "WITH f AS MATERIALIZED (SELECT coalesce((SELECT latest FROM evidence_heads WHERE unit_id = :unit AND "
    "latest < "
    ":below ORDER BY latest DESC LIMIT 1 OFFSET :n), 0) AS latest) SELECT p.piece, " ZG_FROM
    " FROM (SELECT h.latest AS piece FROM evidence_heads h WHERE h.unit_id = :unit2 AND h.latest >= " ZG_FROM
    " AND h.latest < :below2 UNION SELECT x.evidence_id FROM evidence_heads h JOIN evidence_ties x ON "
    "x.task_id = "
    "h.task_id WHERE h.unit_id = :unit3 AND h.latest >= " ZG_FROM " AND h.second >= " ZG_FROM
    " AND x.evidence_id >= " ZG_FROM " AND x.evidence_id < :below3) AS p ORDER BY p.piece DESC LIMIT :most"};
const Query kWrong{
    "evidence_heads_wrong",
    "SELECT count(*) FROM task_seen v JOIN (SELECT x.task_id, max(x.evidence_id) AS latest FROM "
    "evidence_ties "
    "x GROUP BY x.task_id) AS m ON m.task_id = v.task_id LEFT JOIN evidence_heads h ON h.unit_id = v.unit_id "
    "AND h.task_id = v.task_id AND h.latest = m.latest WHERE h.unit_id IS NULL OR h.second < " ZG_SECOND};

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
  return IsMarked(session, kMarked);
}

EvidenceRange EvidenceAtHeads(Session& session, UnitId unit, int64_t below, int64_t tasks, int64_t most) {
  EvidenceRange range;
  session.Each<int64_t, int64_t>(
      kAtHeads,
      [&](int64_t piece, int64_t from) {
        range.pieces.push_back(piece);
        range.from = from;
      },
      unit, below, tasks - 1, unit, below, unit, below, most);
  if (int64_t(range.pieces.size()) == most) range.from = range.pieces.back();
  return range;
}

int64_t CountWrongEvidenceHeads(Session& session) {
  return EvidenceHeadsAreKept(session) ? session.Value<int64_t>(kWrong).value_or(0) : 0;
}

}  // namespace zg::store
