#pragma once
// styles.xml: what a paragraph or run takes from its style and the styles that one is based on.

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>

namespace zg::document {

// What matters of a style, its ancestors' settings included.
struct Style {
  std::optional<int> num_id;  // 0: the style switches numbering off
  std::optional<int> num_level;
  std::string num_style;       // the style that stated num_id: a level of the numbering may be tied to it
  std::optional<int> outline;  // 0–8; 9 is body text
  bool title = false;          // the built-in style Title
  bool hidden = false;         // w:vanish
};

class Styles {
 public:
  // `root` is w:styles; a null node gives no styles. Cycles of basedOn end after 20 steps.
  void Load(pugi::xml_node root);
  // The style, the default paragraph style for "", an empty one for an unknown id.
  const Style& Paragraph(std::string_view id) const;
  // Run styles: only `hidden` matters. "" is nothing.
  const Style& Run(std::string_view id) const;

 private:
  std::unordered_map<std::string, Style> styles_;
  std::string default_paragraph_;
  Style none_;
};

}  // namespace zg::document
