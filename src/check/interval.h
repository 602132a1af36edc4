#pragma once
// What a written figure may stand for: 30.27 is anything from 30.265 to 30.275.

#include <algorithm>
#include <cmath>

namespace zg::check {

struct Interval {
  double low = 0;
  double high = 0;
  bool Meets(Interval o) const {
    double slack =
        1e-9 * std::max({1.0, std::fabs(low), std::fabs(high), std::fabs(o.low), std::fabs(o.high)});
    return low <= o.high + slack && o.low <= high + slack;
  }
};

inline Interval operator+(Interval a, Interval b) {
  return {a.low + b.low, a.high + b.high};
}
inline Interval operator-(Interval a, Interval b) {
  return {a.low - b.high, a.high - b.low};
}
inline Interval operator*(Interval a, double f) {
  return f >= 0 ? Interval{a.low * f, a.high * f} : Interval{a.high * f, a.low * f};
}
// Both sides are figures of a text, so not negative; a denominator that may be 0 gives everything.
inline Interval operator/(Interval a, Interval b) {
  if (b.low <= 0) return {0, HUGE_VAL};
  return {a.low / b.high, a.high / b.low};
}

}  // namespace zg::check
