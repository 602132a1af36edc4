#pragma once
// Figures and places in words, for messages and expressions.

#include <span>
#include <string>
#include <vector>

#include "check/subject.h"

namespace zg::check {

// At most `decimals` digits behind the point, no zeros at the end: 54.69, 13719.
std::string Number(double value, int decimals = 4);
// As written, with 万 and 亿, without unit: 30.27亿.
std::string Figure(const Subject& s, size_t q);
std::string UnitText(const Subject& s, size_t q);    // 亿 stays with the figure: 元
std::string FigureUnit(const Subject& s, size_t q);  // 30.27亿元
// A value of q's dimension written in q's own measure: 15.12亿.
std::string ValueLike(const Subject& s, size_t q, double value);
std::string ValueLike(const Subject& s, size_t q, Interval value);
std::string JoinFigures(const Subject& s, std::span<const size_t> parts, const char* with);  // a + b + c
// 第16.2项 or 正文.
std::string Where(const CheckPlace& place);
std::string Quoted(const CheckPlace& place, size_t limit = 60);  // “…”, cut in the middle
std::vector<CheckPlace> Places(const Subject& s, std::span<const size_t> quantities);

}  // namespace zg::check
