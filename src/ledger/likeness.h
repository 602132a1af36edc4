#pragma once
// How alike two wordings are, by pairs of neighbouring characters, and the likest of many without comparing
// all pairs.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace zg {

// The distinct pairs of neighbouring characters of the squeezed text, punctuation left out, ascending.
std::vector<uint64_t> PairsOf(std::string_view utf8);
// Dice's measure of two such sets, 0–1; 0 where one is empty.
double Likeness(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b);

// An inverted index over wordings. Rare pairs weigh more than common ones (督察, 整改), so that two texts on
// the same reservoir find each other. Add all, Finish, then ask from any thread.
class LikenessIndex {
 public:
  void Add(int64_t key, std::string_view utf8);
  void Finish();  // after the last Add, before the first Find
  struct Hit {
    int64_t key;
    double cosine;  // 0–1, weighed by rarity
    double dice;    // 0–1, unweighed
  };
  // The likest, best first; at most `limit`, cosine at least `floor`.
  std::vector<Hit> Find(std::string_view utf8, size_t limit, double floor) const;
  size_t size() const { return docs_.size(); }

 private:
  struct Doc {
    int64_t key;
    std::vector<uint64_t> pairs;
    double norm = 0;
  };
  double Weight(uint64_t pair) const;
  double Norm(const std::vector<uint64_t>& pairs) const;

  std::vector<Doc> docs_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> postings_;
};

}  // namespace zg
