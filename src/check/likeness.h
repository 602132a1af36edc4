#pragma once
// How alike two wordings are: shared runs of three characters, rare ones counting more.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zg::check {

// Runs of three letters (Han, ASCII), hashed, ascending, each once. Punctuation and digits are left out.
std::vector<uint64_t> Grams(std::u32string_view text);

// Weights by rarity over a set of wordings. Not thread-safe while adding.
class Rarity {
 public:
  void Add(const std::vector<uint64_t>& grams);
  double Weight(uint64_t gram) const;
  // 1 for the same wording, 0 for nothing in common (cosine).
  double Likeness(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) const;
  // How much of the shorter one stands in the other.
  double Contained(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) const;

 private:
  double Sum(const std::vector<uint64_t>& grams) const;
  std::unordered_map<uint64_t, uint32_t> seen_;
  uint32_t count_ = 0;
};

}  // namespace zg::check
