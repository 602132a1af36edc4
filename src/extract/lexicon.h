#pragma once
// The vocabulary compiled for the extractor: tries instead of lists. All words are squeezed (Squeeze in
// base/text.h).

#include <string>
#include <unordered_map>
#include <vector>

#include "base/trie.h"
#include "extract/draft.h"
#include "extract/vocabulary.h"

namespace zg {

enum class Field : uint8_t {
  kNone,
  kProblem,
  kSubproblem,
  kResponsible,
  kLead,
  kSupporting,
  kAcceptance,
  kGoal,
  kDeadline,
  kMeasures,
  kStatus,
  kProgress,
  kUpstream,
  kOrdinal,
  kHeading,
  kOther,
};

struct StatusRule {
  StatusKind kind;
  std::vector<std::u32string> phrases;
};

struct LabelGuess {
  std::u32string ending, inside;  // `inside` may be empty
  Field field;
};

struct TargetWord {
  std::u32string word;
  std::string comparator;
};

struct Lexicon {
  // labels.toml; values are Field
  Trie labels;   // at the start of a line
  Trie columns;  // labels and short forms, exact, for table heads
  std::vector<std::u32string> number_words, attachment_words, title_endings, title_subjects;
  std::vector<LabelGuess> guesses;
  std::vector<std::u32string> not_title;
  std::vector<std::u32string> upstream_words, wrap_open, wrap_close;

  // status.toml
  std::vector<StatusRule> status_rules;
  std::vector<std::u32string> long_term, immediate, behind;
  std::vector<std::u32string> deadline_cues, yes, no, status_filler, deadline_long_term;
  size_t status_max_length = 48;

  // dates.toml
  std::vector<std::u32string> date_end, date_start, date_before, skip_before, skip_after, done_after;

  // targets.toml
  std::vector<TargetWord> target_before, target_after;
  std::vector<std::u32string> target_strip, target_strip_end, target_rates;

  // units.toml
  Trie regions;  // names and short names; value: index into region_rows
  std::vector<RegionRow> region_rows;
  Trie region_suffixes, bare_regions, groups;
  Trie party, government, shared, party_departments, organ_suffixes, stems;
  std::vector<std::u32string> organ_suffix_list, region_suffix_list;
  Trie separators;
  std::vector<std::u32string> own_names, joiners, open_endings, lead_marks, supporting_marks;
};

}  // namespace zg
