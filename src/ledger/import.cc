#include "ledger/import.h"

namespace zg {

std::string_view ImportStateName(ImportState state) {
  switch (state) {
    case ImportState::kReading:
      return "reading";
    case ImportState::kDraft:
      return "draft";
    case ImportState::kFailed:
      return "failed";
    case ImportState::kCommitted:
      return "committed";
    case ImportState::kDiscarded:
      return "discarded";
  }
  return "failed";
}

std::optional<ImportState> ParseImportState(std::string_view name) {
  for (auto state : {ImportState::kReading, ImportState::kDraft, ImportState::kFailed,
                     ImportState::kCommitted, ImportState::kDiscarded}) {
    if (ImportStateName(state) == name) return state;
  }
  return std::nullopt;
}

}  // namespace zg
