#include "office/questions.h"

#include <map>
#include <nlohmann/json.hpp>

#include "office/own_template.h"
#include "report/question_list.h"

namespace zg {
namespace {

using nlohmann::json;

std::string TextOf(const json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::string SeverityTitle(const std::string& name) {
  if (name == "error") return "差错";
  return name == "warning" ? "疑点" : "提示";
}

std::string KindTitle(const std::string& name) {
  static const std::map<std::string, std::string> titles = {{"ratio", "比例和增减"},
                                                            {"sum", "合计与分项"},
                                                            {"difference", "差额"},
                                                            {"list_count", "列举数量"},
                                                            {"task_count", "任务数量"},
                                                            {"overdue", "逾期"},
                                                            {"date_order", "日期"},
                                                            {"contradiction", "前后不一"},
                                                            {"copied_text", "文字雷同"},
                                                            {"no_result", "没有结果"},
                                                            {"cascade_deadline", "上下级时限"},
                                                            {"cascade_gap", "没有承接"},
                                                            {"rebound", "问题反弹"},
                                                            {"missing_figure", "缺少数字"}};
  auto it = titles.find(name);
  return it == titles.end() ? name : it->second;
}

Question QuestionOf(const json& f) {
  Question q;
  q.severity = SeverityTitle(TextOf(f["severity"]));
  q.kind = KindTitle(TextOf(f["kind"]));
  q.document = TextOf(f["document"]);
  q.path = TextOf(f["path"]);
  q.quote = TextOf(f["quote"]);
  q.text = TextOf(f["message"]);
  q.computed = TextOf(f["expression"]);
  if (f["explained"].is_object()) q.explained = TextOf(f["explained"]["reason"]);
  return q;
}

}  // namespace

Result<ExportedFile> QuestionsFile(const OfficeCore& core, const std::vector<json>& findings,
                                   const std::string& only, Date day, const std::string& format) {
  QuestionList list{day, {}};
  for (const auto& f : findings) {
    Question q = QuestionOf(f);
    std::vector<std::string> units = f["units"].get<std::vector<std::string>>();
    if (!only.empty()) units = {only};
    if (units.empty()) units = {""};
    for (auto& unit : units) {
      q.unit = std::move(unit);
      list.questions.push_back(q);
    }
  }
  std::string name = "核验问询单-" + day.Iso() + "." + format;
  if (format == "docx") {
    ZG_ASSIGN(std::string bytes, DocxOf(core, "questions", QuestionPaper(list), DataOf(list)));
    return ExportedFile{name, "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        std::move(bytes)};
  }
  if (format != "xlsx") return Error{Code::kInvalid, "只能导出 xlsx 或 docx。", "format", "parameter.bad"};
  ZG_ASSIGN(std::string bytes, WriteXlsx(QuestionTable(list)));
  return ExportedFile{name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                      std::move(bytes)};
}

}  // namespace zg
