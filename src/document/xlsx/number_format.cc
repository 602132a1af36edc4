#include "document/xlsx/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/date.h"

namespace zg::document {
namespace {

// Formats of a code are parted by semicolons outside quotes.
std::vector<std::string> SplitSections(std::string_view code) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (size_t i = 0; i < code.size(); ++i) {
    char c = code[i];
    if (c == '\\' && !quoted && i + 1 < code.size()) {
      out.back() += c;
      out.back() += code[++i];
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (c == ';' && !quoted) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

// The code without quoted words, escapes, and brackets other than [h], [m], [s].
std::string Bare(std::string_view code) {
  std::string out;
  for (size_t i = 0; i < code.size(); ++i) {
    char c = code[i];
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      size_t end = std::min(code.find(']', i), code.size());
      std::string inside(code.substr(i + 1, end - i - 1));
      if (inside.find_first_not_of("hHmMsS") == std::string::npos && !inside.empty())
        out += "[" + inside + "]";
      i = end;
    } else {
      out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
  }
  return out;
}

bool LooksLikeDate(std::string bare) {
  if (bare.find("general") != std::string::npos) return false;
  for (std::string_view word : {"am/pm", "a/p"}) {
    if (size_t at = bare.find(word); at != std::string::npos) bare.replace(at, word.size(), "h");
  }
  if (bare.find_first_of("0#?") != std::string::npos) {  // ss.00 is a time all the same
    return bare.find("ss.") != std::string::npos;
  }
  return bare.find_first_of("ymdhse") != std::string::npos;
}

std::string TrimZeros(std::string text, int min_decimals) {
  size_t dot = text.find('.');
  if (dot == std::string::npos) return text;
  size_t keep = dot + (min_decimals ? 1 + min_decimals : 0);
  while (text.size() > keep && (text.back() == '0' || text.back() == '.')) {
    bool was_dot = text.back() == '.';
    text.pop_back();
    if (was_dot) break;
  }
  return text;
}

// Rounds halves away from zero, as Excel does on the decimal digits it shows.
std::string Fixed(double value, int decimals) {
  double scale = std::pow(10.0, decimals);
  double near = std::round(value * scale) / scale;
  double pushed = std::round(std::stod(fmt::format("{:.15g}", value * scale))) / scale;
  return fmt::format("{:.{}f}", std::isfinite(pushed) ? pushed : near, decimals);
}

}  // namespace

std::string PlainNumber(double value) {
  if (!std::isfinite(value)) return "";
  std::string text = fmt::format("{:.15g}", value);
  if (text.find('e') == std::string::npos) return text == "-0" ? "0" : text;
  double size = std::fabs(value);
  if (size >= 1e21 || size < 1e-9) return text;
  text = size >= 1 ? fmt::format("{:.0f}", value) : TrimZeros(fmt::format("{:.20f}", value), 0);
  return text;
}

NumberFormat::NumberFormat(std::string_view code) {
  if (code.size() > 1000) code = "General";
  auto parts = SplitSections(code);
  std::string bare = Bare(parts[0]);
  if (bare.find("general") != std::string::npos || bare.empty()) return;
  if (bare == "@") return;
  if (LooksLikeDate(bare)) {
    ReadDate(bare);
    return;
  }
  for (size_t i = 0; i < std::min<size_t>(parts.size(), 3); ++i) {
    Section section;
    if (!ReadSection(parts[i], section)) {
      if (i == 0) return;
      break;
    }
    sections_.push_back(section);
  }
  if (!sections_[0].has_number) return;  // words only, such as ;;; : the value says more
  kind_ = Kind::kNumber;
}

bool NumberFormat::ReadSection(std::string_view code, Section& out) {
  bool after_dot = false;
  auto word = [&](std::string_view text) { (out.has_number ? out.after : out.before) += text; };
  for (size_t i = 0; i < code.size(); ++i) {
    char c = code[i];
    if (c == '"') {
      size_t end = std::min(code.find('"', i + 1), code.size());
      word(code.substr(i + 1, end - i - 1));
      i = end;
    } else if (c == '\\') {
      size_t length = 1;
      while (i + 1 + length < code.size() && (static_cast<uint8_t>(code[i + 1 + length]) & 0xC0) == 0x80)
        ++length;
      if (i + 1 < code.size()) word(code.substr(i + 1, length));
      i += length;
    } else if (c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      size_t end = std::min(code.find(']', i), code.size());
      char first = i + 1 < code.size() ? code[i + 1] : ']';
      if (first == '<' || first == '>' || first == '=' || first == 'D') return false;  // conditions, DBNum
      i = end;
    } else if (c == '0' || c == '#' || c == '?') {
      out.has_number = true;
      if (after_dot) {
        ++out.decimals;
        if (c == '0') out.min_decimals = out.decimals;
      } else if (c == '0') {
        ++out.min_digits;
      }
    } else if (c == '.') {
      after_dot = true;
      out.has_number = true;
    } else if (c == ',') {
      size_t next = code.find_first_of("0#?", i);
      if (next == std::string_view::npos && out.has_number) ++out.thousands;
    } else if (c == '%') {
      ++out.percent;
      word("%");
    } else if (c == '/' || c == 'E' || c == 'e') {
      return false;  // fractions and exponents
    } else {
      word(std::string_view(&c, 1));
    }
  }
  return out.decimals <= 15 && out.min_digits <= 15 && out.percent <= 2 && out.thousands <= 4;
}

void NumberFormat::ReadDate(std::string_view bare) {
  kind_ = Kind::kDate;
  std::string code(bare);
  elapsed_ = code.find("[h") != std::string::npos;
  bool clock = false;  // an m after h, or before s, is a minute
  for (size_t i = 0; i < code.size(); ++i) {
    char c = code[i];
    if (c == 'y' || c == 'e') year_ = true;
    if (c == 'd') day_ = true;
    if (c == 'y' || c == 'd') clock = false;
    if (c == 'h') hour_ = clock = true;
    if (c == 's') second_ = true;
    if (c == 'm') {
      size_t end = std::min(code.find_first_not_of('m', i), code.size());
      size_t next = std::min(code.find_first_of("ymdhs", end), code.size());
      bool before_seconds = next < code.size() && code[next] == 's';
      (clock || before_seconds ? minute_ : month_) = true;
      clock = false;
      i = end - 1;
    }
  }
}

NumberFormat NumberFormat::BuiltIn(int id) {
  if (id >= 27 && id <= 58) {  // dates of Chinese Excel
    if (id == 27 || id == 36 || id == 50 || id == 52 || id == 57) return NumberFormat("yyyy\"年\"m\"月\"");
    if (id >= 32 && id <= 35) return NumberFormat(id == 33 || id == 35 ? "h:mm:ss" : "h:mm");
    if (id == 55 || id == 56) return NumberFormat(id == 56 ? "h:mm:ss" : "h:mm");
    if (id >= 45 && id <= 47) return NumberFormat(id == 46 ? "[h]:mm:ss" : "mm:ss");
    if ((id >= 28 && id <= 31) || id >= 50) return NumberFormat("yyyy/m/d");
  }
  switch (id) {
    case 1:
      return NumberFormat("0");
    case 2:
      return NumberFormat("0.00");
    case 3:
      return NumberFormat("#,##0");
    case 4:
      return NumberFormat("#,##0.00");
    case 9:
      return NumberFormat("0%");
    case 10:
      return NumberFormat("0.00%");
    case 14:
    case 15:
    case 16:
      return NumberFormat("yyyy/m/d");
    case 17:
      return NumberFormat("yyyy/m");
    case 18:
    case 20:
      return NumberFormat("h:mm");
    case 19:
    case 21:
      return NumberFormat("h:mm:ss");
    case 22:
      return NumberFormat("yyyy/m/d h:mm");
    case 37:
    case 38:
      return NumberFormat("#,##0");
    case 39:
    case 40:
      return NumberFormat("#,##0.00");
    default:
      return NumberFormat("General");
  }
}

std::string NumberFormat::Show(double value, bool date1904) const {
  if (kind_ == Kind::kDate) return ShowDate(value, date1904);
  if (kind_ != Kind::kNumber || !std::isfinite(value) || std::fabs(value) >= 1e15) return PlainNumber(value);
  size_t which = value < 0 && sections_.size() > 1 ? 1 : value == 0 && sections_.size() > 2 ? 2 : 0;
  const Section& section = sections_[which];
  if (!section.has_number) return section.before;
  double shown = value * std::pow(100.0, section.percent) / std::pow(1000.0, section.thousands);
  std::string digits = TrimZeros(Fixed(std::fabs(shown), section.decimals), section.min_decimals);
  int whole = static_cast<int>(std::min(digits.find('.'), digits.size()));
  if (whole < section.min_digits) digits.insert(0, section.min_digits - whole, '0');
  // Red or bracketed negatives lose their colour here, so the sign is written unless the section brings one.
  bool bracketed = section.before.find_first_of("-(") != std::string::npos;
  bool minus = value < 0 && !bracketed && digits.find_first_not_of("0.") != std::string::npos;
  return section.before + (minus ? "-" : "") + digits + section.after;
}

std::string NumberFormat::ShowDate(double value, bool date1904) const {
  if (!std::isfinite(value) || value < 0 || value > 110'000 * (elapsed_ ? 24 : 1)) return PlainNumber(value);
  auto total = static_cast<int64_t>(std::floor(value * 86400 + 0.5));
  int64_t days = total / 86400, second = total % 86400;
  std::string out;
  if (year_ || month_ || day_) {
    // Serial 60 is 29 February 1900, a day that Excel invented.
    int64_t epoch = date1904 ? -24107 : days < 60 ? -25568 : -25569;
    if (days == 0 && !date1904) return PlainNumber(value);
    Date date = Date::FromDays(epoch + days);
    if (day_ || (!year_ && month_)) {
      out = date.Chinese();
    } else {
      out = fmt::format("{}年", date.year()) + (month_ ? fmt::format("{}月", date.month()) : "");
    }
  }
  if (hour_ || minute_ || second_) {
    if (!out.empty()) out += ' ';
    int64_t hours = second / 3600 + (elapsed_ && out.empty() ? days * 24 : 0);
    out += fmt::format("{:02}:{:02}", hours, second / 60 % 60);
    if (second_) out += fmt::format(":{:02}", second % 60);
  }
  return out;
}

}  // namespace zg::document
