#include "report/template_marks.h"

#include "base/text.h"
#include "report/template_docx.h"

namespace zg::paper {
namespace {

constexpr char32_t kMarkBegin = 0xE000, kMarkText = 0xE001, kMarkEnd = 0xE002;

// One paragraph with its marks read.
Text Unmarked(std::u32string_view text) {
  Text out;
  for (size_t i = 0; i < text.size();) {
    size_t begin = std::min(text.find(kMarkBegin, i), text.size());
    out << ToUtf8(text.substr(i, begin - i));
    if (begin == text.size()) break;
    size_t middle = text.find(kMarkText, begin), end = text.find(kMarkEnd, begin);
    if (middle == text.npos || end == text.npos || middle > end) break;
    std::string digits = ToUtf8(text.substr(begin + 1, middle - begin - 1));
    bool whole =
        !digits.empty() && digits.size() < 7 && digits.find_first_not_of("0123456789") == std::string::npos;
    int figure = whole ? std::stoi(digits) : -1;  // a template may hold such characters of its own
    out << Run{ToUtf8(text.substr(middle + 1, end - middle - 1)), figure};
    i = end + 1;
  }
  return out;
}

}  // namespace

std::string WithMarks(const Text& text, bool marked) {
  std::string out;
  for (const Run& run : text.runs) {
    if (marked && run.figure >= 0)
      out += ToUtf8(std::u32string(1, kMarkBegin)) + std::to_string(run.figure) +
             ToUtf8(std::u32string(1, kMarkText)) + run.text + ToUtf8(std::u32string(1, kMarkEnd));
    else
      out += run.text;
  }
  return out;
}

Paper PaperOfFilled(const std::string& kind, const Document& document, std::vector<Figure> figures) {
  Paper paper;
  paper.kind = kind;
  paper.figures = std::move(figures);
  int table = 0, row = 0;
  for (const auto& block : document.blocks) {
    Text text = Unmarked(Slice(document.text, block.span));
    for (Run& run : text.runs)
      if (run.figure >= int(paper.figures.size())) run.figure = -1;
    if (block.kind != BlockKind::kCell) {
      table = 0;
      if (paper.title.empty() && paper.blocks.empty() && block.kind == BlockKind::kHeading &&
          block.level == 0)
        paper.title = text.Plain();
      else
        paper.blocks.push_back(Paragraph{.style = Style::kPlain, .text = std::move(text)});
      continue;
    }
    if (block.place.table != table) {
      table = block.place.table;
      row = 0;
      paper.blocks.push_back(Table{});
    }
    Table& at = std::get<Table>(paper.blocks.back());
    if (block.place.row != row || at.rows.empty()) {
      row = block.place.row;
      at.rows.emplace_back();
    }
    at.rows.back().push_back({.text = std::move(text), .span = block.place.column_span});
    size_t width = 0;
    for (const Cell& cell : at.rows.back()) width += size_t(cell.span);
    while (at.widths.size() < width) at.widths.push_back(20);
  }
  return paper;
}

}  // namespace zg::paper
