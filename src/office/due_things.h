#pragma once
// Everything that somebody has to do by a day: the one place that reminders take it from. Inside of office/
// only.

#include <map>
#include <set>
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
std::map<std::string, Waiting> WaitingPlaces(const OfficeCore& core, store::Session& session);

}  // namespace zg
