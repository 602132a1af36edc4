#pragma once
// Pieces of HTML. Everything that comes from a snapshot goes through Esc. Pure.

#include <string>
#include <string_view>

#include "gazette/content.h"

namespace zg::gazette {

std::string Esc(std::string_view text);         // for text and attributes in double quotes
std::string Encode(std::string_view text);      // for a value in a URL's query
std::string Paragraphs(std::string_view text);  // <p>…</p> for each line
std::string Link(std::string_view href, std::string_view text);
std::string Digits(int64_t n);                     // 12 345 with thin grouping as 12,345
std::string Percent(int64_t part, int64_t whole);  // 58.5%; "—" of nothing

struct Frame {
  std::string title;    // of the page; empty: the site's own
  std::string at;       // path: which entry of the navigation is marked
  std::string body;     // HTML of <main>
  std::string summary;  // for <meta name="description">
  bool hidden = false;  // search engines should not keep it
};
// The whole page. `style`: the sheet's text where it stands in the page itself (previews); empty: linked.
std::string Whole(const Frame& frame, const About& about, std::string_view style = {});

}  // namespace zg::gazette
