#include "base/date.h"

#include <fmt/format.h>

namespace zg {
namespace {

constexpr auto kBeijing = std::chrono::hours(8);

bool Digits(std::string_view s, int& out) {
  out = 0;
  for (char c : s) {
    if (c < '0' || c > '9') return false;
    out = out * 10 + (c - '0');
  }
  return true;
}

}  // namespace

std::optional<Date> Date::Make(int year, int month, int day) {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!ymd.ok()) return std::nullopt;
  return Date(std::chrono::sys_days(ymd));
}

std::optional<Date> Date::EndOfMonth(int year, int month) {
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return std::nullopt;
  return Date(std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::last));
}

std::optional<Date> Date::ParseIso(std::string_view t) {
  int y, m, d;
  if (t.size() != 10 || t[4] != '-' || t[7] != '-') return std::nullopt;
  if (!Digits(t.substr(0, 4), y) || !Digits(t.substr(5, 2), m) || !Digits(t.substr(8, 2), d))
    return std::nullopt;
  return Make(y, m, d);
}

std::string Date::Iso() const {
  return fmt::format("{:04}-{:02}-{:02}", year(), month(), day());
}
std::string Date::Chinese() const {
  return fmt::format("{}年{}月{}日", year(), month(), day());
}

Date Clock::Today() const {
  return Date::FromDays(std::chrono::floor<std::chrono::days>(Now() + kBeijing).time_since_epoch().count());
}

std::string Clock::NowIso() const {
  auto local = Now() + kBeijing;
  auto day = std::chrono::floor<std::chrono::days>(local);
  auto ms = std::chrono::floor<std::chrono::milliseconds>(local - day).count();
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}+08:00", Date::FromDays(day.time_since_epoch().count()).Iso(),
                     ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

}  // namespace zg
