#pragma once
// Blocks of a docx in reading order: paragraphs with their numbers, tables as grids, text boxes, footnotes.

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "document/builder.h"
#include "document/docx/inline.h"
#include "document/docx/numbering.h"
#include "document/docx/styles.h"

namespace zg::document {

// A reference to a note, in the order of the text.
struct NoteReference {
  NoteMark mark;
  int paragraph = 0;  // of the body, where the mark stands
};

// What the stories of one file share.
struct DocxContext {
  Styles styles;
  Numbering numbering;
  std::vector<NoteReference> notes;
  int paragraphs = 0;
  int tables = 0;
};

class StoryReader {
 public:
  // Borrowed; `root` holds the story's blocks (w:body, w:footnote).
  StoryReader(DocxContext& context, Builder& builder, pugi::xml_node root);
  // Adds the blocks; `place` and `kind` (kFootnote, else kParagraph) are those of every block outside tables.
  void Read(BlockKind kind, const Place& place);

 private:
  struct Where {
    BlockKind kind;
    Place place;
    bool in_cell() const { return kind == BlockKind::kCell; }
  };
  // A cell that a lower one may continue (w:vMerge).
  struct OpenCell {
    bool merging = false;
    int first_row = 0, last_row = 0;
    size_t first_block = 0, end_block = 0;
  };
  struct Row {
    int number = 0;
    int column = 1;
    std::vector<OpenCell>* open;
  };

  void Blocks(pugi::xml_node parent, const Where& where, int depth);
  void Paragraph(pugi::xml_node paragraph, const Where& where, int depth);
  void Emit(InlineText&& content, pugi::xml_node properties, const Style& style, const Where& where,
            int depth);
  void Flush(const Where& where, int depth);
  NumberLabel Label(pugi::xml_node properties, const Style& style, const std::string& style_id);
  void Table(pugi::xml_node table, const Where& where, int depth);
  void Rows(pugi::xml_node parent, const Where& where, std::vector<OpenCell>& open, int& row, int depth);
  void Cells(pugi::xml_node parent, const Where& where, Row& row, int depth);
  void Cell(pugi::xml_node cell, const Where& where, Row& row, int depth);
  void Close(const OpenCell& cell);
  bool TooDeepAt(int depth);

  DocxContext& context_;
  Builder& builder_;
  pugi::xml_node root_;
  InlineReader inline_;
  InlineText carried_;  // of paragraphs whose mark was deleted: it goes on in the next one
};

}  // namespace zg::document
