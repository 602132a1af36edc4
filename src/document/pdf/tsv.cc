#include "document/pdf/tsv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "base/text.h"

namespace zg::document {
namespace {

double Field(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::isfinite(value) ? value : 0;
}

// Bars at either end are remains of table lines.
std::u32string WithoutBars(std::u32string_view text) {
  auto is_bar = [](char32_t c) { return c == U'|' || c == U'｜' || c == U'¦'; };
  while (!text.empty() && (is_bar(text.front()) || IsSpace(text.front()))) text.remove_prefix(1);
  while (!text.empty() && (is_bar(text.back()) || IsSpace(text.back()))) text.remove_suffix(1);
  return std::u32string(text);
}

std::u32string Tidy(std::u32string text) {
  auto latin = [&](size_t i) { return i < text.size() && (IsAsciiAlpha(text[i]) || IsDigit(text[i])); };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'〈') text[i] = U'（';  // what a bracket in small type looks like
    if (text[i] == U'〉') text[i] = U'）';
    bool mark = std::u32string_view(U":;,()").find(text[i]) != std::u32string_view::npos;
    if (mark && !latin(i + 1) && (i == 0 || !latin(i - 1))) text[i] += U'：' - U':';
  }
  return text;
}

// The twelve columns of the table; the last one is text and may hold anything.
std::vector<std::string_view> Fields(std::string_view line) {
  std::vector<std::string_view> out;
  while (out.size() < 11) {
    size_t tab = line.find('\t');
    out.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return out;
    line.remove_prefix(tab + 1);
  }
  out.push_back(line);
  return out;
}

}  // namespace

std::vector<PageText> ParseTesseractTsv(std::string_view tsv, double scale) {
  std::vector<PageText> pages;
  std::string current;
  Box line_box;
  for (size_t at = 0; at < tsv.size();) {
    size_t end = std::min(tsv.find('\n', at), tsv.size());
    auto fields = Fields(tsv.substr(at, end - at));
    at = end + 1;
    if (fields.size() < 11) continue;
    Box box{Field(fields[6]) * scale, Field(fields[7]) * scale, 0, 0};
    box.x1 = box.x0 + Field(fields[8]) * scale;
    box.y1 = box.y0 + Field(fields[9]) * scale;
    if (fields[0] == "1" && fields[1] != current) {
      current = fields[1];
      pages.push_back({.number = static_cast<int>(pages.size()) + 1,
                       .width = std::clamp(box.x1, 0.0, kFarthest),
                       .height = std::clamp(box.y1, 0.0, kFarthest),
                       .rough = true});
    }
    if (!IsSound(box)) continue;
    if (fields[0] == "4") line_box = box;
    if (fields[0] != "5" || fields.size() < 12 || pages.empty() || box.x1 <= box.x0) continue;
    if (line_box.y0 <= box.mid_y() && box.mid_y() <= line_box.y1) {
      box.y0 = line_box.y0;
      box.y1 = line_box.y1;
    }
    std::u32string text = Tidy(WithoutBars(ToUtf32(fields[11])));
    if (!text.empty()) pages.back().words.push_back({box, std::move(text)});
  }
  return pages;
}

}  // namespace zg::document
