#include "document/docx/inline.h"

#include <cstdlib>
#include <unordered_set>

#include "base/text.h"
#include "document/docx/symbol_font.h"
#include "document/xml.h"

namespace zg::document {
namespace {

std::string FirstWord(std::string_view code) {
  size_t begin = std::min(code.find_first_not_of(" \t\r\n"), code.size());
  size_t end = std::min(code.find_first_of(" \t\r\n\\", begin), code.size());
  return std::string(code.substr(begin, end - begin));
}

bool IsPageNumber(std::string_view word) {
  return word == "PAGE" || word == "NUMPAGES" || word == "SECTIONPAGES" || word == "PAGEREF";
}

std::u32string TextOf(pugi::xml_node node) {
  std::u32string text = ToUtf32(node.text().get());
  for (char32_t& c : text) {
    if (c == U'\n' || c == U'\r') c = U' ';
  }
  if (Attr(node, "space") == "preserve") return text;
  size_t begin = text.find_first_not_of(U" \t"), end = text.find_last_not_of(U" \t");
  return begin == std::u32string::npos ? U"" : text.substr(begin, end - begin + 1);
}

char32_t HexCode(std::string_view hex) {
  return static_cast<char32_t>(std::strtoul(std::string(hex.substr(0, 6)).c_str(), nullptr, 16));
}

constexpr char kRevisionNote[] = "文件带有修订痕迹，已按接受全部修订读取；如有分歧，请以定稿为准。";

bool IsRevision(std::string_view name) {
  return name == "ins" || name == "del" || name == "moveFrom" || name == "moveTo";
}

// Containers whose children are left out altogether.
bool IsDropped(std::string_view name) {
  static const std::unordered_set<std::string_view> kDropped = {
      "pPr",         "rPr",        "del",    "moveFrom", "sdtPr", "sdtEndPr",
      "customXmlPr", "smartTagPr", "ctrlPr", "sPrePr",   "fPr"};
  return kDropped.count(name) != 0;
}

}  // namespace

pugi::xml_node ChosenBranch(pugi::xml_node alternate_content) {
  pugi::xml_node choice = Child(alternate_content, "Choice");
  return choice ? choice : Child(alternate_content, "Fallback");
}

void InlineText::Append(InlineText&& next) {
  text += next.text;
  text_boxes.insert(text_boxes.end(), next.text_boxes.begin(), next.text_boxes.end());
  for (auto& note : next.notes) notes.push_back(std::move(note));
}

InlineReader::InlineReader(const Styles& styles, Builder& builder, pugi::xml_node story)
    : styles_(styles), builder_(builder), story_(story) {}

InlineText InlineReader::Read(pugi::xml_node paragraph, const Style& style) {
  out_ = {};
  paragraph_hidden_ = style.hidden;
  Children(paragraph, 0);
  // A field whose code does not end with the paragraph is broken: its code hides nothing else.
  while (!fields_.empty() && fields_.back().in_code) fields_.pop_back();
  return std::move(out_);
}

void InlineReader::Children(pugi::xml_node node, int depth) {
  if (depth > kMaxDepth) return builder_.budget().Fail(TooDeep());
  for (pugi::xml_node child : node) {
    if (builder_.budget().Stopped()) return;
    Node(child, depth);
  }
}

void InlineReader::Node(pugi::xml_node node, int depth) {
  std::string_view name = LocalName(node);
  if (name == "r") return Run(node, depth + 1);
  if (IsRevision(name)) builder_.Note(kRevisionNote);
  if (IsDropped(name)) return;
  if (name == "fldSimple") return SimpleField(node, depth + 1);
  if (name == "AlternateContent") return Children(ChosenBranch(node), depth + 1);
  if (name == "sdt") {
    if (Child(Child(node, "sdtPr"), "showingPlcHdr")) return;  // 单击此处输入文字
    return Children(Child(node, "sdtContent"), depth + 1);
  }
  if (name == "den") Put(U"/");  // a fraction of a formula
  Children(node, depth + 1);
}

bool InlineReader::IsHidden(pugi::xml_node run) const {
  pugi::xml_node look = Child(run, "rPr");
  if (pugi::xml_node vanish = Child(look, "vanish")) return IsOn(vanish);
  if (Child(look, "del") || Child(look, "moveFrom")) return true;
  return paragraph_hidden_ || styles_.Run(ChildVal(look, "rStyle")).hidden;
}

void InlineReader::Run(pugi::xml_node run, int depth) {
  if (depth > kMaxDepth) return builder_.budget().Fail(TooDeep());
  bool hidden = IsHidden(run);
  for (pugi::xml_node child : run) {
    if (builder_.budget().Stopped()) return;
    std::string_view name = LocalName(child);
    if (name == "fldChar") {
      FieldMark(child);
    } else if (name == "instrText") {
      if (!fields_.empty() && fields_.back().code.size() < 200) fields_.back().code += child.text().get();
    } else if (!hidden) {
      RunChild(child, depth);
    }
  }
}

void InlineReader::RunChild(pugi::xml_node node, int depth) {
  std::string_view name = LocalName(node);
  if (name == "t") {
    Put(TextOf(node));
  } else if (name == "tab" || name == "ptab") {
    Put(U"\t");
  } else if (name == "br" || name == "cr") {
    Put(U"\n");
  } else if (name == "noBreakHyphen") {
    Put(U"-");
  } else if (name == "sym") {
    char32_t c = FromSymbolFont(Attr(node, "font"), HexCode(Attr(node, "char")));
    if (c) Put(std::u32string_view(&c, 1));
  } else if (name == "footnoteReference" || name == "endnoteReference") {
    if (Shown()) out_.notes.push_back({std::string(Attr(node, "id")), name == "endnoteReference"});
  } else if (name == "ruby") {
    Children(Child(node, "rubyBase"), depth + 1);
  } else if (name == "AlternateContent") {
    if (depth > kMaxDepth) return builder_.budget().Fail(TooDeep());
    for (pugi::xml_node child : ChosenBranch(node)) RunChild(child, depth + 1);
  } else if (name == "drawing" || name == "pict" || name == "object") {
    if (Shown()) TextBoxes(node, depth + 1);
  }
}

void InlineReader::TextBoxes(pugi::xml_node node, int depth) {
  if (depth > kMaxDepth) return builder_.budget().Fail(TooDeep());
  for (pugi::xml_node child : node) {
    if (builder_.budget().Stopped()) return;
    std::string_view name = LocalName(child);
    if (name == "txbxContent") {
      out_.text_boxes.push_back(child);
    } else if (name == "AlternateContent") {
      TextBoxes(ChosenBranch(child), depth + 1);
    } else {
      TextBoxes(child, depth + 1);
    }
  }
}

bool InlineReader::FieldsAreBalanced() {
  if (balanced_ >= 0) return balanced_ != 0;
  struct Counter : pugi::xml_tree_walker {
    long open = 0;
    bool for_each(pugi::xml_node& node) override {
      if (LocalName(node) == "fldChar") {
        auto type = Attr(node, "fldCharType");
        open += type == "begin" ? 1 : type == "end" ? -1 : 0;
      }
      return true;
    }
  } counter;
  story_.traverse(counter);
  balanced_ = counter.open == 0;
  return balanced_ != 0;
}

void InlineReader::FieldResultBegins(Field& field) {
  field.in_code = false;
  std::string word = FirstWord(field.code);
  if (IsPageNumber(word)) field.dropped = true;
  if (word == "TOC" && FieldsAreBalanced()) {
    field.dropped = true;
    builder_.Note(kTocNote);
  }
}

void InlineReader::FieldMark(pugi::xml_node mark) {
  std::string_view type = Attr(mark, "fldCharType");
  if (type == "begin") {
    if (fields_.size() < 1000) fields_.emplace_back();
  } else if (type == "separate") {
    if (!fields_.empty()) FieldResultBegins(fields_.back());
  } else if (type == "end") {
    if (!fields_.empty()) fields_.pop_back();
  }
}

void InlineReader::SimpleField(pugi::xml_node node, int depth) {
  if (IsPageNumber(FirstWord(Attr(node, "instr")))) return;
  Children(node, depth);
}

bool InlineReader::Shown() const {
  for (const Field& field : fields_) {
    if (field.in_code || field.dropped) return false;
  }
  return true;
}

void InlineReader::Put(std::u32string_view text) {
  if (text.empty() || !Shown()) return;
  // What one paragraph may hold is bounded here; the builder takes it from the budget later.
  if (out_.text.size() + text.size() > builder_.budget().limits().max_text) {
    builder_.budget().TakeText(builder_.budget().limits().max_text + 1);
    return;
  }
  out_.text += text;
}

}  // namespace zg::document
