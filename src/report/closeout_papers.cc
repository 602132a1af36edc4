#include "report/closeout_papers.h"

#include <algorithm>

#include "report/closeout_words.h"

namespace zg::paper {
namespace {

Cell Label(const char* text) {
  return {.text = text, .head = true};
}
Cell Wide(Text text, int span) {
  return {.text = std::move(text), .span = span};
}

// Empty lines where something is written by hand.
Text Room(std::string text, int lines) {
  for (int i = 0; i < lines; ++i) text += "\n";
  return text;
}

std::string SignatureLine(const char* who) {
  return std::string(who) + "（盖章）：　　　　　　　　　年　　月　　日";
}

Table Form(Composer& c, const std::string& round, const CloseoutTask& task) {
  const Entry& e = task.task.entry;
  Table form;
  form.title = "任务" + e.path;
  form.widths = {28, 50, 28, 50};
  form.rows.push_back({Label("督察轮次"),
                       {.text = round},
                       Label("任务序号"),
                       {.text = Text() << c.Told(e.path, "任务" + e.path, "task", {task.task.id.value})}});
  form.rows.push_back({Label("责任单位"),
                       {.text = UnitsOf(e.responsible, e.responsible_open)},
                       Label("验收单位"),
                       {.text = UnitsOf(e.acceptance)}});
  form.rows.push_back({Label("整改时限"),
                       {.text = e.deadline ? e.deadline->text : "未写明"},
                       Label("目前环节"),
                       {.text = task.state + (task.entered.empty() ? "" : "（" + task.entered + "起）")}});
  form.rows.push_back({Label("反馈问题"), Wide(e.problem.text, 3)});
  form.rows.push_back({Label("整改目标"), Wide(e.goal.text.empty() ? "未写明" : e.goal.text, 3)});
  return form;
}

Paper Finished(Composer c, Table form, const char* name, const CloseoutTask& task, Date today) {
  c.Add(std::move(form));
  c.paper.name = std::string(name) + "-任务" + task.task.entry.path + "-" + today.Iso();
  return std::move(c).Take();
}

}  // namespace

Paper ApplicationPaper(const std::string& round, const CloseoutTask& task, Date today) {
  Composer c("closeout_application");
  c.paper.title = "督察整改任务销号申请表";
  Table form = Form(c, round, task);
  form.rows.push_back({Label("整改措施落实和完成情况"), Wide(Done(task), 3)});
  form.rows.push_back({Label("佐证资料"), Wide(EvidenceList(task), 3)});
  form.rows.push_back({Label("责任单位自验意见"), Wide(Room("", 3) << SignatureLine("责任单位"), 3)});
  form.rows.push_back({Label("验收单位意见"), Wide(Room(Opinions(task), 3) << SignatureLine("验收单位"), 3)});
  form.rows.push_back({Label("整改办意见"), Wide(Room("", 3) << SignatureLine("整改办"), 3)});
  return Finished(std::move(c), std::move(form), "销号申请表", task, today);
}

Paper OpinionPaper(const std::string& round, const CloseoutTask& task, Date today) {
  Composer c("acceptance_opinion");
  c.paper.title = "督察整改任务验收意见表";
  Table form = Form(c, round, task);
  form.rows.push_back({Label("整改完成情况"), Wide(Done(task), 3)});
  form.rows.push_back({Label("核查的资料"), Wide(EvidenceList(task), 3)});
  form.rows.push_back({Label("现场核查情况"), Wide(Room("", 4), 3)});
  form.rows.push_back(
      {Label("验收意见"), Wide(Room(Opinions(task), 4) << "是否同意通过验收：□同意　□不同意", 3)});
  form.rows.push_back({Label("验收组成员签名"), Wide(Room("", 3), 3)});
  form.rows.push_back({Label("验收单位"), Wide(Room("", 2) << SignatureLine("验收单位"), 3)});
  return Finished(std::move(c), std::move(form), "验收意见表", task, today);
}

Paper CloseoutLedgerPaper(const CloseoutLedgerModel& model) {
  Composer c("closeout_ledger");
  c.paper.title = model.round + "整改任务销号台账";
  c.paper.name = "销号台账-" + model.today.Iso();
  c.paper.landscape = true;
  std::vector<TaskId> all, closed;
  Table table;
  table.title = "销号台账";
  table.head = {"序号",     "任务",     "反馈问题", "责任单位", "验收单位",
                "整改时限", "目前环节", "进入日期", "办理情况"};
  table.widths = {12, 14, 54, 30, 26, 22, 20, 23, 24};
  for (const auto& one : model.tasks) {
    const Entry& e = one.task.entry;
    if (!e.is_task) continue;
    all.push_back(one.task.id);
    if (one.closed) closed.push_back(one.task.id);
    table.rows.push_back(
        {{.text = std::to_string(all.size()), .centred = true},
         {.text = Text() << c.Told(e.path, "任务" + e.path, "task", {one.task.id.value}), .centred = true},
         {.text = e.problem.text},
         {.text = UnitsOf(e.responsible, e.responsible_open)},
         {.text = UnitsOf(e.acceptance)},
         {.text = e.deadline ? e.deadline->text : "未写明"},
         {.text = one.state},
         {.text = one.entered},
         {.text = LastStep(one)}});
  }
  Text text("截至" + model.today.Chinese() + "，");
  text << c.Count("台账里的任务", all) << "项任务中已销号" << c.Count("已销号的任务", closed) << "项，销号率"
       << Percent(int64_t(closed.size()), int64_t(all.size())) << "。";
  c.Say(text, true);
  c.Add(std::move(table));
  return std::move(c).Take();
}

Paper CataloguePaper(const CatalogueModel& model) {
  Composer c("catalogue");
  const Entry& e = model.task.entry;
  c.paper.title = "整改任务" + e.path + "资料目录";
  c.paper.name = "资料目录-任务" + e.path + "-" + model.today.Iso();
  c.Say("督察轮次：" + model.round);
  c.Say("反馈问题：" + e.problem.text);
  c.Say("责任单位：" + UnitsOf(e.responsible, e.responsible_open));
  Table table;
  table.title = "资料目录";
  table.head = {"序号", "资料名称", "种类", "形成日期", "单位或作者", "文件"};
  table.widths = {12, 48, 24, 22, 26, 24};
  int n = 0;
  for (const auto& heading : model.plan.headings) {
    bool any = false;
    for (const auto& piece : model.pieces) {
      const EvidenceKind* kind = model.plan.Find(piece.kind);
      if (!kind || kind->heading != heading.id) continue;
      if (!any) table.rows.push_back({{.text = heading.name, .span = 6, .head = true}});
      any = true;
      table.rows.push_back({{.text = std::to_string(++n), .centred = true},
                            {.text = piece.title.empty() ? piece.name : piece.title},
                            {.text = kind->name},
                            {.text = piece.fact_day ? piece.fact_day->Iso() : ""},
                            {.text = piece.author},
                            {.text = piece.name}});
    }
  }
  if (n > 0)
    c.Add(std::move(table));
  else
    c.Say("这项任务还没有登记资料。");
  std::string missing = MissingEvidence(model);
  c.Say(missing.empty() ? "销号所需的资料已经齐全。" : "销号还缺：" + missing + "。");
  c.paper.date = model.today;
  return std::move(c).Take();
}

}  // namespace zg::paper
