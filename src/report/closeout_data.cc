// Words of close-out, and the fields of its templates.
#include <map>

#include "report/closeout_words.h"
#include "report/task_fields.h"

namespace zg::paper {

std::string Opinions(const CloseoutTask& task) {
  std::string out;
  for (const auto& step : task.steps) {
    if (step.opinion.empty()) continue;
    out += (out.empty() ? "" : "\n") + step.day + " " + (step.unit.empty() ? step.actor : step.unit) + "（" +
           step.title + "）：" + step.opinion;
  }
  return out;
}

std::string Done(const CloseoutTask& task) {
  std::string out;
  for (const auto& p : task.task.entry.progress)
    out += (out.empty() ? "" : "\n") + (p.number ? std::to_string(*p.number) + "." : "") + p.text;
  if (out.empty())
    for (const auto& answer : task.task.answers) out += (out.empty() ? "" : "\n") + answer;
  return out.empty() ? StandingText(task.task) : out;
}

std::string EvidenceList(const CloseoutTask& task) {
  std::string out;
  for (const auto& [kind, n] : task.evidence)
    out += (out.empty() ? "" : "、") + kind + std::to_string(n) + "份";
  return out.empty() ? "尚未登记资料" : out;
}

std::string LastStep(const CloseoutTask& task) {
  return task.steps.empty() ? "" : task.steps.back().day + " " + task.steps.back().title;
}

std::string MissingEvidence(const CatalogueModel& model) {
  std::map<std::string, int64_t> counts;
  for (const auto& piece : model.pieces) ++counts[piece.kind];
  std::string missing;
  for (const auto* kind : model.plan.Missing(counts)) missing += (missing.empty() ? "" : "、") + kind->name;
  return missing;
}

namespace {

Fields TaskFields(FieldMaker& make, const CloseoutTask& task, int n, Date today) {
  Fields f = make.Task(task.task, n, today);
  f["目前环节"] = FieldMaker::Value(task.state, "销号走到的环节");
  f["进入日期"] = FieldMaker::Value(task.entered, "进入这个环节的日期，可以为空");
  f["最近办理"] = FieldMaker::Value(LastStep(task), "最近一次办理的日期和事项");
  f["完成情况"] = FieldMaker::Value(Done(task), "整改措施落实和完成情况");
  f["佐证资料"] = FieldMaker::Value(EvidenceList(task), "资料的种类和份数");
  f["各方意见"] = FieldMaker::Value(Opinions(task), "办理时写下的意见，一行一条");
  Field steps = FieldMaker::List("办理记录，从早到晚逐条重复");
  for (const auto& step : task.steps)
    steps.items.push_back({{"办理日期", FieldMaker::Value(step.day, "如2026-11-26")},
                           {"环节", FieldMaker::Value(step.title, "办理的事项")},
                           {"经办人", FieldMaker::Value(step.actor, "经办人")},
                           {"经办单位", FieldMaker::Value(step.unit, "经办单位，可以为空")},
                           {"说明", FieldMaker::Value(step.text, "办理时的说明，可以为空")},
                           {"意见", FieldMaker::Value(step.opinion, "办理时的意见，可以为空")}});
  f["办理记录"] = std::move(steps);
  return f;
}

void AddEnd(Fields& f, const std::string& round, Date today) {
  f["轮次"] = FieldMaker::Value(round, "督察轮次");
  f["署名"] = FieldMaker::Value("", "出文的单位，可以为空");
  f["日期"] = FieldMaker::Value(today.Chinese(), "成文日期");
}

Fields PieceFields(const Evidence& piece, const EvidenceKind& kind, int n) {
  Fields f;
  FieldMaker::Renumber(f, n);
  f["资料名称"] = FieldMaker::Value(piece.title.empty() ? piece.name : piece.title, "资料的名称");
  f["种类"] = FieldMaker::Value(kind.name, "资料的种类");
  f["形成日期"] = FieldMaker::Value(piece.fact_day ? piece.fact_day->Iso() : "", "如2026-11-26，可以为空");
  f["单位或作者"] = FieldMaker::Value(piece.author, "可以为空");
  f["文件"] = FieldMaker::Value(piece.name, "文件名");
  return f;
}

}  // namespace

TemplateData DataOf(const std::string& round, const CloseoutTask& task, Date today) {
  FieldMaker make;
  Fields f = TaskFields(make, task, 1, today);
  AddEnd(f, round, today);
  return {std::move(f), std::move(make.figures)};
}

TemplateData DataOf(const CloseoutLedgerModel& model) {
  FieldMaker make;
  Field list = FieldMaker::List("台账里的任务，逐项重复");
  std::vector<TaskId> all, closed;
  for (const auto& one : model.tasks) {
    if (!one.task.entry.is_task) continue;
    all.push_back(one.task.id);
    if (one.closed) closed.push_back(one.task.id);
    list.items.push_back(TaskFields(make, one, int(all.size()), model.today));
  }
  Fields f;
  AddEnd(f, model.round, model.today);
  f["任务"] = std::move(list);
  f["任务数"] = make.Count("台账里的任务", all, "台账里的项数");
  f["销号数"] = make.Count("已销号的任务", closed, "已销号的项数");
  f["销号率"] = FieldMaker::Value(Percent(int64_t(closed.size()), int64_t(all.size())), "已销号的比例");
  return {std::move(f), std::move(make.figures)};
}

TemplateData DataOf(const CatalogueModel& model) {
  FieldMaker make;
  Fields f = make.Task(model.task, 1, model.today);
  AddEnd(f, model.round, model.today);
  Field headings = FieldMaker::List("有资料的类别，逐类重复");
  int n = 0;
  for (const auto& heading : model.plan.headings) {
    Field pieces = FieldMaker::List("这一类的资料，逐件重复");
    for (const auto& piece : model.pieces) {
      const EvidenceKind* kind = model.plan.Find(piece.kind);
      if (kind && kind->heading == heading.id) pieces.items.push_back(PieceFields(piece, *kind, ++n));
    }
    if (pieces.items.empty()) continue;
    headings.items.push_back(
        {{"类别", FieldMaker::Value(heading.name, "资料的类别")}, {"资料", std::move(pieces)}});
  }
  f["资料类别"] = std::move(headings);
  f["还缺资料"] = FieldMaker::Value(MissingEvidence(model), "销号还缺的资料种类；齐全时为空");
  return {std::move(f), std::move(make.figures)};
}

}  // namespace zg::paper
