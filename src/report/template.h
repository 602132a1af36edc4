#pragma once
// Templates: text with named fields {{单位}}, loops {{#任务}}…{{/任务}} and conditions {{?电话}}…{{/电话}},
// the same in plain text (templates/*.txt, those built in) and in a Word document (report/template_docx.h).
// Pure.

#include <map>
#include <memory>
#include <optional>
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
  std::string meaning;  // for the list of fields; only in examples
};

// Splits text at its tags and checks nothing but their form.
struct Tag {
  enum class Kind { kText, kField, kLoop, kIf, kEnd } kind = Kind::kText;
  std::string name;  // of the field; kText: the text itself
  size_t at = 0;     // bytes before it
};
// kInvalid (template.tag) with `where` the tag: not closed, no name.
Result<std::vector<Tag>> SplitTags(std::string_view text);

// What names mean inside loops: the innermost item first.
class Scope {
 public:
  explicit Scope(const Fields& fields) : fields_(&fields) {}
  Scope(const Fields& fields, const Scope& outer) : fields_(&fields), outer_(&outer) {}
  // kInvalid (template.field): no such field here, with its neighbour.
  Result<const Field*> Find(const std::string& name) const;
  Result<const Field*> List(const std::string& name) const;  // template.not_list
  std::vector<std::string> Names() const;

 private:
  const Fields* fields_;
  const Scope* outer_ = nullptr;
};

// Says no where a condition is asked of a field that is empty.
bool Holds(const Field& field);

// The whole text filled in. kInvalid: as above, and template.nesting (an end without its beginning, a
// beginning without its end).
Result<Text> FillText(std::string_view text, const Scope& scope);

// A plain-text template filled in as a paper of that kind: "# " title, "@ " recipients, "## " "### " "- "
// headings of level 1, 2 and 3 (numbered), "! " 附注, else body. `figures`: those that runs of `fields` point
// to.
Result<Paper> FillPaper(const std::string& kind, std::string_view text, const Fields& fields,
                        std::vector<Figure> figures);

// The same template as a paper that still has its tags: what an office downloads, changes and uploads. Ends
// with 署名 and 日期.
Paper TemplatePaper(std::string_view text);

// The plain-text template of that name built in, e.g. "supervision"; "" where there is none.
std::string_view BuiltinTemplate(std::string_view kind);

}  // namespace zg::paper
