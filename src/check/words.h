#pragma once
// The words of vocab/checks.toml in compiled form.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/trie.h"

namespace zg::check {

// A word can be several cues at once: bits.
enum Cue : uint32_t {
  kOfWhich = 1u << 0,
  kInclude = 1u << 1,
  kRest = 1u << 2,
  kBesides = 1u << 3,
  kTotal = 1u << 4,
  kStrongTotal = 1u << 5,
  kPlan = 1u << 6,
  kActual = 1u << 7,
  kLeft = 1u << 8,
  kFrom = 1u << 9,
  kTo = 1u << 10,
  kUp = 1u << 11,
  kDown = 1u << 12,
  kYearOnYear = 1u << 13,
  kAverage = 1u << 14,
  kShare = 1u << 15,
  kRate = 1u << 16,
  kBase = 1u << 17,
  kPartOpen = 1u << 18,
  kUnfinished = 1u << 19,
  kCountRate = 1u << 20,
};

enum class Loose : uint8_t { kNone, kAbout, kOver, kUnder };

struct UnitWord {
  std::u32string name;
  int dimension = 0;  // units of one dimension can be added
  double factor = 1;
  bool count = false;  // a measure word: whole numbers
};

// All words of one subject that a text may count once only: each group must have one of its words in the
// clause.
using SubjectLine = std::vector<std::vector<std::u32string>>;

// Immutable; share it between threads.
struct CheckWords {
  // The words built into the binary.
  static Result<std::shared_ptr<const CheckWords>> Builtin();
  // With checks.toml of `folder`, if there is one, added to them. kInvalid with `where` = "checks.toml:12".
  static Result<std::shared_ptr<const CheckWords>> Load(const std::filesystem::path& folder);

  std::string digest;  // names the words: other ones, another digest
  std::vector<UnitWord> units;
  Trie unit_trie;     // value: index into units
  Trie chinese_trie;  // measure words that may follow a Chinese numeral; value: index into units
  Trie loose_before;  // value: Loose
  Trie loose_after;   // value: Loose
  std::vector<std::u32string> not_loose;
  Trie cues;  // value: bits of Cue
  Trie task_words, problem_words, aspect_words, all_words, done_words, whole_words, subset_words;
  std::vector<SubjectLine> subjects;
  Trie state_words, planned_words, happened_words, span_days, late;
  Trie paper, work;
  Trie list_measures, list_joiners, list_order, list_not_parts, list_restart, list_no_restart, list_detached,
      list_unsure;
  std::vector<std::u32string> place_endings, not_place, company_endings, place_nouns;
  Trie missing_acts, missing_measures, missing_totals, missing_verbs, missing_bare;
};

// Does one of the words of `trie` stand anywhere in `text`?
bool HasWord(const Trie& trie, std::u32string_view text);

}  // namespace zg::check
