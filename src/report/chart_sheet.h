#pragma once
// The sheet that every chart is drawn on: heading, legend, page numbers. Inside of report/ only.

#include <functional>
#include <string>
#include <vector>

#include "report/chart.h"

namespace zg::sheet {

inline constexpr double kWidth = 420, kHeight = 297, kMargin = 12;
inline constexpr double kTop = 37, kBottom = 279;  // of what is between heading and legend
inline constexpr double kLeft = kMargin, kRight = kWidth - kMargin;
inline constexpr double kLabel = 14, kSmallest = 14, kHeading = 16, kTitle = 30;  // points

inline constexpr Ink kInk = 0x13262b, kInk2 = 0x3d5258, kLine = 0xb9c7c9, kPale = 0xe6ecec,
                     kHeadFill = 0xdfeaea;
inline constexpr Ink kRed = 0xb3261e, kTeal = 0x0f5b65, kWhite = 0xffffff;

struct LegendItem {
  enum class Kind : uint8_t { kStanding, kDiamond, kOpenDiamond, kTodayLine, kText };
  Kind kind = Kind::kStanding;
  Standing standing = Standing::kDone;
  std::string text;
};

class Sheets {
 public:
  Sheets(const ChartHead& head, std::vector<LegendItem> legend) : head_(head), legend_(std::move(legend)) {
    drawing_.title = head.title;
    drawing_.day = head.day;
    drawing_.width = kWidth;
    drawing_.height = kHeight;
  }
  // A new page with its heading; the pen lasts until the next one.
  Pen NewPage();
  bool empty() const { return drawing_.pages.empty(); }
  // Writes page numbers and legends; a page that says so where nothing was drawn.
  Drawing Finish(const std::string& nothing);

 private:
  const ChartHead& head_;
  std::vector<LegendItem> legend_;
  Drawing drawing_;
};

// Baseline for text of that size in the middle of a row.
inline double Baseline(double top, double height, double points) {
  return top + height / 2 + points * kMmPerPoint * 0.36;
}
// A square that says how a task stands, with its letter.
void PutStanding(Pen& pen, Standing standing, double x, double y, double side);
std::vector<LegendItem> StandingLegend();
void PutDiamond(Pen& pen, double x, double y, double half, Ink fill, Ink line);
// 第3项 …（乌有市政府）：已逾期45天，时限2024年6月30日
std::string TellTask(const ChartTask& task, Date today);
std::string TaskLink(TaskId id);

}  // namespace zg::sheet
