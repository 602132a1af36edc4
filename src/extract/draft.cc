#include "extract/draft.h"

namespace zg {

std::string_view StatusKindName(StatusKind kind) {
  switch (kind) {
    case StatusKind::kNotStarted:
      return "not_started";
    case StatusKind::kInProgress:
      return "in_progress";
    case StatusKind::kCompleted:
      return "completed";
    case StatusKind::kOngoing:
      return "ongoing";
  }
  return "in_progress";
}

std::optional<StatusKind> ParseStatusKind(std::string_view name) {
  for (auto kind :
       {StatusKind::kNotStarted, StatusKind::kInProgress, StatusKind::kCompleted, StatusKind::kOngoing}) {
    if (StatusKindName(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace zg
