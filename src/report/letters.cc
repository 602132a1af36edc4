#include "report/letters.h"

#include "base/numeral.h"
#include "base/text.h"

namespace zg::paper {
namespace {

constexpr int kReplyDays = 10;

std::string ProgressText(const PaperTask& task) {
  std::string out;
  for (const auto& p : task.entry.progress) out += p.text;
  if (out.empty())
    for (const auto& answer : task.answers) out += answer;
  return out.empty() ? StandingText(task) : out;
}

Field Plain(std::string text, std::string meaning) {
  Field field;
  field.text = Text(std::move(text));
  field.meaning = std::move(meaning);
  return field;
}

Fields TaskFields(const PaperTask& task, int n, Date today, std::vector<Figure>& figures) {
  const Entry& e = task.entry;
  Fields f;
  figures.push_back({"任务" + e.path, "task", {task.id.value}});
  f["任务号"] = Plain("", "任务在清单里的序号");
  f["任务号"].text << Run{e.path, int(figures.size()) - 1};
  f["序号"] = Plain(std::to_string(n), "在本文里的次序，从1起");
  f["中文序号"] = Plain(ToUtf8(ChineseNumeral(n)), "在本文里的次序，写作一、二、三");
  f["反馈问题"] = Plain(e.problem.text, "反馈问题原文");
  f["责任单位"] = Plain(UnitsOf(e.responsible, e.responsible_open), "责任单位，以顿号分开");
  f["验收单位"] = Plain(UnitsOf(e.acceptance), "验收单位，以顿号分开");
  f["整改目标"] = Plain(e.goal.text, "整改目标原文");
  f["整改时限"] = Plain(e.deadline ? e.deadline->text : "未写明", "整改时限原文");
  std::string standing = StandingText(task);
  f["整改状态"] = Plain(standing.empty() ? "未报状态" : standing, "目前的整改状态");
  f["整改进展"] = Plain(ProgressText(task), "最近一次采纳的进展");
  int64_t left = e.deadline && e.deadline->date ? e.deadline->date->days() - today.days() : 0;
  bool dated = e.deadline && e.deadline->date && !IsSettled(task.state);
  f["逾期天数"] = Plain(dated && left < 0 ? std::to_string(-left) : "", "逾期的天数；未逾期为空");
  f["剩余天数"] = Plain(dated && left >= 0 ? std::to_string(left) : "", "距时限的天数；已逾期为空");
  return f;
}

PaperTask ExampleTask(int64_t id, const char* path, const char* problem, Date due) {
  PaperTask task;
  task.id = TaskId{id};
  task.entry.path = path;
  task.entry.problem.text = problem;
  task.entry.responsible = {{"青松市党委"}, {"青松市政府"}};
  task.entry.acceptance = {{"省水利厅"}};
  task.entry.goal.text = "完成河道清淤，水质稳定达标。";
  task.entry.deadline = Deadline{due.Chinese() + "前", {}, due};
  task.entry.progress.push_back({std::nullopt, "已完成清淤12公里，剩余3公里正在施工。", {}});
  task.state = TaskState::kInProgress;
  return task;
}

}  // namespace

LetterData LetterFields(const LetterModel& m) {
  LetterData out;
  Fields& f = out.fields;
  f["轮次"] = Plain(m.round, "督察轮次");
  f["单位"] = Plain(m.unit, "收文单位");
  f["署名"] = Plain(m.issuer.empty() ? "我办" : m.issuer, "发文单位；没有填写时写“我办”");
  f["发文字号"] = Plain(m.number, "发文字号，可以为空");
  f["日期"] = Plain(m.today.Chinese(), "成文日期");
  f["回复期限"] =
      Plain(m.reply_by.value_or(m.today.Plus(kReplyDays)).Chinese(), "要求回复的日期，没有填写时为十天后");
  f["联系人"] = Plain(m.contact, "联系人，可以为空");
  f["电话"] = Plain(m.phone, "联系电话，可以为空");
  f["约谈时间"] = Plain(m.time, "约谈的时间，可以为空");
  f["约谈地点"] = Plain(m.place, "约谈的地点，可以为空");
  f["公示天数"] = Plain(std::to_string(m.notice_days), "公示的工作日数");
  Field tasks;
  tasks.list = true;
  tasks.meaning = "所选的任务，逐项重复";
  Figure counted{"所列的任务", "task", {}};
  for (const auto& task : m.tasks) {
    counted.ids.push_back(task.id.value);
    tasks.items.push_back(TaskFields(task, int(tasks.items.size()) + 1, m.today, out.figures));
  }
  out.figures.push_back(counted);
  f["任务数"] = Plain("", "所选任务的项数");
  f["任务数"].text << Run{std::to_string(counted.ids.size()), int(out.figures.size()) - 1};
  f["任务"] = std::move(tasks);
  return out;
}

Fields LetterExample() {
  LetterModel m;
  m.round = "第二轮省级生态环境保护督察";
  m.unit = "青松市政府";
  m.issuer = "江岚省整改办";
  m.number = "江环整督〔2026〕12号";
  m.today = *Date::Make(2026, 11, 26);
  m.contact = "张三";
  m.phone = "0123-4567890";
  m.time = "2026年12月3日9时30分";
  m.place = "省政府2号楼会议室";
  m.tasks = {ExampleTask(1, "3", "白石河下游水质长期不达标。", *Date::Make(2026, 10, 31)),
             ExampleTask(2, "16.2", "青松市生活垃圾填埋场渗滤液处理能力不足。", *Date::Make(2026, 12, 31))};
  return LetterFields(m).fields;
}

void SignLetter(const LetterModel& m, Paper& paper) {
  paper.name = m.title + (m.unit.empty() ? "" : "-" + m.unit) + "-" + m.today.Iso();
  paper.signature = m.issuer;
  paper.date = m.today;
}

Result<Paper> LetterPaper(const LetterModel& m) {
  LetterData data = LetterFields(m);
  ZG_ASSIGN(Paper paper, FillPaper(m.kind, BuiltinTemplate(m.kind), data.fields, std::move(data.figures)));
  SignLetter(m, paper);
  return paper;
}

}  // namespace zg::paper
