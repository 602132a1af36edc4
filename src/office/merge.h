#pragma once
// How a person's decisions meet a new version of the source. Pure.

#include <set>
#include <string>
#include <vector>

#include "extract/draft.h"
#include "ledger/task.h"

namespace zg {

struct Merged {
  Entry entry;                         // what the ledger holds from now on
  std::vector<std::string> corrected;  // fields that are a person's
};

// `old_task`: as the ledger has it, decisions in it. `old_source`, `new_source`: the two versions as
// extracted (old_source may be null where it is not known). `fresh`: the new version with the corrections of
// its review, made in the fields `reviewed`. A decision holds on, unless the source has changed that very
// field: then the source's value stands and a doubt tells of the decision. What was reviewed just now wins
// over both.
Merged MergeDecisions(const Task& old_task, const Entry* old_source, const Entry& new_source,
                      const Entry& fresh, const std::set<std::string>& reviewed);

}  // namespace zg
