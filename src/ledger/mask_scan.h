#pragma once
// Finds what one rule of masking.toml means. Inside of ledger/ only. Pure.

#include <vector>

#include "ledger/masking.h"

namespace zg {

std::vector<Span> ScanFor(const MaskRule& rule, std::u32string_view text);

}  // namespace zg
