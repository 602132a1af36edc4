#include "store/cases.h"

#include "base/digest.h"
#include "store/facet.h"

namespace zg::store {
namespace {

#define ZG_VERSION_SELECT "SELECT id, workflow, title, digest, source, since FROM workflow_versions "
const Query kVersion{"workflow_version", ZG_VERSION_SELECT "WHERE id = :id"};
const Query kVersions{"workflow_versions", ZG_VERSION_SELECT "ORDER BY id DESC"};
const Query kVersionIds{"workflow_version_ids", "SELECT id FROM workflow_versions ORDER BY id DESC"};
const Query kVersionByDigest{"workflow_by_digest", "SELECT id FROM workflow_versions WHERE digest = :digest"};
const Query kInsertVersion{"workflow_insert",
                           "INSERT INTO workflow_versions (workflow, title, digest, source, since) VALUES "
                           "(:workflow, :title, :digest, :source, :since) RETURNING id"};

#define ZG_CASE_SELECT                                                                                    \
  "SELECT c.task_id, c.version_id, v.workflow, c.begun_state, c.begun_day, c.begun_seq, c.state, "        \
  "c.entered, "                                                                                           \
  "c.cycle, c.cycle_at, c.back, c.checked, c.due, c.by_deadline, c.revision, c.updated_by, c.updated_at " \
  "FROM "                                                                                                 \
  "task_cases c JOIN workflow_versions v ON v.id = c.version_id "
const Query kCase{"case", ZG_CASE_SELECT "WHERE c.task_id = :task"};
const Query kCasesAfter{"cases_after", ZG_CASE_SELECT "WHERE c.task_id > :after ORDER BY c.task_id LIMIT :n"};
const Query kUpdate{"case_update",
                    "UPDATE task_cases SET state = :state, entered = :entered, cycle = :cycle, cycle_at = "
                    ":cycle_at, back = :back, "
                    "checked = :checked, due = :due, by_deadline = :by_deadline, revision = :revision, "
                    "updated_by = :updated_by, "
                    "updated_at = :updated_at WHERE task_id = :task"};

const Query kBegin{
    "cases_begin",
    "INSERT INTO task_cases (task_id, version_id, begun_state, begun_day, begun_seq, state, entered, cycle, "
    "cycle_at, back, checked, due, by_deadline, revision, updated_by, updated_at) SELECT t.id, :version, "
    ":state, "
    ":day, :seq, :state2, :day2, 1, '', '', NULL, CASE WHEN :rule = 1 THEN t.due ELSE :due END, :rule2, 1, "
    ":actor, "
    ":now FROM tasks t WHERE t.document_id = :document AND t.is_task = 1 AND t.gone = 0 AND t.status_kind = "
    ":kind "
    "AND NOT EXISTS (SELECT 1 FROM task_cases c WHERE c.task_id = t.id)"};
const Query kBegun{
    "cases_begun",
    "SELECT task_id, version_id, begun_state, begun_day FROM task_cases WHERE begun_seq = :seq "
    "ORDER BY task_id"};
const Query kBegunSeqs{"cases_begun_seqs", "SELECT DISTINCT begun_seq FROM task_cases ORDER BY begun_seq"};
const Query kWithoutCases{"documents_without_cases",
                          "SELECT DISTINCT t.document_id FROM tasks t WHERE t.is_task = 1 AND t.gone = 0 AND "
                          "NOT EXISTS (SELECT 1 FROM "
                          "task_cases c WHERE c.task_id = t.id) ORDER BY t.document_id"};

std::optional<std::string> Iso(std::optional<Date> date) {
  return date ? std::optional<std::string>(date->Iso()) : std::nullopt;
}
std::optional<Date> DayOf(const std::optional<std::string>& iso) {
  return iso ? Date::ParseIso(*iso) : std::nullopt;
}

template <class... A>
std::vector<CaseRow> Rows(Session& session, const Query& query, const A&... args) {
  using Text = std::string;
  using Maybe = std::optional<std::string>;
  std::vector<CaseRow> rows;
  session.Each<int64_t, int64_t, Text, Text, Text, int64_t, Text, Text, int, Text, Text, Maybe, Maybe, bool,
               int64_t, Text, Text>(
      query,
      [&](int64_t task, int64_t version, const Text& workflow, const Text& begun_state, const Text& begun_day,
          int64_t begun_seq, const Text& state, const Text& entered, int cycle, const Text& cycle_at,
          const Text& back, const Maybe& checked, const Maybe& due, bool by_deadline, int64_t revision,
          const Text& updated_by, const Text& updated_at) {
        CaseRow r;
        r.task = {task};
        r.version = version;
        r.workflow = workflow;
        r.begun_state = begun_state;
        r.begun_day = Date::ParseIso(begun_day).value_or(Date());
        r.begun_seq = begun_seq;
        r.state = {state, Date::ParseIso(entered).value_or(Date()), cycle, back, DayOf(checked)};
        r.cycle_at = cycle_at;
        r.due = DayOf(due);
        r.by_deadline = by_deadline;
        r.revision = revision;
        r.updated_by = updated_by;
        r.updated_at = updated_at;
        rows.push_back(std::move(r));
      },
      args...);
  return rows;
}

template <class... A>
std::vector<WorkflowVersion> Versions(Session& session, const Query& query, const A&... args) {
  using Text = std::string;
  std::vector<WorkflowVersion> all;
  session.Each<int64_t, Text, Text, Text, Text, Text>(
      query,
      [&](int64_t id, const Text& workflow, const Text& title, const Text& digest, const Text& source,
          const Text& since) {
        all.push_back({id, workflow, title, digest, source, since});
      },
      args...);
  return all;
}

}  // namespace

int64_t EnsureVersion(Session& session, const Workflow& w, const std::string& now) {
  if (auto there = session.Value<int64_t>(kVersionByDigest, w.digest)) return *there;
  return session.Insert(kInsertVersion, w.id, w.title, w.digest, w.source, now);
}

std::optional<WorkflowVersion> LoadVersion(Session& session, int64_t id) {
  auto all = Versions(session, kVersion, id);
  return all.empty() ? std::nullopt : std::optional<WorkflowVersion>(std::move(all[0]));
}

std::vector<WorkflowVersion> AllVersions(Session& session) {
  return Versions(session, kVersions);
}

std::vector<int64_t> VersionIds(Session& session) {
  std::vector<int64_t> ids;
  session.Each<int64_t>(kVersionIds, [&](int64_t id) { ids.push_back(id); });
  return ids;
}

std::optional<CaseRow> LoadCase(Session& session, TaskId task) {
  auto rows = Rows(session, kCase, task);
  return rows.empty() ? std::nullopt : std::optional<CaseRow>(std::move(rows[0]));
}

std::vector<CaseRow> CasesAfter(Session& session, TaskId after, int limit) {
  return Rows(session, kCasesAfter, after, limit);
}

void UpdateCase(Session& session, const CaseRow& r) {
  session.Run(kUpdate, r.state.state, r.state.entered.Iso(), r.state.cycle, r.cycle_at, r.state.back,
              Iso(r.state.checked), Iso(r.due), r.by_deadline, r.revision, r.updated_by, r.updated_at,
              r.task);
  RefreshCase(session, r.task);
}

void BeginCases(Session& session, const CaseBeginning& b) {
  session.Run(kBegin, b.version, b.state, b.day.Iso(), b.seq, b.state, b.day.Iso(), b.by_deadline, Iso(b.due),
              b.by_deadline, b.actor, b.now, b.document, b.status_kind);
}

std::string BegunDigest(Session& session, int64_t seq) {
  std::string lines;
  session.Each<int64_t, int64_t, std::string, std::string>(
      kBegun,
      [&](int64_t task, int64_t version, const std::string& state, const std::string& day) {
        lines += std::to_string(task) + " " + std::to_string(version) + " " + state + " " + day + "\n";
      },
      seq);
  return lines.empty() ? "" : Sm3Hex(lines);
}

std::vector<int64_t> BegunSeqs(Session& session) {
  std::vector<int64_t> all;
  session.Each<int64_t>(kBegunSeqs, [&](int64_t seq) { all.push_back(seq); });
  return all;
}

std::vector<DocId> DocumentsWithoutCases(Session& session) {
  std::vector<DocId> all;
  session.Each<int64_t>(kWithoutCases, [&](int64_t id) { all.push_back({id}); });
  return all;
}

}  // namespace zg::store
