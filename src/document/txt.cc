#include "document/txt.h"

#include <fmt/format.h>

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

void CutIntoLines(Document& document, Budget& budget) {
  std::u32string_view text = document.text;
  int line = 0;
  for (size_t begin = 0; begin < text.size() && !budget.Stopped();) {
    size_t end = begin;
    bool says_something = false;
    for (; end < text.size() && !EndsLine(text[end]); ++end)
      says_something |= !IsSpace(text[end]) && text[end];
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
