#include "report/question_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "report/composer.h"

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

}  // namespace zg
