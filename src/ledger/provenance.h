#pragma once
// Evidence is proved before commit: a value whose words do not stand where it says it was read is not let in.

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "extract/draft.h"

namespace zg {

// True when `value` (UTF-8) is what stands in `span` of `text`: squeezed, its characters come in the same
// order, and what is left over of the span (page numbers, a stray bookmark) is at most a tenth of it, or 24
// characters where that is less than the value itself. An empty span or one beyond the text proves nothing.
// Linear in the span.
bool StandsIn(std::string_view value, Span span, std::u32string_view text);

struct SpanBreak {
  std::string path;   // of the entry; empty: the document itself
  std::string field;  // "deadline", "measures[2].text", …
  std::string value;  // the words that are not there
  Span span;
};

// All values of the entry that came from the source and are not in it. `corrected`: fields that a person
// changed, of which no proof is asked. `checked` is raised by the number of spans that were read.
std::vector<SpanBreak> CheckSpans(const Entry& entry, std::u32string_view text,
                                  const std::set<std::string>& corrected, int64_t* checked = nullptr);
std::vector<SpanBreak> CheckDocumentSpans(const Draft& draft, std::u32string_view text,
                                          const std::set<std::string>& corrected, int64_t* checked = nullptr);
// One Chinese sentence about it.
std::string Describe(const SpanBreak& broken);

}  // namespace zg
