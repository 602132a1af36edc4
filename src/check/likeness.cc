#include "check/likeness.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace zg::check {

std::vector<uint64_t> Grams(std::u32string_view text) {
  std::vector<uint64_t> out;
  uint64_t a = 0, b = 0;
  size_t run = 0;
  for (char32_t c : text) {
    if (IsSpace(c)) continue;
    if (!IsHan(c) && !IsAsciiAlpha(c)) {
      run = 0;
      continue;
    }
    ++run;
    if (run >= 3) out.push_back((a << 42) | (b << 21) | c);
    a = b;
    b = c;
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void Rarity::Add(const std::vector<uint64_t>& grams) {
  ++count_;
  for (uint64_t g : grams) ++seen_[g];
}

double Rarity::Weight(uint64_t gram) const {
  auto it = seen_.find(gram);
  double seen = it == seen_.end() ? 1 : it->second;
  return std::log((count_ + 1) / seen);
}

double Rarity::Sum(const std::vector<uint64_t>& grams) const {
  double out = 0;
  for (uint64_t g : grams) {
    double w = Weight(g);
    out += w * w;
  }
  return out;
}

double Rarity::Likeness(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) const {
  std::vector<uint64_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  double size = std::sqrt(Sum(a) * Sum(b));
  return size > 0 ? Sum(both) / size : 0;
}

double Rarity::Contained(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) const {
  std::vector<uint64_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  double size = std::min(Sum(a), Sum(b));
  return size > 0 ? Sum(both) / size : 0;
}

}  // namespace zg::check
