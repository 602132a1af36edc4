#pragma once
// Runs an outside program (poppler, LibreOffice, Tesseract) on distrusted input: no shell, no network,
// bounded time, memory and output, its whole process group ended with it.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace zg::document {

struct ProgramCall {
  std::vector<std::string> command;  // name or path, then arguments
  std::filesystem::path folder;      // working folder, HOME and TMPDIR
  std::chrono::milliseconds time{10'000};
  uint64_t address_space = 2ull << 30;
  uint64_t file_size = 512ull << 20;     // largest file it may write
  uint64_t max_output = 64ull << 20;     // of stdout; more ends the program
  std::vector<std::string> environment;  // further NAME=value
};

struct ProgramOutcome {
  enum class End { kExited, kTimedOut, kTooMuchOutput, kKilled };
  End end = End::kExited;
  int status = 0;      // exit status of kExited, signal of kKilled
  std::string output;  // stdout
  std::string errors;  // the first 4 KB of stderr, for the log
  bool ok() const { return end == End::kExited && status == 0; }
};

// The path of an executable on PATH; nullopt where there is none.
std::optional<std::filesystem::path> FindProgram(const std::string& name);

// Waits for the end. Thread-safe. kUnavailable where the program cannot be started at all.
Result<ProgramOutcome> RunProgram(const ProgramCall& call);

}  // namespace zg::document
