#include "report/task_fields.h"

#include <algorithm>

#include "base/numeral.h"
#include "base/text.h"

namespace zg::paper {
namespace {

std::string ProgressText(const PaperTask& task) {
  std::string out;
  for (const auto& p : task.entry.progress) out += p.text;
  if (out.empty())
    for (const auto& answer : task.answers) out += answer;
  return out.empty() ? StandingText(task) : out;
}

std::string Dotted(const std::optional<int>& number) {
  return number ? std::to_string(*number) + "." : "";
}

Fields Numbered(const std::string& number, const char* name, const std::string& text, const char* meaning) {
  return {{"编号", FieldMaker::Value(number, "原文的编号，如1.；没有编号时为空")},
          {name, FieldMaker::Value(text, meaning)}};
}

bool AllInherited(const std::vector<UnitRef>& units) {
  return std::all_of(units.begin(), units.end(), [](const auto& u) { return u.inherited; });
}

void AddMeasures(Fields& f, const Entry& e) {
  bool one = e.measures.size() == 1 && !e.measures[0].number;
  f["单条措施"] = FieldMaker::Value(one ? e.measures[0].text : "", "只有一条、没有编号的整改措施；否则为空");
  Field each = FieldMaker::List("有编号的整改措施，逐条重复");
  if (!one)
    for (const auto& m : e.measures)
      each.items.push_back(Numbered(Dotted(m.number), "措施", m.text, "整改措施原文"));
  f["逐条措施"] = std::move(each);
}

void AddProgress(Fields& f, const PaperTask& task) {
  const Entry& e = task.entry;
  Field each = FieldMaker::List("整改进展，逐条重复；没有时取各单位最近采纳的上报");
  for (const auto& p : e.progress)
    each.items.push_back(Numbered(Dotted(p.number), "进展", p.text, "整改进展"));
  if (e.progress.empty())
    for (const auto& answer : task.answers) each.items.push_back(Numbered("", "进展", answer, "整改进展"));
  std::string standing = StandingText(task);
  f["状态原文"] = FieldMaker::Value(standing, "目前的整改状态；没有报时为空");
  f["有进展情况"] = FieldMaker::Value(standing.empty() && each.items.empty() ? "" : "是",
                                      "有状态或者进展时为“是”，否则为空");
  f["逐条进展"] = std::move(each);
}

// What the entry itself states, empty where it inherits or states nothing.
void AddOwn(Fields& f, const Entry& e) {
  f["编号"] = FieldMaker::Value(LabelOf(e), "在清单里的编号，如一、（二）");
  f["上级序号"] = FieldMaker::Value(e.upstream_ordinal ? ToUtf8(ChineseNumeral(*e.upstream_ordinal)) : "",
                                    "上级清单里的序号，可以为空");
  f["本项责任单位"] =
      FieldMaker::Value(AllInherited(e.responsible) ? "" : UnitsOf(e.responsible, e.responsible_open),
                        "本项自己写明的责任单位；沿用上一级或未写明时为空");
  f["本项验收单位"] = FieldMaker::Value(AllInherited(e.acceptance) ? "" : UnitsOf(e.acceptance),
                                        "本项自己写明的验收单位；沿用上一级或未写明时为空");
  f["本项时限"] = FieldMaker::Value(e.deadline ? e.deadline->text : "", "整改时限原文；未写明时为空");
  f["全部责任单位"] =
      FieldMaker::Value(e.responsible.empty() ? "" : UnitsOf(e.responsible), "责任单位；未写明时为空");
  size_t stop = e.problem.text.find("。");
  f["问题首句"] = FieldMaker::Value(e.problem.text.substr(0, stop), "反馈问题的第一句，不带句号");
}

}  // namespace

Field FieldMaker::Value(std::string text, std::string meaning) {
  Field field;
  field.text = Text(std::move(text));
  field.meaning = std::move(meaning);
  return field;
}

Field FieldMaker::List(std::string meaning) {
  Field field;
  field.list = true;
  field.meaning = std::move(meaning);
  return field;
}

Field FieldMaker::Told(std::string text, std::string name, std::string of, std::vector<int64_t> ids,
                       std::string meaning) {
  figures.push_back({std::move(name), std::move(of), std::move(ids)});
  Field field = Value("", std::move(meaning));
  field.text << Run{std::move(text), int(figures.size()) - 1};
  return field;
}

Field FieldMaker::Count(std::string name, std::string of, std::vector<int64_t> ids, std::string meaning) {
  std::string n = std::to_string(ids.size());
  return Told(std::move(n), std::move(name), std::move(of), std::move(ids), std::move(meaning));
}

Field FieldMaker::Count(std::string name, const std::vector<TaskId>& ids, std::string meaning) {
  std::vector<int64_t> values;
  values.reserve(ids.size());
  for (TaskId id : ids) values.push_back(id.value);
  return Count(std::move(name), "task", std::move(values), std::move(meaning));
}

void FieldMaker::Renumber(Fields& item, int n) {
  item["序号"] = Value(std::to_string(n), "在这个列表里的次序，从1起");
  item["中文序号"] = Value(ToUtf8(ChineseNumeral(n)), "在这个列表里的次序，写作一、二、三");
}

Fields FieldMaker::Task(const PaperTask& task, int n, Date today) {
  const Entry& e = task.entry;
  Fields f;
  f["任务号"] = Told(e.path, "任务" + e.path, "task", {task.id.value}, "任务在清单里的序号");
  Renumber(f, n);
  f["反馈问题"] = Value(e.problem.text, "反馈问题原文");
  f["责任单位"] = Value(UnitsOf(e.responsible, e.responsible_open), "责任单位，以顿号分开");
  f["验收单位"] = Value(UnitsOf(e.acceptance), "验收单位，以顿号分开");
  f["整改目标"] = Value(e.goal.text, "整改目标原文");
  f["整改时限"] = Value(e.deadline ? e.deadline->text : "未写明", "整改时限原文");
  std::string standing = StandingText(task);
  f["整改状态"] = Value(standing.empty() ? "未报状态" : standing, "目前的整改状态");
  f["整改进展"] = Value(ProgressText(task), "最近一次采纳的进展");
  int64_t left = e.deadline && e.deadline->date ? e.deadline->date->days() - today.days() : 0;
  bool dated = e.deadline && e.deadline->date && !IsSettled(task.state);
  f["逾期天数"] = Value(dated && left < 0 ? std::to_string(-left) : "", "逾期的天数；未逾期为空");
  f["剩余天数"] = Value(dated && left >= 0 ? std::to_string(left) : "", "距时限的天数；已逾期为空");
  AddOwn(f, e);
  AddMeasures(f, e);
  AddProgress(f, task);
  return f;
}

Field HeadingFields(const Entry& entry, std::vector<std::string>& told, int& number) {
  Field out = FieldMaker::List("任务上面的分类标题，变化时才有");
  for (size_t i = 0; i < entry.headings.size(); ++i) {
    if (i < told.size() && told[i] == entry.headings[i]) continue;
    told.resize(i);
    told.push_back(entry.headings[i]);
    if (i > 0) continue;
    Fields item{{"标题文字", FieldMaker::Value(entry.headings[i], "分类标题")}};
    FieldMaker::Renumber(item, ++number);
    out.items.push_back(std::move(item));
  }
  return out;
}

}  // namespace zg::paper
