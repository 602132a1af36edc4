#include "store/jobs.h"

namespace zg::store {
namespace {

#define ZG_JOB_COLUMNS "kind, subject, due_ms, node_id, since_ms, tries, error, note"
#define ZG_JOB_FREE "(node_id = :node OR NOT EXISTS (SELECT 1 FROM nodes n WHERE n.id = jobs.node_id))"

const Query kAdd{"job_add", "INSERT INTO jobs (" ZG_JOB_COLUMNS
                            ") VALUES (:kind, :subject, :due, :node, :since, "
                            ":tries, :error, :note) ON CONFLICT DO NOTHING"};
const Query kTurn{"job_turn",
                  "UPDATE jobs SET node_id = :me, since_ms = :now, tries = tries + 1 WHERE kind = :kind AND "
                  "subject = :subject AND (due_ms <= :due OR due_ms > :latest) AND " ZG_JOB_FREE
                  " RETURNING tries"};
const Query kPutOff{"job_put_off",
                    "UPDATE jobs SET node_id = 0, due_ms = :due, tries = :tries, error = :error, note = '' "
                    "WHERE kind = :kind AND subject = :subject AND node_id = :node"};
const Query kNote{"job_note", "UPDATE jobs SET note = :note WHERE kind = :kind AND subject = :subject"};
const Query kEnd{"job_end", "DELETE FROM jobs WHERE kind = :kind AND subject = :subject"};
const Query kLoad{"job", "SELECT " ZG_JOB_COLUMNS " FROM jobs WHERE kind = :kind AND subject = :subject"};
const Query kMissing{"import_jobs_missing",
                     "INSERT INTO jobs (" ZG_JOB_COLUMNS
                     ") SELECT 'import', CAST(id AS TEXT), :now, 0, 0, 0, '', '' FROM imports WHERE state = "
                     "'reading' ON CONFLICT DO NOTHING"};
const Query kSums{
    "job_sums",
    "SELECT j.kind, sum(CASE WHEN n.id IS NULL THEN 1 ELSE 0 END), sum(CASE WHEN n.id IS NULL THEN 0 ELSE 1 "
    "END), sum(CASE WHEN j.error = '' THEN 0 ELSE 1 END), coalesce(min(CASE WHEN n.id IS NULL AND j.due_ms "
    "<= :now THEN j.due_ms END), 0) FROM jobs j LEFT JOIN nodes n ON n.id = j.node_id GROUP BY j.kind ORDER "
    "BY j.kind"};
const Query kRunning{"jobs_running", "SELECT " ZG_JOB_COLUMNS
                                     " FROM jobs WHERE EXISTS (SELECT 1 FROM nodes n WHERE n.id = "
                                     "jobs.node_id) ORDER BY since_ms, kind, subject LIMIT :n"};

template <class... A>
std::vector<Job> Jobs(Session& session, const Query& query, const A&... args) {
  std::vector<Job> jobs;
  using Text = std::string;
  session.Each<Text, Text, int64_t, int64_t, int64_t, int64_t, Text, Text>(
      query,
      [&](const Text& kind, const Text& subject, int64_t due, int64_t node, int64_t since, int64_t tries,
          const Text& error, const Text& note) {
        jobs.push_back({kind, subject, due, node, since, tries, error, note});
      },
      args...);
  return jobs;
}

std::optional<Job> First(std::vector<Job> jobs) {
  return jobs.empty() ? std::nullopt : std::optional<Job>(std::move(jobs[0]));
}

}  // namespace

void AddJob(Session& session, const Job& job) {
  session.Run(kAdd, job.kind, job.subject, job.due_ms, job.node, job.since_ms, job.tries, job.error,
              job.note);
}

std::optional<Job> ClaimJob(Session& session, const Database& database, const std::string& kind,
                            int64_t now_ms, int64_t node) {
  const Query claim{"job_claim",
                    "UPDATE jobs SET node_id = :me, since_ms = :now, tries = tries + 1 WHERE kind = :kind "
                    "AND subject = (SELECT subject FROM jobs WHERE kind = :same AND due_ms <= :due "
                    "AND " ZG_JOB_FREE " ORDER BY due_ms, subject LIMIT 1" +
                        database.SkipTaken() + ") RETURNING " ZG_JOB_COLUMNS};
  return First(Jobs(session, claim, node, now_ms, kind, kind, now_ms, node));
}

bool ClaimTurn(Session& session, const std::string& kind, const std::string& subject, int64_t now_ms,
               int64_t latest_ms, int64_t node) {
  return session.Value<int64_t>(kTurn, node, now_ms, kind, subject, now_ms, latest_ms, node).has_value();
}

void PutOff(Session& session, const std::string& kind, const std::string& subject, int64_t node,
            int64_t due_ms, int64_t tries, const std::string& error) {
  session.Run(kPutOff, due_ms, tries, error, kind, subject, node);
}

void NoteJob(Session& session, const std::string& kind, const std::string& subject, const std::string& note) {
  session.Run(kNote, note, kind, subject);
}

void EndJob(Session& session, const std::string& kind, const std::string& subject) {
  session.Run(kEnd, kind, subject);
}

std::optional<Job> LoadJob(Session& session, const std::string& kind, const std::string& subject) {
  return First(Jobs(session, kLoad, kind, subject));
}

void AddMissingImportJobs(Session& session, int64_t now_ms) {
  session.Run(kMissing, now_ms);
}

std::vector<JobSums> SumJobs(Session& session, int64_t now_ms) {
  std::vector<JobSums> sums;
  session.Each<std::string, int64_t, int64_t, int64_t, int64_t>(
      kSums,
      [&](const std::string& kind, int64_t waiting, int64_t running, int64_t failed, int64_t oldest) {
        sums.push_back({kind, waiting, running, failed, oldest});
      },
      now_ms);
  return sums;
}

std::vector<Job> RunningJobs(Session& session, int limit) {
  return Jobs(session, kRunning, limit);
}

}  // namespace zg::store
