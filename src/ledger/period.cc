#include "ledger/period.h"

#include <array>
#include <cstdio>

namespace zg {
namespace {

std::optional<int> Number(std::string_view text) {
  int n = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + (c - '0');
  }
  return n;
}

std::string CodeOf(int year, int part, bool quarter) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), quarter ? "%04d-Q%d" : "%04d-%02d", year, part);
  return text.data();
}

int PartOf(const Period& period) {
  return IsQuarter(period) ? period.end.month() / 3 : period.end.month();
}

}  // namespace

std::optional<Period> ParsePeriod(std::string_view code) {
  if (code.size() != 7 || code[4] != '-') return std::nullopt;
  bool quarter = code[5] == 'Q';
  auto year = Number(code.substr(0, 4)), part = Number(code.substr(quarter ? 6 : 5));
  if (!year || !part || *year < 2000 || *year > 2199 || *part < 1 || *part > (quarter ? 4 : 12)) {
    return std::nullopt;
  }
  int last = quarter ? *part * 3 : *part;
  Period period;
  period.code = std::string(code);
  period.begin = *Date::Make(*year, quarter ? last - 2 : last, 1);
  period.end = *Date::EndOfMonth(*year, last);
  period.due = period.end;
  return period;
}

std::string NextPeriod(const Period& period) {
  bool quarter = IsQuarter(period);
  int part = PartOf(period) + 1, most = quarter ? 4 : 12;
  return part > most ? CodeOf(period.end.year() + 1, 1, quarter) : CodeOf(period.end.year(), part, quarter);
}

std::string PeriodChinese(const Period& period) {
  static const std::array<const char*, 4> quarters = {"一", "二", "三", "四"};
  std::string year = std::to_string(period.end.year()) + "年";
  if (IsQuarter(period)) return year + "第" + quarters[size_t(PartOf(period) - 1)] + "季度";
  return year + std::to_string(PartOf(period)) + "月";
}

}  // namespace zg
