#pragma once
// Writes one task into the text of a lower unit's list, each value with its span. Pure. Inside of office/
// only.

#include <string>
#include <vector>

#include "document/document.h"
#include "ledger/breakdown.h"
#include "ledger/task.h"

namespace zg {

struct LowerEntry {
  int number = 1;  // in the list
  const Task* upper = nullptr;
  std::string source;  // where the upper task stands: 《title》任务3
  UnitRef unit;        // whose list it is
  std::optional<Date> due;
  std::vector<BreakdownStep> steps;
};
// An empty list with its title as the first line.
void BeginList(const std::string& title, const UnitRef& unit, Document& text, Draft& draft);
// Adds lines behind the text, and the entry to the draft.
void AddLowerEntry(const LowerEntry& lower, Document& text, Draft& draft);

}  // namespace zg
