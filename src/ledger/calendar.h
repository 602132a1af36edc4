#pragma once
// Which days are worked (法定节假日与调休). Pure; constant after it was made; any thread.
//
// Years are data (workflows/calendar-YYYY.toml), each naming the notice of the State Council it follows. A
// year that is not there falls back to Monday to Friday, and whoever shows a day of it says so (Unknown).

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace zg {

struct CalendarYear {
  int year = 0;
  std::string source;  // 国务院办公厅关于…的通知（国办发明电〔…〕…号）
  std::map<Date, std::string> free;    // holiday → its name
  std::map<Date, std::string> worked;  // Saturdays and Sundays that are worked → 调休上班
};

class WorkCalendar {
 public:
  static const WorkCalendar& Builtin();
  // kInvalid (calendar.invalid) with `where` "file:line": a day outside of the year, one both free and
  // worked, a make-up day that is no weekend, unknown keys.
  static Result<CalendarYear> ParseYear(const std::string& toml, const std::string& file);
  void Lay(CalendarYear year);  // over what is there for that year

  bool Knows(int year) const { return years_.count(year) > 0; }
  bool IsWorkday(Date day) const;
  // 国庆节, 调休上班, 周六, 周日; empty: a plain working day.
  std::string Name(Date day) const;
  // The n-th working day after `from`, which itself does not count. n = 0: `from`, whatever day it is.
  Date AddWorkingDays(Date from, int n) const;
  // Working days after `from`, up to and with `to`; 0 where `to` is not later.
  int WorkingDays(Date from, Date to) const;
  // A sentence where years from `from` to `to` are not known; empty: all are.
  std::string Unknown(Date from, Date to) const;
  const std::map<int, CalendarYear>& years() const { return years_; }

 private:
  std::map<int, CalendarYear> years_;
};

}  // namespace zg
