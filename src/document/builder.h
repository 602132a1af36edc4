#pragma once
// Puts a Document together: one text, and blocks that cut it up.

#include "document/budget.h"
#include "document/document.h"

namespace zg::document {

class Builder {
 public:
  // `budget` is borrowed and must outlive the builder.
  Builder(std::string format, Budget& budget);

  // What stands in a block besides its words. `label_size` counts code points at the start of `text`.
  struct Style {
    BlockKind kind = BlockKind::kParagraph;
    uint8_t level = 0;
    uint32_t label_size = 0;
  };
  // Adds `text` as one block for each of its lines (U'\n'); lines of white space only are left out.
  void Add(std::u32string_view text, const Style& style, const Place& place);

  size_t block_count() const { return document_.blocks.size(); }
  // For places that are known only later, such as how many rows a merged cell spans.
  Block& block(size_t i) { return document_.blocks[i]; }
  // Each note once, at most 50.
  void Note(std::string sentence);
  Document& document() { return document_; }
  Budget& budget() { return budget_; }

 private:
  Document document_;
  Budget& budget_;
};

}  // namespace zg::document
