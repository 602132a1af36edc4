#pragma once
// JSON lines on stderr: {"time","level","event", …fields}; within a request also "request" and "route",
// within a job of the server's own "job" (base/errand.h). Thread-safe.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace zg::http {

enum class LogLevel { kDebug, kInfo, kWarn, kError, kOff };
std::optional<LogLevel> ParseLogLevel(std::string_view name);  // debug, info, warn, error, off

void SetLogLevel(LogLevel level);  // kInfo until set
bool LogIsOn(LogLevel level);
// Fields with an empty value are left out. Control characters are escaped, so one call is one line.
void Log(LogLevel level, std::string_view event,
         std::initializer_list<std::pair<std::string_view, std::string_view>> fields = {});

// Where lines go instead of stderr, for tests; nullptr: back to stderr.
void SetLogSink(void (*sink)(const std::string& line));

}  // namespace zg::http
