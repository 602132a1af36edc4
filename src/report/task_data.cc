// Fields for templates of papers made of a list of tasks.
#include "report/task_fields.h"
#include "report/task_groups.h"

namespace zg::paper {
namespace {

using Which = bool (*)(const PaperTask&);

class TaskData {
 public:
  explicit TaskData(const TaskPaperModel& model) : model_(model) {}

  TemplateData Make() {
    Head();
    AllTasks();
    List("逾期任务", "逾期数", "逾期任务", "超过整改时限尚未完成的任务", Late);
    List("滞后任务", "滞后数", "滞后任务", "未达到序时进度的任务", Behind);
    List("未完成任务", "未完成数", "正在推进的任务", "尚未完成的任务", Open);
    List("已完成任务", "完成数", "已完成的任务（含完成后长期坚持）", "已完成的任务", Settled);
    List("长期任务", "长期坚持数", "长期坚持的任务", "需要长期坚持的任务", LongTerm);
    Units();
    Years();
    Coverage();
    return {std::move(fields_), std::move(make_.figures)};
  }

 private:
  void Head() {
    auto all = IdsOf(model_.tasks, Any), done = IdsOf(model_.tasks, Settled);
    Fields& f = fields_;
    f["标题"] = FieldMaker::Value(model_.title, "清单原来的标题，可以为空");
    f["轮次"] = FieldMaker::Value(model_.round, "督察轮次");
    f["单位"] = FieldMaker::Value(PartyOf(model_), "出文的单位；没有填写时写“我单位”");
    f["署名"] = FieldMaker::Value(model_.party, "出文的单位，可以为空");
    f["日期"] = FieldMaker::Value(model_.as_of.Chinese(), "成文日期，也是数字截至的日期");
    f["任务数"] = make_.Count("全部整改任务", all, "全部整改任务的项数");
    std::vector<int64_t> ids;
    ids.reserve(done.size());
    for (TaskId id : done) ids.push_back(id.value);
    f["完成占比"] = make_.Told(Percent(int64_t(done.size()), int64_t(all.size())), "已完成的任务占比", "task",
                               std::move(ids), "已完成的占全部的比例");
  }

  void AllTasks() {
    Field list = FieldMaker::List("清单上的全部任务（含其上一级问题），逐项重复");
    std::vector<std::string> told;
    int headings = 0, n = 0;
    for (const auto& task : model_.tasks) {
      Fields item = make_.Task(task, ++n, model_.as_of);
      item["分类标题"] = HeadingFields(task.entry, told, headings);
      list.items.push_back(std::move(item));
    }
    fields_["任务"] = std::move(list);
  }

  // Items are those of the whole list, numbered anew, so that they share its figures.
  void List(const char* name, const char* count, std::string figure, const std::string& meaning,
            Which which) {
    Field list = FieldMaker::List(meaning + "，逐项重复");
    const auto& all = fields_["任务"].items;
    for (size_t i = 0; i < model_.tasks.size(); ++i) {
      if (!model_.tasks[i].entry.is_task || !which(model_.tasks[i])) continue;
      list.items.push_back(all[i]);
      FieldMaker::Renumber(list.items.back(), int(list.items.size()));
    }
    fields_[name] = std::move(list);
    fields_[count] = make_.Count(std::move(figure), IdsOf(model_.tasks, which), meaning + "的项数");
  }

  void Units() {
    Field list = FieldMaker::List("各责任单位，任务多的在前");
    for (const auto& [unit, ids] : ByUnit(model_.tasks)) {
      auto done = Among(model_.tasks, ids, Settled), late = Among(model_.tasks, ids, Late);
      Fields item;
      FieldMaker::Renumber(item, int(list.items.size()) + 1);
      item["单位名称"] = FieldMaker::Value(unit, "责任单位");
      item["任务数"] = make_.Count(unit + "承担的任务", ids, "这个单位承担的项数");
      item["完成数"] = make_.Count(unit + "已完成的任务", done, "其中已完成的项数");
      item["完成率"] = FieldMaker::Value(Percent(int64_t(done.size()), int64_t(ids.size())), "已完成的比例");
      item["逾期数"] = make_.Count(unit + "逾期的任务", late, "其中逾期的项数");
      list.items.push_back(std::move(item));
    }
    fields_["各单位"] = std::move(list);
  }

  void Years() {
    Field list = FieldMaker::List("有到期任务的年份，从早到晚");
    for (const auto& [year, ids] : ByYear(model_.tasks)) {
      std::string name = std::to_string(year);
      list.items.push_back({{"年份", FieldMaker::Value(name, "四位数的年份")},
                            {"任务数", make_.Count(name + "年到期的任务", ids, "这一年到期的项数")}});
    }
    fields_["各年"] = std::move(list);
  }

  // Words between the parts are theirs too, so that a sentence reads well whichever of them are there.
  Field Parts(const std::vector<CoverageSum>& sums, const char* first, const char* meaning) {
    Field list = FieldMaker::List(meaning);
    for (const auto& sum : sums)
      list.items.push_back(
          {{"接语", FieldMaker::Value(list.items.empty() ? first : "、", "放在名称前：第一项和以后各项不同")},
           {"名称", FieldMaker::Value(sum.name, "简报的种类，或媒体的层级")},
           {"数量",
            make_.Told(std::to_string(sum.pieces), "宣传报道：" + sum.name, "article", sum.ids, "数量")},
           {"量词", FieldMaker::Value(sum.measure, "期、篇（条次）")}});
    return list;
  }
  void Coverage() {
    const PaperCoverage& coverage = model_.coverage;
    bool media = coverage.media.pieces > 0, any = media || !coverage.briefs.empty();
    fields_["宣传报道"] = FieldMaker::Value(any ? "有" : "", "有没有宣传报道可说；没有时为空");
    fields_["简报"] = Parts(coverage.briefs, "共编发", "工作简报、舆情周报等，各种一项");
    fields_["报道数"] =
        media ? make_.Told(std::to_string(coverage.media.pieces), "宣传报道：" + coverage.media.name,
                           "article", coverage.media.ids, "各级媒体的报道数；没有时为空")
              : FieldMaker::Value("", "各级媒体的报道数；没有时为空");
    fields_["报道量词"] = FieldMaker::Value(coverage.media.measure, "篇（条次）");
    fields_["报道层级"] = Parts(coverage.levels, "，其中", "各层级媒体的报道数");
  }

  const TaskPaperModel& model_;
  FieldMaker make_;
  Fields fields_;
};

}  // namespace

TemplateData DataOf(const TaskPaperModel& model) {
  return TaskData(model).Make();
}

}  // namespace zg::paper
