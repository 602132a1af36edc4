#pragma once
// First pass: a document's lines become tokens: a number that opens something, a label of a field, plain
// words, or a break (attachment, inner title). No decision about what belongs to what is taken here.

#include <vector>

#include "document/document.h"
#include "extract/lexicon.h"
#include "extract/numbering.h"

namespace zg {

enum class TokenKind : uint8_t { kPlain, kNumber, kField, kBreak };

struct Token {
  TokenKind kind = TokenKind::kPlain;
  Span content;        // what follows the label; trimmed
  NumberLabel number;  // kNumber, and kField where the label itself is numbered (1.责任单位：)
  Span number_span;
  Field field = Field::kNone;
  Span label_span;
  bool colon = false;       // a colon or bracket closes the label
  bool fresh = true;        // begins a paragraph, as far as can be told
  bool ends = false;        // ends with 。；： or the like
  bool title_like = false;  // short, no stop, ends like a title
  const Block* block = nullptr;
};

struct FieldLabel {
  Field field = Field::kNone;
  uint32_t end = 0;  // offset after label and colon, relative to the text given
  uint32_t label_end = 0;
  bool colon = false;
};

// The label that `line` begins with. Without a colon it counts only where what follows proves it (see
// scan.cc).
FieldLabel ReadFieldLabel(std::u32string_view line, const Lexicon& lexicon);

// What an unknown label most likely is, by the words it ends in ([guess] in labels.toml): 本月进展 →
// progress.
Field GuessLabel(std::u32string_view label, const Lexicon& lexicon);

// Blocks of tables (kCell) are left out: tables.h reads them. Noise (page numbers, stray bookmarks) is left
// out too.
std::vector<Token> Scan(const Document& document, const Lexicon& lexicon);

// Page numbers: - 3 -, 第3页, a line of digits alone.
bool IsPageNoise(std::u32string_view line);
bool EndsSentence(std::u32string_view line);
bool IsTitleLike(std::u32string_view line, const Lexicon& lexicon);

// Splits one value in which numbered items stand in a row (1.…；2.…) where it begins with number 1. Each
// piece of the result is (label, content); empty when there are no items.
struct InlineItem {
  NumberLabel number;
  Span label, content;
};
std::vector<InlineItem> SplitInlineItems(std::u32string_view text, Span span, const Lexicon& lexicon);

}  // namespace zg
