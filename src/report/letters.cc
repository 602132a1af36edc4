#include "report/letters.h"

#include "report/task_fields.h"
#include "report/template_text.h"

namespace zg::paper {
namespace {

constexpr int kReplyDays = 10;

}  // namespace

TemplateData LetterFields(const LetterModel& m) {
  TemplateData out;
  FieldMaker make;
  Fields& f = out.fields;
  f["轮次"] = FieldMaker::Value(m.round, "督察轮次");
  f["单位"] = FieldMaker::Value(m.unit, "收文单位");
  f["署名"] = FieldMaker::Value(m.issuer.empty() ? "我办" : m.issuer, "发文单位；没有填写时写“我办”");
  f["发文字号"] = FieldMaker::Value(m.number, "发文字号，可以为空");
  f["日期"] = FieldMaker::Value(m.today.Chinese(), "成文日期");
  f["回复期限"] = FieldMaker::Value(m.reply_by.value_or(m.today.Plus(kReplyDays)).Chinese(),
                                    "要求回复的日期，没有填写时为十天后");
  f["联系人"] = FieldMaker::Value(m.contact, "联系人，可以为空");
  f["电话"] = FieldMaker::Value(m.phone, "联系电话，可以为空");
  f["约谈时间"] = FieldMaker::Value(m.time, "约谈的时间，可以为空");
  f["约谈地点"] = FieldMaker::Value(m.place, "约谈的地点，可以为空");
  f["公示天数"] = FieldMaker::Value(std::to_string(m.notice_days), "公示的工作日数");
  Field tasks = FieldMaker::List("所选的任务，逐项重复");
  std::vector<TaskId> ids;
  for (const auto& task : m.tasks) {
    ids.push_back(task.id);
    tasks.items.push_back(make.Task(task, int(ids.size()), m.today));
  }
  f["任务数"] = make.Count("所列的任务", ids, "所选任务的项数");
  out.figures = std::move(make.figures);
  f["任务"] = std::move(tasks);
  return out;
}

void SignLetter(const LetterModel& m, Paper& paper) {
  paper.name = m.title + (m.unit.empty() ? "" : "-" + m.unit) + "-" + m.today.Iso();
  paper.letter = m.kind == "supervision" || m.kind == "reminder";
  paper.signature = m.issuer;
  paper.date = m.today;
}

Result<Paper> LetterPaper(const LetterModel& m) {
  TemplateData data = LetterFields(m);
  ZG_ASSIGN(Paper paper, FillPaper(m.kind, BuiltinTemplate(m.kind), data.fields, std::move(data.figures)));
  SignLetter(m, paper);
  return paper;
}

}  // namespace zg::paper
