#pragma once
// What the writer and the reader of the offline form agree on. Inside of report/ only.

#include <string>

namespace zg::form {

inline constexpr const char *kSheet = "上报表", *kFigures = "数据", *kHidden = "版本";
inline constexpr const char *kMark = "zhenggai-form", *kVersion = "1";
inline constexpr int kFirstRow = 4;       // counted from 1, as people do
inline constexpr int kSpareFigures = 40;  // empty rows for figures that nobody asked for
inline constexpr int kMostRows = 5000;

// Columns of the sheet, counted from 1.
enum Column { kLabel = 1, kProblem, kDue, kLast, kState, kOnSchedule, kReason, kText, kNext, kRemark };
enum FigureColumn { kTask = 1, kName, kValue, kUnit, kTarget, kCumulative, kNote };

inline constexpr const char* kYes = "是";
inline constexpr const char* kNo = "否";

// What a row's locked cells say, as a digest: white space aside, since spreadsheet programs change it.
std::string SealOf(const std::string& label, const std::string& problem, const std::string& due,
                   const std::string& last);
// A cell as people call it: 4, 7 → D7.
std::string CellName(int column, int row);

}  // namespace zg::form
