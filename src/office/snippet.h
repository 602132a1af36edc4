#pragma once
// The piece of a text around the words searched for.

#include <string>
#include <string_view>
#include <vector>

namespace zg {

struct SnippetPart {
  std::string text;
  bool hit = false;
};

// At most about `width` characters around the first hit, with every hit in it marked; from the beginning
// where nothing is found. Widths, case and white space do not matter to a hit. Linear in the text.
std::vector<SnippetPart> MakeSnippet(std::string_view utf8_text, std::string_view q, size_t width = 90);

}  // namespace zg
