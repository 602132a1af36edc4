#include "report/question_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "report/composer.h"
#include "report/task_fields.h"

namespace zg {
namespace {

constexpr size_t kTelling = 12;     // characters by which a quote is known again
constexpr size_t kMostQuoted = 80;  // characters; the rest is found at the place
std::string PlaceOf(const Question& q) {
  return "《" + q.document + "》" + (q.path.empty() ? "正文" : "第" + q.path + "项");
}

// Questions of one unit together, units in the order of their first question.
std::vector<std::vector<const Question*>> ByUnit(const QuestionList& list) {
  std::vector<std::vector<const Question*>> groups;
  for (const Question& q : list.questions) {
    auto it = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g[0]->unit == q.unit; });
    if (it == groups.end())
      groups.push_back({&q});
    else
      it->push_back(&q);
  }
  return groups;
}

// The words that are asked about, where the question itself does not say them.
std::string OwnWords(const Question& q) {
  std::u32string words = ToUtf32(q.quote);
  if (words.empty() || q.text.find(ToUtf8(words.substr(0, kTelling))) != std::string::npos) return {};
  return "原文：“" + ToUtf8(words.substr(0, kMostQuoted)) + (words.size() > kMostQuoted ? "……" : "") + "”";
}

void Ask(const Question& q, paper::Composer& c) {
  c.Heading(3, q.text + "（" + PlaceOf(q) + "）");
  if (std::string words = OwnWords(q); !words.empty()) c.Say(words);
  if (!q.computed.empty()) c.Say("计算：" + q.computed, true);
  c.Say("答复：" + q.explained);
  // Room to write on paper.
  if (q.explained.empty()) c.Add(paper::Style::kPlain, "", "");
}

// What several units are asked about counts once.
size_t Places(const QuestionList& list) {
  std::set<std::tuple<std::string, std::string, std::string>> places;
  for (const Question& q : list.questions) places.insert({q.document, q.path, q.text});
  return places.size();
}

std::string NameOf(const Question& q) {
  return q.unit.empty() ? "未写明责任单位的" : q.unit;
}

}  // namespace

Table QuestionTable(const QuestionList& list) {
  Table table;
  table.title = "核验问询";
  table.columns = {
      {"unit", "单位", 22, true},  {"no", "序号", 6, false},       {"severity", "程度", 8, false},
      {"kind", "类别", 12, false}, {"place", "出处", 34, true},    {"quote", "原文", 44, true},
      {"text", "问询", 60, true},  {"computed", "计算", 30, true}, {"answer", "单位答复", 36, true}};
  for (const auto& group : ByUnit(list)) {
    int64_t n = 0;
    for (const Question* q : group) {
      table.rows.push_back(
          {NameOf(*q), ++n, q->severity, q->kind, PlaceOf(*q), q->quote, q->text, q->computed, q->explained});
    }
  }
  return table;
}

paper::Paper QuestionPaper(const QuestionList& list) {
  paper::Composer c("questions");
  c.paper.name = "核验问询单-" + list.day.Iso();
  c.paper.title = "关于核实整改材料有关数据和说法的问询单";
  auto groups = ByUnit(list);
  if (groups.empty()) {
    c.Say("目前没有需要核实的数据和说法。");
  } else {
    c.Say(fmt::format(
        "经核验整改材料，共有{}处数据或说法需要{}个单位核实。请逐条说明，材料有误的予以更正，并附依据。",
        Places(list), groups.size()));
  }
  for (const auto& group : groups) {
    c.Heading(1, NameOf(*group[0]));
    for (const Question* q : group) Ask(*q, c);
  }
  c.paper.date = list.day;
  return std::move(c).Take();
}

paper::TemplateData DataOf(const QuestionList& list) {
  using paper::FieldMaker;
  paper::Field units = FieldMaker::List("要核实的单位，逐个重复");
  for (const auto& group : ByUnit(list)) {
    paper::Field asked = FieldMaker::List("问这个单位的问题，逐条重复");
    for (const Question* q : group) {
      paper::Fields item;
      FieldMaker::Renumber(item, int(asked.items.size()) + 1);
      item["问询"] = FieldMaker::Value(q->text, "要单位说明的话");
      item["出处"] = FieldMaker::Value(PlaceOf(*q), "文件和任务序号");
      item["原文"] = FieldMaker::Value(OwnWords(*q), "材料里的原话；问询里已经写到时为空");
      item["计算"] = FieldMaker::Value(q->computed, "是怎么算出来的，可以为空");
      item["答复"] = FieldMaker::Value(q->explained, "单位已有的答复，可以为空");
      item["程度"] = FieldMaker::Value(q->severity, "差错、疑点或者提示");
      item["类别"] = FieldMaker::Value(q->kind, "如比例和增减");
      asked.items.push_back(std::move(item));
    }
    paper::Fields unit;
    FieldMaker::Renumber(unit, int(units.items.size()) + 1);
    unit["单位名称"] = FieldMaker::Value(NameOf(*group[0]), "要核实的单位");
    unit["问询清单"] = std::move(asked);
    units.items.push_back(std::move(unit));
  }
  paper::Fields f;
  f["问询数"] = FieldMaker::Value(std::to_string(Places(list)), "要核实的处数");
  f["单位数"] = FieldMaker::Value(std::to_string(units.items.size()), "要核实的单位数");
  f["署名"] = FieldMaker::Value("", "发文单位，可以为空");
  f["日期"] = FieldMaker::Value(list.day.Chinese(), "成文日期");
  f["各单位"] = std::move(units);
  return {std::move(f), {}};
}

}  // namespace zg
