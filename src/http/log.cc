#include "http/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <nlohmann/json.hpp>

#include "base/date.h"
#include "base/errand.h"

namespace zg::http {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"debug", "info", "warn", "error", "off"};

std::atomic<LogLevel> g_level{LogLevel::kInfo};
std::atomic<void (*)(const std::string&)> g_sink{nullptr};

spdlog::logger& Stderr() {
  static auto logger = [] {
    auto made = std::make_shared<spdlog::logger>("http", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->set_level(spdlog::level::trace);
    return made;
  }();
  return *logger;
}

}  // namespace

std::optional<LogLevel> ParseLogLevel(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return LogLevel(i);
  return std::nullopt;
}

void SetLogLevel(LogLevel level) {
  g_level = level;
}
bool LogIsOn(LogLevel level) {
  return level >= g_level.load(std::memory_order_relaxed);
}
void SetLogSink(void (*sink)(const std::string&)) {
  g_sink = sink;
}

void Log(LogLevel level, std::string_view event,
         std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  if (!LogIsOn(level)) return;
  nlohmann::ordered_json line = {
      {"time", SystemClock().NowIso()}, {"level", kNames[size_t(level)]}, {"event", event}};
  for (const auto& [name, value] : fields)
    if (!value.empty()) line[std::string(name)] = value;
  const Errand& errand = CurrentErrand();
  if (!errand.request.empty() && !line.contains("request")) line["request"] = errand.request;
  if (!errand.what.empty()) line[errand.request.empty() ? "job" : "route"] = errand.what;
  std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (auto sink = g_sink.load()) return sink(text);
  Stderr().info(text);
}

}  // namespace zg::http
