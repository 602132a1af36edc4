#include "office/turns.h"

#include "office/core.h"
#include "store/jobs.h"

namespace zg {
namespace {

int64_t Ms(Turns::Time time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace

bool SharedTurns::Take(const std::string& job, std::chrono::seconds every, Time now) {
  int64_t node = core_.nodes->id();
  auto mine = core_.store->Beside([&](store::Session& s) {
    if (store::ClaimTurn(s, "clock", job, Ms(now), Ms(now + every), node)) return true;
    if (store::LoadJob(s, "clock", job)) return false;
    store::AddJob(s, {"clock", job});
    return store::ClaimTurn(s, "clock", job, Ms(now), Ms(now + every), node);
  });
  if (!mine.ok()) core_.Log(mine.error());
  return mine.ok() && *mine;
}

void SharedTurns::Done(const std::string& job, Time next, const Status& status) {
  int64_t node = core_.nodes->id();
  Status done = core_.store->Beside([&](store::Session& s) {
    auto now = store::LoadJob(s, "clock", job);
    if (!now) return;
    store::PutOff(s, "clock", job, node, Ms(next), status.ok() ? 0 : now->tries,
                  status.ok() ? "" : status.error().message);
  });
  if (!done.ok()) core_.Log(done.error());
}

}  // namespace zg
