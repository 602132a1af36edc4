#include "office/report_content.h"

#include <cmath>

#include "base/text.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr size_t kMostText = 10'000, kMostName = 100, kMostFigures = 50, kMostEvidence = 200;

Error Bad(const std::string& where, const std::string& hint) {
  return {Code::kInvalid, hint, where, "report.bad"};
}

Status SetText(std::string& to, const json& value, const std::string& where, size_t most) {
  if (!value.is_string() || ToUtf32(value.get_ref<const std::string&>()).size() > most) {
    return Bad(where, "“" + where + "”须是不超过" + std::to_string(most) + "字的文字。");
  }
  to = value.get<std::string>();
  return {};
}

Result<ReportFigure> ReadFigure(const json& value) {
  ReportFigure figure;
  Error bad = Bad("figures", "每个数据须有名称和数值，名称、单位不超过一百字。");
  if (!value.is_object() || !value.contains("name") || !value.contains("value")) return bad;
  for (const auto& [name, member] : value.items()) {
    if (name == "name" || name == "unit" || name == "note") {
      std::string& to = name == "name" ? figure.name : name == "unit" ? figure.unit : figure.note;
      ZG_TRY(SetText(to, member, "figures", name == "note" ? kMostText : kMostName));
    } else if (name == "cumulative" && member.is_boolean()) {
      figure.cumulative = member.get<bool>();
    } else if ((name == "value" || (name == "target" && !member.is_null())) && member.is_number()) {
      double number = member.get<double>();
      if (!std::isfinite(number)) return bad;
      if (name == "value")
        figure.value = number;
      else
        figure.target = number;
    } else if (!(name == "target" && member.is_null())) {
      return bad;
    }
  }
  if (figure.name.empty()) return bad;
  return figure;
}

Status SetFigures(ReportContent& content, const json& value) {
  if (!value.is_array() || value.size() > kMostFigures) return Bad("figures", "数据不超过五十项。");
  std::vector<ReportFigure> figures;
  for (const auto& item : value) {
    ZG_ASSIGN(ReportFigure figure, ReadFigure(item));
    figures.push_back(std::move(figure));
  }
  content.figures = std::move(figures);
  return {};
}

Status SetEvidence(ReportContent& content, const json& value) {
  if (!value.is_array() || value.size() > kMostEvidence) return Bad("evidence", "佐证材料不超过二百份。");
  std::vector<EvidenceId> ids;
  for (const auto& id : value) {
    if (!id.is_number_integer() || id.get<int64_t>() < 1) return Bad("evidence", "佐证材料的编号不对。");
    ids.push_back({id.get<int64_t>()});
  }
  content.evidence = std::move(ids);
  return {};
}

Status SetState(ReportContent& content, const json& value) {
  content.state = std::nullopt;
  if (value.is_null()) return {};
  if (value.is_string()) content.state = ParseTaskState(value.get_ref<const std::string&>());
  if (content.state && *content.state != TaskState::kNotStated) return {};
  return Bad("state", "整改状态只有未启动、正在推进、长期坚持、已完成四种。");
}

Status SetSchedule(ReportContent& content, const json& value) {
  if (!value.is_null() && !value.is_boolean()) return Bad("on_schedule", "序时进度只能填“是”或“否”。");
  content.on_schedule = value.is_null() ? std::nullopt : std::optional<bool>(value.get<bool>());
  return {};
}

}  // namespace

json ContentJson(const ReportContent& content) {
  json figures = json::array(), evidence = json::array();
  for (const auto& f : content.figures) {
    figures.push_back({{"name", f.name},
                       {"value", f.value},
                       {"unit", f.unit},
                       {"target", f.target ? json(*f.target) : json()},
                       {"cumulative", f.cumulative},
                       {"note", f.note}});
  }
  for (EvidenceId id : content.evidence) evidence.push_back(id.value);
  return {{"state", content.state ? json(TaskStateName(*content.state)) : json()},
          {"on_schedule", content.on_schedule ? json(*content.on_schedule) : json()},
          {"reason", content.reason},
          {"text", content.text},
          {"figures", std::move(figures)},
          {"evidence", std::move(evidence)},
          {"next_step", content.next_step}};
}

Status ChangeContent(ReportContent& content, const json& changes) {
  if (!changes.is_object()) return Bad("changes", "改动须是一个对象。");
  for (const auto& [name, value] : changes.items()) {
    if (name == "state")
      ZG_TRY(SetState(content, value));
    else if (name == "on_schedule")
      ZG_TRY(SetSchedule(content, value));
    else if (name == "figures")
      ZG_TRY(SetFigures(content, value));
    else if (name == "evidence")
      ZG_TRY(SetEvidence(content, value));
    else if (name == "text" || name == "reason" || name == "next_step")
      ZG_TRY(SetText(name == "text"     ? content.text
                     : name == "reason" ? content.reason
                                        : content.next_step,
                     value, name, kMostText));
    else
      return Bad(name, "没有“" + name + "”这一项。");
  }
  return {};
}

}  // namespace zg
