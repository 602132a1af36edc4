#pragma once
// Numbers as automatic numbering shows them (ST_NumberFormat of ECMA-376 part 1, 17.18.59).

#include <string>
#include <string_view>

namespace zg::document {

// `format` is the schema's name, such as chineseCountingThousand. "none" gives nothing; an unknown format and
// a number that the format cannot show are decimal. Not for "bullet".
std::u32string FormatNumber(std::string_view format, int number);

}  // namespace zg::document
