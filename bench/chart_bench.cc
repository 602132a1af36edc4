// What a chart costs once its tasks are known: layout and writing, 1,000 tasks with four steps each.
//   target: the Gantt chart of 1,000 tasks as PDF within 300 ms.
#include <benchmark/benchmark.h>

#include "report/cairo_page.h"
#include "report/chart.h"
#include "report/svg.h"

namespace {

using namespace zg;

ChartTask MakeTask(int n, Date today) {
  ChartTask task;
  task.id = {n};
  task.path = std::to_string(n);
  task.problem =
      "青河污水处理厂第" + std::to_string(n) + "期提标改造进展缓慢，出水总磷长期超标，群众反映强烈";
  task.units = "青河市党委、青河市政府、云川省住房城乡建设厅";
  task.begin = today.Plus(-400 + n % 200);
  task.due = today.Plus(-100 + n % 500);
  task.standing = Standing(n % kStandings);
  if (n % 3 == 0) task.share = n % 100;
  for (int i = 1; i <= 4; ++i)
    task.steps.push_back({"节点", today.Plus(-200 + i * 90 + n % 50), std::nullopt});
  return task;
}

GanttModel Model(int tasks) {
  Date today = *Date::Make(2024, 6, 30);
  GanttModel model{{"整改任务倒排工期图", "全部轮次", today, 0, ""}, {}};
  for (int i = 1; i <= tasks; ++i) model.tasks.push_back(MakeTask(i, today));
  return model;
}

void GanttPdf(benchmark::State& state) {
  GanttModel model = Model(int(state.range(0)));
  size_t bytes = 0, pages = 0;
  for (auto _ : state) {
    Drawing drawing = DrawGantt(model);
    pages = drawing.pages.size();
    bytes = WritePdf(drawing)->size();
  }
  state.counters["pages"] = double(pages);
  state.counters["bytes"] = double(bytes);
}
BENCHMARK(GanttPdf)->Arg(40)->Arg(1000)->Unit(benchmark::kMillisecond);

void GanttLayout(benchmark::State& state) {
  GanttModel model = Model(1000);
  for (auto _ : state) benchmark::DoNotOptimize(DrawGantt(model));
}
BENCHMARK(GanttLayout)->Unit(benchmark::kMillisecond);

void GanttSvgPage(benchmark::State& state) {
  Drawing drawing = DrawGantt(Model(1000));
  for (auto _ : state) benchmark::DoNotOptimize(WriteSvg(drawing, 0, {.links = true, .sized = false}));
}
BENCHMARK(GanttSvgPage)->Unit(benchmark::kMillisecond);

void GanttPngPage(benchmark::State& state) {
  Drawing drawing = DrawGantt(Model(1000));
  for (auto _ : state) benchmark::DoNotOptimize(WritePng(drawing, 0, 2800)->size());
}
BENCHMARK(GanttPngPage)->Unit(benchmark::kMillisecond);

void WallPdf(benchmark::State& state) {
  WallModel model{{"状态墙", "", *Date::Make(2024, 6, 30), 0, ""}, {{"第一轮", "", Model(2000).tasks}}};
  for (auto _ : state) benchmark::DoNotOptimize(WritePdf(DrawWall(model))->size());
}
BENCHMARK(WallPdf)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
