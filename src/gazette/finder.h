#pragma once
// Finds tasks by words without reading every text: of each pair of neighbouring signs it knows the tasks that
// hold it. Built once for each state of what is public. Pure; any thread may ask.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zg::gazette {

class Finder {
 public:
  // The text of the next one; they are numbered from 0. White space does not count, widths are folded.
  void Add(std::u32string_view text);
  // Numbers of those that hold the word, ascending. `word`: as Fold makes it, not empty.
  std::vector<uint32_t> Find(std::u32string_view word) const;
  static std::u32string Fold(std::u32string_view text);

 private:
  std::vector<std::u32string> texts_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> pairs_;  // two signs; or one, in the upper half
};

}  // namespace zg::gazette
