// Papers of many tasks as files: the report with its annex as docx and as xlsx. ZG_BENCH_REPORT: the report
// whose tasks are told (default: the example with an annex, its tasks repeated up to 94).
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "document/reader.h"
#include "extract/extractor.h"
#include "extract/vocabulary.h"
#include "report/docx.h"
#include "report/paper_text.h"
#include "report/task_papers.h"

namespace {

using namespace zg;

const paper::TaskPaperModel& Model() {
  static const paper::TaskPaperModel model = [] {
    const char* named = std::getenv("ZG_BENCH_REPORT");
    Document document =
        ReadDocumentFile(named ? named : ZG_SOURCE_DIR "/examples/05-round1-report-with-annex/report.txt")
            .value();
    Draft draft = Extract(document, *Vocabulary::Builtin().value());
    paper::TaskPaperModel m;
    m.round = "第一轮中央环境保护督察";
    m.as_of = *Date::Make(2026, 11, 26);
    for (size_t i = 0; m.tasks.size() < 94 && !draft.entries.empty(); ++i) {
      paper::PaperTask task;
      task.id = TaskId{int64_t(i) + 1};
      task.entry = draft.entries[i % draft.entries.size()];
      task.state = StateOf(task.entry);
      m.tasks.push_back(std::move(task));
    }
    return m;
  }();
  return model;
}

void Docx(benchmark::State& state) {
  size_t bytes = 0;
  Model();
  for (auto _ : state) bytes = WriteDocx(RectificationReport(Model())).value().size();
  state.counters["bytes"] = double(bytes);
}
BENCHMARK(Docx)->Unit(benchmark::kMillisecond);

void Xlsx(benchmark::State& state) {
  size_t bytes = 0;
  Model();
  for (auto _ : state) bytes = WritePaperXlsx(RectificationReport(Model())).value().size();
  state.counters["bytes"] = double(bytes);
}
BENCHMARK(Xlsx)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
