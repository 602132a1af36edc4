#include "report/chart_sheet.h"

#include <fmt/format.h>

namespace zg {

const StandingLook& LookOf(Standing standing) {
  static const StandingLook looks[kStandings] = {
      {0x1e6b45, 0xffffff, Pattern::kPlain, kNoInk, "完"},
      {0xd9cff0, 0x3b2670, Pattern::kPlain, kNoInk, "坚"},
      {0xc3dcef, 0x0d3f66, Pattern::kPlain, kNoInk, "推"},
      {0xfff3dc, 0x6b3a05, Pattern::kPlain, kNoInk, "未"},
      {0xf3f5f5, 0x3d5258, Pattern::kPlain, kNoInk, "空"},
      {0xf2b63c, 0x3a2500, Pattern::kBarred, 0xd99614, "滞"},
      {0xb3261e, 0xffffff, Pattern::kHatched, 0xcb5a53, "逾"},
  };
  return looks[size_t(standing)];
}

Drawing OnPaper(Drawing drawing, ChartPaper paper) {
  return paper == ChartPaper::kA3 ? std::move(drawing) : Scaled(std::move(drawing), 841.0 / 420);
}

std::string ShareText(int64_t part, int64_t of) {
  return of > 0 ? fmt::format("{:.1f}%", double(part) * 100 / double(of)) : "—";
}

namespace sheet {

Pen Sheets::NewPage() {
  drawing_.pages.emplace_back();
  Pen pen(drawing_.pages.back());
  pen.Rect({0, 0, kWidth, kHeight, kWhite});
  pen.Fitted({kWidth / 2, 21, head_.title, kTitle, kInk, Anchor::kMiddle, true}, kWidth - 2 * kMargin);
  std::string day = "统计日期：" + head_.day.Chinese();
  double day_room = TextWidth(day, kLabel);
  pen.Fitted({kLeft, 32, head_.scope, kLabel, kInk2}, kRight - kLeft - day_room - 8);
  pen.Text({kRight, 32, day, kLabel, kInk2, Anchor::kEnd});
  return pen;
}

namespace {

double PutLegendItem(Pen& pen, const LegendItem& item, double x) {
  constexpr double kSide = 7;
  double y = kHeight - 13.6, middle = y + kSide / 2;
  switch (item.kind) {
    case LegendItem::Kind::kStanding:
      PutStanding(pen, item.standing, x, y, kSide);
      x += kSide;
      break;
    case LegendItem::Kind::kDiamond:
    case LegendItem::Kind::kOpenDiamond:
      PutDiamond(pen, x + 3, middle, 2.2, item.kind == LegendItem::Kind::kDiamond ? kTeal : kWhite, kTeal);
      x += 6;
      break;
    case LegendItem::Kind::kTodayLine:
      pen.Line({x + 3, y - 0.6, x + 3, y + kSide + 0.6, kRed, 0.8, true});
      x += 6;
      break;
    case LegendItem::Kind::kText:
      break;
  }
  pen.Text({x + 1.6, Baseline(y, kSide, kLabel), item.text, kLabel, kInk2});
  return x + 1.6 + TextWidth(item.text, kLabel) + 6;
}

}  // namespace

Drawing Sheets::Finish(const std::string& nothing) {
  if (drawing_.pages.empty()) {
    Pen pen = NewPage();
    pen.Text({kWidth / 2, kHeight / 2, nothing, 20, kInk2, Anchor::kMiddle});
  }
  size_t pages = drawing_.pages.size();
  for (size_t i = 0; i < pages; ++i) {
    Pen pen(drawing_.pages[i]);
    double x = kLeft;
    for (const auto& item : legend_) x = PutLegendItem(pen, item, x);
    std::string foot = pages > 1 ? fmt::format("第{}页 共{}页", i + 1, pages) : "";
    if (head_.left_out > 0)
      foot =
          fmt::format("另有{}项未画出，{}{}{}", head_.left_out, head_.narrow, foot.empty() ? "" : "　", foot);
    pen.Fitted({kRight, Baseline(kHeight - 13.6, 7, kLabel), foot, kLabel, kInk2, Anchor::kEnd}, kRight - x);
  }
  return std::move(drawing_);
}

void PutStanding(Pen& pen, Standing standing, double x, double y, double side) {
  const StandingLook& look = LookOf(standing);
  pen.Rect({x, y, side, side, look.fill, look.ink == kWhite ? look.fill : look.ink, 0.2});
  double points = std::min(kLabel, side / kMmPerPoint * 0.72);
  pen.Text({x + side / 2, Baseline(y, side, points), std::string(look.letter), points, look.ink,
            Anchor::kMiddle, true});
}

std::vector<LegendItem> StandingLegend() {
  std::vector<LegendItem> items;
  for (auto s : {Standing::kDone, Standing::kKept, Standing::kOnTrack, Standing::kNotStarted,
                 Standing::kNotStated, Standing::kAtRisk, Standing::kLate})
    items.push_back({LegendItem::Kind::kStanding, s, std::string(StandingChinese(s))});
  return items;
}

void PutDiamond(Pen& pen, double x, double y, double half, Ink fill, Ink line) {
  pen.Polygon({{{x, y - half}, {x + half, y}, {x, y + half}, {x - half, y}}, fill, line, 0.4});
}

std::string TellTask(const ChartTask& task, Date today) {
  std::string text = fmt::format("第{}项 {}", task.path, task.problem);
  if (!task.units.empty()) text += fmt::format("（{}）", task.units);
  text += fmt::format("：{}", StandingChinese(task.standing));
  if (task.standing == Standing::kLate && task.due)
    text += fmt::format("{}天", today.days() - task.due->days());
  text += task.due ? "，时限" + task.due->Chinese() : task.due_word.empty() ? "" : "，" + task.due_word;
  if (task.share) text += fmt::format("，完成{}%", *task.share);
  return text;
}

std::string TaskLink(TaskId id) {
  return "/tasks/" + std::to_string(id.value);
}

}  // namespace sheet
}  // namespace zg
