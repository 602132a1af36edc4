#include "ledger/link.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "ledger/likeness.h"

namespace zg {
namespace {

constexpr double kCascadeFloor = 0.6;  // the same problem, perhaps shortened
constexpr double kFollowFloor = 0.12;  // the same place or firm and the same matter, worded anew
constexpr double kRunnerUp = 0.8;      // of the best score, for a second follow-up
constexpr double kCitedFits = 0.2;     // likeness below which a cited number looks wrong
constexpr size_t kShortProblem = 20;   // pairs; a heading shorter than that says too little to be linked
constexpr size_t kMostPerTask = 3;

bool Cites(const LinkDocument& doc) {
  return std::any_of(doc.tasks.begin(), doc.tasks.end(),
                     [](const LinkTask& t) { return t.upstream_ordinal.has_value(); });
}

// Headings are linked only where they state a problem of their own.
bool Linkable(const LinkTask& task) {
  return task.is_task || PairsOf(task.problem).size() >= kShortProblem;
}

std::string Percent(double score) {
  return fmt::format("{:.0f}%", score * 100);
}

class Proposer {
 public:
  void Cascade(const LinkDocument& upper, const LinkDocument& lower) {
    std::map<std::string, const LinkTask*> by_path;
    LikenessIndex index;
    for (size_t i = 0; i < upper.tasks.size(); ++i) {
      by_path.emplace(upper.tasks[i].path, &upper.tasks[i]);
      if (Linkable(upper.tasks[i])) index.Add(int64_t(i), upper.tasks[i].problem);
    }
    index.Finish();
    for (const auto& task : lower.tasks) {
      if (task.upstream_ordinal)
        CascadeCited(upper, task, by_path);
      else if (Linkable(task))
        CascadeAlike(upper, task, index);
    }
  }

  void FollowUps(const LinkDocument& later, const std::vector<const LinkDocument*>& earlier) {
    LikenessIndex index;
    std::vector<std::pair<const LinkDocument*, const LinkTask*>> tasks;
    for (const auto* doc : earlier) {
      for (const auto& task : doc->tasks) {
        if (!Linkable(task)) continue;
        index.Add(int64_t(tasks.size()), task.problem);
        tasks.push_back({doc, &task});
      }
    }
    index.Finish();
    std::set<std::pair<TaskId, std::string>> taken;  // a sub-problem does not repeat its parent's link
    for (const auto& task : later.tasks) {
      if (!Linkable(task)) continue;
      double best = 0;
      for (const auto& hit : index.Find(task.problem, kMostPerTask, kFollowFloor)) {
        best = std::max(best, hit.cosine);
        auto [doc, old] = tasks[size_t(hit.key)];
        std::string parent = task.path.substr(0, task.path.rfind('.'));
        if (hit.cosine < best * kRunnerUp) continue;
        if (parent != task.path && taken.count({old->id, parent})) continue;
        taken.insert({old->id, task.path});
        Add(LinkKind::kFollowsUp, task.id, old->id, hit.cosine,
            fmt::format("与{}任务{}说的可能是同一问题（措辞相似度{}）", doc->round.name, old->path,
                        Percent(hit.cosine)));
      }
    }
  }

  std::vector<Link> Take() {
    std::map<std::pair<TaskId, LinkKind>, size_t> count;
    std::stable_sort(links_.begin(), links_.end(),
                     [](const Link& a, const Link& b) { return a.score > b.score; });
    std::vector<Link> out;
    for (auto& link : links_) {
      if (++count[{link.from, link.kind}] <= kMostPerTask) out.push_back(std::move(link));
    }
    return out;
  }

 private:
  void Add(LinkKind kind, TaskId from, TaskId to, double score, std::string reason) {
    links_.push_back(
        {{}, kind, from, to, LinkState::kProposed, std::round(score * 1000) / 1000, std::move(reason)});
  }

  // 序号十六 may be a problem that only holds 16.1 to 16.3: the likest of them is meant, if any is like it.
  static const LinkTask* Likest(const LinkDocument& upper, const LinkTask* cited, const LinkTask& task) {
    if (cited->is_task) return cited;
    const LinkTask* best = cited;
    double best_score = std::max(kCitedFits, Likeness(PairsOf(cited->problem), PairsOf(task.problem)));
    for (const auto& child : upper.tasks) {
      if (child.path.rfind(cited->path + ".", 0) != 0) continue;
      double score = Likeness(PairsOf(child.problem), PairsOf(task.problem));
      if (score <= best_score) continue;
      best = &child;
      best_score = score;
    }
    return best;
  }

  void CascadeCited(const LinkDocument& upper, const LinkTask& task,
                    const std::map<std::string, const LinkTask*>& by_path) {
    auto it = by_path.find(std::to_string(*task.upstream_ordinal));
    if (it == by_path.end()) return;
    const LinkTask* target = Likest(upper, it->second, task);
    double likeness = Likeness(PairsOf(task.problem), PairsOf(target->problem));
    bool fits = likeness >= kCitedFits;
    Add(LinkKind::kCascadesFrom, task.id, target->id, fits ? 1.0 : 0.5,
        fmt::format("文件写明上级序号{}，即《{}》任务{}（措辞相似度{}{}）", *task.upstream_ordinal,
                    upper.title, target->path, Percent(likeness), fits ? "" : "，差别较大，请核对序号"));
  }

  void CascadeAlike(const LinkDocument& upper, const LinkTask& task, const LikenessIndex& index) {
    for (const auto& hit : index.Find(task.problem, 1, kCascadeFloor)) {
      const LinkTask& target = upper.tasks[size_t(hit.key)];
      Add(LinkKind::kCascadesFrom, task.id, target.id, hit.cosine,
          fmt::format("未写上级序号，问题措辞与《{}》任务{}相似（{}）", upper.title, target.path,
                      Percent(hit.cosine)));
    }
  }

  std::vector<Link> links_;
};

int CitedFit(const LinkDocument& upper, const LinkDocument& lower) {
  std::set<std::string> paths;
  for (const auto& task : upper.tasks) paths.insert(task.path);
  int fit = 0;
  for (const auto& task : lower.tasks) {
    if (task.upstream_ordinal) fit += int(paths.count(std::to_string(*task.upstream_ordinal)));
  }
  return fit;
}

// A number cited points into one list: the one above with the most of the cited numbers, a task list before a
// report.
const LinkDocument* CitedList(const LinkDocument& lower, const std::vector<const LinkDocument*>& uppers) {
  const LinkDocument* best = nullptr;
  auto key = [&](const LinkDocument* d) {
    return std::make_tuple(CitedFit(*d, lower), d->kind == "task_list", d->rank == 0 ? 0 : d->rank,
                           -d->id.value);
  };
  for (const auto* upper : uppers) {
    if (!best || key(upper) > key(best)) best = upper;
  }
  return best;
}

void CascadesInto(Proposer& proposer, const LinkDocument& lower,
                  const std::vector<const LinkDocument*>& uppers, const LinkDocument* only) {
  if (uppers.empty()) return;
  if (Cites(lower)) {
    const LinkDocument* list = CitedList(lower, uppers);
    if (!only || list == only) proposer.Cascade(*list, lower);
    return;
  }
  for (const auto* upper : uppers) {
    if (!only || upper == only) proposer.Cascade(*upper, lower);
  }
}

// What carries out an upper list is followed up through that list.
bool HasAbove(const LinkDocument& document, const std::vector<LinkDocument>& others) {
  return std::any_of(others.begin(), others.end(), [&](const LinkDocument& other) {
    return other.id != document.id && other.round.id == document.round.id && StandsAbove(other, document);
  });
}

}  // namespace

std::string_view LinkKindName(LinkKind kind) {
  return kind == LinkKind::kCascadesFrom ? "cascades_from" : "follows_up";
}

std::optional<LinkKind> ParseLinkKind(std::string_view name) {
  if (name == "cascades_from") return LinkKind::kCascadesFrom;
  if (name == "follows_up") return LinkKind::kFollowsUp;
  return std::nullopt;
}

std::string_view LinkStateName(LinkState state) {
  switch (state) {
    case LinkState::kProposed:
      return "proposed";
    case LinkState::kConfirmed:
      return "confirmed";
    case LinkState::kRejected:
      return "rejected";
  }
  return "proposed";
}

std::optional<LinkState> ParseLinkState(std::string_view name) {
  for (auto state : {LinkState::kProposed, LinkState::kConfirmed, LinkState::kRejected}) {
    if (LinkStateName(state) == name) return state;
  }
  return std::nullopt;
}

bool StandsAbove(const LinkDocument& upper, const LinkDocument& lower) {
  if (upper.rank && lower.rank && upper.rank != lower.rank) return upper.rank < lower.rank;
  bool upper_cites = Cites(upper), lower_cites = Cites(lower);
  if (upper_cites != lower_cites) return lower_cites;
  return upper.kind == "task_list" && lower.kind != "task_list";
}

bool CameBefore(const Round& earlier, const Round& later) {
  if (earlier.level != later.level || earlier.name == later.name) return false;
  if (earlier.number && later.number && earlier.number != later.number) return earlier.number < later.number;
  return earlier.year && later.year && earlier.year < later.year;
}

std::vector<Link> ProposeLinks(const LinkDocument& fresh, const std::vector<LinkDocument>& others) {
  Proposer proposer;
  std::vector<const LinkDocument*> above, below, earlier;
  for (const auto& other : others) {
    bool same = other.round.id == fresh.round.id && fresh.round.id;
    if (same && StandsAbove(other, fresh))
      above.push_back(&other);
    else if (same && StandsAbove(fresh, other))
      below.push_back(&other);
    else if (CameBefore(other.round, fresh.round))
      earlier.push_back(&other);
  }
  CascadesInto(proposer, fresh, above, nullptr);
  for (const auto* lower : below) {
    std::vector<const LinkDocument*> uppers = {&fresh};
    for (const auto& other : others) {
      if (&other != lower && other.round.id == fresh.round.id && StandsAbove(other, *lower))
        uppers.push_back(&other);
    }
    CascadesInto(proposer, *lower, uppers, &fresh);
  }
  if (above.empty()) proposer.FollowUps(fresh, earlier);
  for (const auto& other : others) {
    if (CameBefore(fresh.round, other.round) && !HasAbove(other, others)) proposer.FollowUps(other, {&fresh});
  }
  return proposer.Take();
}

}  // namespace zg
