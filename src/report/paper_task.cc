#include "report/paper_task.h"

#include <algorithm>

#include "base/numeral.h"
#include "base/text.h"

namespace zg::paper {
namespace {

std::string Joined(const std::vector<UnitRef>& units, UnitRole role) {
  std::string out;
  for (const auto& unit : units)
    if (unit.role == role) out += (out.empty() ? "" : "、") + unit.name;
  return out;
}

bool AllInherited(const std::vector<UnitRef>& units) {
  return !units.empty() && std::all_of(units.begin(), units.end(), [](const auto& u) { return u.inherited; });
}

// 1.… as its document numbers it.
std::string Numbered(const std::optional<int>& number, const std::string& text) {
  return (number ? std::to_string(*number) + "." : "") + text;
}

}  // namespace

std::string LabelOf(const Entry& entry) {
  if (!entry.label.empty()) return entry.label;
  size_t depth = size_t(std::count(entry.path.begin(), entry.path.end(), '.'));
  size_t dot = entry.path.rfind('.');
  auto n = ParseInteger(ToUtf32(dot == std::string::npos ? entry.path : entry.path.substr(dot + 1)));
  if (!n || *n < 0 || *n > 9999) return entry.path + ".";
  std::string han = ToUtf8(ChineseNumeral(int(*n)));
  if (depth == 0) return han + "、";
  return depth == 1 ? "（" + han + "）" : std::to_string(*n) + ".";
}

std::string UnitsOf(const std::vector<UnitRef>& units, bool open) {
  std::string out = Joined(units, UnitRole::kNone);
  std::string lead = Joined(units, UnitRole::kLead), support = Joined(units, UnitRole::kSupporting);
  for (const auto& part :
       {lead.empty() ? "" : "牵头单位：" + lead, support.empty() ? "" : "配合单位：" + support})
    if (!part.empty()) out += (out.empty() ? "" : "；") + part;
  return out.empty() ? "未写明" : out + (open ? "等相关部门" : "");
}

std::string StandingText(const PaperTask& task) {
  if (task.entry.status && !task.entry.status->text.empty()) return task.entry.status->text;
  if (task.state == TaskState::kNotStated) return "";
  return std::string(TaskStateChinese(task.state));
}

std::vector<TaskId> IdsOf(const std::vector<PaperTask>& tasks, bool (*which)(const PaperTask&)) {
  std::vector<TaskId> ids;
  for (const auto& task : tasks)
    if (task.entry.is_task && which(task)) ids.push_back(task.id);
  return ids;
}

void TellProblem(Composer& c, const Entry& entry) {
  std::string text = entry.problem.text;
  if (entry.upstream_ordinal) text += "（上级序号" + ToUtf8(ChineseNumeral(*entry.upstream_ordinal)) + "）";
  c.Add(Style::kBody, LabelOf(entry), text, true);
}

void TellDuties(Composer& c, const Entry& e) {
  if (!e.responsible.empty() && !AllInherited(e.responsible))
    c.Say("责任单位：" + UnitsOf(e.responsible, e.responsible_open));
  if (!e.acceptance.empty() && !AllInherited(e.acceptance)) c.Say("验收单位：" + UnitsOf(e.acceptance));
  if (!e.goal.text.empty()) c.Say("整改目标：" + e.goal.text);
  if (e.deadline && !e.deadline->text.empty()) c.Say("整改时限：" + e.deadline->text);
  if (e.measures.empty()) return;
  if (e.measures.size() == 1 && !e.measures[0].number) {
    c.Say("整改措施：" + e.measures[0].text);
    return;
  }
  c.Say("整改措施：", true);
  for (const auto& m : e.measures) c.Say(Numbered(m.number, m.text));
}

void TellProgress(Composer& c, const PaperTask& task) {
  const Entry& e = task.entry;
  if (e.deadline && !e.deadline->text.empty()) c.Say("整改时限：" + e.deadline->text);
  std::string standing = StandingText(task);
  if (!standing.empty() || !e.progress.empty() || !task.answers.empty())
    c.Say("整改进展情况：" + standing, true);
  for (const auto& p : e.progress) c.Say(Numbered(p.number, p.text));
  if (e.progress.empty())
    for (const auto& answer : task.answers) c.Say(answer);
}

void TellHeadings(Composer& c, const Entry& entry, std::vector<std::string>& told) {
  // A heading that is itself an entry of the document tells itself.
  for (size_t i = 0; i < entry.headings.size(); ++i) {
    if (i < told.size() && told[i] == entry.headings[i]) continue;
    told.resize(i);
    told.push_back(entry.headings[i]);
    if (i == 0) c.Heading(1, entry.headings[i]);
  }
}

}  // namespace zg::paper
