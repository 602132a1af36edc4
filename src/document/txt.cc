#include "document/txt.h"

#include <fmt/format.h>

#include <algorithm>

#include "document/encoding.h"
#include "document/failure.h"

namespace zg::document {
namespace {

void FoldLineEnds(std::u32string& text) {
  size_t to = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'\r') {
      if (i + 1 < text.size() && text[i + 1] == U'\n') continue;
      text[to++] = U'\n';
    } else {
      text[to++] = text[i];
    }
  }
  text.resize(to);
}

bool EndsLine(char32_t c) {
  return c == U'\n' || c == U'\f' || c == U'\v';
}

// Rows of cells with tabs between them, as sheets are saved to text. A cell in quotation marks may hold line
// breaks.
class TabRows {
 public:
  explicit TabRows(std::u32string_view text) : text_(text) {}

  // The cells of the row at `begin`; `end`: where its line ends. No cells where the line holds no tab.
  std::vector<Span> Read(size_t begin, size_t& end) {
    std::vector<Span> cells;
    size_t i = begin, start = begin;
    while (true) {
      if (i == start && i < text_.size() && text_[i] == '"' && quotes_) {
        if (size_t close = Closing(i)) i = close;
      }
      if (i >= text_.size() || EndsLine(text_[i]) || text_[i] == U'\t') {
        cells.push_back({static_cast<uint32_t>(start), static_cast<uint32_t>(i)});
        if (i >= text_.size() || EndsLine(text_[i])) break;
        start = i + 1;
      }
      ++i;
    }
    end = i;
    if (cells.size() < 2) cells.clear();
    return cells;
  }

 private:
  // Behind the mark that closes the one at `open`; 0 where none does, and then marks count for nothing.
  size_t Closing(size_t open) {
    for (size_t i = open + 1; i < text_.size() && i < open + 20000; ++i) {
      if (text_[i] != '"') continue;
      if (i + 1 < text_.size() && text_[i + 1] == '"') {
        ++i;
      } else if (i + 1 >= text_.size() || text_[i + 1] == U'\t' || EndsLine(text_[i + 1])) {
        return i + 1;
      }
    }
    quotes_ = false;
    return 0;
  }

  std::u32string_view text_;
  bool quotes_ = true;
};

size_t LinesIn(std::u32string_view text, size_t begin, size_t end) {
  return std::count_if(text.begin() + begin, text.begin() + end, EndsLine);
}

// The rows from `begin` on as cells of table number `table`; the end of the last one, or `begin` where there
// is no table: two rows with the same number of cells, four or more, make one.
size_t CutIntoCells(Document& document, size_t begin, int& line, int table, TabRows& rows, Budget& budget) {
  std::u32string_view text = document.text;
  size_t end = 0, next = 0;
  std::vector<Span> cells = rows.Read(begin, end);
  const size_t width = cells.size();
  if (width < 4 || end >= text.size() || rows.Read(end + 1, next).size() != width) return begin;
  for (int row = 1; !cells.empty() && cells.size() <= width && !budget.Stopped(); ++row) {
    ++line;
    for (size_t c = 0; c < cells.size(); ++c) {
      Span s = cells[c];
      if (s.size() >= 2 && text[s.begin] == '"' && text[s.end - 1] == '"') ++s.begin, --s.end;
      if (Trim(text.substr(s.begin, s.size())).empty()) continue;
      if (!budget.TakeBlock()) return text.size();
      Block block;
      block.span = s;
      block.kind = BlockKind::kCell;
      block.place.paragraph = line;
      block.place.table = table;
      block.place.row = row;
      block.place.column = static_cast<int>(c) + 1;
      document.blocks.push_back(std::move(block));
    }
    line += static_cast<int>(LinesIn(text, begin, end));
    begin = std::min(end + 1, text.size());
    if (begin >= text.size()) break;
    cells = rows.Read(begin, end);
  }
  return begin;
}

void CutIntoLines(Document& document, Budget& budget) {
  std::u32string_view text = document.text;
  int line = 0, tables = 0;
  TabRows rows(text);
  for (size_t begin = 0; begin < text.size() && !budget.Stopped();) {
    size_t end = begin, tabs = 0;
    bool says_something = false;
    for (; end < text.size() && !EndsLine(text[end]); ++end) {
      says_something |= !IsSpace(text[end]) && text[end];
      tabs += text[end] == U'\t';
    }
    if (tabs >= 3) {
      size_t behind = CutIntoCells(document, begin, line, tables + 1, rows, budget);
      if (behind > begin) {
        ++tables;
        begin = behind;
        continue;
      }
    }
    ++line;
    if (says_something) {
      if (!budget.TakeBlock()) return;
      Block block;
      block.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
      block.place.paragraph = line;
      document.blocks.push_back(std::move(block));
    }
    begin = end + 1;
  }
}

bool SaysNothing(std::string_view bytes) {
  return bytes.find_first_not_of(std::string_view("\0 \t\r\n\f\v", 7)) == std::string_view::npos;
}

}  // namespace

Result<Document> ReadTxt(std::string_view bytes, Budget& budget) {
  if (SaysNothing(bytes)) return Empty("文件里没有文字，只有空白；请检查文件是否保存完整，再重新导入。");
  EncodingGuess guess = GuessEncoding(bytes);
  if (guess.encoding == Encoding::kBinary) {
    return UnknownFormat(
        "认不出这个文件的格式，内容不是文字；请用 Word、WPS 等另存为 docx、xlsx、pdf 或 txt 后再导入。");
  }
  bytes.remove_prefix(guess.bom_size);
  DecodedText decoded = Decode(bytes, guess.encoding, budget.limits().max_text);
  if (!budget.TakeText(decoded.text.size())) return budget.error();
  if (decoded.bad > 2 + decoded.text.size() / 50) {
    return UnknownFormat("认不出这个文本文件的编码；请用记事本打开，另存为 UTF-8 编码后再导入。");
  }
  Document document;
  document.format = "txt";
  document.text = std::move(decoded.text);
  FoldLineEnds(document.text);
  CutIntoLines(document, budget);
  if (budget.Stopped()) return budget.error();
  if (decoded.bad) {
    document.notes.push_back(fmt::format("按 {} 编码读取，有{}处字节无法识别，已用“\uFFFD”代替，请核对原文。",
                                         EncodingName(guess.encoding), decoded.bad));
  }
  return document;
}

}  // namespace zg::document
