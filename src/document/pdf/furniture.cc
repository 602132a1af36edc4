#include "document/pdf/furniture.h"

#include <cmath>
#include <map>

#include "base/numeral.h"
#include "base/text.h"
#include "document/pdf/line.h"

namespace zg::document {
namespace {

constexpr int kLinesAtEdge = 3;  // lines looked at above and below the text of a page

// Without white space, half-width, each number as one #: 第3页 is 第#页.
std::u32string Shape(std::u32string_view text) {
  std::u32string out;
  for (char32_t c : Squeeze(text)) {
    if (IsDigit(c)) {
      if (out.empty() || out.back() != U'#') out += U'#';
    } else {
      out += c;
    }
  }
  return out;
}

struct EdgeLine {
  size_t page;
  Line line;
  std::u32string shape;
  bool top;
};

double Zone(const PageText& page, double share) {
  return std::max(share * page.height, 75.0);
}

// Lines of a page within its upper or lower edge, outermost first.
void CollectEdges(const PageText& page, size_t index, std::vector<EdgeLine>& out, Budget& budget) {
  double zone = Zone(page, 0.15);
  std::vector<Word> upper, lower;
  for (const Word& word : page.words) {
    if (word.box.y1 < zone) upper.push_back(word);
    if (word.box.y0 > page.height - zone) lower.push_back(word);
  }
  auto lines = MakeLines(std::move(upper), budget);
  for (size_t i = 0; i < lines.size() && i < kLinesAtEdge; ++i)
    out.push_back({index, lines[i], Shape(lines[i].text), true});
  lines = MakeLines(std::move(lower), budget);
  for (size_t i = 0; i < lines.size() && i < kLinesAtEdge; ++i) {
    const Line& line = lines[lines.size() - 1 - i];
    out.push_back({index, line, Shape(line.text), false});
  }
}

double BodyEm(const std::vector<PageText>& pages) {
  std::map<int, double> ink;  // by half points
  for (const PageText& page : pages) {
    for (const Word& word : page.words) {
      if (IsCjk(word.text[0])) ink[static_cast<int>(word.box.height() * 2)] += word.box.width();
    }
  }
  int best = 0;
  for (auto [height, width] : ink) {
    if (!best || width > ink[best]) best = height;
  }
  return best / 2.0;  // line height of the text
}

bool IsRepeated(const EdgeLine& line, const std::vector<EdgeLine>& all, size_t pages) {
  size_t seen = 1;
  for (const EdgeLine& other : all) {
    seen += other.page != line.page && other.top == line.top && other.shape == line.shape &&
            std::fabs(other.line.box.mid_y() - line.line.box.mid_y()) < 4;
  }
  return seen >= 2 && seen * 4 >= pages;
}

bool Near(const EdgeLine& line, const PageText& page, double share) {
  return line.top ? line.line.box.y1 < Zone(page, share) : line.line.box.y0 > page.height - Zone(page, share);
}

}  // namespace

bool IsPageNumber(std::u32string_view text) {
  std::u32string line = Squeeze(text);
  if (line.size() > 24) return false;
  auto is_dash = [](char32_t c) {
    return std::u32string_view(U"-–—―−－·•~_|/").find(c) != std::u32string_view::npos;
  };
  size_t dashes = 0;
  while (!line.empty() && is_dash(line.front())) line.erase(0, 1), ++dashes;
  while (!line.empty() && is_dash(line.back())) line.pop_back(), ++dashes;
  if (line.empty()) return false;
  std::u32string shape;
  std::u32string digits;
  for (char32_t c : line) {
    if (IsDigit(c)) {
      digits += c;
      if (!shape.empty() && shape.back() == U'#') continue;
      shape += U'#';
    } else if (IsChineseNumeralChar(c) &&
               (shape.ends_with(U"第") || shape.ends_with(U"共") || shape.ends_with(U"#"))) {
      if (shape.back() != U'#') shape += U'#';
    } else {
      shape += c;
    }
  }
  if (shape == U"#") return digits.size() <= 4;
  for (std::u32string_view known :
       {U"第#页", U"#页", U"第#页共#页", U"第#页,共#页", U"第#页/共#页", U"共#页第#页", U"共#页,第#页",
        U"#/#", U"#/#页", U"#of#", U"Page#", U"Page#of#", U"page#", U"P#", U"#页共#页", U"第#页(共#页)"}) {
    if (shape == known) return true;
  }
  bool roman = dashes >= 2;
  for (char32_t c : line)
    roman = roman && std::u32string_view(U"ivxlIVXL").find(c) != std::u32string_view::npos;
  return roman;
}

void RemoveFurniture(std::vector<PageText>& pages, Budget& budget) {
  std::vector<EdgeLine> edges;
  for (size_t i = 0; i < pages.size() && !budget.Stopped(); ++i) CollectEdges(pages[i], i, edges, budget);
  double body = BodyEm(pages);
  std::map<std::u32string, std::vector<EdgeLine>> by_shape;
  for (const EdgeLine& edge : edges) by_shape[edge.shape].push_back(edge);
  std::vector<std::vector<Box>> gone(pages.size());
  for (const EdgeLine& edge : edges) {
    if (budget.Stopped()) return;
    const PageText& page = pages[edge.page];
    bool number = IsPageNumber(edge.line.text) && Near(edge, page, 0.12);
    bool dashed = number || (IsPageNumber(edge.line.text) && !IsDigit(Squeeze(edge.line.text).front()));
    bool title = body > 0 && edge.line.box.height() > 1.15 * body;
    const auto& alike = by_shape[edge.shape];
    bool repeated =
        !title && Near(edge, page, 0.1) && alike.size() < 20'000 && IsRepeated(edge, alike, pages.size());
    if (number || dashed || repeated) gone[edge.page].push_back(edge.line.box);
  }
  for (size_t i = 0; i < pages.size(); ++i) {
    std::erase_if(pages[i].words, [&](const Word& word) {
      return std::any_of(gone[i].begin(), gone[i].end(), [&](const Box& box) {
        return box.Holds(word.box.mid_x(), word.box.mid_y()) && SharedHeight(box, word.box) > 0.5;
      });
    });
  }
}

}  // namespace zg::document
