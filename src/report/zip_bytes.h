#pragma once
// A zip archive in memory.

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace zg {

// Members as {name, bytes}, in order; the same members give the same bytes. kUnavailable (export.failed).
Result<std::string> ZipBytes(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace zg
