#pragma once
// Dispatch periods of a made-up ledger, answered and accepted. Inside of office/ only.

#include <cstdint>
#include <functional>

#include "base/result.h"

namespace zg {

struct OfficeCore;

// Opens month after month, from January 2025, until there are at least that many reports; each is written,
// submitted and accepted by the people of its unit and the office (three events in one chain), saying what
// the ledger says of its task already, so that no task changes. Many reports to a transaction. → how many.
Result<int64_t> MakeReports(OfficeCore& core, int64_t at_least,
                            const std::function<void(int64_t done, int64_t all)>& progress);

}  // namespace zg
