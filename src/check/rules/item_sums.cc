// Small figures that the shape of a task ties together: the headings of its items (关停1家… 实施8家… of 9家),
// clauses in parallel (…等9个项目…，…等7个项目… of 16个), what is done against what the problem names (3家
// and 1家, 4家已完成), and what is left when some are not (9个中6个未建成 … 已建成的3个).

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"
#include "check/sums.h"

namespace zg::check {
namespace {

using Indices = std::vector<size_t>;

class ItemSums {
 public:
  ItemSums(const Subject& s, CheckSink& sink) : s_(s), book_(s, sink) {}

  void Run() {
    size_t begin = 0;
    for (size_t q = 0; q <= s_.quantities.size(); ++q) {
      if (q < s_.quantities.size() && Entry(q) == Entry(begin)) continue;
      if (q > begin && Entry(begin) >= 0) {
        Headings(begin, q);
        Parallel(begin, q);
        DoneOfProblem(begin, q);
        NotDone(begin, q);
      }
      begin = q;
    }
    book_.Flush();
  }

 private:
  const Quantity& Q(size_t q) const { return s_.quantities[q]; }
  int Entry(size_t q) const { return s_.reading.sections[Q(q).section].entry; }
  Part PartOf(size_t q) const { return s_.reading.sections[Q(q).section].part; }
  bool Usable(size_t q) const {
    return Q(q).count() && Q(q).half == 0 && !Q(q).range && !Q(q).chinese && Q(q).loose == Loose::kNone;
  }
  std::u32string_view Noun(size_t q) const { return s_.After(q).substr(0, 2); }

  // 企业 in 排污企业, in the words behind either figure.
  bool SameThing(size_t a, size_t b) const {
    return s_.After(b).find(Noun(a)) != std::u32string_view::npos ||
           s_.After(a).find(Noun(b)) != std::u32string_view::npos;
  }

  // Each numbered item opens with a short sentence that holds just one figure in the unit of the problem's.
  void Headings(size_t begin, size_t end) {
    for (size_t total = begin; total < end && PartOf(total) == Part::kProblem; ++total) {
      if (!Usable(total) || Noun(total).size() < 2) continue;
      Indices parts;
      size_t items = 0;
      for (const Section& section : s_.reading.sections) {
        if (section.entry != Entry(total) || section.part != Part::kProgress) continue;
        ++items;
        const Sentence& head = s_.reading.sentences[s_.reading.SentenceAt(section.begin)];
        if (head.end - head.begin > 24) continue;
        for (size_t q = s_.QuantityFrom(head.begin); q < end && Q(q).digits < head.end; ++q) {
          if (Usable(q) && s_.SameUnit(q, total) && SameThing(q, total)) parts.push_back(q);
        }
      }
      if (items < 2 || parts.size() != items) continue;
      Claim(total, parts);
    }
  }

  void Claim(size_t total, const Indices& parts) {
    SumClaim claim;
    claim.total = total;
    claim.readings = {parts};
    claim.weak = true;
    if (CompareSum(s_, total, parts) == SumVerdict::kHolds) {
      book_.Judge(claim);
      return;
    }
    double sum = 0;
    for (size_t q : parts) sum += Q(q).value;
    bool near =
        std::fabs(sum - Q(total).value) <= 2 || sum == Q(total).value * 10 || sum * 10 == Q(total).value;
    if (near || SlipAway(s_, total, parts)) book_.Suspect(claim, parts, Severity::kWarning);
  }

  // …等9个项目…，…等7个项目…: the same noun right behind, in different clauses of one sentence; the whole
  // before them.
  void Parallel(size_t begin, size_t end) {
    for (size_t a = begin; a + 1 < end; ++a) {
      size_t b = a + 1;
      bool alike = Usable(a) && Usable(b) && Q(a).sentence == Q(b).sentence && s_.SameUnit(a, b) &&
                   Noun(a).size() == 2 && Noun(a) == Noun(b);
      if (!alike || s_.ClauseBegin(Q(a).begin) == s_.ClauseBegin(Q(b).begin) || !Named(a) || !Named(b))
        continue;
      if (a == begin) continue;
      size_t total = a - 1;
      bool whole = Usable(total) && s_.SameUnit(total, a) && Q(total).sentence + 1 == Q(a).sentence &&
                   Q(total).section == Q(a).section &&
                   s_.After(total).find(Noun(a)) != std::u32string_view::npos;
      if (whole) Claim(total, {a, b});
    }
  }

  bool Named(size_t q) const { return Q(q).begin > 0 && s_.Cut(Q(q).begin - 1, Q(q).begin) == U"等"; }

  // The problem names 3家企业 and 1家企业; the progress says that 4家企业 are done.
  void DoneOfProblem(size_t begin, size_t end) {
    Indices parts;
    size_t q = begin;
    for (; q < end && PartOf(q) == Part::kProblem; ++q) {
      if (!Usable(q) || Noun(q).size() < 2) continue;
      if (!parts.empty() && (!s_.SameUnit(q, parts[0]) || Noun(q) != Noun(parts[0]))) return;
      parts.push_back(q);
    }
    if (parts.size() < 2) return;
    for (; q < end; ++q) {
      bool done = PartOf(q) == Part::kProgress && Usable(q) && s_.SameUnit(q, parts[0]) &&
                  Noun(q) == Noun(parts[0]) && HasWord(s_.words->done_words, s_.After(q));
      if (done) Claim(q, parts);
    }
  }

  // 9个园区中6个未建成 …, here or in the next task 已建成的3个.
  void NotDone(size_t begin, size_t end) {
    for (size_t part = begin + 1; part < end; ++part) {
      size_t total = part - 1;
      if (!Usable(part) || !Usable(total) || !s_.SameUnit(part, total) ||
          Q(part).sentence != Q(total).sentence)
        continue;
      auto between = s_.Cut(Q(total).end, Q(part).begin);
      if (between.find(U'中') == between.npos || between.size() > 12) continue;
      auto after = s_.After(part);
      size_t skip = 0;
      for (size_t n = 1; n <= 2 && n < after.size(); ++n) {
        auto m = s_.words->cues.Longest(after);
        if (m && (uint32_t(m.value) & kUnfinished)) skip = m.length;
      }
      if (!skip || after.size() < skip + 2) continue;
      auto verb = after.substr(skip, 2);
      Rest(total, part, verb);
    }
  }

  void Rest(size_t total, size_t part, std::u32string_view verb) {
    std::u32string wanted = U"已" + std::u32string(verb) + U"的";
    for (size_t q = part + 1; q < s_.quantities.size() && Entry(q) <= Entry(part) + 1; ++q) {
      if (!Usable(q) || !s_.SameUnit(q, part) || !EndsWith(s_.Before(q), wanted)) continue;
      Indices parts = {part, q};
      SumClaim claim;
      claim.total = total;
      claim.readings = {parts};
      claim.kind = CheckKind::kDifference;
      claim.silent = true;  // two tasks may speak of two things: a warning, not an error
      if (!book_.Judge(claim)) book_.Suspect(claim, parts, Severity::kWarning);
      return;
    }
  }

  const Subject& s_;
  SumBook book_;
};

}  // namespace

void CheckItemSums(const Subject& subject, CheckSink& sink) {
  if (subject.draft()) ItemSums(subject, sink).Run();
}

}  // namespace zg::check
