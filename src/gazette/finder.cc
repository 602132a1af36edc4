#include "gazette/finder.h"

#include <algorithm>

#include "base/text.h"

namespace zg::gazette {
namespace {

uint64_t Pair(char32_t first, char32_t second) {
  return uint64_t(first) << 32 | second;
}

}  // namespace

std::u32string Finder::Fold(std::u32string_view text) {
  std::u32string out = Squeeze(text);
  for (char32_t& c : out) c = FoldWidth(c);
  return out;
}

void Finder::Add(std::u32string_view text) {
  uint32_t number = uint32_t(texts_.size());
  texts_.push_back(Fold(text));
  const std::u32string& own = texts_.back();
  auto note = [&](uint64_t key) {
    auto& list = pairs_[key];
    if (list.empty() || list.back() != number) list.push_back(number);
  };
  for (size_t i = 0; i < own.size(); ++i) {
    note(Pair(own[i], 0));
    if (i + 1 < own.size()) note(Pair(own[i], own[i + 1]));
  }
}

std::vector<uint32_t> Finder::Find(std::u32string_view word) const {
  const std::vector<uint32_t>* rarest = nullptr;
  for (size_t i = 0; i == 0 || i + 1 < word.size(); ++i) {
    auto it = pairs_.find(Pair(word[i], word.size() > 1 ? word[i + 1] : U'\0'));
    if (it == pairs_.end()) return {};
    if (!rarest || it->second.size() < rarest->size()) rarest = &it->second;
  }
  if (word.size() <= 2) return *rarest;
  std::vector<uint32_t> out;
  for (uint32_t n : *rarest)
    if (texts_[n].find(word) != std::u32string::npos) out.push_back(n);
  return out;
}

}  // namespace zg::gazette
