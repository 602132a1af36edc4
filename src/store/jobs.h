#pragma once
// What is to be done once by one of several programs (nodes.h). Who begins it puts its number on it; when
// that program is gone, the next one may begin it. That keeps work from being done twice and is no proof that
// it is not: what must not happen twice is looked at again in the transaction that makes it happen.
//
// May be called in a transaction of the ledger and from Store::Beside.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"

namespace zg::store {

struct Job {
  std::string kind, subject;
  int64_t due_ms = 0, node = 0, since_ms = 0, tries = 0;
  std::string error, note;
};

// Nothing where it is there already.
void AddJob(Session& session, const Job& job);
// The one that is due longest and that nobody does, or that `node` has from before. → it, begun
std::optional<Job> ClaimJob(Session& session, const Database& database, const std::string& kind,
                            int64_t now_ms, int64_t node);
// That one, where nobody else does it and it is due; also where it is due later than `latest_ms`, as after a
// clock was set back.
bool ClaimTurn(Session& session, const std::string& kind, const std::string& subject, int64_t now_ms,
               int64_t latest_ms, int64_t node);
// `node` does it no more; the next try not before `due_ms`. `tries`: how often it was begun for nothing.
void PutOff(Session& session, const std::string& kind, const std::string& subject, int64_t node,
            int64_t due_ms, int64_t tries, const std::string& error);
void NoteJob(Session& session, const std::string& kind, const std::string& subject, const std::string& note);
void EndJob(Session& session, const std::string& kind, const std::string& subject);
std::optional<Job> LoadJob(Session& session, const std::string& kind, const std::string& subject);

// Imports that are to be read and have no job, as after the ledger was carried here.
void AddMissingImportJobs(Session& session, int64_t now_ms);

struct JobSums {
  std::string kind;
  int64_t waiting = 0, running = 0, failed = 0;  // failed: with an error, to be tried again
  int64_t oldest_ms = 0;                         // due since; 0: nothing is due
};
std::vector<JobSums> SumJobs(Session& session, int64_t now_ms);
std::vector<Job> RunningJobs(Session& session, int limit);  // done by a program that is there

}  // namespace zg::store
