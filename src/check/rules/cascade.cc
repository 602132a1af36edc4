// A list and what lower units made of it: deadlines later than the upper one, and upper tasks that a unit
// which is named there did not take over. Lower tasks are tied by the upper number they cite, else by their
// wording.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "check/likeness.h"
#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

constexpr double kAlike = 0.6;     // wordings without a number that are one problem
constexpr double kRelated = 0.25;  // wordings that a number ties: less would be another list's number

constexpr size_t kMostShared = 200;  // tasks that a run of characters may lead to
constexpr size_t kLeastShared = 4;   // runs in common before two wordings are compared

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
  std::string NumberOf(const UpperTask* task) const {
    for (const auto& [number, t] : tasks) {
      if (&t == task) return number;
    }
    return {};
  }
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
    for (const Subject& s : scope_.subjects()) {
      if (s.draft() && s.draft()->kind == "task_list" && !CitesUpward(*s.draft()))
        uppers_.push_back(ReadUpper(s));
    }
    Index();
    for (const Subject& lower : scope_.subjects()) {
      if (lower.draft()) Look(lower);
    }
  }

 private:
  struct Link {
    const Entry* entry;
    const UpperTask* task;
    bool alike;
  };
  // What one lower document has from one upper list.
  struct Taken {
    std::vector<Link> links;
    std::set<std::string> numbers;
    size_t cited = 0, alike = 0;
  };
  using Posting = std::pair<uint32_t, const UpperTask*>;  // which upper list, which of its tasks

  // Runs of characters that many tasks share tell nothing apart and would cost the most.
  void Index() {
    for (uint32_t u = 0; u < uppers_.size(); ++u) {
      for (const auto& [number, task] : uppers_[u].tasks) {
        for (uint64_t g : task.grams) {
          auto& with = index_[g];
          if (with.size() <= kMostShared) with.push_back({u, &task});
        }
      }
    }
  }

  bool Holds(uint32_t u, const Subject& lower) const {
    return uppers_[u].s != &lower && scope_.Wanted(uppers_[u].s->index, lower.index);
  }

  void Look(const Subject& lower) {
    std::map<uint32_t, Taken> taken;
    size_t tasks = 0;
    for (const Entry& e : lower.draft()->entries) {
      if (!e.is_task && !e.upstream_ordinal) continue;
      ++tasks;
      auto grams = Grams(ToUtf32(e.problem.text));
      if (e.upstream_ordinal)
        Cited(lower, e, grams, taken);
      else
        Worded(lower, e, grams, taken);
    }
    for (const auto& [u, what] : taken) Pair(uppers_[u], lower, what, tasks);
  }

  void Cited(const Subject& lower, const Entry& e, const std::vector<uint64_t>& grams,
             std::map<uint32_t, Taken>& taken) const {
    std::string number = std::to_string(*e.upstream_ordinal);
    for (uint32_t u = 0; u < uppers_.size(); ++u) {
      auto it = Holds(u, lower) ? uppers_[u].tasks.find(number) : uppers_[u].tasks.end();
      if (it == uppers_[u].tasks.end()) continue;
      Taken& what = taken[u];
      ++what.cited;
      bool alike = uppers_[u].rarity.Contained(it->second.grams, grams) >= kRelated;
      Take(what, number, e, it->second, alike);
    }
  }

  // The task of each upper list that is worded most alike, if it is enough so.
  void Worded(const Subject& lower, const Entry& e, const std::vector<uint64_t>& grams,
              std::map<uint32_t, Taken>& taken) const {
    std::map<Posting, size_t> shared;
    for (uint64_t g : grams) {
      auto it = index_.find(g);
      if (it == index_.end() || it->second.size() > kMostShared) continue;
      for (const Posting& p : it->second) ++shared[p];
    }
    std::map<uint32_t, std::pair<double, const UpperTask*>> best;
    for (const auto& [posting, n] : shared) {
      auto [u, task] = posting;
      if (n < kLeastShared || !Holds(u, lower)) continue;
      double likeness = uppers_[u].rarity.Likeness(task->grams, grams);
      if (likeness >= kAlike && likeness > best[u].first) best[u] = {likeness, task};
    }
    for (const auto& [u, found] : best) {
      if (found.second) Take(taken[u], uppers_[u].NumberOf(found.second), e, *found.second, true);
    }
  }

  static void Take(Taken& what, const std::string& number, const Entry& e, const UpperTask& task,
                   bool alike) {
    what.links.push_back({&e, &task, alike});
    what.numbers.insert(number);
    if (alike) ++what.alike;
  }

  void Pair(const Upper& upper, const Subject& lower, const Taken& what, size_t tasks) {
    // Numbers alone may speak of another list.
    if (what.links.empty() || what.alike * 2 < what.links.size()) return;
    for (const Link& link : what.links) Deadline(upper, lower, *link.entry, *link.task);
    if (what.cited * 2 >= tasks && what.cited > 0) Gaps(upper, lower, what.numbers);
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
  std::vector<Upper> uppers_;
  std::unordered_map<uint64_t, std::vector<Posting>> index_;
};

}  // namespace

void CheckCascade(const CheckScope& scope, CheckSink& sink) {
  Cascade(scope, sink).Run();
}

}  // namespace zg::check
