#pragma once
// Large made-up ledgers, so that measurements can be repeated: the same request always gives the same ledger.

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"

namespace zg {

class Office;

struct SampleRequest {
  int64_t tasks = 1000;    // in documents of a hundred, over ten rounds
  int64_t paragraphs = 0;  // of further text, in documents of a thousand
  int64_t reports = 0;     // at least so many, in whole periods, three or five events each
  int64_t evidence = 0;    // files tied to tasks; only with reports
  int64_t people = 0;      // of the units, who may report
  std::string password;    // theirs
  std::string sessions;  // file for the sessions that all of them have begun: a line "cookie csrf" each, and
                         // unit; none where empty
  uint64_t seed = 1;
  std::function<void(int64_t done, int64_t all)> progress;  // after each document; may be empty
  std::function<void(int64_t done, int64_t all)> reported;  // after some thousands of reports; may be empty
};

// Adds to the ledger through the same commit as any document (no links are proposed). Not for a ledger in
// use. → {documents, tasks, paragraphs, reports, evidence, people}
Result<nlohmann::json> MakeSample(Office& office, const SampleRequest& request);

}  // namespace zg
