#pragma once
// A question that what is done on this thread depends on, asked in the round of the next Store::Read and not
// in a round of its own. Until it is answered nothing is told or changed: a Read whose round had the answer
// "no" is an Error, and a Write asks first.
//
//   Along along([&](Session& s) { return StillHolds(s); });
//   auto answer = …;             // reads and writes as they do without it
//   if (!along.Holds()) …        // answer is worth nothing; nullopt: nobody read, so it was not asked

#include <functional>
#include <optional>

#include "base/result.h"
#include "store/sql.h"

namespace zg::store {

// For one thread, where it was made; at most one at a time.
class Along {
 public:
  // ask(Session&) → whether it holds; asks the same on each call (Session::Ahead).
  explicit Along(std::function<bool(Session&)> ask);
  ~Along();
  Along(const Along&) = delete;
  Along& operator=(const Along&) = delete;
  std::optional<bool> Holds() const { return holds_; }

  // For the store. Unasked: this thread's, where it has one that was not asked yet.
  static Along* Unasked();
  static bool Fell();      // this thread's was asked, and does not hold
  static Error Refusal();  // what is said then: store.fell
  void Announce(Session& session) {
    session.Ahead([&] { ask_(session); });
  }
  void Ask(Session& session) { holds_ = ask_(session); }

 private:
  std::function<bool(Session&)> ask_;
  std::optional<bool> holds_;
};

}  // namespace zg::store
