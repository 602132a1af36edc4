// A list and what lower units made of it: deadlines later than the upper one, and upper tasks that a unit
// which is named there did not take over. Lower tasks are tied by the upper number they cite, else by their
// wording.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "check/likeness.h"
#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

constexpr double kAlike = 0.6;     // wordings without a number that are one problem
constexpr double kRelated = 0.25;  // wordings that a number ties: less would be another list's number

struct UpperTask {
  int entry = -1;
  std::vector<uint64_t> grams;
  std::optional<Date> due;  // the latest of it and its sub-problems
  const Entry* due_entry = nullptr;
  std::set<std::string> units;  // responsible, sub-problems' too
};

struct Upper {
  const Subject* s = nullptr;
  std::map<std::string, UpperTask> tasks;  // by number
  Rarity rarity;
};

std::string TopNumber(const std::string& path) {
  return path.substr(0, path.find('.'));
}

Upper ReadUpper(const Subject& s) {
  Upper u;
  u.s = &s;
  for (int e = 0; e < int(s.draft()->entries.size()); ++e) {
    const Entry& entry = s.entry(e);
    UpperTask& task = u.tasks[TopNumber(entry.path)];
    if (task.entry < 0) {
      task.entry = e;
      task.grams = Grams(ToUtf32(entry.problem.text));
    }
    bool dated = entry.deadline && entry.deadline->date && !entry.deadline->ambiguous;
    if (dated && (!task.due || *task.due < *entry.deadline->date)) {
      task.due = entry.deadline->date;
      task.due_entry = &entry;
    }
    for (const UnitRef& unit : entry.responsible) task.units.insert(unit.name);
  }
  for (const auto& [number, task] : u.tasks) u.rarity.Add(task.grams);
  return u;
}

bool CitesUpward(const Draft& draft) {
  return std::any_of(draft.entries.begin(), draft.entries.end(),
                     [](const Entry& e) { return e.upstream_ordinal.has_value(); });
}

class Cascade {
 public:
  Cascade(const CheckScope& scope, CheckSink& sink) : scope_(scope), sink_(sink) {}

  void Run() {
    std::vector<Upper> uppers;
    for (const Subject& s : scope_.subjects()) {
      if (s.draft() && s.draft()->kind == "task_list" && !CitesUpward(*s.draft()))
        uppers.push_back(ReadUpper(s));
    }
    for (const Subject& lower : scope_.subjects()) {
      if (!lower.draft()) continue;
      for (const Upper& upper : uppers) {
        if (upper.s != &lower && scope_.Wanted(upper.s->index, lower.index)) Pair(upper, lower);
      }
    }
  }

 private:
  void Pair(const Upper& upper, const Subject& lower) {
    std::set<std::string> taken;
    size_t cited = 0, alike = 0, tasks = 0;
    std::vector<std::pair<const Entry*, const UpperTask*>> links;
    for (const Entry& e : lower.draft()->entries) {
      if (!e.is_task && !e.upstream_ordinal) continue;
      ++tasks;
      auto grams = Grams(ToUtf32(e.problem.text));
      auto [number, likeness] = Find(upper, e, grams);
      if (number.empty()) continue;
      if (e.upstream_ordinal) ++cited;
      if (likeness >= kRelated) ++alike;
      taken.insert(number);
      links.push_back({&e, &upper.tasks.at(number)});
    }
    // Numbers alone may speak of another list.
    if (links.empty() || alike * 2 < links.size()) return;
    for (const auto& [entry, task] : links) Deadline(upper, lower, *entry, *task);
    if (cited * 2 >= tasks && cited > 0) Gaps(upper, lower, taken);
  }

  std::pair<std::string, double> Find(const Upper& upper, const Entry& e,
                                      const std::vector<uint64_t>& grams) const {
    if (e.upstream_ordinal) {
      std::string number = std::to_string(*e.upstream_ordinal);
      auto it = upper.tasks.find(number);
      if (it == upper.tasks.end()) return {};
      return {number, upper.rarity.Contained(it->second.grams, grams)};
    }
    std::pair<std::string, double> best;
    for (const auto& [number, task] : upper.tasks) {
      double likeness = upper.rarity.Likeness(task.grams, grams);
      if (likeness > best.second) best = {number, likeness};
    }
    return best.second >= kAlike ? best : std::pair<std::string, double>();
  }

  void Deadline(const Upper& upper, const Subject& lower, const Entry& e, const UpperTask& task) {
    bool dated = e.deadline && e.deadline->date && !e.deadline->ambiguous;
    if (!dated || !task.due || *e.deadline->date <= *task.due) return;
    CheckFinding f;
    f.kind = CheckKind::kCascadeDeadline;
    f.severity = Severity::kError;
    f.place = {lower.index, lower.input->file, e.path, e.deadline->text, e.deadline->span};
    f.stated = e.deadline->date->Iso();
    f.computed = task.due->Iso();
    f.expression = fmt::format("{} > {}", f.stated, f.computed);
    const Entry& above = *task.due_entry;
    f.related = {
        {upper.s->index, upper.s->input->file, above.path, above.deadline->text, above.deadline->span}};
    f.message = fmt::format("{}的整改时限{}晚于上级清单《{}》第{}项的{}，晚了{}天，请调整时限或说明依据。",
                            Where(f.place), e.deadline->date->Chinese(), upper.s->input->file, above.path,
                            task.due->Chinese(), e.deadline->date->days() - task.due->days());
    sink_.Find(std::move(f));
  }

  // The unit that wrote the lower text, as the upper list names it: the longest name without its organ that
  // opens the lower title or is its author.
  static std::string OwnName(const Upper& upper, const Subject& lower) {
    std::string best;
    std::string title = lower.draft()->title;
    for (const auto& [number, task] : upper.tasks) {
      for (const std::string& unit : task.units) {
        for (std::string_view organ : {"党委", "政府"}) {
          if (unit.size() <= organ.size() ||
              unit.compare(unit.size() - organ.size(), organ.size(), organ) != 0)
            continue;
          std::string name = unit.substr(0, unit.size() - organ.size());
          bool own = title.rfind(name, 0) == 0 || lower.unit.rfind(name, 0) == 0;
          if (own && name.size() > best.size()) best = name;
        }
        bool whole = title.rfind(unit, 0) == 0 || lower.unit == unit;
        if (whole && unit.size() > best.size()) best = unit;
      }
    }
    return best;
  }

  static bool Named(const UpperTask& task, const std::string& own) {
    return std::any_of(task.units.begin(), task.units.end(), [&](const std::string& u) {
      return u.rfind(own, 0) == 0 && (u.size() - own.size() <= 6 || u == own);
    });
  }

  void Gaps(const Upper& upper, const Subject& lower, const std::set<std::string>& taken) {
    std::string own = OwnName(upper, lower);
    if (own.empty()) return;
    for (const auto& [number, task] : upper.tasks) {
      if (taken.count(number) || !Named(task, own)) continue;
      const Entry& e = upper.s->entry(task.entry);
      CheckFinding f;
      f.kind = CheckKind::kCascadeGap;
      f.severity = Severity::kWarning;
      f.place = {upper.s->index, upper.s->input->file, e.path, e.problem.text, e.problem.span};
      f.message = fmt::format("上级清单第{}项{}的责任单位中有{}，但《{}》中没有对应的任务，请核实是否漏接。",
                              number, Quoted(f.place, 40), own, lower.input->file);
      if (!lower.draft()->title_span.empty()) {
        f.related = {
            {lower.index, lower.input->file, std::nullopt, lower.draft()->title, lower.draft()->title_span}};
      }
      sink_.Find(std::move(f));
    }
  }

  const CheckScope& scope_;
  CheckSink& sink_;
};

}  // namespace

void CheckCascade(const CheckScope& scope, CheckSink& sink) {
  Cascade(scope, sink).Run();
}

}  // namespace zg::check
