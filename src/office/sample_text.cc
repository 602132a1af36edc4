#include "office/sample_text.h"

#include <fmt/format.h>

#include "base/numeral.h"
#include "base/text.h"

namespace zg {
namespace {

const std::u32string_view kSubjects[] = {
    U"城镇污水处理厂", U"工业园区", U"重点河流断面",   U"露天矿山",   U"畜禽养殖场",
    U"燃煤锅炉",       U"建筑工地", U"生活垃圾填埋场", U"自然保护区", U"地下水超采区",
    U"危险废物贮存点", U"化工企业", U"扬尘污染源",     U"入河排污口", U"湿地公园"};
const std::u32string_view kFaults[] = {U"管理不到位",       U"设施建设滞后",   U"超标排放问题突出",
                                       U"生态修复进展缓慢", U"监管责任未落实", U"台账记录不完整",
                                       U"违规占用林地草地", U"雨污混流未解决", U"在线监测数据异常",
                                       U"渗滤液处置不规范", U"无组织排放严重", U"取水许可手续不全"};
const std::u32string_view kDetails[] = {U"群众反映强烈",       U"多次督办仍未见效",   U"直至进驻时才开工",
                                        U"部分指标不升反降",   U"资金到位率偏低",     U"有关部门推诿扯皮",
                                        U"整改方案缺少时间表", U"现场检查发现新问题", U"与上报情况不一致"};
const std::u32string_view kVerbs[] = {U"完成", U"推进", U"开展", U"落实",
                                      U"加快", U"规范", U"强化", U"全面排查"};
const std::u32string_view kObjects[] = {U"提标改造", U"专项整治",     U"生态修复", U"管网建设",
                                        U"台账管理", U"日常巡查",     U"执法检查", U"清洁取暖",
                                        U"节水改造", U"应急减排措施", U"截污治污", U"监测能力建设"};
const std::u32string_view kOrgans[] = {U"党委",   U"政府",       U"生态环境局", U"水利局", U"住房城乡建设局",
                                       U"工信局", U"自然资源局", U"农业农村局", U"发改委", U"林草局"};

}  // namespace

// A text being written, line by line; spans are those of the words just added.
class SampleWriter::Page {
 public:
  explicit Page(SampleDocument& out) : out_(out), line_(uint32_t(out.document.text.size())) {
    out.document.format = "txt";
  }
  Span Add(std::u32string_view words) {
    uint32_t begin = uint32_t(out_.document.text.size());
    out_.document.text += words;
    return {begin, uint32_t(out_.document.text.size())};
  }
  void EndLine() {
    uint32_t end = uint32_t(out_.document.text.size());
    Block block;
    block.span = {line_, end};
    block.place.paragraph = int(out_.document.blocks.size()) + 1;
    if (end > line_) out_.document.blocks.push_back(block);
    out_.document.text += U'\n';
    line_ = end + 1;
  }
  uint32_t at() const { return uint32_t(out_.document.text.size()); }
  Draft& draft() { return out_.draft; }

 private:
  SampleDocument& out_;
  uint32_t line_;
};

std::u32string SampleWriter::Sentence() {
  std::u32string s = ToUtf32(Any(regions_));
  s.append(Any(kSubjects)).append(Any(kFaults)).append(U"，").append(Any(kDetails)).append(U"，");
  s.append(Any(kVerbs)).append(Any(kObjects)).append(U"任务");
  return s + ToUtf32(std::to_string(2 + Pick(98))) + U"项。";
}

std::u32string SampleWriter::UnitName() {
  return ToUtf32(Any(regions_)) + std::u32string(Any(kOrgans));
}

void SampleWriter::WriteTask(Page& page, int number) {
  Entry e;
  uint32_t begin = page.at();
  e.path = std::to_string(number);
  e.label_span = page.Add(ChineseNumeral(number) + U"、");
  e.label = ToUtf8(ChineseNumeral(number)) + "、";
  std::u32string problem = Sentence() + Sentence();
  e.problem = {ToUtf8(problem), page.Add(problem)};
  page.EndLine();

  auto units = [&](std::u32string_view label, size_t n, std::vector<UnitRef>& to) {
    page.Add(label);
    for (size_t i = 0; i < n; ++i) {
      if (i) page.Add(U"、");
      std::u32string name = UnitName();
      to.push_back({ToUtf8(name), ToUtf8(name), page.Add(name), UnitRole::kNone, true, false});
    }
    page.EndLine();
  };
  units(U"责任单位：", 1 + Pick(4), e.responsible);
  if (e.responsible.size() > 1) e.responsible[0].role = UnitRole::kLead;
  for (size_t i = 1; i < e.responsible.size(); ++i) e.responsible[i].role = UnitRole::kSupporting;
  units(U"验收单位：", 1, e.acceptance);

  page.Add(U"整改目标：");
  std::u32string goal = Sentence();
  e.goal = {ToUtf8(goal), page.Add(goal)};
  page.EndLine();

  page.Add(U"整改时限：");
  int year = 2021 + int(Pick(6)), month = 1 + int(Pick(12));
  bool immediate = Pick(10) == 0;
  std::u32string limit =
      immediate ? U"立行立改，长期坚持" : ToUtf32(fmt::format("{}年{}月底前", year, month));
  Deadline deadline;
  deadline.text = ToUtf8(limit);
  deadline.span = page.Add(limit);
  deadline.immediate = deadline.long_term = immediate;
  if (!immediate) deadline.date = Date::EndOfMonth(year, month);
  e.deadline = deadline;
  page.EndLine();

  for (size_t i = 1 + Pick(4); i > 0; --i) {
    std::u32string text = Sentence();
    int ordinal = int(e.measures.size()) + 1;
    page.Add(ToUtf32(std::to_string(ordinal)) + U".");
    Measure measure;
    measure.number = ordinal;
    measure.text = ToUtf8(text);
    measure.span = page.Add(text);
    e.measures.push_back(std::move(measure));
    page.EndLine();
  }
  if (size_t kind = Pick(10); kind > 0) {
    page.Add(U"整改进展情况：");
    std::u32string text = kind > 4 ? U"已完成" : kind > 1 ? U"正在持续推进" : U"尚未启动";
    TaskStatus status;
    status.text = ToUtf8(text);
    status.span = page.Add(text);
    status.kind = kind > 4   ? StatusKind::kCompleted
                  : kind > 1 ? StatusKind::kInProgress
                             : StatusKind::kNotStarted;
    e.status = status;
    page.EndLine();
  }
  if (Pick(20) == 0) e.doubts.push_back({"deadline", "时限与措施中的日期不一致，请核对。", e.deadline->span});
  e.span = {begin, page.at()};
  page.draft().entries.push_back(std::move(e));
}

SampleDocument SampleWriter::TaskList(int number, int round, int tasks) {
  SampleDocument out;
  Page page(out);
  std::u32string title = ToUtf32(Any(regions_)) + U"第" + ChineseNumeral(round) +
                         U"轮中央生态环境保护督察整改任务清单（" + ToUtf32(std::to_string(number)) + U"）";
  out.draft.title = ToUtf8(title);
  out.draft.title_span = page.Add(title);
  out.draft.kind = "task_list";
  page.EndLine();
  for (int i = 1; i <= tasks; ++i) WriteTask(page, i);
  return out;
}

SampleDocument SampleWriter::Prose(int number, int paragraphs) {
  SampleDocument out = TaskList(number, 1, 1);
  Page page(out);
  for (int i = 0; i < paragraphs; ++i) {
    for (size_t n = 2 + Pick(4); n > 0; --n) page.Add(Sentence());
    page.EndLine();
  }
  return out;
}

}  // namespace zg
