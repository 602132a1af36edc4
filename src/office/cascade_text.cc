#include "office/cascade_text.h"

#include "base/numeral.h"
#include "base/text.h"

namespace zg {
namespace {

// The text being written, line by line.
class Page {
 public:
  explicit Page(Document& text) : text_(text), line_(at()) {}
  uint32_t at() const { return uint32_t(text_.text.size()); }
  Span Add(std::u32string_view words) {
    uint32_t begin = at();
    for (char32_t c : words) text_.text += c == U'\n' || c == U'\r' ? U' ' : c;
    return {begin, at()};
  }
  Span Add(const std::string& words) { return Add(ToUtf32(words)); }
  void EndLine() {
    Block block;
    block.span = {line_, at()};
    block.place.paragraph = text_.blocks.empty() ? 1 : text_.blocks.back().place.paragraph + 1;
    if (!block.span.empty()) text_.blocks.push_back(block);
    text_.text += U'\n';
    line_ = at();
  }

 private:
  Document& text_;
  uint32_t line_;
};

void UnitLine(Page& page, const char32_t* label, std::vector<UnitRef> units, std::vector<UnitRef>& to) {
  if (units.empty()) return;
  page.Add(label);
  for (size_t i = 0; i < units.size(); ++i) {
    if (i > 0) page.Add(U"、");
    UnitRef& unit = units[i];
    unit.written = unit.name;
    unit.span = page.Add(unit.name);
    unit.inherited = false;
    to.push_back(unit);
  }
  page.EndLine();
}

// The day, or the upper task's own words where there is none.
void WriteDeadline(Page& page, const LowerEntry& lower, Entry& e) {
  const auto& upper = lower.upper->entry.deadline;
  if (!lower.due && !upper) return;
  Deadline d;
  d.date = lower.due;
  d.long_term = upper && upper->long_term;
  if (lower.due) {
    d.text = lower.due->Chinese() + (d.long_term ? "，并长期坚持" : "");
  } else {
    d.text = upper->text;
    d.immediate = upper->immediate;
    d.ambiguous = upper->ambiguous;
  }
  page.Add(U"整改时限：");
  d.span = page.Add(d.text);
  page.EndLine();
  e.deadline = std::move(d);
}

void WriteMeasure(Page& page, const Document& text_so_far, int number, const BreakdownStep& step, Entry& e) {
  Measure m;
  m.number = number;
  page.Add(std::to_string(number) + ".");
  uint32_t begin = page.at();
  std::u32string text = ToUtf32(step.text);
  while (!text.empty() && (text.back() == U'。' || text.back() == U'；' || IsSpace(text.back())))
    text.pop_back();
  page.Add(text);
  if (step.due) {
    page.Add(U"，");
    std::string day = step.due->Chinese() + "前";
    m.due.push_back({*step.due, day, page.Add(day)});
    page.Add(U"完成");
  }
  if (!step.deliverable.empty()) page.Add("，成果：" + step.deliverable);
  page.Add(U"。");
  m.span = {begin, page.at()};
  m.text = ToUtf8(Slice(text_so_far.text, m.span));
  page.EndLine();
  e.measures.push_back(std::move(m));
}

}  // namespace

void BeginList(const std::string& title, const UnitRef& unit, Document& text, Draft& draft) {
  Page page(text);
  text.format = "txt";
  draft.kind = "task_list";
  draft.title = title;
  draft.title_span = page.Add(title);
  draft.issuer = {unit.name};
  draft.issuer_spans = {draft.title_span};
  page.EndLine();
}

void AddLowerEntry(const LowerEntry& lower, Document& text, Draft& draft) {
  const Entry& upper = lower.upper->entry;
  Page page(text);
  Entry e;
  uint32_t begin = page.at();
  e.path = std::to_string(lower.number);
  e.label = ToUtf8(ChineseNumeral(lower.number)) + "、";
  e.label_span = page.Add(e.label);
  e.problem = {upper.problem.text, page.Add(upper.problem.text)};
  page.EndLine();
  UnitLine(page, U"责任单位：", {lower.unit}, e.responsible);
  UnitLine(page, U"验收单位：", upper.acceptance, e.acceptance);
  if (!upper.goal.text.empty()) {
    page.Add(U"整改目标：");
    e.goal = {upper.goal.text, page.Add(upper.goal.text)};
    page.EndLine();
    for (Target target : upper.targets) {
      if (target.measure >= 0) continue;
      target.span = e.goal.span;
      e.targets.push_back(std::move(target));
    }
  }
  WriteDeadline(page, lower, e);
  page.Add(U"整改措施：");
  page.EndLine();
  for (size_t i = 0; i < lower.steps.size(); ++i) WriteMeasure(page, text, int(i) + 1, lower.steps[i], e);
  page.Add("上级任务：" + lower.source);
  e.span = {begin, page.at()};
  page.EndLine();
  draft.entries.push_back(std::move(e));
}

}  // namespace zg
