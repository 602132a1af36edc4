#pragma once
// Charts for the wall (挂图作战): what each shows, as plain values, and the layout that makes a drawing of
// it. Pure; the same model gives the same drawing, in any thread.
//
// Layouts are made for A3 across (420 × 297 mm) with labels of 14 points and more; A1 is the same by two
// (ChartPaper). What does not fit goes on further pages, each with its own heading. Every colour comes with a
// letter or a shape.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "ledger/pace.h"
#include "report/drawing.h"

namespace zg {

struct ChartHead {
  std::string title;  // 整改任务倒排工期图
  std::string scope;  // which tasks: 第二轮中央生态环境保护督察 · 全部单位
  Date day;
  int64_t left_out = 0;  // tasks that pass the filter and were not drawn, since there are too many
  std::string narrow;    // what to do about that
};

struct ChartStep {
  std::string name;
  std::optional<Date> due, done;
};
struct ChartTask {
  TaskId id;
  std::string path, problem, units, round;
  std::optional<Date> begin, due;
  std::string due_word;  // where there is no day: 立行立改, 长期坚持, 未写时限
  Standing standing = Standing::kNotStated;
  std::optional<int> share;  // done, in hundredths
  std::vector<ChartStep> steps;
};

// 倒排工期: a bar from the beginning to the last day, steps as diamonds, today's line.
struct GanttModel {
  ChartHead head;
  std::vector<ChartTask> tasks;
};
Drawing DrawGantt(const GanttModel& model);

// One cell per task.
struct WallGroup {
  std::string name, link;
  std::vector<ChartTask> tasks;
};
struct WallModel {
  ChartHead head;
  std::vector<WallGroup> groups;
};
Drawing DrawWall(const WallModel& model);

// 销号进度: tasks × states of their workflow.
struct CloseoutCell {
  enum class Kind : uint8_t { kAhead, kPassed, kHere, kAside };
  Kind kind = Kind::kAhead;
  std::optional<int> days;  // that the task was, or has been, in the state
  bool late = false;        // here, and past its day
};
struct CloseoutRow {
  ChartTask task;
  std::vector<CloseoutCell> cells;  // one for each state of the group
};
struct CloseoutGroup {
  std::string workflow;
  std::vector<std::string> states;
  std::vector<CloseoutRow> rows;
};
struct CloseoutModel {
  ChartHead head;
  std::vector<CloseoutGroup> groups;
};
Drawing DrawCloseout(const CloseoutModel& model);

// 各地州市、各部门整改进展: one line each, with its share of completed tasks as a bar.
struct ProgressRow {
  std::string name;
  std::string link;                          // the list of its tasks
  std::array<int64_t, kStandings> counts{};  // by Standing
  int64_t total() const;
};
struct ProgressModel {
  ChartHead head;
  std::string what;  // 地州市, 部门
  std::vector<ProgressRow> rows;
  ProgressRow whole;  // all tasks, each counted once: a task of two departments is in two lines
};
Drawing DrawProgress(const ProgressModel& model);
// 1234 of 2345 → 52.6%; — where there is none.
std::string ShareText(int64_t part, int64_t of);

// A square for each region.
struct MapTile {
  int column = 0, row = 0;
  ProgressRow region;
  std::string short_name;  // shown where the name has no room; may be empty
};
struct MapModel {
  ChartHead head;
  std::vector<MapTile> tiles;
};
Drawing DrawMap(const MapModel& model);

// 督导路线: who goes where when. One line for each team, through the regions and days.
struct RouteStop {
  std::string team, place;
  Date from, to;  // both inclusive
  std::string note;
  int64_t tasks = 0;
  bool done = false;
  std::string link;
};
struct RouteModel {
  ChartHead head;
  std::vector<std::string> places;  // rows, in order
  std::vector<RouteStop> stops;     // by day
};
Drawing DrawRoute(const RouteModel& model);

enum class ChartPaper : uint8_t { kA3, kA1 };
Drawing OnPaper(Drawing drawing, ChartPaper paper);

// How a standing looks everywhere.
struct StandingLook {
  Ink fill, ink;
  Pattern pattern;
  Ink pattern_ink;
  std::string_view letter;  // 完 坚 推 未 空 滞 逾
};
const StandingLook& LookOf(Standing standing);

}  // namespace zg
