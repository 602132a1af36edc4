#include "store/replica.h"

namespace zg::store {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto kSampleEvery = 1s;
constexpr auto kAskAgain = 5s;    // a database that did not answer
constexpr auto kRestDown = 5s;    // a replica that cannot be reached: a try may cost seconds
constexpr auto kRestBehind = 1s;  // one that has to catch up

}  // namespace

std::unique_ptr<Session> Replica::Begin(const Ask& ask) {
  if (Rests()) return nullptr;
  auto session = Pooled();
  bool fresh = !session;
  try {
    if (fresh) session = database_.ConnectReplica();
    if (!session) {
      Rest(24h);  // there is none
      return nullptr;
    }
    TakeSample(ask);
    Look look = LookAt(*session);
    if (look == Look::kLost && !fresh) {
      // It went away while the connection lay in the pool; those beside it are no better.
      {
        std::lock_guard lock(mutex_);
        pool_.clear();
      }
      session = database_.ConnectReplica();
      look = session ? LookAt(*session) : Look::kLost;
    }
    if (look == Look::kGood) return session;
    Rest(look == Look::kOld ? std::chrono::milliseconds(kRestBehind) : kRestDown);
    if (look == Look::kOld) Done(std::move(session));
  } catch (const SqlError&) {
    Rest(kRestDown);
  }
  return nullptr;
}

void Replica::Done(std::unique_ptr<Session> session) {
  static const Query kEnd{"replica_end", "COMMIT"};
  try {
    session->Run(kEnd);
    session->Settle();
  } catch (const SqlError&) {
    return;  // everything was read before
  }
  std::lock_guard lock(mutex_);
  if (pool_.size() < most_) pool_.push_back(std::move(session));
}

// A first one tries again after a rest, with the others still resting: it may have to wait for a time-out.
bool Replica::Rests() {
  std::lock_guard lock(mutex_);
  Time now = steady_clock::now();
  if (now < rests_until_) return true;
  if (rests_until_ != Time()) rests_until_ = pool_.empty() ? now + kRestDown : Time();
  return false;
}

void Replica::Rest(std::chrono::milliseconds time) {
  std::lock_guard lock(mutex_);
  rests_until_ = steady_clock::now() + time;
}

// One asks; the others go on with what is known.
void Replica::TakeSample(const Ask& ask) {
  Time at = steady_clock::now();
  {
    std::lock_guard lock(mutex_);
    if (sampling_ || at < next_sample_) return;
    sampling_ = true;
  }
  auto position = ask();
  std::lock_guard lock(mutex_);
  sampling_ = false;
  next_sample_ = steady_clock::now() + (position ? kSampleEvery : kAskAgain);
  if (!position) return;
  samples_.push_back({at, *position});
  while (samples_.front().at < at - most_lag_) samples_.pop_front();
}

std::unique_ptr<Session> Replica::Pooled() {
  std::lock_guard lock(mutex_);
  if (pool_.empty()) return nullptr;
  auto session = std::move(pool_.back());
  pool_.pop_back();
  return session;
}

Replica::Look Replica::LookAt(Session& session) {
  try {
    database_.BeginRead(session);
    auto position = database_.ReplicaPosition(session);
    if (!position) return Look::kLost;
    if (!NewEnough(*position)) return Look::kOld;
  } catch (const SqlError&) {
    return Look::kLost;
  }
  std::lock_guard lock(mutex_);
  rests_until_ = Time();
  return Look::kGood;
}

// The newest time by which the log was no longer than what the replica has followed.
bool Replica::NewEnough(int64_t position) {
  std::lock_guard lock(mutex_);
  for (auto sample = samples_.rbegin(); sample != samples_.rend(); ++sample)
    if (sample->position <= position) return samples_.back().at - sample->at <= most_lag_;
  return false;
}

}  // namespace zg::store
