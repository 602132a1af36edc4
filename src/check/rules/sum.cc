// Sums whose words say so: 其中, a breakdown in parentheses, 共计, …中, 包括, 剩余 and 其余.

#include "check/sums.h"

namespace zg::check {
namespace {

using Indices = std::vector<size_t>;

class CuedSums {
 public:
  CuedSums(const Subject& s, SumBook& book) : s_(s), r_(s.reading), book_(book) {}

  void Run() {
    for (const CueHit& c : s_.cues) {
      if (r_.title[c.begin]) continue;
      if (c.bits & kOfWhich) OfWhich(c);
      if (c.bits & kInclude) Include(c);
    }
    for (size_t q = 0; q < s_.quantities.size(); ++q) {
      if (!Usable(q)) continue;
      Parenthesis(q);
      Partition(q);
      Closing(q);
      Residual(q);
    }
  }

 private:
  const Quantity& Q(size_t q) const { return s_.quantities[q]; }
  bool Usable(size_t q) const { return !Q(q).range; }
  uint32_t Level(uint32_t offset) const { return r_.paren[offset]; }

  // Quantities that begin in [begin, end) at one level of parentheses.
  Indices Within(uint32_t begin, uint32_t end, uint32_t level) const {
    Indices out;
    for (size_t q = s_.QuantityFrom(begin); q < s_.quantities.size() && Q(q).digits < end; ++q) {
      if (Usable(q) && Level(Q(q).digits) == level) out.push_back(q);
    }
    return out;
  }

  Indices Like(const Indices& from, size_t total) const {
    Indices out;
    for (size_t q : from) {
      if (s_.SameUnit(q, total)) out.push_back(q);
    }
    return out;
  }

  // The same figure said again is one figure.
  Indices Once(const Indices& from, size_t total) const {
    Indices out;
    for (size_t q : from) {
      if (Q(q).value == Q(total).value) continue;
      out.push_back(q);
    }
    return out;
  }

  Indices UpTo(const Indices& from, uint32_t begin, char32_t stop) const {
    Indices out;
    for (size_t q : from) {
      bool stopped = false;
      for (uint32_t i = begin; i < Q(q).digits; ++i) stopped = stopped || r_.text[i] == stop;
      if (!stopped) out.push_back(q);
    }
    return out;
  }

  void AddReadings(SumClaim& claim, const Indices& parts, uint32_t begin) const {
    claim.readings = {parts, Once(parts, claim.total), DrawTogether(s_, parts), UpTo(parts, begin, U';')};
  }

  uint32_t ParenEnd(uint32_t open) const {
    uint32_t i = open + 1;
    while (i < r_.text.size() && r_.paren[i] != 0 && !(r_.text[i] == U')' && r_.paren[i] == r_.paren[open])) {
      if (r_.paren[i] == r_.paren[open]) break;
      ++i;
    }
    return i;
  }

  // The total that stands before `offset`: the nearest figure in the unit of one of the parts, at the given
  // level, at most one sentence back.
  bool TotalBefore(uint32_t offset, uint32_t level, const Indices& parts, size_t& total) const {
    uint32_t sentence = r_.SentenceAt(offset);
    uint32_t section = r_.sentences[sentence].section;
    int tried = 0;
    for (size_t q = s_.QuantityFrom(offset); q-- > 0 && tried < 4;) {
      if (Q(q).section != section || Q(q).sentence + 1 < sentence) return false;
      if (!Usable(q) || Level(Q(q).digits) != level) continue;
      ++tried;
      if (!Like(parts, q).empty()) {
        total = q;
        return true;
      }
    }
    return false;
  }

  void OfWhich(const CueHit& c) {
    uint32_t sentence = r_.SentenceAt(c.begin);
    uint32_t level = Level(c.begin);
    uint32_t end = level ? ParenEnd(level - 1) : r_.sentences[sentence].end;
    for (size_t i = s_.CueFrom(c.end); i < s_.cues.size() && s_.cues[i].begin < end; ++i) {
      const CueHit& next = s_.cues[i];
      bool stop = (next.bits & kOfWhich) ||
                  ((next.bits & kBesides) && next.begin > 0 && EndsClause(r_.text[next.begin - 1]));
      if (stop && Level(next.begin) == level) end = next.begin;
    }
    Indices parts = Within(c.end, end, level);
    if (parts.empty()) return;
    uint32_t outer = level ? Level(level - 1) : 0;
    size_t total = 0;
    SumClaim claim;
    if (TotalBefore(level ? level - 1 : c.begin, outer, parts, total)) {
      Indices like = Like(parts, total);
      for (size_t i = 1; i < like.size(); ++i) {  // 其中…0.88万方…2.4975万方，共3.3775万方
        if (TotalWord(like[i])) return;
      }
      claim.total = total;
      AddReadings(claim, like, c.end);
      book_.Judge(claim);
    } else if (parts.size() >= 3 && NearestCount(level ? level - 1 : c.begin, outer, total) &&
               AllCounts(parts)) {
      claim.total = total;  // 14处…，其中企业6家、…设施1处
      claim.readings = {parts};
      book_.Judge(claim);
    }
  }

  bool AllCounts(const Indices& parts) const {
    for (size_t q : parts) {
      if (!Q(q).count()) return false;
    }
    return true;
  }

  bool NearestCount(uint32_t offset, uint32_t level, size_t& total) const {
    for (size_t q = s_.QuantityFrom(offset); q-- > 0;) {
      if (Q(q).sentence != r_.SentenceAt(offset)) return false;
      if (Level(Q(q).digits) != level || !Usable(q)) continue;
      total = q;
      return Q(q).count();
    }
    return false;
  }

  // 共19个。包括：…11个，…2个: nothing in the same unit may stand between.
  void Include(const CueHit& c) {
    uint32_t sentence = r_.SentenceAt(c.begin);
    uint32_t level = Level(c.begin);
    uint32_t end = level ? ParenEnd(level - 1) : r_.sentences[sentence].end;
    Indices parts = Within(c.end, end, level);
    size_t total = 0;
    uint32_t outer = level ? Level(level - 1) : 0;
    if (parts.size() < 2 || !TotalBefore(level ? level - 1 : c.begin, outer, parts, total)) return;
    SumClaim claim;
    claim.total = total;
    Indices like = Like(parts, total);
    if (like.size() < 2) return;
    AddReadings(claim, like, c.end);
    claim.exhaustive = TotalWord(total) && like.size() == parts.size();
    book_.Judge(claim);
  }

  // Does a word such as 共计 stand between the quantity before and this one, in its clause?
  bool TotalWord(size_t q, uint32_t bits = kTotal) const {
    uint32_t begin = std::max(s_.ClauseBegin(Q(q).begin), q ? Q(q - 1).end : 0);
    return s_.HasCue(begin, Q(q).begin, bits);
  }

  // 6处（4处…、1处…、1处…）: what stands in parentheses right behind a figure and its noun.
  void Parenthesis(size_t total) {
    uint32_t i = Q(total).end;
    uint32_t limit = std::min<uint32_t>(uint32_t(r_.text.size()), i + 14);
    while (i < limit && r_.text[i] != U'(' && !EndsClause(r_.text[i]) && r_.text[i] != U')') ++i;
    if (i >= limit || r_.text[i] != U'(') return;
    if (total + 1 < s_.quantities.size() && Q(total + 1).digits < i) return;
    uint32_t end = ParenEnd(i);
    Indices inside = Within(i + 1, end, i + 1);
    Indices like = Like(inside, total);
    if (like.size() < 2) return;
    if (s_.HasCue(i + 1, i + 4, kPartOpen | kOfWhich) || s_.HasCue(i + 1, end, kTo)) return;
    SumClaim claim;
    claim.total = total;
    AddReadings(claim, like, i + 1);
    claim.exhaustive = true;
    book_.Judge(claim);
  }

  // 16个…中，…9个，…7个.
  void Partition(size_t total) {
    uint32_t sentence_end = r_.sentences[Q(total).sentence].end;
    uint32_t limit = std::min(sentence_end, Q(total).end + 18);
    uint32_t level = Level(Q(total).digits);
    uint32_t from = 0;
    for (uint32_t i = Q(total).end; i + 1 < limit && !EndsClause(r_.text[i]); ++i) {
      if (r_.text[i] != U'中' || r_.text[i - 1] == U'其' || Level(i) != level) continue;
      from = i + 1;
    }
    if (!from || from >= r_.text.size()) return;
    char32_t next = r_.text[from];
    bool opens =
        EndsClause(next) || next == U'有' || next == U'已' || IsDigit(next) || next == U'完' || next == U'仍';
    if (!opens) return;
    Indices like = Like(Within(from, sentence_end, level), total);
    if (like.size() < 2) return;
    SumClaim claim;
    claim.total = total;
    AddReadings(claim, like, from);
    if (Q(total).sentence + 1 < r_.sentences.size() &&
        r_.sentences[Q(total).sentence + 1].section == Q(total).section) {
      Indices more = Like(Within(from, r_.sentences[Q(total).sentence + 1].end, level), total);
      if (more.size() == like.size() + 1) claim.readings.push_back(more);
    }
    book_.Judge(claim);
  }

  // …0.78万方，…0.6万方，累计1.38万方.
  void Closing(size_t total) {
    if (!TotalWord(total)) return;
    uint32_t level = Level(Q(total).digits);
    const Sentence& sentence = r_.sentences[Q(total).sentence];
    Indices like = Like(Within(sentence.begin, Q(total).digits, level), total);
    SumClaim claim;
    claim.total = total;
    claim.silent = true;
    for (size_t k = 2; k <= like.size(); ++k)
      claim.readings.push_back(Indices(like.end() - long(k), like.end()));
    if (!claim.readings.empty() && book_.Judge(claim)) return;
    if (like.size() >= 2) {
      bool alike = true;
      for (size_t q : like) alike = alike && (s_.SameNoun(q, total) || s_.Before(q).empty());
      claim.silent = false;
      claim.weak = !TotalWord(total, kStrongTotal);
      claim.readings = {like, DrawTogether(s_, like)};
      bool unlikely = SlipAway(s_, total, like, true) && SlipChance(s_, total, like, true) < 0.6;
      if (alike || unlikely) book_.Judge(claim);
    }
    // From further back in the same section: only to be confirmed.
    claim.silent = true;
    claim.readings.clear();
    Indices far = Like(Within(r_.sections[Q(total).section].begin, Q(total).digits, level), total);
    for (size_t k = 2; k <= far.size() && k <= 8; ++k)
      claim.readings.push_back(Indices(far.end() - long(k), far.end()));
    for (size_t q : far) {
      if (!s_.SameNoun(q, total)) return;
    }
    if (s_.HasCue(s_.ClauseBegin(Q(total).begin), Q(total).begin, kTotal) && !like.size()) book_.Judge(claim);
  }

  // 72座中运行51座，另外21座: the rest, the done, and the whole before them (or behind).
  void Residual(size_t rest) {
    uint32_t begin = std::max(s_.ClauseBegin(Q(rest).begin), rest ? Q(rest - 1).end : 0);
    if (!s_.HasCue(begin, Q(rest).begin, kRest)) return;
    uint32_t level = Level(Q(rest).digits);
    Indices before;
    for (size_t q = rest;
         q-- > 0 && Q(q).section == Q(rest).section && Q(q).sentence + 4 > Q(rest).sentence;) {
      bool same = s_.SameUnit(q, rest) || (Q(q).count() && Q(rest).count() && s_.SameUnit(q, rest));
      if (Usable(q) && same && Level(Q(q).digits) == level) before.insert(before.begin(), q);
      if (before.size() > 8) break;
    }
    SumClaim claim;
    for (size_t i = before.size(); i-- > 0;) {
      Indices parts(before.begin() + long(i) + 1, before.end());
      if (parts.empty()) continue;
      parts.push_back(rest);
      claim.total = before[i];
      claim.silent = true;
      claim.readings = {parts, Once(parts, claim.total), DrawTogether(s_, parts)};
      if (book_.Judge(claim)) return;
    }
    if (ResidualBehind(rest, before, level)) return;
    if (WholeThatNoPartExceeds(rest, before)) return;
    // One of the figures is so wrong that the whole is no longer the largest.
    for (size_t i = 0; i + 1 < before.size(); ++i) {
      Indices parts(before.begin() + long(i) + 1, before.end());
      parts.push_back(rest);
      // 2眼 and 2眼, then the last 1眼: two things, each with its own whole.
      if (Q(before[i]).value == Q(before[i + 1]).value) return;
      bool close = parts.size() == 2;
      if (!SlipAway(s_, before[i], parts) || (!close && SlipChance(s_, before[i], parts) > 0.5)) continue;
      claim.total = before[i];
      claim.silent = false;
      book_.Suspect(claim, parts, Severity::kWarning);
      return;
    }
  }

  bool WholeThatNoPartExceeds(size_t rest, const Indices& before) {
    double largest = Q(rest).value;
    for (size_t i = before.size(); i-- > 0;) {
      bool whole = i + 1 < before.size() && Q(before[i]).value > largest;
      largest = std::max(largest, Q(before[i]).value);
      if (!whole) continue;
      Indices parts(before.begin() + long(i) + 1, before.end());
      parts.push_back(rest);
      SumClaim claim;
      claim.total = before[i];
      claim.readings = {parts};
      claim.exhaustive = parts.size() == 2 && Q(before[i]).sentence == Q(rest).sentence;
      book_.Judge(claim);
      return true;
    }
    return false;
  }

  // 已拆改3万余台，完成剩余1.9万台，实现4.9万台: the whole comes last.
  bool ResidualBehind(size_t rest, const Indices& before, uint32_t level) {
    if (before.empty()) return false;
    Indices after = Like(Within(Q(rest).end, r_.sentences[Q(rest).sentence].end, level), rest);
    if (after.empty() || Q(before.back()).sentence != Q(rest).sentence) return false;
    SumClaim claim;
    claim.total = after[0];
    claim.readings = {{before.back(), rest}};
    claim.silent = true;
    if (book_.Judge(claim)) return true;
    bool larger = Q(after[0]).value > Q(rest).value && Q(after[0]).value > Q(before.back()).value;
    if (larger && SlipAway(s_, after[0], claim.readings[0], true))
      book_.Suspect(claim, claim.readings[0], Severity::kWarning);
    return larger;
  }

  const Subject& s_;
  const Reading& r_;
  SumBook& book_;
};

}  // namespace

void CheckSums(const Subject& subject, CheckSink& sink) {
  SumBook book(subject, sink);
  CuedSums(subject, book).Run();
  FindSumRuns(subject, book);
  book.Flush();
}

}  // namespace zg::check
