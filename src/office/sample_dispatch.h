#pragma once
// Dispatch periods of a made-up ledger, answered and accepted, evidence and people. Inside of office/ only.

#include <cstdint>
#include <string>

#include "base/result.h"
#include "office/sample.h"

namespace zg {

struct OfficeCore;

struct Dispatched {
  int64_t reports = 0, evidence = 0;
};
// Opens month after month, from January 2025, until there are at least request.reports; each is written,
// submitted and accepted by the people of its unit and the office, one in three after it was returned (three
// or five events in one chain), saying what the ledger says of its task already, so that no task changes.
// Between them request.evidence files, all with the same bytes, tied to the tasks. Loaded in bulk
// (store/bulk.h).
Result<Dispatched> MakeDispatch(OfficeCore& core, const SampleRequest& request);

// sample1, sample2, … with one password, spread over the units that are asked; signed in where
// request.sessions is a file. kUnavailable where that cannot be written.
Result<int64_t> MakePeople(OfficeCore& core, const SampleRequest& request);

}  // namespace zg
