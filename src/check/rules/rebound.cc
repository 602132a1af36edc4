// A problem that an earlier round had closed and that inspectors name again: the wordings share what is rare
// in them, names above all.

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "check/likeness.h"
#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

constexpr double kSame = 0.75;    // one problem handed down, not two findings
constexpr double kAgain = 0.115;  // worth a look
constexpr double kSurely = 0.25;
constexpr size_t kLeastGrams = 18;

struct Problem {
  const Subject* s;
  const Entry* entry;
  std::vector<uint64_t> grams;
};

// When the inspectors looked: the last year that the problems of a document name.
int InspectionYear(const Subject& s) {
  int year = 0;
  for (const DateMark& d : s.dates) {
    const Section& section = s.reading.sections[s.reading.SectionAt(d.begin)];
    if (section.part == Part::kProblem && d.year > year && d.year < 2100 && !d.before && !d.end_of)
      year = d.year;
  }
  return year;
}

class Rebounds {
 public:
  Rebounds(const CheckScope& scope, CheckSink& sink) : scope_(scope), sink_(sink) {}

  void Run() {
    for (const Subject& s : scope_.subjects()) {
      if (!s.draft()) continue;
      years_[&s] = InspectionYear(s);
      for (const Entry& e : s.draft()->entries) Add(s, e);
    }
    Index();
    for (size_t i = 0; i < problems_.size(); ++i) Look(i);
  }

 private:
  void Add(const Subject& s, const Entry& e) {
    auto grams = Grams(ToUtf32(e.problem.text));
    // What cites an upper list was handed down, not found again.
    if (grams.size() < kLeastGrams || e.upstream_ordinal) return;
    rarity_.Add(grams);
    problems_.push_back({&s, &e, std::move(grams)});
  }

  // Only grams that few problems share lead from one to another.
  void Index() {
    for (size_t i = 0; i < problems_.size(); ++i) {
      for (uint64_t g : problems_[i].grams) index_[g].push_back(i);
    }
  }

  void Look(size_t later) {
    const Problem& p = problems_[later];
    int year = years_[p.s];
    std::unordered_map<size_t, int> shared;
    for (uint64_t g : p.grams) {
      const auto& with = index_[g];
      if (with.size() > 12) continue;
      for (size_t o : with) {
        if (years_[problems_[o].s] > 0 && years_[problems_[o].s] + 1 < year) ++shared[o];
      }
    }
    std::optional<size_t> best;
    double best_score = 0;
    for (const auto& [o, count] : shared) {
      if (count < 4) continue;
      double score = rarity_.Likeness(p.grams, problems_[o].grams);
      double held = rarity_.Contained(p.grams, problems_[o].grams);
      double value = std::max(score, held * 0.8);
      if (score < kSame && value > best_score) {
        best_score = value;
        best = o;
      }
    }
    // Chosen among all, so that the choice does not hang on which documents are new.
    if (best && best_score >= kAgain && scope_.Wanted(p.s->index, problems_[*best].s->index))
      Tell(p, problems_[*best], best_score);
  }

  void Tell(const Problem& now, const Problem& then, double score) {
    CheckFinding f;
    f.kind = CheckKind::kRebound;
    bool closed = then.entry->status && (then.entry->status->kind == StatusKind::kCompleted ||
                                         then.entry->status->kind == StatusKind::kOngoing);
    f.severity = closed && score >= kSurely ? Severity::kWarning : Severity::kNote;
    f.place = {now.s->index, now.s->input->file, now.entry->path, now.entry->problem.text,
               now.entry->problem.span};
    f.related = {{then.s->index, then.s->input->file, then.entry->path, then.entry->problem.text,
                  then.entry->problem.span}};
    f.computed = Number(score, 2);
    std::string state = then.entry->status ? "当时状态为“" + then.entry->status->text + "”" : "当时未写状态";
    f.message =
        fmt::format("{}{}与上一轮《{}》第{}项相近，{}，请核实是否属于问题反弹或整改不到位。", Where(f.place),
                    Quoted(f.place, 40), then.s->input->file, then.entry->path, state);
    sink_.Find(std::move(f));
  }

  const CheckScope& scope_;
  CheckSink& sink_;
  std::vector<Problem> problems_;
  std::unordered_map<const Subject*, int> years_;
  std::unordered_map<uint64_t, std::vector<size_t>> index_;
  Rarity rarity_;
};

}  // namespace

void CheckRebounds(const CheckScope& scope, CheckSink& sink) {
  if (scope.subjects().size() > 1) Rebounds(scope, sink).Run();
}

}  // namespace zg::check
