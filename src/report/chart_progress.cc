// 各地州市、各部门整改进展表, and the same figures on a map of tiles.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "report/chart_sheet.h"

namespace zg {

int64_t ProgressRow::total() const {
  return std::accumulate(counts.begin(), counts.end(), int64_t(0));
}

namespace {

using namespace sheet;

int64_t CountOf(const ProgressRow& row, Standing standing) {
  return row.counts[size_t(standing)];
}

std::string TellRow(const ProgressRow& row) {
  std::string text = fmt::format("{}：共{}项", row.name, row.total());
  for (int i = 0; i < kStandings; ++i)
    if (row.counts[size_t(i)])
      text += fmt::format("，{}{}项", StandingChinese(Standing(i)), row.counts[size_t(i)]);
  return text + "，完成率" + ShareText(CountOf(row, Standing::kDone), row.total());
}

// In the order in which the bar is read.
constexpr Standing kOrder[] = {Standing::kDone,       Standing::kKept,      Standing::kOnTrack,
                               Standing::kNotStarted, Standing::kNotStated, Standing::kAtRisk,
                               Standing::kLate};
constexpr double kRow = 10.5, kHead = 12, kNameWidth = 78, kColumn = 26;
constexpr double kFirst = kLeft + kNameWidth, kBarX = kFirst + kColumn * 9 + 2;

void PutBar(Pen& pen, const ProgressRow& row, double x, double y, double width, double height) {
  int64_t total = std::max<int64_t>(1, row.total());
  double at = x;
  for (Standing s : kOrder) {
    int64_t n = CountOf(row, s);
    if (n == 0) continue;
    const StandingLook& look = LookOf(s);
    double w = width * double(n) / double(total);
    pen.Rect({at, y, w, height, look.fill, kNoInk, 0, 0, look.pattern, look.pattern_ink});
    at += w;
  }
  pen.Rect({x, y, width, height, kNoInk, kInk2, 0.25});
}

void PutHead(Pen& pen, const std::string& what) {
  pen.Rect({kLeft, kTop, kRight - kLeft, kHead, kHeadFill});
  double line = Baseline(kTop, kHead, kLabel);
  pen.Text({kLeft + 2, line, what, kLabel, kInk, Anchor::kStart, true});
  double x = kFirst;
  auto column = [&](const std::string& name) {
    x += kColumn;
    pen.Text({x - 2, line, name, kLabel, kInk, Anchor::kEnd, true});
  };
  column("任务数");
  for (Standing s : kOrder) column(std::string(StandingChinese(s)));
  column("完成率");
  pen.Text({kBarX + 4, line, "构成", kLabel, kInk, Anchor::kStart, true});
}

void PutRow(Pen& pen, const ProgressRow& row, double y, bool whole) {
  pen.Begin({TellRow(row), row.link, {}});
  if (whole) pen.Rect({kLeft, y, kRight - kLeft, kRow, 0xf3f7f7});
  double line = Baseline(y, kRow, kLabel), x = kFirst;
  pen.Fitted({kLeft + 2, line, row.name, kLabel, kInk, Anchor::kStart, whole}, kNameWidth - 4);
  auto column = [&](const std::string& text, Ink ink, bool bold) {
    x += kColumn;
    pen.Text({x - 2, line, text, kLabel, ink, Anchor::kEnd, bold || whole});
  };
  column(std::to_string(row.total()), kInk, true);
  for (Standing s : kOrder) {
    int64_t n = CountOf(row, s);
    bool late = s == Standing::kLate && n > 0;
    column(n ? std::to_string(n) : "—", late ? kRed : n ? kInk : kLine, late);
  }
  column(ShareText(CountOf(row, Standing::kDone), row.total()), kInk, true);
  PutBar(pen, row, kBarX + 4, y + 2.4, kRight - kBarX - 4, kRow - 4.8);
  pen.End();
  pen.Line({kLeft, y + kRow, kRight, y + kRow, kPale, 0.25});
}

}  // namespace

Drawing DrawProgress(const ProgressModel& model) {
  Sheets sheets(model.head, StandingLegend());
  std::optional<Pen> pen;
  double y = kBottom;
  auto put = [&](const ProgressRow& row, bool whole) {
    if (y + kRow > kBottom) {
      pen.emplace(sheets.NewPage());
      PutHead(*pen, model.what);
      y = kTop + kHead;
    }
    PutRow(*pen, row, y, whole);
    y += kRow;
  };
  for (const auto& row : model.rows) put(row, false);
  if (!model.rows.empty()) put(model.whole, true);
  return sheets.Finish("没有符合条件的整改任务。");
}

Drawing DrawMap(const MapModel& model) {
  Sheets sheets(model.head, StandingLegend());
  if (model.tiles.empty()) return sheets.Finish("没有符合条件的整改任务。");
  int columns = 1, rows = 1;
  for (const auto& tile : model.tiles) {
    columns = std::max(columns, tile.column + 1);
    rows = std::max(rows, tile.row + 1);
  }
  constexpr double kGap = 3;
  double side_x = (kRight - kLeft + kGap) / columns - kGap, side_y = (kBottom - kTop + kGap) / rows - kGap;
  double width = std::min(side_x, side_y * 1.5), height = std::min(side_y, width);
  double left = kLeft + (kRight - kLeft - columns * (width + kGap) + kGap) / 2;
  Pen pen = sheets.NewPage();
  for (const auto& tile : model.tiles) {
    const ProgressRow& r = tile.region;
    double x = left + tile.column * (width + kGap), y = kTop + tile.row * (height + kGap);
    int64_t late = CountOf(r, Standing::kLate), risk = CountOf(r, Standing::kAtRisk), total = r.total();
    pen.Begin({TellRow(r), r.link, {}});
    Ink edge = late ? kRed : kInk2;
    pen.Rect({x, y, width, height, total ? kWhite : 0xf3f5f5, edge, late ? 1.0 : 0.35, 2});
    double points = height > 40 ? 18 : kLabel;
    const std::string& name =
        TextWidth(r.name, points) <= width - 4 || tile.short_name.empty() ? r.name : tile.short_name;
    pen.Fitted({x + width / 2, y + 8, name, points, kInk, Anchor::kMiddle, true}, width - 4);
    if (total > 0) {
      std::string share = ShareText(CountOf(r, Standing::kDone), total);
      double big = std::clamp((height - 22) / kMmPerPoint * 0.8, 18.0, 44.0);
      pen.Text(
          {x + width / 2, Baseline(y + 9, height - 24, big), share, big, 0x14502f, Anchor::kMiddle, true});
      std::string words = fmt::format("共{}", total);
      if (late) words += fmt::format(" 逾{}", late);
      if (risk) words += fmt::format(" 滞{}", risk);
      pen.Fitted(
          {x + width / 2, y + height - 9, words, kLabel, late ? kRed : kInk2, Anchor::kMiddle, late > 0},
          width - 3);
      PutBar(pen, r, x + 3, y + height - 6.5, width - 6, 3.8);
    } else {
      pen.Text({x + width / 2, y + height - 9, "无任务", kLabel, kInk2, Anchor::kMiddle});
    }
    pen.End();
  }
  return sheets.Finish("");
}

}  // namespace zg
