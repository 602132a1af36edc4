// 状态墙: a cell for each task, in groups.
#include <fmt/format.h>

#include "report/chart_sheet.h"

namespace zg {
namespace {

using namespace sheet;

constexpr double kCellHeight = 17, kGap = 2, kGroupHead = 11;
constexpr int kAcross = 16;
constexpr double kCellWidth = (kRight - kLeft + kGap) / kAcross - kGap;

void PutCell(Pen& pen, const ChartTask& task, double x, double y, Date today) {
  const StandingLook& look = LookOf(task.standing);
  pen.Begin({TellTask(task, today), TaskLink(task.id), {task.id.value}});
  Ink edge = look.ink == kWhite ? look.fill : look.ink;
  pen.Rect({x, y, kCellWidth, kCellHeight, look.fill, edge, 0.35, 1.2, look.pattern, look.pattern_ink});
  double points = TextWidth(task.path, 18) <= kCellWidth - 2 ? 18 : kLabel;
  pen.Fitted({x + kCellWidth / 2, y + 8, task.path, points, look.ink, Anchor::kMiddle, true},
             kCellWidth - 1.5);
  std::string word(look.letter);
  if (task.standing == Standing::kLate && task.due)
    word += fmt::format("{}天", today.days() - task.due->days());
  pen.Fitted({x + kCellWidth / 2, y + kCellHeight - 2.3, word, kLabel, look.ink, Anchor::kMiddle},
             kCellWidth - 1);
  pen.End();
}

void PutGroupHead(Pen& pen, const WallGroup& group, bool goes_on, double y) {
  size_t done = 0, late = 0;
  for (const auto& task : group.tasks) {
    done += task.standing == Standing::kDone;
    late += task.standing == Standing::kLate;
  }
  std::string counts = fmt::format("共{}项，已完成{}项", group.tasks.size(), done);
  if (late) counts += fmt::format("，逾期{}项", late);
  if (goes_on) counts = "（续）" + counts;
  double room = TextWidth(counts, kLabel);
  pen.Begin({group.name + "：" + counts, group.link, {}});
  pen.Fitted({kLeft, y + 7, group.name, kHeading, kInk, Anchor::kStart, true}, kRight - kLeft - room - 6);
  pen.Text({kRight, y + 7, counts, kLabel, kInk2, Anchor::kEnd});
  pen.End();
  pen.Line({kLeft, y + 9, kRight, y + 9, kTeal, 0.6});
}

}  // namespace

Drawing DrawWall(const WallModel& model) {
  Sheets sheets(model.head, StandingLegend());
  double y = kBottom + 1;  // no page yet
  std::optional<Pen> pen;
  for (const auto& group : model.groups) {
    for (size_t i = 0; i < group.tasks.size(); ++i) {
      bool row_begins = i % size_t(kAcross) == 0;
      bool head = i == 0;
      double need = (head ? kGroupHead : 0) + kCellHeight;
      if (row_begins && y + need > kBottom) {
        pen.emplace(sheets.NewPage());
        y = kTop;
        head = true;
      }
      if (head && row_begins) {
        PutGroupHead(*pen, group, i > 0, y);
        y += kGroupHead;
      }
      PutCell(*pen, group.tasks[i], kLeft + double(i % size_t(kAcross)) * (kCellWidth + kGap), y,
              model.head.day);
      bool row_ends = i + 1 == group.tasks.size() || (i + 1) % size_t(kAcross) == 0;
      if (row_ends) y += kCellHeight + kGap;
    }
    y += 2;
  }
  return sheets.Finish("没有符合条件的整改任务。");
}

}  // namespace zg
