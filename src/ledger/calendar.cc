#include "ledger/calendar.h"

#include <cassert>
#include <span>

#include "base/embedded.h"
#include "ledger/toml_table.h"

extern const zg::EmbeddedFile zg_workflow_files[];
extern const unsigned zg_workflow_files_count;

namespace zg {
namespace {

constexpr const char* kId = "calendar.invalid";

int Weekday(Date day) {  // 0 Monday … 6 Sunday; 1970-01-01 was a Thursday
  return int(((day.days() + 3) % 7 + 7) % 7);
}
bool IsWeekend(Date day) {
  return Weekday(day) >= 5;
}

Error Mistake(const std::string& file, const toml::node& node, const std::string& message) {
  return {Code::kInvalid, message, PlaceIn(file, node), kId, ""};
}

Status ReadHoliday(const toml::table& table, const std::string& file, CalendarYear& out) {
  TomlTable t(table, file, kId);
  std::string name = t.Text("name", true);
  auto from = t.Day("from"), to = t.Day("to");
  ZG_TRY(t.Finish());
  if (*to < *from) return Mistake(file, table, "放假的“to”早于“from”，请核对。");
  if (from->year() != out.year || to->year() != out.year)
    return Mistake(file, table,
                   fmt::format("这个假期不在{}年内；跨年的假期请分写在两年的文件里。", out.year));
  for (Date day = *from; day <= *to; day = day.Plus(1)) out.free[day] = name;
  return {};
}

}  // namespace

Result<CalendarYear> WorkCalendar::ParseYear(const std::string& text, const std::string& file) {
  ZG_ASSIGN(toml::table table, ParseTomlText(text, file, kId));
  TomlTable t(table, file, kId);
  CalendarYear year;
  year.year = t.Whole("year", 1900, 2199);
  year.source = t.Text("source", true);
  auto worked = t.Days("workdays");
  auto holidays = t.Each("holiday");
  ZG_TRY(t.Finish());
  if (year.year == 0) return Mistake(file, table, "缺少“year”（哪一年的安排）。");
  for (const toml::table* holiday : holidays) ZG_TRY(ReadHoliday(*holiday, file, year));
  for (Date day : worked) {
    const toml::node& at = *table.get("workdays");
    if (day.year() != year.year) return Mistake(file, at, day.Iso() + "不在这一年内。");
    if (!IsWeekend(day)) return Mistake(file, at, day.Iso() + "不是周六、周日，不必列为调休上班。");
    if (year.free.count(day)) return Mistake(file, at, day.Iso() + "既列为放假又列为上班，请核对。");
    year.worked[day] = "调休上班";
  }
  return year;
}

const WorkCalendar& WorkCalendar::Builtin() {
  static const WorkCalendar calendar = [] {
    WorkCalendar out;
    for (const EmbeddedFile& file : std::span(zg_workflow_files, zg_workflow_files_count)) {
      std::string name = file.name;
      if (name.rfind("calendar-", 0) != 0) continue;
      auto year = ParseYear(std::string(file.bytes()), name);
      assert(year.ok());
      out.Lay(std::move(*year));
    }
    return out;
  }();
  return calendar;
}

void WorkCalendar::Lay(CalendarYear year) {
  int n = year.year;
  years_[n] = std::move(year);
}

bool WorkCalendar::IsWorkday(Date day) const {
  auto it = years_.find(day.year());
  if (it != years_.end()) {
    if (it->second.worked.count(day)) return true;
    if (it->second.free.count(day)) return false;
  }
  return !IsWeekend(day);
}

std::string WorkCalendar::Name(Date day) const {
  auto it = years_.find(day.year());
  if (it != years_.end()) {
    for (const auto* days : {&it->second.worked, &it->second.free})
      if (auto named = days->find(day); named != days->end()) return named->second;
  }
  if (!IsWeekend(day)) return "";
  return Weekday(day) == 5 ? "周六" : "周日";
}

Date WorkCalendar::AddWorkingDays(Date from, int n) const {
  Date day = from;
  while (n > 0) {
    day = day.Plus(1);
    if (IsWorkday(day)) --n;
  }
  return day;
}

int WorkCalendar::WorkingDays(Date from, Date to) const {
  int n = 0;
  for (Date day = from.Plus(1); day <= to; day = day.Plus(1)) n += IsWorkday(day);
  return n;
}

std::string WorkCalendar::Unknown(Date from, Date to) const {
  std::string years;
  for (int year = from.year(); year <= to.year(); ++year)
    if (!Knows(year)) years += (years.empty() ? "" : "、") + std::to_string(year) + "年";
  return years.empty() ? "" : years + "的放假调休安排尚未录入，暂按周六、周日休息计算。";
}

}  // namespace zg
