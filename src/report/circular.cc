#include "report/circular.h"

#include <algorithm>

#include "report/task_fields.h"

namespace zg::paper {
namespace {

using Ids = std::vector<int64_t>;

Ids Which(const CircularUnit& unit, bool (*is)(const CircularReport&)) {
  Ids ids;
  for (const auto& report : unit.reports)
    if (is(report)) ids.push_back(report.id.value);
  return ids;
}
Ids All(const CircularModel& model, bool (*is)(const CircularReport&)) {
  Ids ids;
  for (const auto& unit : model.units)
    for (int64_t id : Which(unit, is)) ids.push_back(id);
  return ids;
}

bool Any(const CircularReport&) {
  return true;
}
bool Answered(const CircularReport& r) {
  return r.answered;
}
bool Accepted(const CircularReport& r) {
  return r.accepted;
}
bool Owed(const CircularReport& r) {
  return !r.answered;
}
bool Returned(const CircularReport& r) {
  return r.returned;
}
bool Still(const CircularReport& r) {
  return r.answered && r.still;
}
bool Behind(const CircularReport& r) {
  return r.answered && r.behind;
}

// The best answered first; of equals those with more to answer.
std::vector<const CircularUnit*> Ranked(const CircularModel& model) {
  std::vector<const CircularUnit*> units;
  for (const auto& unit : model.units)
    if (!unit.reports.empty()) units.push_back(&unit);
  std::stable_sort(units.begin(), units.end(), [](const auto* a, const auto* b) {
    auto rank = [](const CircularUnit* u) {
      return std::pair(double(Which(*u, Answered).size()) / double(u->reports.size()),
                       double(Which(*u, Accepted).size()) / double(u->reports.size()));
    };
    auto ra = rank(a), rb = rank(b);
    return ra != rb ? ra > rb : a->reports.size() > b->reports.size();
  });
  return units;
}

Table Ranking(Composer& c, const CircularModel& model) {
  Table table;
  table.title = "上报情况排名";
  table.head = {"名次", "单位", "应报", "已报", "已采纳", "未报", "没有进展", "上报率"};
  table.widths = {13, 55, 14, 14, 16, 14, 16, 14};
  size_t n = 0;
  for (const auto* unit : Ranked(model)) {
    auto cell = [&](const char* name, Ids ids) {
      return Cell{.text = Text() << c.Count(unit->name + name, "report", std::move(ids)), .centred = true};
    };
    table.rows.push_back(
        {{.text = std::to_string(++n), .centred = true},
         {.text = unit->name},
         cell("应报", Which(*unit, Any)),
         cell("已报", Which(*unit, Answered)),
         cell("已采纳", Which(*unit, Accepted)),
         cell("未报", Which(*unit, Owed)),
         cell("没有进展", Which(*unit, Still)),
         {.text = Percent(int64_t(Which(*unit, Answered).size()), int64_t(unit->reports.size())),
          .centred = true}});
  }
  return table;
}

// Numbers of those tasks, twenty of them at most.
std::string PathsOf(const CircularUnit& unit, bool (*is)(const CircularReport&)) {
  std::string paths;
  size_t named = 0;
  for (const auto& report : unit.reports) {
    if (!is(report)) continue;
    if (++named > 20) return paths + "等";
    paths += (paths.empty() ? "" : "、") + report.path;
  }
  return paths;
}

// 青松市水利局3项（任务2、5、9）: one line for each unit that has any.
void NameUnits(Composer& c, const CircularModel& model, const char* what, bool (*is)(const CircularReport&)) {
  for (const auto& unit : model.units) {
    Ids ids = Which(unit, is);
    if (ids.empty()) continue;
    Text text(unit.name + "：");
    text << c.Count(unit.name + what, "report", ids) << "项（任务" << PathsOf(unit, is) << "）。";
    c.Heading(3, text);
  }
}

Field UnitFields(FieldMaker& make, const CircularModel& model, const char* what, const char* meaning,
                 bool (*is)(const CircularReport&)) {
  Field list = FieldMaker::List(std::string(meaning) + "，逐个重复");
  for (const auto& unit : model.units) {
    Ids ids = Which(unit, is);
    if (ids.empty()) continue;
    Fields item;
    FieldMaker::Renumber(item, int(list.items.size()) + 1);
    item["单位名称"] = FieldMaker::Value(unit.name, "责任单位");
    item["项数"] = make.Count(unit.name + what, "report", std::move(ids), "任务的项数");
    item["任务号"] = FieldMaker::Value(PathsOf(unit, is), "这些任务的序号，最多列20个");
    list.items.push_back(std::move(item));
  }
  return list;
}

Field RankFields(FieldMaker& make, const CircularModel& model) {
  Field list = FieldMaker::List("各单位按上报率排名，逐个重复");
  for (const auto* unit : Ranked(model)) {
    auto count = [&](const char* name, bool (*is)(const CircularReport&), const char* meaning) {
      return make.Count(unit->name + name, "report", Which(*unit, is), meaning);
    };
    Fields item;
    FieldMaker::Renumber(item, int(list.items.size()) + 1);
    item["单位名称"] = FieldMaker::Value(unit->name, "责任单位");
    item["应报数"] = count("应报", Any, "应报的项数");
    item["已报数"] = count("已报", Answered, "已报的项数");
    item["已采纳数"] = count("已采纳", Accepted, "已采纳的项数");
    item["未报数"] = count("未报", Owed, "未报的项数");
    item["没有进展数"] = count("没有进展", Still, "与上期相比没有变化的项数");
    item["上报率"] = FieldMaker::Value(
        Percent(int64_t(Which(*unit, Answered).size()), int64_t(unit->reports.size())), "已报占应报的比例");
    list.items.push_back(std::move(item));
  }
  return list;
}

}  // namespace

Paper CircularPaper(const CircularModel& model) {
  Composer c("circular");
  c.paper.title = "关于" + model.period + "督察整改任务调度情况的通报";
  c.paper.name = "调度通报-" + model.period;
  c.paper.recipients = "各责任单位";
  Ids all = All(model, Any), answered = All(model, Answered), owed = All(model, Owed);
  Ids still = All(model, Still), behind = All(model, Behind), returned = All(model, Returned);
  c.Say("现将" + model.period + "督察整改任务清单化调度情况通报如下。");
  c.Heading(1, "总体情况");
  Text text("本期调度截止日期为" + model.due.Chinese() + "，截至" + model.today.Chinese() + "，应报");
  text << c.Count("应报", "report", all) << "项，已报" << c.Count("已报", "report", answered) << "项，上报率"
       << c.Told(Percent(int64_t(answered.size()), int64_t(all.size())), "已报", "report", answered) << "。";
  if (!returned.empty()) text << "退回修改" << c.Count("退回修改", "report", returned) << "项。";
  c.Say(text);
  c.Heading(1, "上报情况排名");
  if (all.empty()) {
    c.Say("本期没有需要上报的任务。");
  } else {
    c.Add(Ranking(c, model));
  }
  bool late = model.today > model.due;
  c.Heading(1, late ? "逾期未报的单位" : "尚未上报的单位");
  if (owed.empty())
    c.Say("各单位均已上报。");
  else
    NameUnits(c, model, late ? "逾期未报" : "尚未上报", Owed);
  c.Heading(1, "没有进展和滞后的任务");
  if (still.empty() && behind.empty()) c.Say("已报的任务没有发现停滞或者滞后。");
  if (!still.empty()) {
    c.Heading(2, "与上期相比没有变化的。");
    NameUnits(c, model, "没有进展", Still);
  }
  if (!behind.empty()) {
    c.Heading(2, "未达到序时进度的。");
    NameUnits(c, model, "未达序时进度", Behind);
  }
  c.Heading(1, "工作要求");
  c.Say(
      "未报和退回的单位要立即补报；没有进展、未达序时进度的任务，责任单位要查明原因，拿出追赶措施，并在下期调"
      "度中逐项说明。");
  c.paper.signature = model.issuer;
  c.paper.date = model.today;
  return std::move(c).Take();
}

TemplateData DataOf(const CircularModel& model) {
  FieldMaker make;
  Fields f;
  Ids answered = All(model, Answered), all = All(model, Any);
  f["期次"] = FieldMaker::Value(model.period, "调度期，如2026年11月");
  f["署名"] = FieldMaker::Value(model.issuer, "发文单位，可以为空");
  f["日期"] = FieldMaker::Value(model.today.Chinese(), "成文日期");
  f["截止日期"] = FieldMaker::Value(model.due.Chinese(), "上报的最后一天");
  f["已过截止日"] = FieldMaker::Value(model.today > model.due ? "是" : "", "过了截止日为“是”，否则为空");
  f["上报率"] = make.Told(Percent(int64_t(answered.size()), int64_t(all.size())), "已报", "report", answered,
                          "已报占应报的比例");
  f["应报数"] = make.Count("应报", "report", std::move(all), "应报的项数");
  f["已报数"] = make.Count("已报", "report", std::move(answered), "已报的项数");
  f["退回数"] = make.Count("退回修改", "report", All(model, Returned), "退回修改的项数");
  f["排名"] = RankFields(make, model);
  f["未报单位"] = UnitFields(make, model, "未报", "还没有上报的单位", Owed);
  f["退回单位"] = UnitFields(make, model, "退回修改", "有退回修改的单位", Returned);
  f["停滞单位"] = UnitFields(make, model, "没有进展", "与上期相比没有变化的单位", Still);
  f["滞后单位"] = UnitFields(make, model, "未达序时进度", "未达到序时进度的单位", Behind);
  return {std::move(f), std::move(make.figures)};
}

}  // namespace zg::paper
