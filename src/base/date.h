#pragma once
// Calendar dates in Beijing time, and the clock that comes in by the door.

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace zg {

// A calendar date of the Gregorian calendar, always a real one (2023-02-29 cannot be made).
class Date {
 public:
  Date() = default;  // 1970-01-01
  // nullopt for a date that does not exist, or a year outside 1900–2199.
  static std::optional<Date> Make(int year, int month, int day);
  // The last day of the month; nullopt for a month outside 1–12.
  static std::optional<Date> EndOfMonth(int year, int month);
  // "2024-12-31" only.
  static std::optional<Date> ParseIso(std::string_view text);
  static Date FromDays(int64_t days) { return Date(std::chrono::sys_days(std::chrono::days(days))); }

  int year() const { return int(Ymd().year()); }
  int month() const { return int(unsigned(Ymd().month())); }
  int day() const { return int(unsigned(Ymd().day())); }
  int64_t days() const { return days_.time_since_epoch().count(); }  // since 1970-01-01
  Date Plus(int64_t n) const { return FromDays(days() + n); }
  std::string Iso() const;      // 2024-12-31
  std::string Chinese() const;  // 2024年12月31日
  friend auto operator<=>(const Date&, const Date&) = default;

 private:
  explicit Date(std::chrono::sys_days d) : days_(d) {}
  std::chrono::year_month_day Ymd() const { return days_; }
  std::chrono::sys_days days_{};
};

// Wall clock. Implementations are safe for any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::chrono::system_clock::time_point Now() const = 0;
  Date Today() const;          // in Beijing (UTC+8)
  std::string NowIso() const;  // 2024-12-31T08:00:00.123+08:00, Beijing
};

class SystemClock : public Clock {
 public:
  std::chrono::system_clock::time_point Now() const override { return std::chrono::system_clock::now(); }
};

// A clock that stands still until a test moves it.
class FixedClock : public Clock {
 public:
  explicit FixedClock(Date date, int hour = 9) : now_(At(date, hour)) {}
  std::chrono::system_clock::time_point Now() const override { return now_; }
  void Set(Date date, int hour = 9) { now_ = At(date, hour); }
  void Advance(std::chrono::system_clock::duration d) { now_ += d; }

 private:
  static std::chrono::system_clock::time_point At(Date date, int hour) {
    return std::chrono::system_clock::time_point(std::chrono::hours(date.days() * 24 + hour - 8));
  }
  std::chrono::system_clock::time_point now_;
};

}  // namespace zg
