#include "http/readiness.h"

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/errand.h"
#include "http/answer.h"
#include "http/log.h"
#include "office/office.h"
#include "office/pulse.h"

namespace zg::http {

namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

// One part: a thread that asks when somebody wants to know.
struct Readiness::Asked {
  explicit Asked(Part p) : part(std::move(p)), thread([this] { Work(); }) {}
  ~Asked() {
    {
      std::lock_guard lock(mutex);
      stopping = true;
    }
    changed.notify_all();
    thread.join();
  }

  // What it said, not older than `oldest`; nullptr where it says nothing until `until`.
  const char* Wait(Clock::time_point oldest, Clock::time_point until) {
    std::unique_lock lock(mutex);
    if (answered < oldest) {
      wanted = true;
      changed.notify_all();
    }
    bool there = changed.wait_until(lock, until, [&] { return answered >= oldest; });
    return !there ? nullptr : good ? "ok" : "failed";
  }

  void Work() {
    OnErrand errand({}, "ready");
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [this] { return wanted || stopping; });
      if (stopping) return;
      wanted = false;
      lock.unlock();
      Status status = Ask();
      lock.lock();
      if (good != status.ok()) Tell(status);
      good = status.ok();
      answered = Clock::now();
      changed.notify_all();
    }
  }
  Status Ask() const {
    try {
      return part.ask();
    } catch (const std::exception& e) {
      return Error{Code::kUnavailable, "", "", "ready.failed", e.what()};
    }
  }
  // Once for each change: a database that is down does not fill the log.
  void Tell(const Status& status) const {
    if (status.ok()) return Log(LogLevel::kInfo, "ready.again", {{"part", part.name}});
    const Error& error = status.error();
    Log(LogLevel::kError, "ready.lost",
        {{"part", part.name}, {"code", error.id}, {"message", error.message}, {"cause", error.cause}});
  }

  const Part part;
  std::mutex mutex;  // guards what follows
  std::condition_variable changed;
  bool wanted = false, stopping = false, good = true;
  Clock::time_point answered{};
  std::thread thread;
};

Readiness::Readiness(std::vector<Part> parts, Times times) : times_(times) {
  for (Part& part : parts) parts_.push_back(std::make_unique<Asked>(std::move(part)));
}
Readiness::~Readiness() = default;

Readiness::State Readiness::Look() {
  auto now = Clock::now();
  State state;
  state.draining = draining_;
  state.ready = !state.draining;
  for (auto& part : parts_) {
    const char* said = part->Wait(now - times_.fresh, now + times_.patience);
    state.ready = state.ready && said && std::string(said) == "ok";
    state.parts.push_back({part->part.name, said ? said : "timeout"});
  }
  return state;
}

std::shared_ptr<Readiness> ReadinessOf(Office& office) {
  return std::make_shared<Readiness>(
      std::vector<Readiness::Part>{{"database", [&office] { return office.pulse().Database(); }},
                                   {"vault", [&office] { return office.pulse().Vault(); }}});
}

Response ReadyAnswer(Readiness& readiness) {
  Readiness::State state = readiness.Look();
  nlohmann::json parts = nlohmann::json::object();
  for (const auto& [name, said] : state.parts) parts[name] = said;
  const char* status = state.ready ? "ok" : state.draining ? "draining" : "unavailable";
  Response response = JsonAnswer({{"status", status}, {"parts", parts}}, state.ready ? 200 : 503);
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

}  // namespace zg::http
