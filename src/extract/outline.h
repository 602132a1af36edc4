#pragma once
// Second pass: tokens or table rows become nodes: numbered problems with their fields, in a tree.

#include <optional>
#include <string>
#include <vector>

#include "extract/scan.h"

namespace zg {

struct SubField {
  Field field;
  std::vector<Span> pieces;
};

struct Item {  // a numbered measure or progress item; number empty: words before or without numbers
  std::optional<int> number;
  NumberStyle style = NumberStyle::kNone;
  Span label;
  std::vector<Span> pieces;
  std::vector<SubField> fields;  // 责任单位, 验收单位, 完成时限 of this one item
};

struct FieldText {
  Field field = Field::kNone;
  Span label;
  std::vector<Item> items;  // fields without numbers: one item
  bool cells = false;       // from a table: a new line in a list of units separates
};

struct Node {
  NumberLabel number;
  Span label;
  std::vector<Span> problem;
  std::vector<Span> title;  // 一、大气问题 before a labelled 反馈问题：…
  std::vector<FieldText> fields;
  int parent = -1;
  std::vector<int> children;
  bool lost_number = false;           // the numbers before and after do not fit
  std::string path_hint;              // from a table's 序号 such as 16.2
  std::vector<std::string> headings;  // from table columns or heading rows
  Span extent;
  int part = 0;  // parts are cut by attachments and inner titles

  bool HasField(Field f) const {
    for (const auto& t : fields) {
      if (t.field == f) return true;
    }
    return false;
  }
};

struct Outline {
  std::vector<Node> nodes;     // document order, parents before children
  size_t body_paragraphs = 0;  // paragraphs of prose before the first node that holds fields
  size_t body_sections = 0;    // numbered sections among them
  size_t first_token = 0;      // index of the token that opens the first node; the title stands before it
};

Outline BuildOutline(const std::vector<Token>& tokens, std::u32string_view text, const Lexicon& lexicon);

}  // namespace zg
