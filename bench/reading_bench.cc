// Speed of reading and understanding: the corpus where it is there, else the text documents of examples/.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "check/checker.h"
#include "document/reader.h"
#include "extract/extractor.h"
#include "support/files.h"
#include "support/vocabulary.h"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> Texts() {
  std::vector<fs::path> out;
  fs::path shared = zg::test::SharedDir();
  fs::path root = shared.empty() ? zg::test::SourceDir() / "examples" : shared / "corpus";
  for (const auto& e : fs::recursive_directory_iterator(root)) {
    if (e.path().extension() == ".txt") out.push_back(e.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

void Extract(benchmark::State& state, const fs::path& path) {
  auto document = zg::ReadDocumentFile(path);
  if (!document.ok()) return state.SkipWithError("not read");
  for (auto _ : state) benchmark::DoNotOptimize(zg::Extract(*document, zg::test::Words()));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * fs::file_size(path)));
}

void Check(benchmark::State& state, const fs::path& path) {
  auto document = zg::ReadDocumentFile(path);
  if (!document.ok()) return state.SkipWithError("not read");
  zg::Draft draft = zg::Extract(*document, zg::test::Words());
  zg::CheckInput input;
  input.file = path.filename().string();
  input.document = &*document;
  input.draft = &draft;
  for (auto _ : state) benchmark::DoNotOptimize(zg::Check(std::span(&input, 1)));
}

void ReadText(benchmark::State& state, const fs::path& path) {
  std::string bytes = zg::test::ReadFile(path);
  for (auto _ : state) benchmark::DoNotOptimize(zg::ReadDocument(bytes, path.filename().string()));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * bytes.size()));
}

void ReadDocx(benchmark::State& state, const fs::path& path) {
  std::string bytes = zg::test::ReadFile(path);
  for (auto _ : state) benchmark::DoNotOptimize(zg::ReadDocument(bytes, path.filename().string()));
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (const auto& path : Texts()) {
    benchmark::RegisterBenchmark(("extract/" + path.stem().string()).c_str(),
                                 [path](benchmark::State& s) { Extract(s, path); });
    benchmark::RegisterBenchmark(("check/" + path.stem().string()).c_str(),
                                 [path](benchmark::State& s) { Check(s, path); });
    benchmark::RegisterBenchmark(("read/" + path.stem().string()).c_str(),
                                 [path](benchmark::State& s) { ReadText(s, path); });
  }
  if (const char* docx = std::getenv("ZG_BENCH_DOCX")) {  // a long docx made by bench/run
    benchmark::RegisterBenchmark("read/docx", [docx](benchmark::State& s) {
      ReadDocx(s, docx);
    })->Unit(benchmark::kMillisecond);
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
