#include "check/phrase.h"

#include <fmt/format.h>

#include <cmath>

namespace zg::check {

std::string Number(double value, int decimals) {
  std::string s = fmt::format("{:.{}f}", value, decimals);
  if (s.find('.') != std::string::npos) {
    while (s.back() == '0') s.pop_back();
    if (s.back() == '.') s.pop_back();
  }
  return s == "-0" ? "0" : s;
}

std::string Figure(const Subject& s, size_t q) {
  const Quantity& x = s.quantities[q];
  return ToUtf8(s.Cut(x.digits, x.digits_end)) + (x.percent() ? "%" : "");
}

std::string UnitText(const Subject& s, size_t q) {
  const Quantity& x = s.quantities[q];
  if (x.percent()) return "%";
  return x.unit < 0 ? "" : ToUtf8(s.words->units[size_t(x.unit)].name);
}

std::string FigureUnit(const Subject& s, size_t q) {
  return s.quantities[q].percent() ? Figure(s, q) : Figure(s, q) + UnitText(s, q);
}

std::string ValueLike(const Subject& s, size_t q, double value) {
  const Quantity& x = s.quantities[q];
  double factor = x.unit >= 0 ? s.words->units[size_t(x.unit)].factor : 1;
  double scale = x.per / factor;
  const char* word = scale >= 1e12 ? "万亿" : scale >= 1e8 ? "亿" : scale >= 1e4 ? "万" : "";
  return Number(value / x.per) + word + (x.percent() ? "%" : "");
}

std::string ValueLike(const Subject& s, size_t q, Interval v) {
  std::string low = ValueLike(s, q, v.low), high = ValueLike(s, q, v.high);
  return low == high ? low : low + "～" + high;
}

std::string JoinFigures(const Subject& s, std::span<const size_t> parts, const char* with) {
  std::string out;
  for (size_t q : parts) out += (out.empty() ? "" : with) + Figure(s, q);
  return out;
}

std::string Where(const CheckPlace& place) {
  return place.path ? fmt::format("第{}项", *place.path) : "正文";
}

std::string Quoted(const CheckPlace& place, size_t limit) {
  std::u32string text = ToUtf32(place.quote);
  if (text.size() > limit) {
    text = text.substr(0, limit * 2 / 3) + U"…" + text.substr(text.size() - limit / 3);
  }
  return "“" + ToUtf8(text) + "”";
}

std::vector<CheckPlace> Places(const Subject& s, std::span<const size_t> quantities) {
  std::vector<CheckPlace> out;
  for (size_t q : quantities) out.push_back(s.PlaceOf(q));
  return out;
}

}  // namespace zg::check
