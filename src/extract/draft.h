#pragma once
// What was understood of one document, before a person has looked at it. Mirrors extraction.schema.json.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/text.h"

namespace zg {

// A passage kept as the source has it (UTF-8; line wraps inside it joined, noise such as page numbers left
// out) and where it was read. Squeeze(text) equals Squeeze(source in span) but for skipped noise.
struct Passage {
  std::string text;
  Span span;  // empty: not stated
};

enum class UnitRole : uint8_t { kNone, kLead, kSupporting };

// A unit of a list, distributed (乌鲁木齐市委、政府 gives two).
struct UnitRef {
  std::string name;     // canonical: 昌吉州党委
  std::string written;  // the characters it came from: 昌吉州党委、政府
  Span span;            // of `written`
  UnitRole role = UnitRole::kNone;
  bool known = false;      // in the directory or made of a known region and a known organ
  bool inherited = false;  // stated by the parent problem, not here
};

struct DatedText {
  Date date;
  std::string text;  // 2023年6月底前
  Span span;
};

struct Deadline {
  std::string text;
  Span span;
  std::optional<Date> date;  // last day allowed
  bool immediate = false;    // 立行立改
  bool long_term = false;    // 长期坚持
  bool ambiguous = false;
  std::vector<DatedText> milestones;  // earlier phases, ascending
};

struct Measure {
  std::optional<int> number;
  std::string text;
  Span span;
  std::vector<DatedText> due;  // completion dates stated in it, each date once
  std::string lead;            // unit that leads it, where stated; else empty
  Span lead_span;
  std::vector<UnitRef> acceptance;
};

struct Target {
  std::string quantity;    // 昌吉市PM2.5年均浓度
  std::string comparator;  // < <= = >= >
  std::optional<double> number;
  std::string klass;  // V类, 一级A; empty where `number` is set
  std::string unit;
  std::optional<Date> by;
  Span span;
  int measure = -1;  // index into measures; -1: from the goal
};

enum class StatusKind : uint8_t { kNotStarted, kInProgress, kCompleted, kOngoing };
std::string_view StatusKindName(StatusKind kind);  // "not_started", …
std::optional<StatusKind> ParseStatusKind(std::string_view name);

struct TaskStatus {
  std::string text;
  Span span;
  StatusKind kind = StatusKind::kInProgress;
  bool long_term = false;
  bool behind_schedule = false;
};

struct Progress {
  std::optional<int> number;
  std::string text;
  Span span;
};

struct Doubt {
  std::string field;    // "deadline", "responsible", …
  std::string message;  // Chinese: what is unsure and what to look at
  Span span;            // may be empty
};

struct Entry {
  std::string path;   // "16.2"
  std::string label;  // as written, 十六、
  Span label_span;
  bool is_task = true;
  std::vector<std::string> headings;  // outermost first
  Passage problem;
  std::vector<UnitRef> responsible;
  bool responsible_open = false;  // the list ended in 等…部门
  std::vector<UnitRef> acceptance;
  Passage goal;
  std::optional<Deadline> deadline;
  std::vector<Measure> measures;
  std::vector<Target> targets;
  std::optional<TaskStatus> status;
  std::vector<Progress> progress;
  std::optional<int> upstream_ordinal;
  Span upstream_span;
  std::vector<Doubt> doubts;
  Span span;  // everything that belongs to the entry, label to last word
};

struct Draft {
  std::string title;
  Span title_span;
  std::string kind;  // task_list | progress_report | report
  std::vector<std::string> issuer;
  std::vector<Span> issuer_spans;
  std::optional<Date> date;
  Span date_span;
  std::vector<Entry> entries;  // document order, parents before children
  std::vector<Doubt> doubts;   // about the document as a whole
};

}  // namespace zg
