#pragma once
// Third pass: nodes become entries of the draft: wording, units, dates, states.

#include <vector>

#include "extract/draft.h"
#include "extract/outline.h"

namespace zg {

struct EntryContext {
  const Document& document;
  const Lexicon& lexicon;
  uint32_t full_line = 0;  // see passage.h
  int year = 0;            // of the document; 0: unknown
};

// `heading[i]`: node i is a mere heading and gives no entry.
std::vector<Entry> BuildEntries(const EntryContext& context, const std::vector<Node>& nodes,
                                const std::vector<char>& heading);

// What a person should look at: fields that most entries have and this one lacks, unknown units, gaps in the
// numbers.
void AddDoubts(const EntryContext& context, Draft& draft);

}  // namespace zg
