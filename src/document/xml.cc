#include "document/xml.h"

#include <charconv>

#include "document/failure.h"

namespace zg::document {
namespace {

constexpr uint64_t kMaxTreeBytes = 192u << 20;

// Bytes that pugixml's tree takes at most: 64 for an element or a text, 40 for an attribute.
uint64_t TreeBytes(std::string_view xml) {
  uint64_t open = 0, quotes = 0;
  for (size_t i = 0; i < xml.size(); ++i) {
    open += xml[i] == '<' && (i + 1 == xml.size() || xml[i + 1] != '/');
    quotes += xml[i] == '=';
  }
  return open * 2 * 64 + quotes * 40 + xml.size();
}

std::string_view WithoutPrefix(std::string_view name) {
  size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

Status ParseXml(std::string& bytes, const std::string& part, pugi::xml_document& out) {
  if (TreeBytes(bytes) > kMaxTreeBytes) {
    return TooLarge("文件内部结构大得不正常，没有读取；请确认文件来源，或把它拆成几个小文件后再导入。");
  }
  constexpr unsigned kFlags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                              pugi::parse_ws_pcdata_single | pugi::parse_embed_pcdata;
  auto result = out.load_buffer_inplace(bytes.data(), bytes.size(), kFlags);
  if (!result) {
    return Broken("文件内部已损坏，无法读取；请用 Word、WPS 打开后另存再导入，或向来文单位重新要一份。",
                  part + ": " + result.description());
  }
  return {};
}

std::string_view LocalName(pugi::xml_node node) {
  return WithoutPrefix(node.name());
}
std::string_view LocalName(pugi::xml_attribute attribute) {
  return WithoutPrefix(attribute.name());
}

pugi::xml_node Child(pugi::xml_node node, std::string_view local) {
  for (pugi::xml_node child : node) {
    if (LocalName(child) == local) return child;
  }
  return {};
}

std::string_view Attr(pugi::xml_node node, std::string_view local) {
  for (pugi::xml_attribute attribute : node.attributes()) {
    if (LocalName(attribute) == local) return attribute.value();
  }
  return {};
}

std::string_view ChildVal(pugi::xml_node node, std::string_view local) {
  return Attr(Child(node, local), "val");
}

int Int(std::string_view text, int otherwise) {
  long long value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return otherwise;
  constexpr long long kLimit = 1 << 30;
  return static_cast<int>(std::clamp(value, -kLimit, kLimit));
}

bool IsOn(pugi::xml_node toggle) {
  if (!toggle) return false;
  std::string_view val = Attr(toggle, "val");
  return val != "0" && val != "false" && val != "off";
}

Error TooDeep() {
  return Broken("文件内部嵌套得过深，不像正常的办公文件，没有读取；请用 Word、WPS 打开后另存再导入。");
}

}  // namespace zg::document
