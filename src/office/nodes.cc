#include "office/nodes.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <random>

#include "office/core.h"
#include "office/people.h"
#include "store/jobs.h"
#include "store/nodes.h"

namespace zg {
namespace {

using nlohmann::json;
using Steady = std::chrono::steady_clock;

constexpr int64_t kFinishEvery = 1;  // beats

int64_t NewId() {
  std::random_device random;
  return ((int64_t(random()) << 21) ^ int64_t(random())) & ((int64_t(1) << 52) - 1);
}

std::string HostName() {
  char name[256] = "";
  ::gethostname(name, sizeof name - 1);
  return std::string(name) + ":" + std::to_string(::getpid());
}

std::string At(int64_t ms) {
  return ms > 0 ? IsoOfSeconds(ms / 1000) : "";
}

}  // namespace

Nodes::Nodes(OfficeCore& core) : core_(core), wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Nodes::~Nodes() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  Wake();
  if (thread_.joinable()) thread_.join();
  ::close(wake_);
  if (id_ == 0) return;
  Status gone = core_.store->Beside([&](store::Session& s) { store::DropNode(s, id_); });
  if (!gone.ok()) core_.Log(gone.error());
}

void Nodes::Wake() {
  uint64_t one = 1;
  (void)!::write(wake_, &one, sizeof one);
}

bool Nodes::alone() const {
  return !core_.store->database().shared();
}

void Nodes::On(const std::string& word, std::function<void()> act) {
  std::lock_guard lock(acts_mutex_);
  acts_[word] = std::move(act);
}

Status Nodes::Start() {
  if (alone()) {
    // Who was here before is gone: nobody else may have the file.
    ZG_TRY(core_.store->Beside(
        [&](store::Session& s) { store::DropSilentNodes(s, core_.store->database(), 0); }));
  }
  ZG_TRY(Register());
  if (!alone()) thread_ = std::thread([this] { Run(); });
  return {};
}

void Nodes::Deafen() {
  std::lock_guard lock(acts_mutex_);
  acts_.clear();
}

void Nodes::Act(const std::string& word) {
  std::lock_guard lock(acts_mutex_);
  for (const auto& [name, act] : acts_)
    if (word.empty() || name == word) act();
}

// In a transaction of the ledger: a migration that older programs must not see comes before it or after.
Status Nodes::Register() {
  store::NodeRow row;
  row.id = NewId();
  row.name = core_.options.node.empty() ? HostName() : core_.options.node;
  row.version = core_.options.version;
  const auto& migrations = core_.store->migrations();
  row.knows = migrations.empty() ? 0 : migrations.back().version;
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    ZG_TRY(store::CheckMigration(s, migrations));
    store::AddNode(s, core_.store->database(), row);
    return {};
  }));
  id_ = row.id;
  return {};
}

void Nodes::Beat() {
  auto there = core_.store->Beside([&](store::Session& s) {
    bool known = store::TouchNode(s, core_.store->database(), id_);
    store::DropSilentNodes(s, core_.store->database(), kSilentMs);
    return known;
  });
  if (!there.ok()) return core_.Log(there.error());
  if (*there) return;
  Status again = Register();
  if (!again.ok()) core_.Log(again.error());
}

// Who starts beside older programs leaves them their tables until they are gone.
void Nodes::Finish() {
  auto left = core_.store->FinishMigration();
  if (!left.ok()) return core_.Log(left.error());
  waiting_ = !left->empty();
}

void Nodes::Run() {
  std::unique_ptr<store::Bell> bell;
  auto next = Steady::now();
  waiting_ = true;
  for (;;) {
    {
      std::lock_guard lock(mutex_);
      if (stop_) return;
    }
    if (Steady::now() >= next) {
      next = Steady::now() + std::chrono::milliseconds(kBeatMs);
      Beat();
      if (waiting_ && beats_++ % kFinishEvery == 0) Finish();
    }
    SendRings();
    try {
      if (!bell) {
        bell = core_.store->database().Listen();
        Act("");  // whatever was rung meanwhile
      }
      int wait = int(std::chrono::duration_cast<std::chrono::milliseconds>(next - Steady::now()).count());
      std::string own = " " + std::to_string(id_);
      for (const std::string& said : bell->Hear(wake_, std::max(wait, 1))) {
        if (said.size() > own.size() && said.ends_with(own)) continue;
        Act(said.substr(0, said.find(' ')));
      }
    } catch (const store::SqlError& e) {
      if (bell) core_.Log(e.error());
      bell.reset();
      pollfd wake{wake_, POLLIN, 0};
      ::poll(&wake, 1, 1000);
    }
    uint64_t drained;
    (void)!::read(wake_, &drained, sizeof drained);
  }
}

void Nodes::Ring(const std::string& word) {
  if (id_ == 0 || alone()) return;
  {
    std::lock_guard lock(mutex_);
    rings_.insert(word);
  }
  Wake();
}

void Nodes::SendRings() {
  std::set<std::string> rings;
  {
    std::lock_guard lock(mutex_);
    rings.swap(rings_);
  }
  if (rings.empty()) return;
  Status rung = core_.store->Beside([&](store::Session& s) {
    for (const auto& word : rings) core_.store->database().Ring(s, word + " " + std::to_string(id_));
  });
  if (!rung.ok()) core_.Log(rung.error());
}

bool Nodes::Youngest() {
  if (alone()) return true;
  auto nodes =
      core_.store->Beside([&](store::Session& s) { return store::LoadNodes(s, core_.store->database()); });
  return nodes.ok() && !nodes->empty() && nodes->back().id == id_;
}

Result<json> Nodes::List() {
  return core_.store->Beside([&](store::Session& s) {
    json items = json::array();
    for (const auto& node : store::LoadNodes(s, core_.store->database())) {
      items.push_back({{"id", std::to_string(node.id)},
                       {"name", node.name},
                       {"version", node.version},
                       {"knows", node.knows},
                       {"started_at", At(node.started_ms)},
                       {"seen_at", At(node.seen_ms)},
                       {"there", alone() || node.now_ms - node.seen_ms < kSilentMs},
                       {"here", node.id == id_}});
    }
    return json{{"items", std::move(items)}};
  });
}

Result<json> Nodes::Jobs() {
  using namespace std::chrono;
  int64_t now = duration_cast<milliseconds>(core_.clock->Now().time_since_epoch()).count();
  return core_.store->Beside([&](store::Session& s) {
    std::map<int64_t, std::string> names;
    for (const auto& node : store::LoadNodes(s, core_.store->database())) names[node.id] = node.name;
    json items = json::array(), running = json::array();
    for (const auto& sum : store::SumJobs(s, now))
      items.push_back({{"kind", sum.kind},
                       {"waiting", sum.waiting},
                       {"running", sum.running},
                       {"failed", sum.failed},
                       {"oldest_at", At(sum.oldest_ms)}});
    for (const auto& job : store::RunningJobs(s, 200))
      running.push_back({{"kind", job.kind},
                         {"subject", job.subject},
                         {"node", names[job.node]},
                         {"since", At(job.since_ms)},
                         {"tries", job.tries},
                         {"note", job.note}});
    return json{{"items", std::move(items)}, {"running", std::move(running)}};
  });
}

}  // namespace zg
