#pragma once
// Numbers of a sheet as a person sees them: dates, percentages, decimals, words around a number (0"个").

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zg::document {

// A format code, understood once and used for many cells.
class NumberFormat {
 public:
  // `code` as in numFmt@formatCode, e.g. yyyy"年"m"月"d"日", 0.0%, #,##0.00, General. What is not understood
  // (fractions, exponents, conditions) shows like General.
  explicit NumberFormat(std::string_view code);
  // The built-in format of this id as Chinese Excel has it; General where there is none.
  static NumberFormat BuiltIn(int id);

  // Dates are 2024年6月30日; a format without a day gives 2024年6月, without a month 2024年; times 08:30 or
  // 08:30:15. Decimals are rounded as the format says; thousands are not grouped (13719, not 13,719), so that
  // figures compare. `date1904`: days count from 1904-01-01.
  std::string Show(double value, bool date1904) const;
  bool is_date() const { return kind_ == Kind::kDate; }

 private:
  enum class Kind : uint8_t { kGeneral, kDate, kNumber, kText };
  struct Section {
    std::string before, after;  // words around the number
    int decimals = 0;           // most shown
    int min_decimals = 0;
    int min_digits = 0;  // leading zeros up to this many
    int percent = 0;     // how many % signs: value × 100 each
    int thousands = 0;   // commas at the end: value / 1000 each
    bool has_number = false;
  };
  static bool ReadSection(std::string_view code, Section& out);
  void ReadDate(std::string_view code);
  std::string ShowDate(double value, bool date1904) const;

  Kind kind_ = Kind::kGeneral;
  std::vector<Section> sections_;
  bool year_ = false, month_ = false, day_ = false, hour_ = false, minute_ = false, second_ = false;
  bool elapsed_ = false;  // [h]: hours may pass 24
};

// 0.1+0.2 is 0.3: the shortest text with 15 digits, without exponent where it fits in 21 characters.
std::string PlainNumber(double value);

}  // namespace zg::document
