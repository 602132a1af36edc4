#pragma once
// Tables about the programs that are running, not about the ledger: they change without an event, outside of
// the turn to write, and are worth nothing elsewhere. So they have no seals, and transfers leave them behind.

#include <algorithm>
#include <array>
#include <string_view>

namespace zg::store {

inline constexpr std::array<std::string_view, 3> kPassingTables = {"jobs", "limits", "nodes"};

inline bool IsPassing(std::string_view table) {
  return std::find(kPassingTables.begin(), kPassingTables.end(), table) != kPassingTables.end();
}

}  // namespace zg::store
