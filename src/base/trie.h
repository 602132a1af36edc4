#pragma once
// A set of words with a value each; finds the longest word at a place in one walk.

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace zg {

// Immutable use is safe for any thread. Value -1 means "no word ends here".
class Trie {
 public:
  Trie() : nodes_(1), root_(kRootSize, 0) {}

  // The first value added for a word stays.
  void Add(std::u32string_view word, int value) {
    if (word.empty()) return;
    uint32_t at = 0;
    for (char32_t c : word) {
      uint32_t next = Step(at, c);
      if (!next) {
        next = static_cast<uint32_t>(nodes_.size());
        if (at == 0 && c < kRootSize) root_[c] = next;
        auto& edges = nodes_[at].edges;
        edges.insert(std::lower_bound(edges.begin(), edges.end(), Edge{c, 0}), Edge{c, next});
        nodes_.emplace_back();
      }
      at = next;
    }
    if (nodes_[at].value < 0) nodes_[at].value = value;
  }

  struct Match {
    uint32_t length = 0;  // in code points of the text; 0: none
    int value = -1;
    explicit operator bool() const { return length > 0; }
  };

  // The longest word that `text` begins with.
  Match Longest(std::u32string_view text) const {
    Match best;
    uint32_t at = 0;
    for (uint32_t i = 0; i < text.size(); ++i) {
      at = Step(at, text[i]);
      if (!at) break;
      if (nodes_[at].value >= 0) best = {i + 1, nodes_[at].value};
    }
    return best;
  }

  // As Longest, but characters for which skip(c) holds are passed over (never before the first one).
  template <class Skip>
  Match LongestSkipping(std::u32string_view text, Skip skip) const {
    Match best;
    uint32_t at = 0;
    for (uint32_t i = 0; i < text.size(); ++i) {
      if (i && skip(text[i])) continue;
      at = Step(at, text[i]);
      if (!at) break;
      if (nodes_[at].value >= 0) best = {i + 1, nodes_[at].value};
    }
    return best;
  }

  // The value of exactly this word, or -1.
  int Exact(std::u32string_view word) const {
    uint32_t at = 0;
    for (char32_t c : word) {
      if (!(at = Step(at, c))) return -1;
    }
    return nodes_[at].value;
  }
  bool Has(std::u32string_view word) const { return Exact(word) >= 0; }
  // Could a word begin with this character?
  bool Starts(char32_t c) const { return c < kRootSize ? root_[c] != 0 : Step(0, c) != 0; }

 private:
  static constexpr uint32_t kRootSize = 0x10000;
  struct Edge {
    char32_t c;
    uint32_t to;
    bool operator<(const Edge& o) const { return c < o.c; }
  };
  struct Node {
    std::vector<Edge> edges;
    int value = -1;
  };
  uint32_t Step(uint32_t at, char32_t c) const {
    if (at == 0 && c < kRootSize) return root_[c];
    const auto& edges = nodes_[at].edges;
    auto it = std::lower_bound(edges.begin(), edges.end(), Edge{c, 0});
    return it != edges.end() && it->c == c ? it->to : 0;
  }
  std::vector<Node> nodes_;
  std::vector<uint32_t> root_;
};

}  // namespace zg
