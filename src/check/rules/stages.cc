// Parts that the shape of one sentence ties to a whole named before them: stages with a date each
// (34.5万亩…，2022年 完成11万亩，2023—2024年完成23.5万亩), a thing and its opposite
// (30个批次，合格29个批次，不合格1批次), grades in a row
// (25座…，结果为I级1座、II级19座、III级4座、1座不合格).

#include <algorithm>

#include "check/rules/rules.h"
#include "check/sum_scan.h"

namespace zg::check {
namespace {

constexpr double kLikely = 0.6;
constexpr double kUnlikely = 0.5;  // so seldom by chance that even a part larger than the whole is a slip

class Stages : SumScan {
 public:
  Stages(const Subject& s, SumBook& book) : SumScan(s), book_(book) {}

  void Run() {
    for (size_t q = 0; q < s_.quantities.size(); ++q) {
      if (!Usable(q) || Q(q).percent() || Q(q).chinese) continue;
      Dated(q);
      Opposite(q);
      Grades(q);
    }
  }

 private:
  uint32_t LabelBegin(size_t q) const { return std::max(s_.ClauseBegin(Q(q).begin), q ? Q(q - 1).end : 0u); }

  // 2022年, 2023—2024年 or 6月 in the clause of the figure, behind the last one in its unit.
  bool HasDate(size_t q) const {
    uint32_t from = s_.ClauseBegin(Q(q).begin);
    for (size_t p = q; p-- > 0 && Q(p).end > from;) {
      if (s_.SameUnit(p, q)) from = Q(p).end;
    }
    for (uint32_t i = from + 1; i < Q(q).begin; ++i) {
      if ((r_.text[i] == U'年' || r_.text[i] == U'月') && IsDigit(r_.text[i - 1])) return true;
    }
    return false;
  }

  // Figures in the whole's unit behind it, to the end of its sentence.
  Indices Behind(size_t total, size_t most) const {
    Indices out;
    for (size_t q = total + 1; q < s_.quantities.size() && Q(q).sentence == Q(total).sentence; ++q) {
      if (!s_.SameUnit(q, total)) continue;
      if (!Usable(q) || out.size() == most) return {};
      out.push_back(q);
    }
    return out;
  }

  void Judge(size_t total, const Indices& parts, Severity severity) {
    SumClaim claim;
    claim.total = total;
    claim.silent = true;
    claim.readings = {parts};
    if (book_.Judge(claim)) return;
    bool larger =
        std::all_of(parts.begin(), parts.end(), [&](size_t q) { return Q(q).value < Q(total).value; });
    if ((larger || SlipChance(s_, total, parts, true) < kUnlikely) && SlipAway(s_, total, parts, true))
      book_.Suspect(claim, parts, severity);
  }

  // Every figure behind the whole has a day of its own, so that they are its stages and all of them.
  void Dated(size_t total) {
    Indices parts = Behind(total, 6);
    if (parts.size() < 2) return;
    // 2020年10万亩，2021年3万亩…: a row in which nothing need be the whole; small figures add up by chance.
    if (HasDate(total) && SlipChance(s_, total, parts, true) > kLikely) return;
    uint32_t level = Level(Q(parts[0]).digits);
    for (size_t q : parts) {
      if (!HasDate(q) || Level(Q(q).digits) != level) return;
    }
    Judge(total, parts, Severity::kWarning);
  }

  // 合格 in front of one figure, 不合格 or 未… in front of the next.
  void Opposite(size_t yes) {
    size_t no = yes + 1;
    if (no >= s_.quantities.size() || Q(no).sentence != Q(yes).sentence || !s_.SameUnit(yes, no) ||
        !Usable(no))
      return;
    auto denied = s_.Cut(LabelBegin(no), Q(no).begin);
    if (denied.size() < 3 || (denied[0] != U'不' && denied[0] != U'未')) return;
    auto word = denied.substr(1, 2);
    auto said = s_.Before(yes);
    size_t at = said.rfind(word);
    if (at == said.npos || (at > 0 && (said[at - 1] == U'不' || said[at - 1] == U'未'))) return;
    size_t tried = 0;
    for (size_t total = yes; total-- > 0 && Q(total).sentence == Q(yes).sentence && ++tried < 4;) {
      if (!s_.SameUnit(total, yes) || !Usable(total) || Q(total).value < 2) continue;
      Judge(total, {yes, no}, Severity::kWarning);
      return;
    }
  }

  // Three or more figures of one unit with 、 between them, right behind a word such as 结果为 or 分别为.
  void Grades(size_t first) {
    Indices parts = {first};
    while (parts.size() < 10) {
      size_t next = parts.back() + 1;
      if (next >= s_.quantities.size() || !s_.SameUnit(next, first) || !Usable(next)) break;
      auto between = s_.Cut(Q(parts.back()).end, Q(next).begin);
      if (between.empty() || between[0] != U'、' || between.size() > 12 || between.find(U',') != between.npos)
        break;
      parts.push_back(next);
    }
    if (parts.size() < 3 || !s_.HasCue(LabelBegin(first), Q(first).begin, kInclude)) return;
    size_t tried = 0;
    for (size_t total = first; total-- > 0 && Q(total).sentence == Q(first).sentence && ++tried < 4;) {
      if (!s_.SameUnit(total, first) || !Usable(total)) continue;
      Judge(total, parts, Severity::kWarning);
      return;
    }
  }

  SumBook& book_;
};

}  // namespace

void FindStages(const Subject& subject, SumBook& book) {
  Stages(subject, book).Run();
}

}  // namespace zg::check
