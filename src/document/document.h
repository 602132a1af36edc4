#pragma once
// A file that became text. One text of code points; blocks cut it up and say where each part stood in the
// file.

#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"

namespace zg {

enum class BlockKind : uint8_t {
  kParagraph,  // a paragraph; in txt a line (hard wraps are joined by extract/, which knows labels)
  kHeading,    // a paragraph that the file itself marks as title or heading (style, outline level)
  kCell,       // one paragraph of a table cell; a cell with several paragraphs gives several blocks
  kFootnote,   // at the end of the text, in the order of their marks
};

// Where a block stood in the original. What does not apply is 0 or empty. All counts start at 1.
struct Place {
  int page = 0;       // pdf, pictures
  int paragraph = 0;  // docx: paragraph in the body; txt: line in the file
  std::string sheet;  // xlsx: name of the sheet
  int table = 0;      // number of the table (docx, pdf) or of the sheet (xlsx)
  int row = 0;
  int column = 0;    // in the table's grid, so that a cell after one that spans two columns has column 3
  int row_span = 1;  // merged cells come once, at their first row and column
  int column_span = 1;
  friend bool operator==(const Place&, const Place&) = default;
};

struct Block {
  Span span;  // in Document::text, without the line break that follows
  BlockKind kind = BlockKind::kParagraph;
  uint8_t level = 0;  // headings: 1 is the outermost (0: a title)
  uint32_t label_size =
      0;  // code points at the start that automatic numbering made (一、 1. (1)); they are in the text
  Place place;
};

struct Document {
  std::string format;              // "txt", "docx", "xlsx", "pdf", "doc", …
  std::u32string text;             // blocks in reading order, each followed by U'\n'; no carriage returns
  std::vector<Block> blocks;       // ascending, not overlapping; empty cells and lines have no block
  bool ocr = false;                // read from a picture: every value needs a look
  std::vector<std::string> notes;  // Chinese sentences for the reader, e.g. which pages were read by OCR
};

}  // namespace zg
