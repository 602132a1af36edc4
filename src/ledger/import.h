#pragma once
// A file on its way into the ledger: received, read, looked over, committed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace zg {

using ImportId = Id<struct ImportTag>;

enum class ImportState : uint8_t { kReading, kDraft, kFailed, kCommitted, kDiscarded };
std::string_view ImportStateName(
    ImportState state);  // "reading", "draft", "failed", "committed", "discarded"
std::optional<ImportState> ParseImportState(std::string_view name);

}  // namespace zg
