#include "check/scan.h"

#include <cmath>

namespace zg::check {
namespace {

bool Plain(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool Dash(char32_t c) {
  return c == U'—' || c == U'-' || c == U'~' || c == U'～' || c == U'–' || c == U'－' || c == U'至' ||
         c == U'到';
}

struct Digits {
  int value = 0;
  uint32_t size = 0;
  uint32_t end = 0;
};

Digits ReadDigits(const Reading& r, uint32_t i, uint32_t to) {
  Digits d{0, 0, i};
  while (d.end < to && d.size < 9 && Plain(r.text[d.end])) {
    d.value = d.value * 10 + int(r.text[d.end++] - U'0');
    ++d.size;
  }
  return d;
}

bool Year(const Digits& d) {
  return d.size == 4 && d.value >= 1900 && d.value < 2200;
}

}  // namespace

Decimal ReadDecimal(const Reading& r, uint32_t i, uint32_t to) {
  Decimal d;
  uint32_t k = i;
  uint32_t size = 0;
  double zeros = 1;
  auto digit = [&](char32_t c) {
    d.value = d.value * 10 + double(c - U'0');
    zeros = c == U'0' ? zeros * 10 : 1;
    ++size;
  };
  while (k < to && Plain(r.text[k]) && size < 18) digit(r.text[k++]);
  while (size <= 15 && k + 3 < to && r.text[k] == U',' && k - i <= 3 + 4 * (size / 3)) {
    bool group = size >= 1 && Plain(r.text[k + 1]) && Plain(r.text[k + 2]) && Plain(r.text[k + 3]);
    if (!group || (k + 4 < to && Plain(r.text[k + 4])) || r.at[k + 3] - r.at[k] != 3 || k - i > 3 + 4 * 4)
      break;
    if (size > 3 && k == i + size) break;  // 2018,215: no thousands
    for (int n = 1; n <= 3; ++n) digit(r.text[k + uint32_t(n)]);
    k += 4;
  }
  d.round_step = zeros;
  if (k + 1 < to && r.text[k] == U'.' && Plain(r.text[k + 1])) {
    ++k;
    double last = 1;
    while (k < to && Plain(r.text[k]) && size < 18) {
      d.value = d.value * 10 + double(r.text[k] - U'0');
      d.unit /= 10;
      if (r.text[k] != U'0') last = d.unit;
      ++k, ++size;
    }
    d.value *= d.unit;
    d.round_step = std::min(last, 1.0);
  }
  while (k < to && Plain(r.text[k])) ++k;
  // Products by powers of ten leave dust in the last bits.
  d.value = std::round(d.value / d.unit) * d.unit;
  d.end = k;
  return d;
}

void DateScanner::Close(DateMark& mark) {
  if (mark.year) {
    year_ = mark.year;
  }
  int year = mark.year ? mark.year : year_;
  int month = mark.month ? mark.month : (mark.day ? month_ : 0);
  if (mark.month) month_ = mark.month;
  if (mark.day && month && (year || mark.day > 31)) {
    mark.impossible = mark.year || mark.month ? !Date::Make(year ? year : 2000, month, mark.day) : false;
  } else if (mark.day && month) {
    mark.impossible = !Date::Make(2000, month, mark.day);
  }
  if (mark.month > 12) mark.impossible = true;
  if (!year || mark.impossible) return;
  if (!month) {
    mark.first = mark.end_of ? Date::Make(year, 12, 1) : Date::Make(year, 1, 1);
    mark.last = Date::Make(year, 12, 31);
  } else if (!mark.day) {
    mark.first = mark.end_of ? Date::Make(year, month, 21) : Date::Make(year, month, 1);
    mark.last = Date::EndOfMonth(year, month);
  } else {
    mark.first = mark.last = Date::Make(year, month, mark.day);
  }
}

uint32_t DateScanner::Try(uint32_t i, DateMark& mark) {
  Digits d = ReadDigits(r_, i, to_);
  uint32_t k = d.end;
  auto at = [&](uint32_t p) { return p < to_ ? r_.text[p] : U'\0'; };
  if (Year(d) && (Dash(at(k)) || at(k) == U'、') &&
      Plain(at(k + 1))) {  // 2016—2020年, 2016、2017年, 2017—2018采暖季
    Digits e = ReadDigits(r_, k + 1, to_);
    if (Year(e) && (at(k) != U'、' || at(e.end) == U'年' || at(e.end) == U'、')) {
      return at(e.end) == U'年' ? e.end + 1 : e.end;
    }
    if (e.size == 2 && Dash(at(k)) && Plain(at(e.end + 1)) && Dash(at(e.end))) {  // 2023-12-31
      Digits f = ReadDigits(r_, e.end + 1, to_);
      mark = {i, f.end, d.value, e.value, f.value};
      Close(mark);
      return f.end;
    }
  }
  uint32_t e = k;
  if (Year(d) && at(k) == U'年') {
    mark.year = d.value;
    e = k + 1;
    if (at(e) == U'年') ++e;  // 2020年年底
    if (at(e) == U'度') {
      year_ = d.value;
      return e + 1;
    }
    Digits m = ReadDigits(r_, e, to_);
    bool more = m.size == 1 || m.size == 2;
    if (more && at(m.end) == U'月') {
      mark.month = m.value;
      e = m.end + 1;
      d = ReadDigits(r_, e, to_);
      if ((d.size == 1 || d.size == 2) && (at(d.end) == U'日' || at(d.end) == U'号')) {
        mark.day = d.value;
        e = d.end + 1;
      }
    }
  } else if (d.size <= 2 && at(k) == U'月') {
    mark.month = d.value;
    e = k + 1;
    if (at(e) == U'份') ++e;
    Digits m = ReadDigits(r_, e, to_);
    if ((m.size == 1 || m.size == 2) && (at(m.end) == U'日' || at(m.end) == U'号')) {
      mark.day = m.value;
      e = m.end + 1;
    }
  } else if (d.size <= 2 && at(k) == U'日') {
    if (at(k + 1) == U'内') return k + 2;
    mark.day = d.value;
    e = k + 1;
  } else {
    return 0;
  }
  if (at(e) == U'底' || at(e) == U'末') mark.end_of = true, ++e;
  if (at(e) == U'前' || (at(e) == U'之' && at(e + 1) == U'前') || (at(e) == U'以' && at(e + 1) == U'前')) {
    mark.before = true;
    e += at(e) == U'前' ? 1 : 2;
  }
  mark.begin = i;
  mark.end = e;
  Close(mark);
  return e;
}

}  // namespace zg::check
