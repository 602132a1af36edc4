// 督导路线图: regions as rows, days from left to right, each team a line from stop to stop.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/chart_sheet.h"

namespace zg {
namespace {

using namespace sheet;

constexpr double kName = 56, kDays = 15;
constexpr double kChartX = kLeft + kName;
constexpr int64_t kMostDays = 370;

// Told apart by number, shape and colour alike.
constexpr Ink kTeams[] = {0x0f5b65, 0x9a3b00, 0x5b3f9b, 0x1b5191, 0x6b5a1e, 0x96245f};

struct Frame {
  Date from, to;  // both inclusive
  double row = 12;
  double X(Date day, double part) const {
    double n = double(to.days() - from.days() + 1);
    return kChartX + (double(day.days() - from.days()) + part) / n * (kRight - kChartX);
  }
  double Y(size_t place) const { return kTop + kDays + (double(place) + 0.5) * row; }
};

Frame FrameOf(const RouteModel& model, size_t places) {
  Date from = model.stops.front().from, to = from;
  for (const auto& stop : model.stops) {
    from = std::min(from, stop.from);
    to = std::max(to, stop.to);
  }
  if (to.days() - from.days() < 13) to = from.Plus(13);
  to = std::min(to, from.Plus(kMostDays));
  double row = std::clamp((kBottom - kTop - kDays) / double(std::max<size_t>(1, places)), 11.0, 26.0);
  return {from, to, row};
}

void PutFrame(Pen& pen, const Frame& frame, const std::vector<std::string>& places) {
  double bottom = kTop + kDays + frame.row * double(places.size());
  pen.Rect({kLeft, kTop, kRight - kLeft, kDays, kHeadFill});
  pen.Text({kLeft + 2, Baseline(kTop, kDays, kLabel), "地区", kLabel, kInk, Anchor::kStart, true});
  double per_day = frame.X(frame.from, 1) - frame.X(frame.from, 0);
  int64_t step = per_day >= 6.5 ? 1 : per_day * 7 >= 7 ? 7 : 31;
  for (Date day = frame.from; day <= frame.to; day = day.Plus(1)) {
    bool month = day.day() == 1 || day == frame.from;
    double x = frame.X(day, 0);
    bool named = step == 1 || (step == 7 && (day.days() + 3) % 7 == 0);  // Mondays: 1970-01-05 was one
    if (month) {
      pen.Line({x, kTop, x, bottom, kLine, 0.4});
      Date end = std::min(frame.to, *Date::EndOfMonth(day.year(), day.month()));
      std::string name = fmt::format("{}年{}月", day.year(), day.month());
      if (TextWidth(name, kLabel) > frame.X(end, 1) - x) name = fmt::format("{}月", day.month());
      if (TextWidth(name, kLabel) <= frame.X(end, 1) - x)
        pen.Text({x + 1, kTop + 5.9, name, kLabel, kInk, Anchor::kStart, true});
    } else if (named) {
      pen.Line({x, kTop + kDays / 2, x, bottom, kPale, 0.25});
    }
    if (named && x + TextWidth("30", kLabel) < kRight)
      pen.Text({step == 1 ? x + per_day / 2 : x + 0.8, kTop + kDays - 1.9, std::to_string(day.day()), kLabel,
                kInk2, step == 1 ? Anchor::kMiddle : Anchor::kStart});
  }
  for (size_t i = 0; i < places.size(); ++i) {
    double y = frame.Y(i);
    pen.Fitted({kLeft + 2, Baseline(y - frame.row / 2, frame.row, kHeading), places[i], kHeading, kInk},
               kName - 4);
    pen.Line({kLeft, y + frame.row / 2, kRight, y + frame.row / 2, kPale, 0.3});
  }
}

// The shape that a team's stops have: circle-like, square, diamond, triangle.
void PutMarker(Pen& pen, size_t team, double x, double y, bool done) {
  constexpr double r = 4.2;
  Ink ink = kTeams[team % std::size(kTeams)], fill = done ? ink : kWhite;
  switch (team % 4) {
    case 0:
      pen.Rect({x - r, y - r, 2 * r, 2 * r, fill, ink, 0.8, r});
      break;
    case 1:
      pen.Rect({x - r, y - r, 2 * r, 2 * r, fill, ink, 0.8});
      break;
    case 2:
      pen.Polygon(
          {{{x, y - r * 1.25}, {x + r * 1.25, y}, {x, y + r * 1.25}, {x - r * 1.25, y}}, fill, ink, 0.8});
      break;
    default:
      pen.Polygon({{{x, y - r * 1.15}, {x + r * 1.15, y + r}, {x - r * 1.15, y + r}}, fill, ink, 0.8});
  }
  pen.Text({x, Baseline(y - r, 2 * r, kLabel), std::to_string(team + 1), kLabel, done ? kWhite : ink,
            Anchor::kMiddle, true});
}

std::string DaysOf(const RouteStop& stop) {
  std::string from = fmt::format("{}月{}日", stop.from.month(), stop.from.day());
  return stop.from == stop.to ? from : from + fmt::format("至{}月{}日", stop.to.month(), stop.to.day());
}

std::string TellStop(const RouteStop& stop) {
  std::string text = fmt::format("{} {} 到{}", stop.team, DaysOf(stop), stop.place);
  if (stop.tasks) text += fmt::format("，督导任务{}项", stop.tasks);
  if (!stop.note.empty()) text += "：" + stop.note;
  return text + (stop.done ? "（已完成）" : "");
}

void PutStop(Pen& pen, const RouteStop& stop, size_t team, const Frame& frame, double y) {
  Ink ink = kTeams[team % std::size(kTeams)];
  double x1 = frame.X(stop.from, 0.5), x2 = frame.X(std::min(stop.to, frame.to), 0.5);
  pen.Begin({TellStop(stop), stop.link, {}});
  if (x2 > x1) pen.Line({x1, y, x2, y, ink, 2.2});
  PutMarker(pen, team, x1, y, stop.done);
  std::string words = stop.tasks ? fmt::format("{}项", stop.tasks) : "";
  if (!words.empty() && x2 + 6 + TextWidth(words, kLabel) < kRight)
    pen.Text({x2 + 5.6, Baseline(y - 4, 8, kLabel), words, kLabel, ink, Anchor::kStart, true});
  pen.End();
}

}  // namespace

Drawing DrawRoute(const RouteModel& model) {
  std::vector<std::string> teams;
  for (const auto& stop : model.stops)
    if (std::find(teams.begin(), teams.end(), stop.team) == teams.end()) teams.push_back(stop.team);
  std::vector<LegendItem> legend;
  for (size_t i = 0; i < teams.size() && i < 8; ++i)
    legend.push_back({LegendItem::Kind::kText, {}, fmt::format("{} {}", i + 1, teams[i])});
  legend.push_back({LegendItem::Kind::kText, {}, "实心为已完成"});
  Sheets sheets(model.head, std::move(legend));
  size_t per_page = size_t((kBottom - kTop - kDays) / 11);
  for (size_t first = 0; !model.stops.empty() && first < model.places.size(); first += per_page) {
    size_t n = std::min(per_page, model.places.size() - first);
    std::vector<std::string> places(model.places.begin() + long(first),
                                    model.places.begin() + long(first + n));
    Frame frame = FrameOf(model, places.size());
    Pen pen = sheets.NewPage();
    PutFrame(pen, frame, places);
    for (size_t team = 0; team < teams.size(); ++team) {
      std::optional<Point> last;
      double shift = (double(team % 3) - 1) * std::min(3.0, frame.row / 5);
      std::vector<std::pair<const RouteStop*, double>> here;
      for (const auto& stop : model.stops) {
        auto at = std::find(places.begin(), places.end(), stop.place);
        if (stop.team != teams[team] || at == places.end()) continue;
        double y = frame.Y(size_t(at - places.begin())) + shift;
        double x = frame.X(stop.from, 0.5);
        if (last) pen.Line({last->x, last->y, x, y, kTeams[team % std::size(kTeams)], 0.7, true});
        last = Point{frame.X(std::min(stop.to, frame.to), 0.5), y};
        here.push_back({&stop, y});
      }
      for (auto [stop, y] : here) PutStop(pen, *stop, team, frame, y);
    }
    if (model.head.day >= frame.from && model.head.day <= frame.to) {
      double x = frame.X(model.head.day, 0.5);
      pen.Line({x, kTop + kDays, x, kTop + kDays + frame.row * double(places.size()), kRed, 0.8, true});
    }
  }
  return sheets.Finish("还没有督导安排。请先在“督导安排”里添加。");
}

}  // namespace zg
