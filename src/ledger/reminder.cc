#include "ledger/reminder.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace zg {
namespace {

constexpr size_t kMostLines = 60;
constexpr size_t kMostNames = 5;

std::string Counted(const std::string& what, int64_t n) {
  size_t at = what.find("{n}");
  return at == what.npos ? what : what.substr(0, at) + std::to_string(n) + what.substr(at + 3);
}

std::string When(Date due, Date today) {
  int64_t left = due.days() - today.days();
  if (left > 1) return fmt::format("{}到期，还有{}天", due.Chinese(), left);
  if (left == 1) return "明天（" + due.Chinese() + "）到期";
  if (left == 0) return "今天到期";
  return fmt::format("已逾期{}天（{}到期）", -left, due.Chinese());
}

// Things of one kind that are told in one line.
struct Told {
  Date due;
  int64_t n = 0;
  std::set<UnitId> units;
};
// Raised ones last; late ones of one kind together, others by their day; then what and link.
using LineKey = std::tuple<bool, bool, Date, std::string, std::string>;

std::string Names(const std::set<UnitId>& units, const ReminderRules& rules) {
  std::string names;
  size_t shown = 0;
  for (UnitId unit : units) {
    if (shown++ == kMostNames) break;
    names += (names.empty() ? "" : "、") + rules.name_of(unit);
  }
  return units.size() > kMostNames ? fmt::format("{}等{}个单位", names, units.size()) : names;
}

ReminderSummary SummaryOf(const std::map<LineKey, Told>& told, Date today, const ReminderRules& rules) {
  ReminderSummary summary;
  int64_t late = 0, ahead = 0, raised = 0;
  size_t left_out = 0;
  for (const auto& [key, line] : told) {
    const auto& [up, not_late, day, what, link] = key;
    (up ? raised : not_late ? ahead : late) += line.n;
    if (summary.lines.size() >= kMostLines) {
      ++left_out;
      continue;
    }
    std::string from = up ? Names(line.units, rules) + "：" : "";
    summary.lines.push_back({from + Counted(what, line.n) + "，" + When(line.due, today), link, !not_late});
  }
  if (left_out > 0)
    summary.lines.push_back({fmt::format("另有{}类未列出，请到系统里查看。", left_out), "/todo", false});
  std::string title;
  for (const auto& [n, words] : {std::pair(late, "{}项已逾期"), std::pair(ahead, "{}项即将到期"),
                                 std::pair(raised, "下级{}项逾期未办")})
    if (n > 0) title += (title.empty() ? "" : "，") + fmt::format(fmt::runtime(words), n);
  summary.title = "整改催办：" + title;
  return summary;
}

}  // namespace

bool IsReminderDay(Date due, Date today) {
  int64_t left = due.days() - today.days();
  return left == 30 || left == 7 || left == 1 || left <= 0;
}

std::map<UnitId, ReminderSummary> Summarize(const std::vector<DueThing>& things, Date today,
                                            const WorkCalendar& calendar, const ReminderRules& rules) {
  std::map<UnitId, std::map<LineKey, Told>> told;
  auto tell = [&](UnitId to, const DueThing& thing, bool up) {
    bool late = thing.due < today;
    Told& line = told[to][{up, !late, late ? Date() : thing.due, thing.what, thing.link}];
    line.due = line.n == 0 ? thing.due : std::min(line.due, thing.due);
    line.n += thing.n;
    line.units.insert(thing.unit);
  };
  for (const auto& thing : things) {
    if (!IsReminderDay(thing.due, today)) continue;
    tell(thing.unit, thing, false);
    if (thing.due >= today || rules.raise_after < 1) continue;
    int levels = calendar.WorkingDays(thing.due, today) / rules.raise_after;
    UnitId at = thing.unit;
    std::set<UnitId> seen{at};
    for (; levels > 0 && at; --levels) {
      at = rules.above(at);
      if (!seen.insert(at).second) break;
      tell(at, thing, true);
    }
  }
  std::map<UnitId, ReminderSummary> summaries;
  for (const auto& [unit, lines] : told) summaries[unit] = SummaryOf(lines, today, rules);
  return summaries;
}

}  // namespace zg
