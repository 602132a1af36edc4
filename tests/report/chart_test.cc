// Charts: models and drawings as data, SVG as text, PDF and PNG as other programs see them.
#include "report/chart.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <pugixml.hpp>

#include "report/cairo_page.h"
#include "report/svg.h"

namespace zg {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Date D(const char* iso) {
  return *Date::ParseIso(iso);
}

ChartTask Task(int n, Standing standing, const char* due = "2024-12-31") {
  ChartTask task;
  task.id = {n};
  task.path = std::to_string(n);
  task.problem = "青河污水处理厂长期超标排放";
  task.units = "青河市政府";
  task.begin = D("2024-01-15");
  if (due) task.due = D(due);
  task.standing = standing;
  return task;
}

GanttModel Gantt(int tasks) {
  GanttModel model{{"整改任务倒排工期图", "第二轮督察", D("2024-06-30")}, {}};
  for (int i = 1; i <= tasks; ++i) model.tasks.push_back(Task(i, Standing::kOnTrack));
  return model;
}

std::vector<std::string> Texts(const DrawnPage& page) {
  std::vector<std::string> texts;
  for (const auto& placed : page.shapes)
    if (auto* text = std::get_if<TextShape>(&placed.shape)) texts.push_back(text->text);
  return texts;
}

// What lies outside of the page, and labels too small to be read from a metre away.
std::vector<std::string> Faults(const Drawing& drawing, double smallest) {
  std::vector<std::string> faults;
  for (const auto& page : drawing.pages) {
    for (const auto& placed : page.shapes) {
      if (auto* text = std::get_if<TextShape>(&placed.shape)) {
        double width = TextWidth(text->text, text->points);
        double left = text->anchor == Anchor::kStart    ? text->x
                      : text->anchor == Anchor::kMiddle ? text->x - width / 2
                                                        : text->x - width;
        if (left < 0 || left + width > drawing.width + 0.01 || text->y > drawing.height)
          faults.push_back("outside: " + text->text);
        if (text->points < smallest) faults.push_back("small: " + text->text);
      }
      if (auto* rect = std::get_if<RectShape>(&placed.shape))
        if (rect->x < -0.01 || rect->x + rect->width > drawing.width + 0.01 || rect->width < 0 ||
            rect->y + rect->height > drawing.height + 0.01)
          faults.push_back("a box outside");
    }
  }
  return faults;
}

std::string OutputOf(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  pclose(pipe);
  return out;
}
std::filesystem::path Saved(const std::string& name, const std::string& bytes) {
  auto path = std::filesystem::path(testing::TempDir()) / name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}
bool Has(const char* program) {
  return std::system((std::string("command -v ") + program + " >/dev/null 2>&1").c_str()) == 0;
}

TEST(Text, IsShortenedByRuleAndNotByFont) {
  EXPECT_EQ(FitText("青河污水处理厂", 14, 100), "青河污水处理厂");
  EXPECT_EQ(FitText("青河污水处理厂", 14, 4 * 14 * kMmPerPoint), "青河污…");
  EXPECT_THAT(WrapText("州级（行业）验收", 14, 3.2 * 14 * kMmPerPoint, 4),
              ElementsAre("州级", "（行", "业）验", "收"))
      << "no line ends with an opening bracket or begins with a closing one";
  EXPECT_THAT(WrapText("一二三四五六", 14, 3 * 14 * kMmPerPoint, 1), ElementsAre("一二…"));
}

TEST(Gantt, PutsEachTaskOnARowAndTheRestOnFurtherPages) {
  Drawing drawing = DrawGantt(Gantt(60));
  ASSERT_EQ(drawing.pages.size(), 3u);
  size_t marks = 0;
  for (const auto& page : drawing.pages) {
    EXPECT_THAT(Texts(page), Contains("整改任务倒排工期图"));
    marks += page.marks.size();
  }
  EXPECT_EQ(marks, 60u);
  EXPECT_THAT(Texts(drawing.pages[1]), Contains("第2页 共3页"));
  EXPECT_EQ(drawing.pages[0].marks[0].title,
            "第1项 青河污水处理厂长期超标排放（青河市政府）：正在推进，时限2024年12月31日");
  EXPECT_EQ(drawing.pages[0].marks[0].link, "/tasks/1");
  EXPECT_THAT(drawing.pages[0].marks[0].ids, ElementsAre(1));
}

TEST(Gantt, MarksWhatIsLateInWordsToo) {
  GanttModel model = Gantt(0);
  model.tasks = {Task(1, Standing::kLate, "2024-05-16"), Task(2, Standing::kAtRisk),
                 Task(3, Standing::kKept, nullptr)};
  model.tasks[2].due_word = "长期坚持";
  Drawing drawing = DrawGantt(model);
  EXPECT_THAT(Texts(drawing.pages[0]), Contains("逾45天"));
  EXPECT_THAT(Texts(drawing.pages[0]), Contains("长期坚持"));
  EXPECT_THAT(drawing.pages[0].marks[0].title, HasSubstr("已逾期45天"));
}

TEST(Gantt, SaysWhatWasLeftOut) {
  GanttModel model = Gantt(1);
  model.head.left_out = 7;
  model.head.narrow = "请筛选";
  EXPECT_THAT(Texts(DrawGantt(model).pages[0]), Contains("另有7项未画出，请筛选"));
  EXPECT_THAT(Texts(DrawGantt(Gantt(0)).pages[0]), Contains("没有符合条件的整改任务。"));
}

TEST(Wall, KeepsGroupsTogetherAndCountsThem) {
  WallModel model{{"状态墙", "", D("2024-06-30")}, {{"第一轮", "", {}}, {"第二轮", "", {}}}};
  for (int i = 1; i <= 300; ++i)
    model.groups[i > 250].tasks.push_back(Task(i, i % 2 ? Standing::kDone : Standing::kLate, "2024-06-29"));
  Drawing drawing = DrawWall(model);
  EXPECT_EQ(drawing.pages.size(), 2u);
  size_t cells = 0;
  for (const auto& page : drawing.pages)
    for (const auto& mark : page.marks) cells += mark.ids.size();
  EXPECT_EQ(cells, 300u);
  EXPECT_THAT(Texts(drawing.pages[0]), Contains("共250项，已完成125项，逾期125项"));
  EXPECT_THAT(Texts(drawing.pages[1]), Contains("（续）共250项，已完成125项，逾期125项"));
  EXPECT_THAT(Texts(drawing.pages[0]), Contains("逾1天"));
}

CloseoutModel Closeout() {
  CloseoutGroup group{"督察整改任务流程", {"未启动", "整改中", "州级（行业）验收", "销号"}, {}};
  using Kind = CloseoutCell::Kind;
  group.rows.push_back({Task(1, Standing::kOnTrack),
                        {{Kind::kPassed, 3}, {Kind::kHere, 40, true}, {Kind::kAhead}, {Kind::kAhead}}});
  return {{"销号进度表", "", D("2024-06-30")}, {group}};
}

TEST(Closeout, TellsDaysAndWhereItStands) {
  Drawing drawing = DrawCloseout(Closeout());
  auto texts = Texts(drawing.pages[0]);
  EXPECT_THAT(texts, Contains("✓3天"));
  EXPECT_THAT(texts, Contains("超40天"));
  EXPECT_THAT(drawing.pages[0].marks[0].title, HasSubstr("现在：整改中（已超期）"));
}

ProgressModel Progress() {
  ProgressModel model{{"各部门进展", "", D("2024-06-30")}, "部门", {}, {}};
  ProgressRow row{"青河市<环保>局 & 水利局", "/tasks?unit=7", {}};
  row.counts[size_t(Standing::kDone)] = 55;
  row.counts[size_t(Standing::kLate)] = 39;
  model.rows = {row};
  model.whole = row;
  return model;
}

TEST(Progress, SharesAreThoseOfTheReport) {
  EXPECT_EQ(ShareText(55, 94), "58.5%");
  EXPECT_EQ(ShareText(0, 0), "—");
  auto texts = Texts(DrawProgress(Progress()).pages[0]);
  EXPECT_THAT(texts, Contains("58.5%"));
  EXPECT_THAT(texts, Contains("39"));
}

TEST(Charts, NothingLiesOutsideAndLabelsCanBeReadFromAMetreAway) {
  RouteModel route{{"督导路线图", "", D("2024-06-30")}, {"青河市", "白石市"}, {}};
  route.stops = {{"第一督导组", "青河市", D("2024-06-24"), D("2024-06-26"), "", 3, true, ""},
                 {"第一督导组", "白石市", D("2024-06-28"), D("2024-06-28"), "", 0, false, ""},
                 {"第二督导组", "白石市", D("2024-06-25"), D("2024-07-20"), "", 12, false, ""}};
  MapModel map{{"方格图", "", D("2024-06-30")},
               {{4, 4, Progress().rows[0], ""}, {0, 0, {"白石市", "", {}}, ""}}};
  for (const Drawing& drawing : {DrawGantt(Gantt(30)), DrawCloseout(Closeout()), DrawProgress(Progress()),
                                 DrawMap(map), DrawRoute(route)}) {
    EXPECT_THAT(Faults(drawing, 14), ElementsAre()) << drawing.title;
    EXPECT_THAT(Faults(OnPaper(drawing, ChartPaper::kA1), 28), ElementsAre()) << drawing.title;
  }
}

TEST(Svg, IsWellFormedEscapedAndTheSameEveryTime) {
  Drawing drawing = DrawProgress(Progress());
  std::string svg = WriteSvg(drawing, 0, {.links = true, .sized = false});
  EXPECT_EQ(svg, WriteSvg(DrawProgress(Progress()), 0, {.links = true, .sized = false}));
  pugi::xml_document xml;
  ASSERT_TRUE(xml.load_string(svg.c_str())) << svg.substr(0, 400);
  auto link = xml.select_node("//*[local-name()='a']").node();
  EXPECT_STREQ(link.attribute("href").value(), "/tasks?unit=7");
  EXPECT_STREQ(link.child("title").text().get(),
               "青河市<环保>局 & 水利局：共94项，已完成55项，已逾期39项，完成率58.5%");
  EXPECT_THAT(WriteSvg(drawing, 0), Not(HasSubstr("<a ")));
  EXPECT_THAT(WriteSvg(drawing, 0), HasSubstr("width=\"420mm\" height=\"297mm\""));
}

// A small drawing with every kind of shape, letter by letter.
TEST(Svg, Golden) {
  Drawing drawing{"例图", D("2024-06-30"), 420, 297, {{}}};
  Pen pen(drawing.pages[0]);
  pen.Rect({1, 2, 30, 40.126, 0xb3261e, 0x13262b, 0.25, 1, Pattern::kHatched, 0xcb5a53});
  pen.Begin({"第1项 <危险>", "/tasks/1", {1}});
  pen.Line({0, 0, 10, 10, 0x0f5b65, 0.5, true});
  pen.Polygon({{{1, 1}, {2, 2}, {0, 2}}, 0xffffff, 0x0f5b65, 0.4});
  pen.Text({5, 6, "时限\"<&>", 14, 0x13262b, Anchor::kEnd, true});
  pen.End();
  std::ifstream in(ZG_SOURCE_DIR "/tests/report/golden/drawing.svg", std::ios::binary);
  std::string golden{std::istreambuf_iterator<char>(in), {}};
  std::string svg = WriteSvg(drawing, 0, {.links = true, .sized = true});
  EXPECT_EQ(svg, golden);
  if (svg != golden) Saved("drawing.svg", svg);
}

TEST(Pdf, HasItsPagesItsSizeAndTextThatCanBeFound) {
  if (!Has("pdfinfo") || !Has("pdftotext")) GTEST_SKIP() << "skipped: no poppler-utils";
  auto bytes = WritePdf(OnPaper(DrawGantt(Gantt(60)), ChartPaper::kA1));
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ(*bytes, *WritePdf(OnPaper(DrawGantt(Gantt(60)), ChartPaper::kA1)))
      << "the same chart is the same file";
  std::string file = Saved("gantt.pdf", *bytes);
  std::string info = OutputOf("pdfinfo " + file);
  EXPECT_THAT(info, HasSubstr("Pages:           3"));
  EXPECT_THAT(info, HasSubstr("(A1)")) << info;
  EXPECT_THAT(info, HasSubstr("整改任务倒排工期图"));
  std::string text = OutputOf("pdftotext -layout " + file + " -");
  for (const char* word : {"整改任务倒排工期图", "青河污水处理厂长", "2024-12-31", "第3页 共3页"})
    EXPECT_THAT(text, HasSubstr(word));
  EXPECT_THAT(OutputOf("pdffonts " + file), Not(HasSubstr(" no  no "))) << "fonts are embedded";
}

TEST(Png, IsAPictureOfTheAskedWidth) {
  auto bytes = WritePng(
      DrawWall({{"状态墙", "", D("2024-06-30")}, {{"第一轮", "", {Task(1, Standing::kDone)}}}}), 0, 840);
  ASSERT_TRUE(bytes.ok());
  ASSERT_GT(bytes->size(), 100u);
  EXPECT_EQ(bytes->substr(1, 3), "PNG");
  auto number = [&](size_t at) {
    int n = 0;
    for (size_t i = 0; i < 4; ++i) n = n * 256 + static_cast<unsigned char>((*bytes)[at + i]);
    return n;
  };
  EXPECT_EQ(number(16), 840);
  EXPECT_EQ(number(20), 594);
}

}  // namespace
}  // namespace zg
