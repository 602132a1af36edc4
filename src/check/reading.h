#pragma once
// A document as the rules read it: white space gone, widths folded (so that a figure broken by a line wrap is
// whole), cut into sections and sentences.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "extract/draft.h"

namespace zg::check {

enum class Part : uint8_t { kBody, kProblem, kGoal, kMeasure, kProgress, kOther };

// Text that belongs together: the problem of a task, one measure, one item of progress, a paragraph of the
// body.
struct Section {
  uint32_t begin = 0;
  uint32_t end = 0;
  int entry = -1;  // index into Draft::entries; -1: body
  Part part = Part::kBody;
  int item = -1;  // index into measures or progress
};

struct Sentence {
  uint32_t begin = 0;
  uint32_t end = 0;  // behind its 。
  uint32_t section = 0;
};

// All offsets are into `text` unless they are called original. Immutable after Read.
struct Reading {
  std::u32string text;
  std::vector<uint32_t> at;         // original offset of text[i]; one more at the end
  std::vector<uint32_t> breaks;     // text offsets at which a new line of the document begins, ascending
  std::vector<uint32_t> gaps;       // text offsets in front of which two or more blanks stood within a line
  std::vector<uint32_t> paren;      // 1 + offset of the innermost ( that is open here; 0: none
  std::vector<uint32_t> close;      // for each ( that is closed, where; else 0
  std::vector<bool> title;          // within 《》
  std::vector<Section> sections;    // ascending, covering all of the text
  std::vector<Sentence> sentences;  // ascending

  std::u32string_view Cut(uint32_t begin, uint32_t end) const {
    return std::u32string_view(text).substr(begin, end > begin ? end - begin : 0);
  }
  Span Original(uint32_t begin, uint32_t end) const;  // of text[begin, end); precondition: begin < end
  uint32_t FromOriginal(uint32_t offset) const;       // first text offset at or behind it
  uint32_t SectionAt(uint32_t offset) const;          // index
  uint32_t SentenceAt(uint32_t offset) const;         // index
};

// `draft` may be null: everything is body then.
Reading Read(const Document& document, const Draft* draft);

bool EndsSentence(char32_t c);  // 。！？
bool EndsClause(char32_t c);    // those and ，；：

}  // namespace zg::check
