#include "check/finding.h"

namespace zg {

std::string_view CheckKindName(CheckKind kind) {
  switch (kind) {
    case CheckKind::kRatio:
      return "ratio";
    case CheckKind::kSum:
      return "sum";
    case CheckKind::kDifference:
      return "difference";
    case CheckKind::kListCount:
      return "list_count";
    case CheckKind::kTaskCount:
      return "task_count";
    case CheckKind::kOverdue:
      return "overdue";
    case CheckKind::kDateOrder:
      return "date_order";
    case CheckKind::kContradiction:
      return "contradiction";
    case CheckKind::kCopiedText:
      return "copied_text";
    case CheckKind::kNoResult:
      return "no_result";
    case CheckKind::kCascadeDeadline:
      return "cascade_deadline";
    case CheckKind::kCascadeGap:
      return "cascade_gap";
    case CheckKind::kRebound:
      return "rebound";
    case CheckKind::kMissingFigure:
      return "missing_figure";
  }
  return "";
}

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
  }
  return "";
}

}  // namespace zg
