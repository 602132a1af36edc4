#pragma once
// Everything that somebody has to do by a day: the one place that reminders take it from. Inside of office/
// only.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "ledger/reminder.h"
#include "ledger/workflow.h"

namespace zg {

struct OfficeCore;
namespace store {
class Session;
}

// Whatever may be told today: reports of open periods, steps of the workflow with time allowed.
std::vector<DueThing> DueThings(const OfficeCore& core, store::Session& session, Date today);

// Place (workflow/state) → its title, and who takes the next step there (returns and look-backs aside).
struct Waiting {
  std::string title;
  std::set<Who> who;
};
using Places = std::map<std::string, Waiting>;
std::shared_ptr<const Places> WaitingPlaces(const OfficeCore& core, store::Session& session);

// The last answer of WaitingPlaces, which changes only with a new version of a workflow. Thread-safe.
struct KeptPlaces {
  std::mutex mutex;
  std::vector<int64_t> versions;  // that it is made of; guarded, as the next
  std::shared_ptr<const Places> places;
};

}  // namespace zg
