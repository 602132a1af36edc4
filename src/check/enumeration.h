#pragma once
// Names in a row: 甲市、乙市和丙市. Found in front of a figure or in parentheses behind it.

#include <cstdint>
#include <vector>

#include "check/subject.h"

namespace zg::check {

struct Enumeration {
  std::vector<Span> items;   // offsets into Reading::text
  size_t least = 0;          // with 和 taken as part of names
  size_t most = 0;           // with every 和 between two names
  size_t best = 0;           // what the row most likely names
  bool open = false;         // 等
  bool first_clean = false;  // nothing but the name can stand in the first item: the row opens its clause
  explicit operator bool() const { return best >= 2; }
};

enum class NameKind : uint8_t {
  kMixed,
  kPlace,
  kCompany,
  kAlike
};  // kAlike: all end with the same two characters

// The row that ends right before `end`; 等 in front of `end` is taken off first. Stays in the clause.
Enumeration RowBefore(const Subject& s, uint32_t end);
// The row that fills [begin, end), as in parentheses. Empty where it holds figures or separators other than
// 、 and ；.
Enumeration RowWithin(const Subject& s, uint32_t begin, uint32_t end);
NameKind KindOfNames(const Subject& s, const std::vector<Span>& items, size_t skip = 0);

}  // namespace zg::check
