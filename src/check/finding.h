#pragma once
// What a check says: findings (a statement that does not hold) and relations (one that does).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace zg {

enum class CheckKind : uint8_t {
  kRatio,
  kSum,
  kDifference,
  kListCount,
  kTaskCount,
  kOverdue,
  kDateOrder,
  kContradiction,
  kCopiedText,
  kNoResult,
  kCascadeDeadline,
  kCascadeGap,
  kRebound,
  kMissingFigure,
};
std::string_view CheckKindName(CheckKind kind);  // "ratio", … as in check.schema.json

// kError: no reading of the words makes them true. kWarning: very likely wrong. kNote: worth a look.
enum class Severity : uint8_t { kError, kWarning, kNote };
std::string_view SeverityName(Severity severity);

// A place in one of the inputs.
struct CheckPlace {
  size_t input = 0;  // index of the CheckInput
  std::string file;
  std::optional<std::string> path;  // of the task; none in the body of a report
  std::string quote;                // the words there, white space left out
  Span span;                        // code points of Document::text
};

struct CheckFinding {
  CheckKind kind{};
  Severity severity{};
  CheckPlace place;
  std::string stated;      // as written; empty: does not apply
  std::string computed;    // value or 下限～上限; empty: does not apply
  std::string expression;  // 30.27 / 55.35 = 54.69%; may be empty
  std::string message;     // one Chinese sentence that can be sent to the unit as a question
  std::vector<CheckPlace> related;
};

struct CheckRelation {
  CheckKind kind{};
  CheckPlace place;
  std::string expression;
  std::vector<CheckPlace> numbers;  // where each figure of it stands
};

struct CheckResult {
  std::vector<CheckFinding> findings;  // worst first, then by input and place
  std::vector<CheckRelation> confirmed;
};

}  // namespace zg
