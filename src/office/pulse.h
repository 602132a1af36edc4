#pragma once
// Whether what the office stands on answers, and how large its ledger is: for those who watch over the
// server.

#include <chrono>
#include <mutex>

#include "base/result.h"

namespace zg {

struct OfficeCore;

// Thread-safe.
class Pulse {
 public:
  explicit Pulse(OfficeCore& core) : core_(core) {}
  // The database answers, and its tables are of the version this program works with, or of a newer one. May
  // wait as long as the database lets it.
  Status Database() const;
  Status Vault() const;  // may take some seconds
  // Brings the gauges zhenggai_ledger_… and zhenggai_data_… (measure/) up to date, where that was not done in
  // the last 15 seconds. Some milliseconds; who comes while somebody else does it does not wait.
  void Measure();

 private:
  void MeasureNow();
  OfficeCore& core_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point measured_{};  // guarded by mutex_
};

}  // namespace zg
