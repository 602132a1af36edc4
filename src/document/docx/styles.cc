#include "document/docx/styles.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "document/xml.h"

namespace zg::document {
namespace {

constexpr int kMaxAncestors = 20;

// Built-in names are English in the file whatever the language of Word: "heading 3", "Title".
std::optional<int> OutlineOfName(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  if (name.size() == 9 && name.starts_with("heading ") && name[8] >= '1' && name[8] <= '9')
    return name[8] - '1';
  return std::nullopt;
}

bool IsTitle(std::string_view name) {
  return name == "Title" || name == "title" || name == "标题";
}

// Adds what `node` says and `style` does not yet know: nearer styles come first.
void Merge(pugi::xml_node node, Style& style) {
  pugi::xml_node ppr = Child(node, "pPr"), numbering = Child(ppr, "numPr");
  if (auto id = ChildVal(numbering, "numId"); !id.empty() && !style.num_id) {
    style.num_id = Int(id, 0);
    style.num_style = Attr(node, "styleId");
  }
  if (auto level = ChildVal(numbering, "ilvl"); !level.empty() && !style.num_level)
    style.num_level = Int(level, 0);
  std::string name(ChildVal(node, "name"));
  if (!style.outline) {
    auto stated = ChildVal(ppr, "outlineLvl");
    style.outline = stated.empty() ? OutlineOfName(name) : std::optional<int>(Int(stated, 9));
  }
  style.title |= IsTitle(name);
  style.hidden |= IsOn(Child(Child(node, "rPr"), "vanish"));
}

}  // namespace

void Styles::Load(pugi::xml_node root) {
  std::unordered_map<std::string, pugi::xml_node> nodes;
  for (pugi::xml_node node : root) {
    if (LocalName(node) != "style") continue;
    std::string id(Attr(node, "styleId"));
    nodes.emplace(id, node);
    auto is_default = Attr(node, "default");
    if (Attr(node, "type") == "paragraph" && (is_default == "1" || is_default == "true"))
      default_paragraph_ = id;
  }
  for (const auto& [id, first] : nodes) {
    Style& style = styles_[id];
    pugi::xml_node node = first;
    for (int i = 0; node && i < kMaxAncestors; ++i) {
      Merge(node, style);
      auto parent = nodes.find(std::string(ChildVal(node, "basedOn")));
      node = parent == nodes.end() ? pugi::xml_node() : parent->second;
    }
  }
}

const Style& Styles::Paragraph(std::string_view id) const {
  auto it = styles_.find(id.empty() ? default_paragraph_ : std::string(id));
  return it == styles_.end() ? none_ : it->second;
}

const Style& Styles::Run(std::string_view id) const {
  auto it = id.empty() ? styles_.end() : styles_.find(std::string(id));
  return it == styles_.end() ? none_ : it->second;
}

}  // namespace zg::document
