#pragma once
// Numbers at the start of a line: 一、 （一） 1. （1） ① 1.2 问题一：

#include <optional>

#include "base/text.h"
#include "extract/lexicon.h"

namespace zg {

enum class NumberStyle : uint8_t {
  kNone,
  kWord,
  kChinese,
  kChineseParen,
  kArabic,
  kArabicParen,
  kCircled,
  kMulti
};

struct NumberLabel {
  NumberStyle style = NumberStyle::kNone;
  int number = 0;
  int sub = 0;                // kMulti: 1.2 has number 1, sub 2
  uint32_t length = 0;        // code points from the start of the line, white space after it included
  uint32_t label_length = 0;  // without that white space
  bool weak = false;          // 2.418眼…: item 2, or the decimal 2.418; only what stands around can tell
  explicit operator bool() const { return style != NumberStyle::kNone; }
};

// The number that `line` (white space already trimmed in front) begins with.
NumberLabel ReadNumberLabel(std::u32string_view line, const Lexicon& lexicon);

}  // namespace zg
