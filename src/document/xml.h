#pragma once
// Hostile XML through pugixml, which neither expands entities of a DTD nor opens anything. Names are compared
// without their prefix, so that strict OOXML and odd prefixes read alike.

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "document/budget.h"

namespace zg::document {

// Deepest nesting that readers follow; what lies deeper is left out, and the reading fails.
inline constexpr int kMaxDepth = 200;

// Parses in place; `bytes` must outlive `out`. kInvalid where it is not XML, or where the tree would take
// more than 192 MB. `part` is named in the error's cause.
Status ParseXml(std::string& bytes, const std::string& part, pugi::xml_document& out);

// Without its prefix; "" for text.
std::string_view LocalName(pugi::xml_node node);
std::string_view LocalName(pugi::xml_attribute attribute);

pugi::xml_node Child(pugi::xml_node node, std::string_view local);
// "" where there is none.
std::string_view Attr(pugi::xml_node node, std::string_view local);
// Attribute `val` of the child called `local`; "" where there is none.
std::string_view ChildVal(pugi::xml_node node, std::string_view local);
// A number at the start, else `otherwise`; clamped to ±2^30.
int Int(std::string_view text, int otherwise);
// <w:b/>, <w:b w:val="1"/>: true; val 0, false, off: false.
bool IsOn(pugi::xml_node toggle);

// The error for nesting deeper than kMaxDepth.
Error TooDeep();

}  // namespace zg::document
