// 倒排工期图: tasks as rows, time from left to right.
#include <fmt/format.h>

#include <algorithm>

#include "report/chart_sheet.h"

namespace zg {
namespace {

using namespace sheet;

constexpr double kRow = 8.6, kAxis = 15;
constexpr double kPathX = kLeft, kProblemX = kPathX + 17, kUnitX = kProblemX + 93, kDueX = kUnitX + 47,
                 kMarkX = kDueX + 29, kChartX = kMarkX + 10;
constexpr int64_t kMostYears = 12;

// Days to millimetres.
struct Axis {
  Date from, to;
  double X(Date day) const {
    double share = double(day.days() - from.days()) / double(std::max<int64_t>(1, to.days() - from.days()));
    return kChartX + std::clamp(share, 0.0, 1.0) * (kRight - kChartX);
  }
  double months() const { return double(to.days() - from.days()) / 30.44; }
};

Date FirstOfMonth(Date day) {
  return *Date::Make(day.year(), day.month(), 1);
}
Date MonthAfter(Date first, int months) {
  int n = first.year() * 12 + first.month() - 1 + months;
  return Date::Make(n / 12, n % 12 + 1, 1).value_or(first.Plus(31));
}

// Whole months around all beginnings, last days and today; at most twelve years, the newest.
Axis AxisOf(const GanttModel& model) {
  Date from = model.head.day, to = model.head.day;
  for (const auto& task : model.tasks) {
    for (auto day : {task.begin, task.due}) {
      if (!day) continue;
      from = std::min(from, *day);
      to = std::max(to, *day);
    }
  }
  to = std::min(to, model.head.day.Plus(kMostYears / 2 * 365));
  from = std::max(from, to.Plus(-kMostYears * 365));
  // Room on the right for how late the latest are.
  to = std::max(to, model.head.day.Plus((to.days() - from.days()) / 8));
  return {FirstOfMonth(from), MonthAfter(FirstOfMonth(to), 1)};
}

// Years above; below them months, quarters or halves, whichever leaves room for their names.
void PutAxis(Pen& pen, const Axis& axis, double bottom) {
  double per_month = (kRight - kChartX) / std::max(1.0, axis.months());
  int step = per_month >= 7 ? 1 : per_month * 3 >= 9 ? 3 : per_month * 6 >= 9 ? 6 : 12;
  pen.Rect({kLeft, kTop, kRight - kLeft, kAxis, kHeadFill});
  for (Date day = axis.from; day < axis.to; day = MonthAfter(day, 1)) {
    bool year = day.month() == 1, named = (day.month() - 1) % step == 0;
    double x = axis.X(day);
    if (named)
      pen.Line({x, year ? kTop : kTop + kAxis / 2, x, bottom, year ? kLine : kPale, year ? 0.4 : 0.25});
    double next = axis.X(std::min(axis.to, MonthAfter(day, step)));
    if (named && step < 12) {
      std::string name = step == 1   ? fmt::format("{}", day.month())
                         : step == 3 ? fmt::format("{}季", (day.month() + 2) / 3)
                                     : std::string(day.month() == 1 ? "上" : "下");
      if (TextWidth(name, kLabel) <= next - x + 0.5)
        pen.Text({(x + next) / 2, kTop + kAxis - 1.9, name, kLabel, kInk2, Anchor::kMiddle});
    }
    if (year || day == axis.from) {
      double end = axis.X(std::min(axis.to, *Date::Make(day.year() + 1, 1, 1)));
      std::string name = fmt::format("{}年", day.year());
      if (TextWidth(name, kLabel) <= end - x)
        pen.Text({(x + end) / 2, kTop + 5.9, name, kLabel, kInk, Anchor::kMiddle, true});
    }
  }
}

void PutColumns(Pen& pen) {
  double y = Baseline(kTop, kAxis, kLabel);
  for (auto [x, name] :
       {std::pair(kPathX + 1, "序号"), std::pair(kProblemX, "整改任务"), std::pair(kUnitX, "责任单位"),
        std::pair(kDueX, "时限"), std::pair(kMarkX - 1.0, "状态")})
    pen.Text({x, y, name, kLabel, kInk, Anchor::kStart, true});
}

bool IsCritical(const ChartTask& task) {
  return task.standing == Standing::kLate || task.standing == Standing::kAtRisk;
}

void PutSteps(Pen& pen, const ChartTask& task, const Axis& axis, double middle, Date today) {
  for (const auto& step : task.steps) {
    if (!step.due || *step.due < axis.from || *step.due > axis.to) continue;
    bool late = !step.done && *step.due < today;
    PutDiamond(pen, axis.X(*step.due), middle, 1.9,
               step.done ? kTeal
               : late    ? kRed
                         : kWhite,
               late ? kRed : kTeal);
  }
}

// From the beginning to the last day; what is done is full, what is open is light.
void PutBar(Pen& pen, const ChartTask& task, const Axis& axis, double y, Date today) {
  constexpr double kHigh = 4.6;
  const StandingLook& look = LookOf(task.standing);
  Date begin = task.begin.value_or(task.due ? std::min(*task.due, today) : today);
  double top = y + (kRow - kHigh) / 2, x1 = axis.X(begin), x2 = task.due ? axis.X(*task.due) : kRight;
  if (x2 - x1 < 1.2) x1 = x2 - 1.2;
  bool full = task.standing == Standing::kDone;
  if (!task.due) {  // without a last day: an open end
    pen.Line(
        {x1, y + kRow / 2, kRight - 2, y + kRow / 2, look.ink == kWhite ? look.fill : look.ink, 0.9, true});
    pen.Polygon({{{kRight - 3, y + kRow / 2 - 1.6}, {kRight, y + kRow / 2}, {kRight - 3, y + kRow / 2 + 1.6}},
                 look.ink == kWhite ? look.fill : look.ink});
    return PutSteps(pen, task, axis, y + kRow / 2, today);
  }
  Ink edge = look.ink == kWhite ? look.fill : look.ink;
  pen.Rect({x1, top, x2 - x1, kHigh, full ? look.fill : kWhite, edge, 0.3});
  if (!full && task.share && *task.share > 0)
    pen.Rect({x1, top, (x2 - x1) * *task.share / 100, kHigh, kTeal, kNoInk, 0});
  else if (!full)
    pen.Rect({x1, top, x2 - x1, kHigh, look.fill, edge, 0.3, 0, look.pattern, look.pattern_ink});
  pen.Line({x2, top - 1.3, x2, top + kHigh + 1.3, edge, 0.7});
  if (task.standing == Standing::kLate) {
    std::string late = fmt::format("逾{}天", today.days() - task.due->days());
    double width = TextWidth(late, kSmallest), now = axis.X(today);
    pen.Line({x2, y + kRow / 2, std::max(x2, now), y + kRow / 2, kRed, 0.6, true});
    double at = std::max(x2, now) + 1.5;
    if (at + width <= kRight)
      pen.Text({at, Baseline(y, kRow, kSmallest), late, kSmallest, kRed, Anchor::kStart, true});
  }
  PutSteps(pen, task, axis, y + kRow / 2, today);
}

void PutRow(Pen& pen, const ChartTask& task, const Axis& axis, double y, Date today) {
  pen.Begin({TellTask(task, today), TaskLink(task.id), {task.id.value}});
  Ink ground = task.standing == Standing::kLate     ? 0xfbe6e4
               : task.standing == Standing::kAtRisk ? 0xfdf2d8
                                                    : kNoInk;
  if (ground != kNoInk) pen.Rect({kLeft, y, kChartX - kLeft, kRow, ground});
  double line = Baseline(y, kRow, kLabel);
  bool bold = IsCritical(task);
  pen.Fitted({kPathX + 1, line, task.path, kLabel, kInk, Anchor::kStart, bold}, kProblemX - kPathX - 2);
  pen.Fitted({kProblemX, line, task.problem, kLabel, kInk, Anchor::kStart, bold}, kUnitX - kProblemX - 2);
  pen.Fitted({kUnitX, line, task.units, kLabel, kInk2}, kDueX - kUnitX - 2);
  pen.Fitted({kDueX, line, task.due ? task.due->Iso() : task.due_word, kLabel, kInk}, kMarkX - kDueX - 1);
  PutStanding(pen, task.standing, kMarkX, y + (kRow - 7) / 2, 7);
  PutBar(pen, task, axis, y, today);
  pen.End();
}

void PutToday(Pen& pen, const Axis& axis, double bottom, Date today) {
  double x = axis.X(today);
  pen.Line({x, kTop + kAxis - 1, x, bottom, kRed, 0.8, true});
  pen.Polygon({{{x - 2, kTop + kAxis - 3.5}, {x + 2, kTop + kAxis - 3.5}, {x, kTop + kAxis - 0.5}}, kRed});
}

}  // namespace

Drawing DrawGantt(const GanttModel& model) {
  auto legend = StandingLegend();
  legend.push_back({LegendItem::Kind::kDiamond, {}, "节点已完成"});
  legend.push_back({LegendItem::Kind::kOpenDiamond, {}, "节点未到"});
  legend.push_back({LegendItem::Kind::kTodayLine, {}, "统计日"});
  Sheets sheets(model.head, std::move(legend));
  Axis axis = AxisOf(model);
  size_t per_page = size_t((kBottom - kTop - kAxis) / kRow);
  for (size_t first = 0; first < model.tasks.size(); first += per_page) {
    Pen pen = sheets.NewPage();
    size_t n = std::min(per_page, model.tasks.size() - first);
    double bottom = kTop + kAxis + double(n) * kRow;
    PutAxis(pen, axis, bottom);
    PutColumns(pen);
    for (size_t i = 0; i < n; ++i) {
      double y = kTop + kAxis + double(i) * kRow;
      PutRow(pen, model.tasks[first + i], axis, y, model.head.day);
      pen.Line({kLeft, y + kRow, kRight, y + kRow, kPale, 0.2});
    }
    PutToday(pen, axis, bottom, model.head.day);
  }
  return sheets.Finish("没有符合条件的整改任务。");
}

}  // namespace zg
