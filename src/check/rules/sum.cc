// Sums whose words say so: 其中, a breakdown in parentheses, 共计, …中, 包括, …的52家，…的438家.

#include "check/rules/rules.h"
#include "check/sum_scan.h"
#include "check/sums.h"

namespace zg::check {
namespace {

class CuedSums : SumScan {
 public:
  CuedSums(const Subject& s, SumBook& book) : SumScan(s), book_(book) {}

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
      Complement(q);
      Kinds(q);
    }
  }

 private:
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
      bool mixed =
          parts.size() >= 3 && 2 * like.size() <= parts.size() && Q(total).count() && AllCounts(parts);
      if (mixed)
        claim.readings = {parts};  // 14处…，其中企业6家、…设施1处
      else
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
    Indices like = Like(LastWithin(sentence.begin, Q(total).digits, level), total);
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
    Indices far = Like(LastWithin(r_.sections[Q(total).section].begin, Q(total).digits, level), total);
    for (size_t k = 2; k <= far.size() && k <= 8; ++k)
      claim.readings.push_back(Indices(far.end() - long(k), far.end()));
    for (size_t q : far) {
      if (!s_.SameNoun(q, total)) return;
    }
    if (s_.HasCue(s_.ClauseBegin(Q(total).begin), Q(total).begin, kTotal) && !like.size()) book_.Judge(claim);
  }

  // 329家，要安装的250家（不需要安装的79家）: in parentheses behind a part stands what it leaves out.
  void Complement(size_t part) {
    uint32_t end = s_.ClauseEnd(Q(part).end);
    uint32_t open = Q(part).end;
    while (open < end && open < Q(part).end + 20 && r_.text[open] != U'(') ++open;
    if (open >= end || r_.text[open] != U'(' || Level(open) != Level(Q(part).digits)) return;
    if (part + 1 < s_.quantities.size() && Q(part + 1).digits < open) return;
    uint32_t close = ParenEnd(open);
    Indices inside = Like(Within(open + 1, close, open + 1), part);
    if (inside.size() != 1 || !s_.HasCue(open + 1, close, kUnfinished)) return;
    for (size_t q = part; q-- > 0 && Q(q).sentence == Q(part).sentence;) {
      if (!Usable(q) || !s_.SameUnit(q, part) || Level(Q(q).digits) != Level(Q(part).digits)) continue;
      SumClaim claim;
      claim.total = q;
      claim.readings = {{part, inside[0]}};
      book_.Judge(claim);
      return;
    }
  }

  // 370家，关停的41家，营业的329家: clauses that all end in 的 and a figure.
  void Kinds(size_t total) {
    Indices parts;
    for (size_t q = total + 1;
         q < s_.quantities.size() && Q(q).sentence == Q(total).sentence && parts.size() < 8; ++q) {
      if (Level(Q(q).digits) != Level(Q(total).digits) || !Usable(q)) continue;
      auto before = s_.Before(q);
      bool kind = s_.SameUnit(q, total) && before.size() >= 3 &&
                  (EndsWith(before, U"的") || EndsWith(before, U"的有"));
      if (!kind || !s_.After(q).empty()) break;
      parts.push_back(q);
    }
    if (parts.size() < 2 || EndsWith(s_.Before(total), U"的")) return;
    SumClaim claim;
    claim.total = total;
    claim.readings = {parts, DrawTogether(s_, parts), Indices(parts.begin(), parts.begin() + 2)};
    book_.Judge(claim);
  }

  SumBook& book_;
};

}  // namespace

void CheckSums(const Subject& subject, CheckSink& sink) {
  SumBook book(subject, sink);
  CuedSums(subject, book).Run();
  FindRests(subject, book);
  FindStages(subject, book);
  FindSumRuns(subject, book);
  book.Flush();
}

}  // namespace zg::check
