#pragma once
// What one paragraph says: its runs as Word shows them with all tracked changes accepted.

#include <functional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "document/builder.h"
#include "document/docx/styles.h"

namespace zg::document {

// Said once where an automatic table of contents was left out.
inline constexpr char kTocNote[] = "文件的自动目录没有读入，其中的标题不会重复出现。";

struct NoteMark {
  std::string id;
  bool endnote = false;
};

struct InlineText {
  std::u32string text;                     // U'\n' for line, page and column breaks
  std::vector<pugi::xml_node> text_boxes;  // w:txbxContent nodes anchored here, each once
  std::vector<NoteMark> notes;
  bool empty() const { return text.empty() && text_boxes.empty() && notes.empty(); }
  void Append(InlineText&& next);
};

// Reads the paragraphs of one story (body, a footnote) in order, because fields can begin in one paragraph
// and end in a later one. Of a field the result is shown, never its code; page numbers and tables of contents
// are left out.
class InlineReader {
 public:
  // `story` holds all paragraphs that will be read; everything is borrowed.
  InlineReader(const Styles& styles, Builder& builder, pugi::xml_node story);
  // `style` is the paragraph's.
  InlineText Read(pugi::xml_node paragraph, const Style& style);

 private:
  struct Field {
    bool in_code = true;
    bool dropped = false;  // PAGE, TOC: the result is not shown
    std::string code;
  };
  void Children(pugi::xml_node node, int depth);
  void Node(pugi::xml_node node, int depth);
  void Run(pugi::xml_node run, int depth);
  void RunChild(pugi::xml_node node, int depth);
  void TextBoxes(pugi::xml_node node, int depth);
  void FieldMark(pugi::xml_node mark);
  void SimpleField(pugi::xml_node node, int depth);
  void FieldResultBegins(Field& field);
  void Put(std::u32string_view text);
  bool Shown() const;
  bool IsHidden(pugi::xml_node run) const;
  bool FieldsAreBalanced();

  const Styles& styles_;
  Builder& builder_;
  pugi::xml_node story_;
  bool paragraph_hidden_ = false;
  int balanced_ = -1;  // -1: not yet looked at
  std::vector<Field> fields_;
  InlineText out_;
};

// The branch of mc:AlternateContent to read: the first w:Choice, else the fallback.
pugi::xml_node ChosenBranch(pugi::xml_node alternate_content);

}  // namespace zg::document
