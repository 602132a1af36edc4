#include "check/sum_scan.h"

#include <algorithm>

namespace zg::check {

Indices SumScan::Within(uint32_t begin, uint32_t end, uint32_t level) const {
  Indices out;
  size_t first = s_.QuantityFrom(begin);
  for (size_t q = first; q < s_.quantities.size() && Q(q).digits < end && q < first + 4 * kMost; ++q) {
    if (Usable(q) && Level(Q(q).digits) == level && out.size() < kMost) out.push_back(q);
  }
  return out;
}

Indices SumScan::LastWithin(uint32_t begin, uint32_t end, uint32_t level) const {
  Indices out;
  size_t last = s_.QuantityFrom(end);
  for (size_t q = last; q-- > 0 && Q(q).digits >= begin && q + 4 * kMost > last;) {
    if (Usable(q) && Level(Q(q).digits) == level && out.size() < kMost) out.push_back(q);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

Indices SumScan::Like(const Indices& from, size_t total) const {
  Indices out;
  std::copy_if(from.begin(), from.end(), std::back_inserter(out),
               [&](size_t q) { return s_.SameUnit(q, total); });
  return out;
}

Indices SumScan::Once(const Indices& from, size_t total) const {
  Indices out;
  std::copy_if(from.begin(), from.end(), std::back_inserter(out),
               [&](size_t q) { return Q(q).value != Q(total).value; });
  return out;
}

Indices SumScan::UpTo(const Indices& from, uint32_t begin, char32_t stop) const {
  Indices out;
  uint32_t i = begin;
  for (size_t q : from) {
    while (i < Q(q).digits && r_.text[i] != stop) ++i;
    if (i < Q(q).digits) break;
    out.push_back(q);
  }
  return out;
}

void SumScan::AddReadings(SumClaim& claim, const Indices& parts, uint32_t begin) const {
  claim.readings = {parts, Once(parts, claim.total), DrawTogether(s_, parts), UpTo(parts, begin, U';')};
  // 其中在建17个、已建47个，已处置58个: the row may end before the last figure.
  // What is left out of the row says that it is something that was done, or a total of its own.
  for (size_t k = std::min<size_t>(parts.size(), 12); k-- > 2;) {
    uint32_t from = std::max(s_.ClauseBegin(Q(parts[k]).begin), Q(parts[k] - 1).end);
    auto label = s_.Cut(from, Q(parts[k]).begin);
    bool apart = s_.HasCue(from, Q(parts[k]).begin, kTotal | kBesides) || label.find(U'已') != label.npos;
    if (!apart) continue;
    claim.also.push_back(Indices(parts.begin(), parts.begin() + long(k)));
  }
}

uint32_t SumScan::ParenEnd(uint32_t open) const {
  uint32_t end = r_.close[open];
  return end ? end : s_.reading.sentences[r_.SentenceAt(open)].end;
}

bool SumScan::TotalWord(size_t q, uint32_t bits) const {
  uint32_t begin = std::max(s_.ClauseBegin(Q(q).begin), q ? Q(q - 1).end : 0);
  return s_.HasCue(begin, Q(q).begin, bits);
}

}  // namespace zg::check
