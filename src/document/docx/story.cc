#include "document/docx/story.h"

#include <algorithm>

#include "document/xml.h"

namespace zg::document {
namespace {

constexpr int kMaxColumns = 1000;

// The paragraph's mark is deleted or hidden: the text goes on in the next paragraph.
bool MarkIsGone(pugi::xml_node properties) {
  pugi::xml_node look = Child(properties, "rPr");
  return Child(look, "del") || Child(look, "moveFrom") || IsOn(Child(look, "vanish"));
}

bool IsTableOfContents(pugi::xml_node sdt) {
  pugi::xml_node gallery = Child(Child(Child(sdt, "sdtPr"), "docPartObj"), "docPartGallery");
  return Attr(gallery, "val") == "Table of Contents";
}

// Wrappers that may stand between a table and its rows, a row and its cells, a body and its paragraphs.
pugi::xml_node Unwrapped(pugi::xml_node node) {
  std::string_view name = LocalName(node);
  if (name == "sdt") return Child(node, "sdtContent");
  if (name == "customXml" || name == "ins" || name == "moveTo" || name == "smartTag") return node;
  if (name == "AlternateContent") return ChosenBranch(node);
  return {};
}

}  // namespace

StoryReader::StoryReader(DocxContext& context, Builder& builder, pugi::xml_node root)
    : context_(context), builder_(builder), root_(root), inline_(context.styles, builder, root) {}

void StoryReader::Read(BlockKind kind, const Place& place) {
  Blocks(root_, {kind, place}, 0);
}

bool StoryReader::TooDeepAt(int depth) {
  if (depth > kMaxDepth) builder_.budget().Fail(TooDeep());
  return builder_.budget().Stopped();
}

void StoryReader::Blocks(pugi::xml_node parent, const Where& where, int depth) {
  if (TooDeepAt(depth)) return;
  for (pugi::xml_node node : parent) {
    if (builder_.budget().Stopped()) return;
    std::string_view name = LocalName(node);
    if (name == "p") {
      Paragraph(node, where, depth + 1);
    } else if (name == "tbl") {
      Flush(where, depth);
      Table(node, where, depth + 1);
    } else if (name == "altChunk") {
      builder_.Note(
          "文件里嵌有另一个文件（altChunk），其中的内容没有读入；请用 Word 打开后另存为 docx 再导入。");
    } else if (name == "sdt" && IsTableOfContents(node)) {
      builder_.Note(kTocNote);
    } else if (pugi::xml_node inner = Unwrapped(node)) {
      Blocks(inner, where, depth + 1);
    }
  }
  if (depth == 0 || LocalName(parent) == "tc" || LocalName(parent) == "txbxContent") Flush(where, depth);
}

void StoryReader::Flush(const Where& where, int depth) {
  if (carried_.empty()) return;
  InlineText content = std::move(carried_);
  carried_ = {};
  Emit(std::move(content), {}, context_.styles.Paragraph(""), where, depth);
}

void StoryReader::Paragraph(pugi::xml_node paragraph, const Where& where, int depth) {
  if (TooDeepAt(depth)) return;
  pugi::xml_node properties = Child(paragraph, "pPr");
  const Style& style = context_.styles.Paragraph(ChildVal(properties, "pStyle"));
  if (where.kind == BlockKind::kParagraph) ++context_.paragraphs;
  carried_.Append(inline_.Read(paragraph, style));
  if (MarkIsGone(properties)) return;
  InlineText content = std::move(carried_);
  carried_ = {};
  Emit(std::move(content), properties, style, where, depth);
}

NumberLabel StoryReader::Label(pugi::xml_node properties, const Style& style, const std::string& style_id) {
  pugi::xml_node numbering = Child(properties, "numPr");
  auto stated = ChildVal(numbering, "numId");
  int num = stated.empty() ? style.num_id.value_or(0) : Int(stated, 0);
  if (num == 0) return {};
  auto level = ChildVal(numbering, "ilvl");
  int at = 0;
  if (!level.empty()) {
    at = Int(level, 0);
  } else if (stated.empty()) {
    auto tied = context_.numbering.LevelOfStyle(num, style_id);
    if (!tied) tied = context_.numbering.LevelOfStyle(num, style.num_style);
    at = tied ? *tied : style.num_level.value_or(0);
  }
  return context_.numbering.Next(num, at).value_or(NumberLabel{});
}

void StoryReader::Emit(InlineText&& content, pugi::xml_node properties, const Style& style,
                       const Where& where, int depth) {
  Where at = where;
  if (at.kind == BlockKind::kParagraph) at.place.paragraph = context_.paragraphs;
  for (NoteMark& mark : content.notes) context_.notes.push_back({std::move(mark), context_.paragraphs});
  NumberLabel label = Label(properties, style, std::string(ChildVal(properties, "pStyle")));
  bool has_text = !Trim(content.text).empty();
  Builder::Style look{.kind = at.kind};
  if (at.kind == BlockKind::kParagraph) {
    auto stated = ChildVal(properties, "outlineLvl");
    int outline = stated.empty() ? style.outline.value_or(9) : Int(stated, 9);
    if (style.title || (outline >= 0 && outline < 9)) {
      look.kind = BlockKind::kHeading;
      look.level = style.title ? 0 : static_cast<uint8_t>(outline + 1);
    }
  }
  if (has_text || (!label.text.empty() && !label.bullet)) {
    look.label_size = static_cast<uint32_t>(label.text.size());
    std::u32string text = label.text + (has_text ? label.suffix : U"");
    text += content.text;
    builder_.Add(text, look, at.place);
  }
  for (pugi::xml_node box : content.text_boxes) {
    Where inside = at;
    Blocks(box, inside, depth + 1);
  }
}

void StoryReader::Table(pugi::xml_node table, const Where& where, int depth) {
  if (TooDeepAt(depth)) return;
  if (where.in_cell()) {  // a table in a cell: its cells are paragraphs of the outer one
    int row = 0;
    std::vector<OpenCell> open;
    return Rows(table, where, open, row, depth);
  }
  Where inside{BlockKind::kCell, {}};
  inside.place.table = ++context_.tables;
  int row = 0;
  std::vector<OpenCell> open;
  Rows(table, inside, open, row, depth);
  for (const OpenCell& cell : open) Close(cell);
}

void StoryReader::Rows(pugi::xml_node parent, const Where& where, std::vector<OpenCell>& open, int& row,
                       int depth) {
  if (TooDeepAt(depth)) return;
  for (pugi::xml_node node : parent) {
    if (builder_.budget().Stopped()) return;
    if (LocalName(node) != "tr") {
      if (pugi::xml_node inner = Unwrapped(node)) Rows(inner, where, open, row, depth + 1);
      continue;
    }
    pugi::xml_node properties = Child(node, "trPr");
    if (Child(properties, "del") || IsOn(Child(properties, "hidden"))) continue;
    Row cells{.number = ++row, .open = &open};
    cells.column += std::clamp(Int(ChildVal(properties, "gridBefore"), 0), 0, kMaxColumns);
    Cells(node, where, cells, depth + 1);
  }
}

void StoryReader::Cells(pugi::xml_node parent, const Where& where, Row& row, int depth) {
  if (TooDeepAt(depth)) return;
  for (pugi::xml_node node : parent) {
    if (builder_.budget().Stopped() || row.column > kMaxColumns) return;
    if (LocalName(node) == "tc") {
      Cell(node, where, row, depth + 1);
    } else if (pugi::xml_node inner = Unwrapped(node)) {
      Cells(inner, where, row, depth + 1);
    }
  }
}

void StoryReader::Cell(pugi::xml_node cell, const Where& where, Row& row, int depth) {
  pugi::xml_node properties = Child(cell, "tcPr");
  int span = std::clamp(Int(ChildVal(properties, "gridSpan"), 1), 1, kMaxColumns);
  int column = row.column;
  row.column += span;
  auto& open = *row.open;
  if (static_cast<int>(open.size()) <= column) open.resize(column + 1);
  pugi::xml_node merge = Child(properties, "vMerge");
  bool restarts = Attr(merge, "val") == "restart";
  if (merge && !restarts && open[column].merging) {
    open[column].last_row = row.number;
    return;
  }
  Close(open[column]);
  Where inside = where;
  bool nested = where.place.row != 0;
  if (!nested) {
    inside.place.row = row.number;
    inside.place.column = column;
    inside.place.column_span = span;
  }
  size_t first = builder_.block_count();
  if (!Child(properties, "cellDel")) Blocks(cell, inside, depth);
  open[column] = {.merging = merge && restarts && !nested,
                  .first_row = row.number,
                  .last_row = row.number,
                  .first_block = first,
                  .end_block = builder_.block_count()};
}

void StoryReader::Close(const OpenCell& cell) {
  if (!cell.merging || cell.last_row == cell.first_row) return;
  for (size_t i = cell.first_block; i < cell.end_block; ++i) {
    builder_.block(i).place.row_span = cell.last_row - cell.first_row + 1;
  }
}

}  // namespace zg::document
