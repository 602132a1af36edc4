// 销号进度表: what each task has gone through on its way to close-out, and how long it took.
#include <fmt/format.h>

#include <algorithm>

#include "report/chart_sheet.h"

namespace zg {
namespace {

using namespace sheet;

constexpr double kRow = 9, kHead = 16;
constexpr double kProblemX = kLeft + 17, kUnitX = kProblemX + 92, kStatesX = kUnitX + 44;

double StateWidth(const CloseoutGroup& group) {
  return (kRight - kStatesX) / double(std::max<size_t>(1, group.states.size()));
}

void PutHead(Pen& pen, const CloseoutGroup& group, double y) {
  pen.Text({kLeft, y + 6, group.workflow, kHeading, kInk, Anchor::kStart, true});
  y += 9;
  pen.Rect({kLeft, y, kRight - kLeft, kHead, kHeadFill});
  double line = Baseline(y, kHead, kLabel);
  pen.Text({kLeft + 1, line, "序号", kLabel, kInk, Anchor::kStart, true});
  pen.Text({kProblemX, line, "整改任务", kLabel, kInk, Anchor::kStart, true});
  pen.Text({kUnitX, line, "责任单位", kLabel, kInk, Anchor::kStart, true});
  double width = StateWidth(group);
  for (size_t i = 0; i < group.states.size(); ++i) {
    double middle = kStatesX + (double(i) + 0.5) * width;
    auto lines = WrapText(group.states[i], kLabel, width - 1, 2);
    double first = lines.size() == 1 ? line : y + 6.6;
    for (size_t n = 0; n < lines.size(); ++n)
      pen.Text({middle, first + double(n) * 6.2, lines[n], kLabel, kInk, Anchor::kMiddle, true});
  }
}

std::string CellWord(const CloseoutCell& cell) {
  switch (cell.kind) {
    case CloseoutCell::Kind::kPassed:
      return cell.days ? fmt::format("✓{}天", *cell.days) : "✓";
    case CloseoutCell::Kind::kHere:
      return cell.days ? fmt::format("{}天", *cell.days) : "在办";
    case CloseoutCell::Kind::kAside:
      return "—";
    case CloseoutCell::Kind::kAhead:
      return "";
  }
  return "";
}

void PutCell(Pen& pen, const CloseoutCell& cell, double x, double y, double width) {
  double line = Baseline(y, kRow, kLabel);
  bool here = cell.kind == CloseoutCell::Kind::kHere;
  Ink ink = kInk2;
  if (cell.kind == CloseoutCell::Kind::kPassed) {
    pen.Rect({x + 0.4, y + 0.8, width - 0.8, kRow - 1.6, 0xd7ecdf});
    ink = 0x14502f;
  } else if (here) {
    Ink fill = cell.late ? kRed : kTeal;
    pen.Polygon({{{x + 0.4, y + 0.6},
                  {x + width - 2.6, y + 0.6},
                  {x + width - 0.2, y + kRow / 2},
                  {x + width - 2.6, y + kRow - 0.6},
                  {x + 0.4, y + kRow - 0.6}},
                 fill});
    ink = kWhite;
  }
  std::string word = CellWord(cell);
  if (here && cell.late) word = "超" + word;
  pen.Fitted({x + width / 2 - (here ? 1 : 0), line, word, kLabel, ink, Anchor::kMiddle, here},
             width - (here ? 2 : 0.5));
}

void PutRow(Pen& pen, const CloseoutGroup& group, const CloseoutRow& row, double y, Date today) {
  std::string tell = TellTask(row.task, today);
  for (size_t i = 0; i < row.cells.size() && i < group.states.size(); ++i)
    if (row.cells[i].kind == CloseoutCell::Kind::kHere)
      tell += fmt::format("；现在：{}{}", group.states[i], row.cells[i].late ? "（已超期）" : "");
  pen.Begin({tell, TaskLink(row.task.id), {row.task.id.value}});
  double line = Baseline(y, kRow, kLabel), width = StateWidth(group);
  pen.Fitted({kLeft + 1, line, row.task.path, kLabel, kInk}, kProblemX - kLeft - 2);
  pen.Fitted({kProblemX, line, row.task.problem, kLabel, kInk}, kUnitX - kProblemX - 2);
  pen.Fitted({kUnitX, line, row.task.units, kLabel, kInk2}, kStatesX - kUnitX - 2);
  for (size_t i = 0; i < row.cells.size(); ++i)
    PutCell(pen, row.cells[i], kStatesX + double(i) * width, y, width);
  pen.End();
  pen.Line({kLeft, y + kRow, kRight, y + kRow, kPale, 0.2});
}

}  // namespace

Drawing DrawCloseout(const CloseoutModel& model) {
  std::vector<LegendItem> legend = {{LegendItem::Kind::kText, {}, "✓ 已办，天数为该环节用时"},
                                    {LegendItem::Kind::kText, {}, "▶ 现在环节及已停留天数"},
                                    {LegendItem::Kind::kText, {}, "超 已过办理期限"}};
  Sheets sheets(model.head, std::move(legend));
  std::optional<Pen> pen;
  double y = kBottom;
  for (const auto& group : model.groups) {
    for (size_t i = 0; i < group.rows.size(); ++i) {
      bool new_page = y + kRow + (i == 0 ? 9 + kHead : 0) > kBottom;
      if (new_page) {
        pen.emplace(sheets.NewPage());
        y = kTop;
      }
      if (new_page || i == 0) {
        PutHead(*pen, group, y);
        y += 9 + kHead;
      }
      PutRow(*pen, group, group.rows[i], y, model.head.day);
      y += kRow;
    }
    y += 6;
  }
  return sheets.Finish("没有符合条件的整改任务。");
}

}  // namespace zg
