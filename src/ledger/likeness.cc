#include "ledger/likeness.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace zg {
namespace {

// Pairs that stand in more than this share of the wordings say nothing and cost the most.
constexpr double kTooCommon = 0.2;
constexpr size_t kSmall = 50;  // below it nothing is too common

bool IsWordChar(char32_t c) {
  return IsHan(c) || IsDigit(c) || IsAsciiAlpha(c);
}

size_t Common(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  size_t n = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i < *j)
      ++i;
    else if (*j < *i)
      ++j;
    else
      ++n, ++i, ++j;
  }
  return n;
}

}  // namespace

std::vector<uint64_t> PairsOf(std::string_view utf8) {
  std::vector<uint64_t> pairs;
  char32_t last = 0;
  for (char32_t c : Squeeze(ToUtf32(utf8))) {
    if (!IsWordChar(c)) {
      last = 0;
      continue;
    }
    if (last) pairs.push_back(uint64_t(last) << 32 | c);
    last = c;
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

double Likeness(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  if (a.empty() || b.empty()) return 0;
  return 2.0 * double(Common(a, b)) / double(a.size() + b.size());
}

void LikenessIndex::Add(int64_t key, std::string_view utf8) {
  uint32_t doc = uint32_t(docs_.size());
  docs_.push_back({key, PairsOf(utf8), 0});
  for (uint64_t pair : docs_.back().pairs) postings_[pair].push_back(doc);
}

double LikenessIndex::Weight(uint64_t pair) const {
  auto it = postings_.find(pair);
  double n = it == postings_.end() ? 0.5 : double(it->second.size());
  return std::log(1.0 + double(docs_.size()) / n);
}

double LikenessIndex::Norm(const std::vector<uint64_t>& pairs) const {
  double sum = 0;
  for (uint64_t pair : pairs) {
    double w = Weight(pair);
    sum += w * w;
  }
  return std::sqrt(sum);
}

void LikenessIndex::Finish() {
  for (auto& doc : docs_) doc.norm = Norm(doc.pairs);
}

std::vector<LikenessIndex::Hit> LikenessIndex::Find(std::string_view utf8, size_t limit, double floor) const {
  std::vector<uint64_t> pairs = PairsOf(utf8);
  std::vector<double> dot(docs_.size(), 0.0);
  std::vector<uint32_t> touched;
  size_t cap = docs_.size() < kSmall ? docs_.size() : size_t(double(docs_.size()) * kTooCommon) + 1;
  for (uint64_t pair : pairs) {
    auto it = postings_.find(pair);
    if (it == postings_.end() || it->second.size() > cap) continue;
    double w = Weight(pair);
    for (uint32_t doc : it->second) {
      if (dot[doc] == 0) touched.push_back(doc);
      dot[doc] += w * w;
    }
  }
  double norm = Norm(pairs);
  std::vector<Hit> hits;
  for (uint32_t doc : touched) {
    double other = docs_[doc].norm;
    double cosine = norm > 0 && other > 0 ? dot[doc] / (norm * other) : 0;
    if (cosine >= floor) hits.push_back({docs_[doc].key, cosine, Likeness(pairs, docs_[doc].pairs)});
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.key < b.key;
  });
  if (hits.size() > limit) hits.resize(limit);
  return hits;
}

}  // namespace zg
