#pragma once
// Whether this server should be given requests: what it stands on answers, and it is not about to end.

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace zg {
class Office;
}

namespace zg::http {

// Thread-safe.
class Readiness {
 public:
  struct Part {
    std::string name;             // database, vault
    std::function<Status()> ask;  // may take long: each part is asked in a thread of its own
  };
  struct Times {
    std::chrono::milliseconds patience{2'000};  // an answer that takes longer counts as none
    std::chrono::milliseconds fresh{1'000};     // an answer is good for so long
  };
  explicit Readiness(std::vector<Part> parts) : Readiness(std::move(parts), Times()) {}
  Readiness(std::vector<Part> parts, Times times);
  ~Readiness();  // waits for what is being asked

  struct State {
    bool ready = false, draining = false;
    std::vector<std::pair<std::string, std::string>> parts;  // name → ok, failed, timeout
  };
  State Look();                       // waits `patience` at most
  void Drain() { draining_ = true; }  // from now on: not ready
  bool draining() const { return draining_; }

 private:
  struct Asked;
  const Times times_;
  std::atomic<bool> draining_{false};
  std::vector<std::unique_ptr<Asked>> parts_;
};

// The database and the vault of `office`, which outlives it.
std::shared_ptr<Readiness> ReadinessOf(Office& office);
// {"status": ok | unavailable | draining, "parts": {…}}; 200, or 503.
Response ReadyAnswer(Readiness& readiness);

}  // namespace zg::http
