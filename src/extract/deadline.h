#pragma once
// Deadlines of tasks (整改时限) and states (整改进展情况：已完成，长期坚持).

#include <optional>
#include <vector>

#include "extract/draft.h"
#include "extract/lexicon.h"

namespace zg {

// The deadline that the pieces state: the last date; earlier ones are milestones. nullopt for empty pieces.
// `year`: of the document, for 年内 and 三季度末 (0: unknown).
std::optional<Deadline> ParseDeadline(std::u32string_view text, const std::vector<Span>& pieces,
                                      const Lexicon& lexicon, int year = 0);

// The state that `span` begins with: up to the first full stop and at most status_max_length characters.
// `strict`: false where a label of its own says that this is a state (整改状态：…).
struct StatusRead {
  std::optional<TaskStatus> status;
  uint32_t rest = 0;                 // where the progress text goes on
  std::optional<Deadline> deadline;  // 该问题整改完成时限为2020年底，目前…
};
StatusRead ReadStatus(std::u32string_view text, Span span, const Lexicon& lexicon, bool strict);

}  // namespace zg
