// What the body says of all tasks together, against the tasks that follow: how many aspects, problems and
// tasks, how many of them done, all of them done, and figures that the tasks' own figures have to add up to.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"
#include "check/sums.h"

namespace zg::check {
namespace {

struct Census {
  size_t tasks = 0;
  size_t problems = 0;  // entries of the first level
  size_t aspects = 0;   // headings above them
  size_t completed = 0;
  size_t ongoing = 0;
  size_t with_state = 0;
  std::vector<int> open;  // tasks neither completed nor ongoing
};

Census Count(const Draft& draft) {
  Census c;
  std::set<std::string> aspects;
  for (int e = 0; e < int(draft.entries.size()); ++e) {
    const Entry& entry = draft.entries[size_t(e)];
    if (entry.path.find('.') == std::string::npos) ++c.problems;
    if (!entry.headings.empty()) aspects.insert(entry.headings[0]);
    if (!entry.is_task) continue;
    ++c.tasks;
    if (!entry.status) continue;
    ++c.with_state;
    if (entry.status->kind == StatusKind::kCompleted) {
      ++c.completed;
    } else if (entry.status->kind == StatusKind::kOngoing) {
      ++c.ongoing;
    } else {
      c.open.push_back(e);
    }
  }
  c.aspects = aspects.size();
  return c;
}

class TaskCounts {
 public:
  TaskCounts(const Subject& s, CheckSink& sink) : s_(s), sink_(sink), census_(Count(*s.draft())) {}

  void Run() {
    if (census_.tasks < 2) return;
    for (size_t q = 0; q < s_.quantities.size(); ++q) {
      if (Whole(q) && size_t(Q(q).value) == census_.tasks) said_ = true;
    }
    for (size_t q = 0; q < s_.quantities.size(); ++q) {
      if (!InBody(q) || Q(q).half > 0 || !Q(q).count() || Q(q).loose != Loose::kNone) continue;
      if (Whole(q)) {
        Tasks(q);
      } else if (Done(q)) {
        DoneTasks(q);
      } else if (Aspect(q)) {
        Aspects(q);
      } else if (Problem(q)) {
        Compare(q, census_.problems, "问题", Severity::kError);
      } else {
        SumOverTasks(q);
      }
    }
  }

 private:
  const Quantity& Q(size_t q) const { return s_.quantities[q]; }
  bool InBody(size_t q) const { return s_.reading.sections[Q(q).section].entry < 0; }
  bool SameClause(size_t a, size_t b) const {
    return s_.ClauseBegin(Q(a).begin) == s_.ClauseBegin(Q(b).begin);
  }
  std::u32string_view Clause(size_t q) const {
    return s_.Cut(s_.ClauseBegin(Q(q).begin), s_.ClauseEnd(Q(q).end));
  }

  // 94项整改任务, but not 其余的9项任务.
  bool Whole(size_t q) const {
    return InBody(q) && Q(q).count() && s_.words->task_words.Longest(s_.After(q)) &&
           !s_.HasCue(s_.ClauseBegin(Q(q).begin), Q(q).begin, kRest) &&
           !HasWord(s_.words->subset_words, s_.Before(q));
  }

  // …整改任务已完成55项: the figure behind the tasks in one sentence, in front of it the word of being done.
  bool Done(size_t q) const {
    if (q == 0 || !Whole(q - 1) || Q(q).sentence != Q(q - 1).sentence || !s_.SameUnit(q, q - 1)) return false;
    auto before = s_.Before(q);
    for (size_t i = 0; i < before.size(); ++i) {
      if (s_.words->done_words.Has(before.substr(i))) return true;
    }
    return false;
  }

  bool Aspect(size_t q) const {
    const auto& unit = s_.words->units[size_t(Q(q).unit)].name;
    return HasWord(s_.words->aspect_words, unit) || s_.words->aspect_words.Longest(s_.After(q));
  }

  // 19条具体问题, in a sentence that also counts the tasks.
  bool Problem(size_t q) const {
    if (census_.problems == census_.tasks || !s_.words->problem_words.Longest(s_.After(q))) return false;
    for (size_t o = q + 1; o < s_.quantities.size() && Q(o).sentence == Q(q).sentence; ++o) {
      if (Whole(o)) return true;
    }
    return false;
  }

  void Tasks(size_t q) {
    size_t n = size_t(Q(q).value);
    if (n == census_.tasks) {
      Compare(q, census_.tasks, "任务", Severity::kError);
      if (HasWord(s_.words->all_words, s_.After(q)) && HasWord(s_.words->done_words, s_.After(q))) AllDone(q);
      return;
    }
    bool whole = HasWord(s_.words->whole_words, Clause(q));
    bool slip = SlipOfThePen(n, census_.tasks);
    if (slip || (whole && !said_)) {
      Compare(q, census_.tasks, "任务", Severity::kError);
    } else if (whole) {
      Compare(q, census_.tasks, "任务", Severity::kNote);
    }
  }

  static bool SlipOfThePen(size_t a, size_t b) {
    std::string x = std::to_string(a), y = std::to_string(b);
    if (x + "0" == y || y + "0" == x) return true;
    size_t differ = 0;
    for (size_t i = 0; x.size() == y.size() && i < x.size(); ++i) differ += x[i] != y[i];
    bool swapped = x.size() == 2 && y.size() == 2 && x[0] == y[1] && x[1] == y[0];
    return (x.size() == y.size() && differ == 1 && x.size() > 1) || swapped || (a > b ? a - b : b - a) == 1;
  }

  void AllDone(size_t q) {
    if (census_.with_state < census_.tasks) return;
    if (census_.open.empty()) {
      Confirm(q, fmt::format("{}项任务均标明完成", census_.tasks), {q});
      return;
    }
    CheckFinding f = Begin(q, Severity::kError);
    f.stated = FigureUnit(s_, q);
    f.computed = std::to_string(census_.completed + census_.ongoing);
    f.expression = fmt::format("{} ≠ {}", f.computed, Figure(s_, q));
    f.message =
        fmt::format("正文{}称任务全部完成，而所列任务中有{}项未标明完成（如{}），请核实。", Quoted(f.place),
                    census_.open.size(), "第" + s_.entry(census_.open[0]).path + "项");
    for (int e : census_.open) AddStatus(e, f.related);
    sink_.Find(std::move(f));
  }

  void DoneTasks(size_t q) {
    if (census_.with_state * 10 < census_.tasks * 9) return;
    size_t n = size_t(Q(q).value);
    if (n == census_.completed || n == census_.completed + census_.ongoing) {
      Confirm(q, fmt::format("标明完成的任务 = {}", n), {q - 1, q});
      return;
    }
    CheckFinding f = Begin(q, Severity::kError);
    f.place = s_.PlaceAround(q - 1, q);
    f.stated = FigureUnit(s_, q);
    f.computed = census_.ongoing
                     ? fmt::format("{}～{}", census_.completed, census_.completed + census_.ongoing)
                     : std::to_string(census_.completed);
    f.expression = fmt::format("已完成{} + 长期坚持{} ≠ {}", census_.completed, census_.ongoing, n);
    f.message = fmt::format(
        "正文{}称已完成{}，而所列任务中标明“已完成”的有{}项，标明“立行立改，长期坚持”的有{}项，两者相加为{}"
        "项，都与{}不符，请核实。",
        Quoted(f.place), f.stated, census_.completed, census_.ongoing, census_.completed + census_.ongoing,
        f.stated);
    f.related = Places(s_, std::vector<size_t>{q - 1, q});
    sink_.Find(std::move(f));
  }

  // 6个方面: the headings above the tasks. Between two tasks the words speak of those below the same heading.
  void Aspects(size_t q) {
    uint32_t at = Q(q).begin;
    int next = -1;
    bool behind = false;
    for (const Section& section : s_.reading.sections) {
      if (section.entry < 0) continue;
      if (section.begin > at) {
        next = section.entry;
        break;
      }
      behind = true;
    }
    if (behind && next >= 0) {
      const Entry& entry = s_.entry(next);
      if (entry.headings.empty()) return;
      size_t siblings = 0;
      for (const Entry& e : s_.draft()->entries) {
        siblings += e.path.find('.') == std::string::npos && !e.headings.empty() &&
                    e.headings[0] == entry.headings[0];
      }
      if (siblings >= 2) Compare(q, siblings, "方面", Severity::kWarning);
      return;
    }
    bool counts_tasks = false;
    for (size_t o = q + 1; o < s_.quantities.size() && Q(o).sentence == Q(q).sentence; ++o)
      counts_tasks = counts_tasks || Whole(o);
    if (census_.aspects >= 2 && counts_tasks) Compare(q, census_.aspects, "方面", Severity::kError);
  }

  void Compare(size_t q, size_t found, const char* what, Severity severity) {
    if (size_t(Q(q).value) == found) {
      Confirm(q, fmt::format("{}数 = {}", what, found), {q});
      return;
    }
    CheckFinding f = Begin(q, severity);
    f.stated = FigureUnit(s_, q);
    f.computed = std::to_string(found);
    f.expression = fmt::format("{} ≠ {}", found, Figure(s_, q));
    f.message = fmt::format("正文{}写明{}{}，而文中逐项列出的{}有{}个，相差{}个，请核实。", Quoted(f.place),
                            f.stated, std::string_view(what) == "方面" ? "" : what, what, found,
                            Number(std::fabs(Q(q).value - double(found))));
    sink_.Find(std::move(f));
  }

  // 5个州市17531眼非法机井: the figures of the tasks that speak of the same thing.
  void SumOverTasks(size_t q) {
    if (Q(q).value < 50 || Q(q).chinese) return;
    auto noun = s_.After(q).substr(0, 4);
    if (noun.size() < 3) return;
    std::vector<size_t> parts;
    int entry = -1;
    bool twice = false;
    for (size_t p = 0; p < s_.quantities.size(); ++p) {
      const Section& section = s_.reading.sections[Q(p).section];
      if (section.part != Part::kProblem || !s_.SameUnit(p, q) || !Mentions(p, noun)) continue;
      twice = twice || section.entry == entry;
      entry = section.entry;
      parts.push_back(p);
    }
    if (parts.size() < 3 || parts.size() > 40 || twice) return;
    if (CompareSum(s_, q, parts) == SumVerdict::kHolds) {
      std::vector<size_t> all = parts;
      all.insert(all.begin(), q);
      Confirm(q, JoinFigures(s_, parts, " + ") + " = " + Figure(s_, q), all);
      return;
    }
    double sum = 0;
    for (size_t p : parts) sum += Q(p).value;
    bool slip = SlipAway(s_, q, parts) && SlipChance(s_, q, parts) < 0.1;
    if (!slip && std::fabs(sum / Q(q).value - 1) > 0.2) return;
    CheckFinding f = Begin(q, slip ? Severity::kError : Severity::kWarning);
    f.stated = FigureUnit(s_, q);
    f.computed = ValueLike(s_, q, sum);
    f.expression = fmt::format("{} = {} ≠ {}", JoinFigures(s_, parts, " + "), f.computed, Figure(s_, q));
    f.message = fmt::format("正文{}写明{}，而各项任务中的同类数字{}合计为{}，相差{}，请核实。",
                            Quoted(f.place), f.stated, JoinFigures(s_, parts, " + "), f.computed,
                            ValueLike(s_, q, std::fabs(sum - Q(q).value)));
    f.related = Places(s_, parts);
    sink_.Find(std::move(f));
  }

  // Do the words around a figure hold these characters in this order? 非法机电井 holds 非法机井.
  bool Mentions(size_t p, std::u32string_view noun) const {
    std::u32string label(s_.Before(p));
    label += s_.After(p);
    size_t at = 0;
    for (char32_t c : noun) {
      at = label.find(c, at);
      if (at == label.npos) return false;
      ++at;
    }
    return true;
  }

  CheckFinding Begin(size_t q, Severity severity) const {
    CheckFinding f;
    f.kind = CheckKind::kTaskCount;
    f.severity = severity;
    f.place = s_.PlaceAround(q, q);
    f.related = {s_.PlaceOf(q)};
    return f;
  }

  void AddStatus(int e, std::vector<CheckPlace>& out) const {
    const Entry& entry = s_.entry(e);
    if (!entry.status || entry.status->span.empty()) return;
    out.push_back({s_.index, s_.input->file, entry.path, entry.status->text, entry.status->span});
  }

  void Confirm(size_t q, const std::string& expression, const std::vector<size_t>& numbers) {
    CheckRelation r;
    r.kind = CheckKind::kTaskCount;
    r.place = s_.PlaceAround(q, q);
    r.expression = expression;
    r.numbers = Places(s_, numbers);
    sink_.Confirm(std::move(r));
  }

  const Subject& s_;
  CheckSink& sink_;
  Census census_;
  bool said_ = false;  // somewhere the body gives the right number of tasks
};

}  // namespace

void CheckTaskCounts(const Subject& subject, CheckSink& sink) {
  if (subject.draft()) TaskCounts(subject, sink).Run();
}

}  // namespace zg::check
