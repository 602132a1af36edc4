#include "document/pdf/bbox.h"

#include <charconv>
#include <cmath>
#include <string>

#include "base/text.h"
#include "document/xml.h"

namespace zg::document {
namespace {

constexpr size_t kMaxWords = 50'000;  // of one page; a newspaper page has about 5,000

double Number(std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && std::isfinite(value) ? value : -1e9;
}

Box BoxOf(pugi::xml_node node) {
  return {Number(Attr(node, "xMin")), Number(Attr(node, "yMin")), Number(Attr(node, "xMax")),
          Number(Attr(node, "yMax"))};
}

// Control characters come from fonts without a map to Unicode.
std::u32string Clean(std::u32string text) {
  std::erase_if(text, [](char32_t c) { return c < 0x20 || c == 0x7F || c == 0xAD || c == 0xFEFF; });
  return text;
}

void ReadWords(pugi::xml_node page, PageText& out, Budget& budget) {
  for (pugi::xml_node flow : page) {
    for (pugi::xml_node block : flow) {
      for (pugi::xml_node line : block) {
        for (pugi::xml_node node : line) {
          if (budget.Stopped() || out.words.size() >= kMaxWords) return;
          Word word{BoxOf(node), Clean(ToUtf32(node.text().get()))};
          if (LocalName(node) == "word" && IsSound(word.box) && !Trim(word.text).empty()) {
            out.words.push_back(std::move(word));
          }
        }
      }
    }
  }
}

}  // namespace

std::vector<PageText> ParseBboxLayout(std::string_view xhtml, int first_page, Budget& budget) {
  std::vector<PageText> pages;
  constexpr std::string_view kOpen = "<page ", kClose = "</page>";
  for (size_t at = xhtml.find(kOpen); at != std::string_view::npos; at = xhtml.find(kOpen, at)) {
    if (budget.Stopped()) break;
    size_t end = xhtml.find(kClose, at);
    end = end == std::string_view::npos ? xhtml.size() : end + kClose.size();
    // One page at a time: a tree of the whole would be many times the text.
    std::string piece(xhtml.substr(at, end - at));
    at = end;
    PageText page{.number = first_page + static_cast<int>(pages.size())};
    pugi::xml_document xml;
    if (ParseXml(piece, "bbox", xml).ok()) {
      pugi::xml_node root = xml.document_element();
      page.width = std::clamp(Number(Attr(root, "width")), 0.0, kFarthest);
      page.height = std::clamp(Number(Attr(root, "height")), 0.0, kFarthest);
      ReadWords(root, page, budget);
    }
    pages.push_back(std::move(page));
  }
  return pages;
}

}  // namespace zg::document
