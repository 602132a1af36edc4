#pragma once
// Templates: text with named fields {{单位}}, loops {{#任务}}…{{/任务}} and conditions {{?电话}}…{{/电话}}
// (not empty), {{!电话}}…{{/电话}} (empty), the same in plain text (report/template_text.h) and in a Word
// document (report/template_docx.h). Pure.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "report/paper.h"

namespace zg::paper {

struct Field;
using Fields = std::map<std::string, Field>;
// A value by its name; a list has items, each with fields of its own (outer fields stay readable inside).
struct Field {
  Text text;
  bool list = false;
  std::vector<Fields> items;
  std::string meaning;  // for the list of fields
};
// What a template is filled with: fields, and the figures that runs of them point to.
struct TemplateData {
  Fields fields;
  std::vector<Figure> figures;
};

// Splits text at its tags and checks nothing but their form.
struct Tag {
  enum class Kind { kText, kField, kLoop, kIf, kUnless, kEnd } kind = Kind::kText;
  std::string name;  // of the field; kText: the text itself
  size_t at = 0;     // bytes before it
  bool Begins() const { return kind == Kind::kLoop || kind == Kind::kIf || kind == Kind::kUnless; }
  std::string Spelt() const;  // {{#任务}}
};
// kInvalid (template.tag) with `where` the tag: not closed, no name.
Result<std::vector<Tag>> SplitTags(std::string_view text);

// What names mean inside loops: the innermost item first.
class Scope {
 public:
  // `trying`: conditions hold whatever the fields say, so that every branch of a template is read.
  explicit Scope(const Fields& fields, bool trying = false) : fields_(&fields), trying_(trying) {}
  Scope(const Fields& fields, const Scope& outer)
      : fields_(&fields), outer_(&outer), trying_(outer.trying_) {}
  // kInvalid (template.field): no such field here, with its neighbour.
  Result<const Field*> Find(const std::string& name) const;
  // Renders what a loop or condition stands around: for each item, or once, or not. kInvalid: as above, and
  // template.not_list.
  Status Each(const Tag& tag, const std::function<Status(const Scope&)>& render) const;

 private:
  std::vector<std::string> Names() const;

  const Fields* fields_;
  const Scope* outer_ = nullptr;
  bool trying_ = false;
};

// The whole text filled in. kInvalid: as above, and template.nesting (an end without its beginning, a
// beginning without its end).
Result<Text> FillText(std::string_view text, const Scope& scope);

}  // namespace zg::paper
