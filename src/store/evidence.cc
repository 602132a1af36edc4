#include "store/evidence.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "store/evidence_heads.h"
#include "store/tokens.h"

namespace zg::store {
namespace {

#define ZG_EVIDENCE_COLUMNS                                                                           \
  "e.id, e.family_id, e.version, e.kind, e.title, e.fact_day, e.place, e.author, e.unit_id, e.note, " \
  "e.name, "                                                                                          \
  "e.format, e.bytes, e.sha256, e.sm3, e.uploaded_at, e.uploaded_by, e.user_id, e.state, e.newest, "  \
  "e.revision "

const Query kCounts{"evidence_kind_counts",
                    "SELECT e.kind, count(DISTINCT e.id) FROM evidence_ties t JOIN evidence e ON e.id = "
                    "t.evidence_id WHERE t.task_id = :task AND e.shown = 1 GROUP BY e.kind"};
const Query kInsert{
    "evidence_insert",
    "INSERT INTO evidence (family_id, version, kind, title, fact_day, place, author, unit_id, note, name, "
    "format, bytes, sha256, sm3, uploaded_at, uploaded_by, user_id, state, newest, shown, revision) VALUES "
    "(:family, :version, :kind, :title, :day, :place, :author, :unit, :note, :name, :format, :bytes, :sha, "
    ":sm3, :at, :by, :user, 0, 1, 1, :revision) RETURNING id"};
const Query kFamily{"evidence_family", "UPDATE evidence SET family_id = id WHERE id = :id"};
const Query kHide{"evidence_hide",
                  "UPDATE evidence SET newest = 0, shown = 0 WHERE family_id = :family AND id <> :id"};
const Query kUpdate{
    "evidence_update",
    "UPDATE evidence SET kind = :kind, title = :title, fact_day = :day, place = :place, author "
    "= :author, unit_id = :unit, note = :note, state = :state, shown = CASE WHEN newest = 1 AND "
    ":gone < 2 THEN 1 ELSE 0 END, revision = :revision WHERE id = :id"};
const Query kLoad{"evidence_load", "SELECT " ZG_EVIDENCE_COLUMNS "FROM evidence e WHERE e.id = :id"};
const Query kVersions{"evidence_versions", "SELECT " ZG_EVIDENCE_COLUMNS
                                           "FROM evidence e WHERE e.family_id = :family ORDER BY e.version"};
const Query kAfter{"evidence_after", "SELECT " ZG_EVIDENCE_COLUMNS
                                     "FROM evidence e WHERE e.id > :after ORDER BY e.id LIMIT :n"};
const Query kWrong{
    "evidence_wrong_shown",
    "SELECT count(*) FROM evidence e WHERE e.newest <> (CASE WHEN EXISTS (SELECT 1 FROM evidence "
    "n WHERE n.family_id = e.family_id AND n.version > e.version) THEN 0 ELSE 1 END) OR e.shown "
    "<> (CASE WHEN e.newest = 1 AND e.state < 2 THEN 1 ELSE 0 END)"};

const Query kTies{"evidence_ties",
                  "SELECT kind, ref_id, task_id FROM evidence_ties WHERE evidence_id = :id ORDER BY kind, "
                  "ref_id"};
const Query kInsertTie{"evidence_tie_insert",
                       "INSERT INTO evidence_ties (evidence_id, kind, ref_id, task_id) VALUES (:id, :kind, "
                       ":ref, :task) ON CONFLICT DO NOTHING"};
const Query kDropTies{"evidence_ties_drop", "DELETE FROM evidence_ties WHERE evidence_id = :id"};
const Query kDropWords{"evidence_words_drop", "DELETE FROM evidence_words WHERE evidence_id = :id"};
const Query kInsertWord{"evidence_word_insert",
                        "INSERT INTO evidence_words (word, evidence_id) VALUES (:word, :id) ON CONFLICT DO "
                        "NOTHING"};

const Query kTaskVisible{"evidence_task_visible",
                         "SELECT 1 FROM tasks t WHERE t.id = :task AND (:all = 1 OR EXISTS (SELECT 1 FROM "
                         "task_seen u WHERE u.task_id = t.id AND u.unit_id = :unit))"};
const Query kVisible{"evidence_visible",
                     "SELECT 1 FROM evidence e WHERE e.id = :id AND (:all = 1 OR e.unit_id = :unit OR EXISTS "
                     "(SELECT 1 FROM evidence_ties x JOIN task_seen u ON u.task_id = x.task_id WHERE "
                     "x.evidence_id = e.id AND u.unit_id = :unit2))"};
const Query kByDigest{
    "evidence_by_digest",
    "SELECT e.id FROM evidence e WHERE e.sha256 = :sha AND e.shown = 1 AND (:all = 1 OR "
    "e.unit_id = :unit OR EXISTS (SELECT 1 FROM evidence_ties x JOIN task_seen u ON u.task_id "
    "= x.task_id WHERE x.evidence_id = e.id AND u.unit_id = :unit2)) ORDER BY e.id DESC LIMIT "
    "1"};

const Query kInsertRemoval{
    "evidence_removal_insert",
    "INSERT INTO evidence_removals (evidence_id, reason, asked_by, asked_user, asked_at, decision, "
    "decided_by, "
    "decided_user, decided_at, note) VALUES (:id, :reason, :by, :user, :at, '', '', 0, '', '') RETURNING id"};
const Query kDecideRemoval{
    "evidence_removal_decide",
    "UPDATE evidence_removals SET decision = :decision, decided_by = :by, decided_user = "
    ":user, decided_at = :at, note = :note WHERE id = :id"};
const Query kRemovals{
    "evidence_removals",
    "SELECT id, evidence_id, reason, asked_by, asked_user, asked_at, decision, decided_by, "
    "decided_user, decided_at, note FROM evidence_removals WHERE evidence_id = :id ORDER BY id "
    "DESC"};

#define ZG_UPLOAD_COLUMNS \
  "id, owner, user_id, name, bytes, received, sha256, started_at, touched_ms, evidence_id"
const Query kInsertUpload{
    "upload_insert",
    "INSERT INTO uploads (owner, user_id, name, bytes, received, sha256, started_at, "
    "touched_ms, evidence_id) VALUES (:owner, :user, :name, :bytes, 0, :sha, :at, :ms, 0) "
    "RETURNING id"};
const Query kLoadUpload{"upload_load", "SELECT " ZG_UPLOAD_COLUMNS " FROM uploads WHERE id = :id"};
const Query kUploadsOf{"uploads_of",
                       "SELECT " ZG_UPLOAD_COLUMNS
                       " FROM uploads WHERE user_id = :user AND owner = :owner AND evidence_id = 0 "
                       "ORDER BY id LIMIT 200"};
const Query kTouch{"upload_touch", "UPDATE uploads SET received = :n, touched_ms = :ms WHERE id = :id"};
const Query kFinish{"upload_finish",
                    "UPDATE uploads SET evidence_id = :evidence, touched_ms = :ms WHERE id = :id"};
const Query kAddPart{"upload_part_add",
                     "INSERT INTO upload_parts (upload_id, at, bytes, sha256) VALUES (:upload, :at, :bytes, "
                     ":sha256)"};
const Query kParts{"upload_parts",
                   "SELECT at, bytes, sha256 FROM upload_parts WHERE upload_id = :id ORDER BY at"};
const Query kDropParts{"upload_parts_drop", "DELETE FROM upload_parts WHERE upload_id = :id"};
const Query kDropUpload{"upload_drop", "DELETE FROM uploads WHERE id = :id"};
const Query kOwnSums{
    "uploads_own_sums",
    "SELECT count(*), coalesce(sum(bytes), 0) FROM uploads WHERE user_id = :user AND owner = "
    ":owner AND evidence_id = 0"};
const Query kAllSums{"uploads_all_sums", "SELECT coalesce(sum(bytes), 0) FROM uploads WHERE evidence_id = 0"};
const Query kUntouched{"uploads_untouched", "SELECT id FROM uploads WHERE touched_ms < :ms LIMIT 1000"};
const Query kOfMeasure{"task_of_measure", "SELECT task_id FROM measures WHERE id = :id"};

const Query kTiesOf{
    "evidence_ties_of",
    "SELECT evidence_id, kind, ref_id, task_id FROM evidence_ties WHERE evidence_id IN (:ids...) "
    "ORDER BY evidence_id, kind, ref_id"};

// Of those rows; `asked`: they and others, where it is not known yet which of these there will be.
void LoadTies(Session& session, std::vector<Evidence>& rows, const std::vector<int64_t>& asked) {
  if (asked.empty()) return;
  std::unordered_map<int64_t, Evidence*> by_id;
  for (auto& e : rows) by_id[e.id.value] = &e;
  session.Each<int64_t, std::string, int64_t, int64_t>(
      kTiesOf,
      [&](int64_t id, std::string& kind, int64_t ref, int64_t task) {
        if (auto it = by_id.find(id); it != by_id.end()) it->second->ties.push_back({kind, ref, {task}});
      },
      asked);
}
void LoadTies(Session& session, std::vector<Evidence>& rows) {
  std::vector<int64_t> ids;
  for (const auto& e : rows) ids.push_back(e.id.value);
  LoadTies(session, rows, ids);
}

// Without their ties.
template <class... A>
std::vector<Evidence> BareRows(Session& session, const Query& query, const A&... args) {
  using S = std::string;
  std::vector<Evidence> rows;
  session.Each<int64_t, int64_t, int, S, S, std::optional<S>, S, S, int64_t, S, S, S, int64_t, S, S, S, S,
               int64_t, int, bool, int64_t>(
      query,
      [&](int64_t id, int64_t family, int version, S& kind, S& title, std::optional<S>& day, S& place,
          S& author, int64_t unit, S& note, S& name, S& format, int64_t bytes, S& sha, S& sm3, S& at, S& by,
          int64_t user, int state, bool newest, int64_t revision) {
        Evidence e{{id},
                   {family},
                   version,
                   std::move(kind),
                   std::move(title),
                   {},
                   std::move(place),
                   std::move(author),
                   {unit},
                   std::move(note),
                   std::move(name),
                   std::move(format),
                   bytes,
                   std::move(sha),
                   std::move(sm3),
                   std::move(at),
                   std::move(by),
                   {user}};
        if (day) e.fact_day = Date::ParseIso(*day);
        e.state = EvidenceState(state);
        e.newest = newest;
        e.revision = revision;
        rows.push_back(std::move(e));
      },
      args...);
  return rows;
}
template <class... A>
std::vector<Evidence> Rows(Session& session, const Query& query, const A&... args) {
  auto rows = BareRows(session, query, args...);
  LoadTies(session, rows);
  return rows;
}

std::optional<std::string> Day(const Evidence& e) {
  return e.fact_day ? std::optional(e.fact_day->Iso()) : std::nullopt;
}

void WriteTiesAndWords(Session& session, const Evidence& e) {
  std::set<TaskId> tasks;
  session.Each<std::string, int64_t, int64_t>(
      kTies, [&](const std::string&, int64_t, int64_t task) { tasks.insert({task}); }, e.id);
  session.Run(kDropTies, e.id);
  for (const auto& tie : e.ties) {
    session.Run(kInsertTie, e.id, tie.kind, tie.ref, tie.task);
    tasks.insert(tie.task);
  }
  for (TaskId task : tasks) EvidenceHeadAnew(session, task);
  session.Run(kDropWords, e.id);
  for (const auto& word : EvidenceWords(e)) session.Run(kInsertWord, word, e.id);
}

std::vector<Upload> Uploads(Session& session, const Query& query, const auto&... args) {
  using S = std::string;
  std::vector<Upload> rows;
  session.Each<int64_t, S, int64_t, S, int64_t, int64_t, S, S, int64_t, int64_t>(
      query,
      [&](int64_t id, S& owner, int64_t user, S& name, int64_t bytes, int64_t received, S& sha, S& at,
          int64_t ms, int64_t evidence) {
        rows.push_back({id, owner, {user}, name, bytes, received, sha, at, ms, {evidence}});
      },
      args...);
  return rows;
}

// Conditions and their arguments, put together for one filter.
struct Where {
  std::string text = "1 = 1";
  std::vector<AnyArg> args;
  int n = 0;
  void And(std::string condition, std::vector<AnyArg> values) {
    for (auto& value : values) {
      std::string name = ":a" + std::to_string(n++);
      condition.replace(condition.find('?'), 1, name);
      args.push_back(std::move(value));
    }
    text += " AND " + condition;
  }
};

// `more`: one more condition, whose argument comes after those of the filter.
Query FindSql(const Where& w, const std::string& more = "") {
  return {"evidence_find", "SELECT " ZG_EVIDENCE_COLUMNS "FROM evidence e WHERE " + w.text +
                               (more.empty() ? "" : " AND " + more) + " ORDER BY e.id DESC LIMIT :n"};
}

// What a unit sees: its own, and that of the tasks that it sees, range by range from the newest on: the
// pieces of a range are at the tasks whose newest is no older than it. Which they are is asked first, and
// what they hold of a page of them. nullopt: heads are not kept yet.
std::optional<std::vector<Evidence>> FindSeen(Session& session, UnitId unit, const EvidenceFilter& f,
                                              const Where& filter) {
  const Query own{"evidence_own_ids", "SELECT e.id FROM evidence e WHERE " + filter.text +
                                          " AND e.unit_id = :unit ORDER BY e.id DESC LIMIT :n"},
      among = FindSql(filter, "e.id IN (:ids...)");
  std::set<int64_t, std::greater<>> candidates;
  auto add_own = [&] {
    session.Each<int64_t>(
        own, [&](int64_t id) { candidates.insert(id); }, filter.args, unit, f.limit);
  };
  int64_t below = f.before > 0 ? f.before : std::numeric_limits<int64_t>::max(), tasks = f.limit + 1;
  auto next = [&] { return EvidenceAtHeads(session, unit, below, tasks, tasks + f.limit / 4); };
  session.Ahead([&] {
    EvidenceHeadsAreKept(session);
    add_own();
    next();
  });
  if (!EvidenceHeadsAreKept(session)) return std::nullopt;
  add_own();
  std::vector<Evidence> found;
  while (below > 0 && int(found.size()) < f.limit) {
    EvidenceRange range = next();
    candidates.insert(range.pieces.begin(), range.pieces.end());
    while (int(found.size()) < f.limit && !candidates.empty() && *candidates.begin() >= range.from) {
      std::vector<int64_t> page;
      while (int(page.size()) < f.limit && !candidates.empty() && *candidates.begin() >= range.from)
        page.push_back(candidates.extract(candidates.begin()).value());
      session.Ahead([&] { LoadTies(session, found, page); });
      auto rows = BareRows(session, among, filter.args, page, f.limit - int(found.size()));
      LoadTies(session, rows, page);
      std::move(rows.begin(), rows.end(), std::back_inserter(found));
    }
    below = range.from;
    tasks *= 4;
  }
  return found;
}

}  // namespace

std::set<std::string> EvidenceWords(const Evidence& e) {
  std::set<std::string> words;
  for (const std::string* text : {&e.title, &e.name, &e.place, &e.author}) {
    ForEachToken(*text, [&](std::string_view token, size_t, size_t) {
      words.emplace(token);
      return words.size() < 2000;
    });
  }
  return words;
}

std::map<std::string, int64_t> EvidenceKindCounts(Session& session, TaskId task) {
  std::map<std::string, int64_t> counts;
  session.Each<std::string, int64_t>(
      kCounts, [&](const std::string& kind, int64_t n) { counts[kind] = n; }, task);
  return counts;
}

EvidenceId InsertEvidence(Session& session, Evidence& e) {
  e.id.value = session.Insert(kInsert, e.family, e.version, e.kind, e.title, Day(e), e.place, e.author,
                              e.unit, e.note, e.name, e.format, e.bytes, e.sha256, e.sm3, e.uploaded_at,
                              e.uploaded_by, e.user, e.revision);
  if (!e.family) {
    session.Run(kFamily, e.id);
    e.family = e.id;
  } else {
    session.Run(kHide, e.family, e.id);
  }
  WriteTiesAndWords(session, e);
  return e.id;
}

void UpdateEvidence(Session& session, const Evidence& e) {
  int state = int(e.state);
  session.Run(kUpdate, e.kind, e.title, Day(e), e.place, e.author, e.unit, e.note, state, state, e.revision,
              e.id);
  WriteTiesAndWords(session, e);
}

std::optional<Evidence> LoadEvidence(Session& session, EvidenceId id) {
  auto rows = Rows(session, kLoad, id);
  return rows.empty() ? std::nullopt : std::optional(std::move(rows[0]));
}

std::vector<Evidence> EvidenceVersions(Session& session, EvidenceId family) {
  return Rows(session, kVersions, family);
}

std::optional<Evidence> NewestOfFamily(Session& session, EvidenceId family) {
  auto rows = EvidenceVersions(session, family);
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.back()));
}

bool EvidenceVisible(Session& session, const Scope& scope, EvidenceId id) {
  // Evidence of no unit is not that of somebody who has none.
  return !scope.none() && session.Value<int64_t>(kVisible, id, scope.all, scope.unit, scope.unit).has_value();
}

bool TaskVisibleForEvidence(Session& session, const Scope& scope, TaskId task) {
  return session.Value<int64_t>(kTaskVisible, task, scope.all, scope.unit).has_value();
}

std::vector<Evidence> FindEvidence(Session& session, const Scope& scope, const EvidenceFilter& f) {
  Where w;
  if (f.removed)
    w.And("e.state = ?", {int64_t(2)});
  else
    w.And("e.shown = ?", {int64_t(1)});
  if (f.asked) w.And("e.state = ?", {int64_t(1)});
  if (f.task)
    w.And("e.id IN (SELECT t.evidence_id FROM evidence_ties t WHERE t.task_id = ?)", {f.task->value});
  if (f.tie_kind && f.tie_ref) {
    w.And("e.id IN (SELECT t.evidence_id FROM evidence_ties t WHERE t.kind = ? AND t.ref_id = ?)",
          {*f.tie_kind, *f.tie_ref});
  }
  if (!f.kind.empty()) w.And("e.kind = ?", {f.kind});
  if (f.unit) w.And("e.unit_id = ?", {f.unit->value});
  if (f.from) w.And("e.fact_day >= ?", {f.from->Iso()});
  if (f.to) w.And("e.fact_day <= ?", {f.to->Iso()});
  for (const auto& phrase : QueryPhrases(f.text)) {
    for (const auto& word : phrase) {
      w.And("e.id IN (SELECT v.evidence_id FROM evidence_words v WHERE v.word = ?)", {word});
    }
  }
  if (f.before > 0) w.And("e.id < ?", {f.before});
  if (scope.none()) return {};
  // What is looked for in other ways is rare, or of one task.
  bool few = f.removed || f.asked || f.task || f.tie_kind || !f.text.empty();
  if (!scope.all && !few)
    if (auto seen = FindSeen(session, scope.unit, f, w)) return std::move(*seen);
  if (!scope.all) {
    w.And(
        "(e.unit_id = ? OR EXISTS (SELECT 1 FROM evidence_ties x JOIN task_seen u ON u.task_id = x.task_id "
        "WHERE x.evidence_id = e.id AND u.unit_id = ?))",
        {scope.unit.value, scope.unit.value});
  }
  w.args.push_back(int64_t(f.limit));
  return Rows(session, FindSql(w), w.args);
}

std::optional<EvidenceId> FindEvidenceByDigest(Session& session, const Scope& scope,
                                               const std::string& sha256) {
  if (scope.none()) return std::nullopt;
  auto id = session.Value<int64_t>(kByDigest, sha256, scope.all, scope.unit, scope.unit);
  return id ? std::optional(EvidenceId{*id}) : std::nullopt;
}

std::vector<Evidence> EvidenceAfter(Session& session, EvidenceId after, int limit) {
  return Rows(session, kAfter, after, limit);
}

int64_t CountWrongShown(Session& session) {
  return session.Value<int64_t>(kWrong).value_or(0);
}

int64_t InsertRemoval(Session& session, const EvidenceRemoval& r) {
  return session.Insert(kInsertRemoval, r.evidence, r.reason, r.asked_by, r.asked_user, r.asked_at);
}

void DecideRemoval(Session& session, const EvidenceRemoval& r) {
  session.Run(kDecideRemoval, r.decision, r.decided_by, r.decided_user, r.decided_at, r.note, r.id);
}

std::vector<EvidenceRemoval> RemovalsOf(Session& session, EvidenceId id) {
  using S = std::string;
  std::vector<EvidenceRemoval> rows;
  session.Each<int64_t, int64_t, S, S, int64_t, S, S, S, int64_t, S, S>(
      kRemovals,
      [&](int64_t removal, int64_t evidence, S& reason, S& by, int64_t user, S& at, S& decision,
          S& decided_by, int64_t decided_user, S& decided_at, S& note) {
        rows.push_back({removal,
                        {evidence},
                        reason,
                        by,
                        {user},
                        at,
                        decision,
                        decided_by,
                        {decided_user},
                        decided_at,
                        note});
      },
      id);
  return rows;
}

int64_t InsertUpload(Session& session, const Upload& u) {
  return session.Insert(kInsertUpload, u.owner, u.user, u.name, u.bytes, u.sha256, u.started_at,
                        u.touched_ms);
}

std::optional<Upload> LoadUpload(Session& session, int64_t id) {
  auto rows = Uploads(session, kLoadUpload, id);
  return rows.empty() ? std::nullopt : std::optional(std::move(rows[0]));
}

void TouchUpload(Session& session, int64_t id, int64_t received, int64_t now_ms) {
  session.Run(kTouch, received, now_ms, id);
}

void FinishUpload(Session& session, int64_t id, EvidenceId evidence, int64_t now_ms) {
  session.Run(kDropParts, id);
  session.Run(kFinish, evidence, now_ms, id);
}

void DropUpload(Session& session, int64_t id) {
  session.Run(kDropParts, id);
  session.Run(kDropUpload, id);
}

void AddUploadPart(Session& session, int64_t upload, const UploadPart& part) {
  session.Run(kAddPart, upload, part.at, part.bytes, part.sha256);
}

std::vector<UploadPart> UploadParts(Session& session, int64_t upload) {
  std::vector<UploadPart> parts;
  session.Each<int64_t, int64_t, std::string>(
      kParts,
      [&](int64_t at, int64_t bytes, const std::string& sha256) {
        parts.push_back({at, bytes, sha256});
      },
      upload);
  return parts;
}

UploadSums OpenUploads(Session& session, UserId user, const std::string& owner) {
  UploadSums sums;
  if (auto own = session.Row<int64_t, int64_t>(kOwnSums, user, owner)) {
    sums.own_count = std::get<0>(*own);
    sums.own_bytes = std::get<1>(*own);
  }
  sums.all_bytes = session.Value<int64_t>(kAllSums).value_or(0);
  return sums;
}

std::vector<Upload> UploadsOf(Session& session, UserId user, const std::string& owner) {
  return Uploads(session, kUploadsOf, user, owner);
}

std::vector<int64_t> UploadsUntouchedSince(Session& session, int64_t ms) {
  std::vector<int64_t> ids;
  session.Each<int64_t>(
      kUntouched, [&](int64_t id) { ids.push_back(id); }, ms);
  return ids;
}

std::optional<TaskId> TaskOfMeasure(Session& session, int64_t measure) {
  auto id = session.Value<int64_t>(kOfMeasure, measure);
  return id ? std::optional(TaskId{*id}) : std::nullopt;
}

}  // namespace zg::store
