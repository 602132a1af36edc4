// A measure word whose figure was left out: 召开研判例会次，…; 共处罚  家; 共检查××家.

#include <fmt/format.h>

#include <algorithm>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

class MissingFigures {
 public:
  MissingFigures(const Subject& s, CheckSink& sink) : s_(s), r_(s.reading), sink_(sink) {}

  void Run() {
    for (const Section& section : r_.sections) {
      for (uint32_t i = section.begin; i < section.end; ++i) {
        if (r_.title[i]) continue;
        uint32_t end = AfterAct(i, section.end);
        if (!end) end = AfterTotal(i, section.end);
        if (!end) end = Placeholder(i, section.end);
        if (end) i = end - 1;
      }
    }
    for (uint32_t gap : r_.gaps) Blank(gap);
  }

 private:
  bool Ends(uint32_t i, uint32_t to) const {
    return i >= to || EndsClause(r_.text[i]) || r_.text[i] == U'、' || r_.text[i] == U')';
  }

  // 例会次，
  uint32_t AfterAct(uint32_t i, uint32_t to) {
    if (!s_.words->missing_acts.Starts(r_.text[i])) return 0;
    auto act = s_.words->missing_acts.Longest(r_.Cut(i, to));
    if (!act) return 0;
    auto measure = s_.words->missing_measures.Longest(r_.Cut(i + act.length, to));
    uint32_t end = i + act.length + measure.length;
    if (!measure || !Ends(end, to)) return 0;
    Tell(i + act.length, end);
    return end;
  }

  // 共处罚家，
  uint32_t AfterTotal(uint32_t i, uint32_t to) {
    if (!s_.words->missing_totals.Starts(r_.text[i])) return 0;
    auto total = s_.words->missing_totals.Longest(r_.Cut(i, to));
    if (!total) return 0;
    auto verb = s_.words->missing_verbs.Longest(r_.Cut(i + total.length, to));
    if (!verb) return 0;
    uint32_t at = i + total.length + verb.length;
    auto measure = s_.words->missing_bare.Longest(r_.Cut(at, to));
    if (!measure || !Ends(at + measure.length, to)) return 0;
    Tell(at, at + measure.length);
    return at + measure.length;
  }

  // ××家, XX万元, ____处
  uint32_t Placeholder(uint32_t i, uint32_t to) {
    char32_t c = r_.text[i];
    if (c != U'×' && c != U'X' && c != U'_' && c != U'＿' && c != U'*') return 0;
    uint32_t k = i;
    while (k < to && r_.text[k] == c) ++k;
    if (k - i < 2) return 0;
    auto measure = s_.words->missing_bare.Longest(r_.Cut(k, to));
    if (!measure) return k;
    Tell(i, k + measure.length);
    return k + measure.length;
  }

  // 共处罚  家: blanks in a line where the figure should stand.
  void Blank(uint32_t gap) {
    if (gap == 0 || gap >= r_.text.size() || !IsHan(r_.text[gap - 1])) return;
    const Section& section = r_.sections[r_.SectionAt(gap)];
    auto measure = s_.words->missing_bare.Longest(r_.Cut(gap, section.end));
    if (!measure || gap <= section.begin) return;
    uint32_t begin = s_.ClauseBegin(gap);
    auto before = r_.Cut(begin, gap);
    bool counted = HasWord(s_.words->missing_totals, before) || EndsWithVerb(before);
    bool follows = Ends(gap + measure.length, section.end) || IsHan(r_.text[gap + measure.length]);
    if (!counted || !follows) return;
    Tell(gap, gap + measure.length);
  }

  bool EndsWithVerb(std::u32string_view text) const {
    for (size_t n = 2; n <= 4 && n <= text.size(); ++n) {
      auto tail = text.substr(text.size() - n);
      if (s_.words->missing_verbs.Has(tail) || s_.words->missing_acts.Has(tail)) return true;
    }
    return false;
  }

  void Tell(uint32_t begin, uint32_t end) {
    if (!told_.empty() && told_.back() == begin) return;
    told_.push_back(begin);
    CheckFinding f;
    f.kind = CheckKind::kMissingFigure;
    f.severity = Severity::kError;
    f.place = s_.Place(s_.ClauseBegin(begin), s_.ClauseEnd(end));
    f.message = fmt::format("{}{}中“{}”前面缺少数字，请补充具体数量。", Where(f.place), Quoted(f.place),
                            ToUtf8(r_.Cut(begin, end)));
    f.related = {s_.Place(begin, end)};
    sink_.Find(std::move(f));
  }

  const Subject& s_;
  const Reading& r_;
  CheckSink& sink_;
  std::vector<uint32_t> told_;
};

}  // namespace

void CheckMissingFigures(const Subject& subject, CheckSink& sink) {
  MissingFigures(subject, sink).Run();
}

}  // namespace zg::check
