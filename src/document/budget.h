#pragma once
// What reading one file may cost. The first limit that is reached stays; readers look at Stopped() in every
// loop.

#include <chrono>
#include <optional>

#include "document/reader.h"

namespace zg::document {

// Not thread-safe: one per call of ReadDocument.
class Budget {
 public:
  explicit Budget(const ReadLimits& limits);

  // True once a limit was reached or Fail was called. Looks at the clock at every 64th call.
  bool Stopped();
  // Stops the reading with this error; a later one changes nothing.
  void Fail(Error error);
  // Precondition: Stopped().
  const Error& error() const { return *error_; }

  // Asks for unpacked bytes, or for room in the text; false (and stopped) where the limit does not allow it.
  bool TakeUnpacked(uint64_t bytes);
  bool TakeText(uint64_t code_points);
  bool TakeBlock();

  // Time that was spent waiting for an outside program is not this process's: the clock starts again.
  void RestartClock();
  std::chrono::milliseconds Left() const;
  const ReadLimits& limits() const { return limits_; }

 private:
  ReadLimits limits_;
  std::chrono::steady_clock::time_point end_;
  uint64_t unpacked_ = 0;
  uint64_t text_ = 0;
  uint64_t blocks_ = 0;
  unsigned calls_ = 0;
  std::optional<Error> error_;
};

}  // namespace zg::document
