#pragma once
// The proof of dispatch periods and reports. Inside of office/ only.

#include <functional>
#include <map>
#include <string>

#include "ledger/event.h"
#include "office/report_proof.h"

namespace zg {

namespace store {
class Session;
}

// Fed with every event in order, then held against the ledger.
class DispatchProof {
 public:
  void Note(const Event& event);
  // Calls `broken` with what, where and one sentence. `read`: how many reports were looked at.
  using Broken = std::function<void(const char*, std::string, std::string)>;
  void Check(store::Session& session, const std::function<bool()>& full, const Broken& broken, int64_t* read);

 private:
  struct Last {
    int64_t seq = 0;
    bool locked = false;  // submitted or accepted
    ReportSeal seal;      // revision 0: an event without one
    std::string after;    // of an event without a seal
  };
  void OneReport(store::Session& session, const Period& period, const DispatchReport& report,
                 const Broken& broken);

  std::map<ReportId, Last> reports_;         // taken out when found
  std::map<PeriodId, std::string> periods_;  // the last line of proof; empty: an event without
  std::map<PeriodId, std::string> asked_;    // the line that tells who was asked about what
};

}  // namespace zg
