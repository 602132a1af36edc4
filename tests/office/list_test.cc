// Lists, counts, search, directory: what they say agrees with the tasks, however they are asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "office/desk.h"
#include "office/sample.h"

namespace zg {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> Paths(const json& list) {
  std::vector<std::string> paths;
  for (const auto& item : list["items"]) paths.push_back(item["path"].get<std::string>());
  return paths;
}

class ListTest : public testing::Test {
 protected:
  ListTest() : desk_("list") { desk_.Import(TaskListText()); }
  int64_t Unit(const std::string& name) {
    json found = desk_->units().Find(name, 10).value();
    for (const auto& unit : found["items"]) {
      if (unit["name"] == name) return unit["id"];
    }
    return 0;
  }
  Desk desk_;
};

TEST_F(ListTest, SortsByNumberDayAndState) {
  EXPECT_THAT(Paths(desk_.List()), ElementsAre("1", "2", "3"));
  EXPECT_THAT(Paths(desk_.List({}, "-number")), ElementsAre("3", "2", "1"));
  EXPECT_THAT(Paths(desk_.List({}, "due")), ElementsAre("3", "1", "2")) << "tasks without a day stand last";
  EXPECT_THAT(Paths(desk_.List({}, "-due")), ElementsAre("1", "3", "2")) << "… in both directions";
}

TEST_F(ListTest, FiltersByDay) {
  TaskFilter filter;
  filter.due_from = Date::Make(2024, 1, 1);
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("1"));
  filter = {};
  filter.due_to = Date::Make(2023, 12, 31);
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("3"));
}

TEST_F(ListTest, OverdueDependsOnTheDayAsked) {
  TaskFilter filter;
  filter.overdue = true;
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("3"));
  filter.as_of = Date::Make(2023, 12, 31);
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre()) << "the last day itself is not late";
  filter.as_of = Date::Make(2025, 1, 1);
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("1", "3"));
  filter.overdue = false;
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("2"));
}

TEST_F(ListTest, FiltersByUnitAndRole) {
  TaskFilter filter;
  filter.unit = UnitId{Unit("云川省住房城乡建设厅")};
  ASSERT_TRUE(*filter.unit);
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("1", "3"));
  filter.role = RoleFilter::kResponsible;
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("1"));
  filter.role = RoleFilter::kAcceptance;
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("3"));
}

TEST_F(ListTest, FiltersByFlagsStateAndWords) {
  TaskFilter filter;
  filter.immediate = true;
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("2"));
  filter = {};
  filter.immediate = false;
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("1", "3"));
  filter = {};
  filter.q = "矿坑";
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("2"));
  filter.q = "矿坑 林地";
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre("2"));
  filter.q = "矿坑 渗滤液";
  EXPECT_THAT(Paths(desk_.List(filter)), ElementsAre());
  filter = {};
  filter.states = {TaskState::kCompleted, TaskState::kOngoing};
  EXPECT_EQ(desk_.List(filter)["total"], 0);
  filter.states = {TaskState::kNotStated};
  EXPECT_EQ(desk_.List(filter)["total"], 3);
}

TEST_F(ListTest, AKeyOfAnotherSortIsRefused) {
  auto page = desk_->tasks().List({}, ParseTaskSort("due").value(), {"ord.5.5", 10});
  EXPECT_EQ(page.error().id, "parameter.after");
  EXPECT_EQ(desk_->tasks().List({}, {}, {"nonsense", 10}).error().id, "parameter.after");
}

TEST_F(ListTest, SearchFindsTwoCharactersAndMarksThem) {
  json found = desk_->search().Find("矿坑", 20).value().Value();
  ASSERT_GE(found["items"].size(), 2u) << "the task and its paragraphs";
  EXPECT_EQ(found["items"][0]["kind"], "task");
  bool hit = false;
  for (const auto& part : found["items"][0]["snippet"]) hit = hit || (part["hit"] && part["text"] == "矿坑");
  EXPECT_TRUE(hit) << found["items"][0].dump();
  bool paragraph = false;
  for (const auto& item : found["items"]) {
    if (item["kind"] != "paragraph") continue;
    paragraph = true;
    EXPECT_EQ(item["path"], "2") << "a paragraph knows the task around it";
  }
  EXPECT_TRUE(paragraph);
}

TEST_F(ListTest, SearchTakesNoSyntaxFromTheUser) {
  for (const char* q :
       {"\"", "矿坑\" OR \"青河", "NEAR(矿坑 青河)", "*", "(", "矿", "", "AND", "col:矿坑", "矿坑*"}) {
    auto found = desk_->search().Find(q, 20);
    ASSERT_TRUE(found.ok()) << q << ": " << found.error().cause;
  }
  EXPECT_EQ(desk_->search().Find("矿坑\" OR \"青河", 20).value().Value()["total"], 0)
      << "quotes are no operators";
}

TEST_F(ListTest, OverviewAddsUp) {
  json o = json::parse(desk_->overview().Get(std::nullopt, std::nullopt).value().text);
  EXPECT_EQ(o["as_of"], "2024-06-30");
  EXPECT_EQ(o["total"], 3);
  EXPECT_EQ(o["overdue"], 1);
  EXPECT_EQ(o["no_date"], 1);
  EXPECT_EQ(o["flags"]["immediate"], 1);
  EXPECT_EQ(o["by_state"]["not_stated"], 3);
  ASSERT_EQ(o["due_soon"].size(), 1u);
  EXPECT_EQ(o["due_soon"][0]["path"], "1");
  EXPECT_EQ(o["by_month"].size(), 2u);
  EXPECT_EQ(o["by_round"][0]["total"], 3);
  EXPECT_EQ(desk_->overview().Get(RoundId{99}, std::nullopt).error().id, "round.not_found");
}

TEST_F(ListTest, ExportsWhatIsListed) {
  TaskFilter filter;
  filter.q = "矿坑";
  auto csv = desk_->exports().Tasks(filter, {}, {"path", "due", "problem"}, "csv").value();
  EXPECT_THAT(csv.bytes, testing::StartsWith("\xEF\xBB\xBF编号,完成期限,反馈问题\r\n2,,"));
  EXPECT_EQ(csv.name, "整改任务清单-2024-06-30.csv");
  EXPECT_THAT(desk_->exports().Tasks({}, {}, {}, "xlsx").value().bytes, testing::StartsWith("PK"));
  auto bad = desk_->exports().Tasks({}, {}, {"problm"}, "csv");
  EXPECT_THAT(bad.error().message, HasSubstr("problem"));
}

// Every list, by every sort and filter, page by page, against a plain scan of the whole.
TEST(LargeList, PagesAreWholeOrderedAndCountedForEveryFilter) {
  Desk desk("large");
  SampleRequest request;
  request.tasks = 700;
  ASSERT_TRUE(MakeSample(desk.office(), request).ok());
  std::vector<json> all;
  std::string after;
  do {
    json page = desk.List({}, "", 200, after);
    for (auto& item : page["items"]) all.push_back(item);
    after = page["next"].is_string() ? page["next"].get<std::string>() : "";
  } while (!after.empty());
  ASSERT_EQ(all.size(), 700u);

  json units = desk->units().Find("", 3).value()["items"];
  json regions = desk->units().Regions().value();
  std::vector<std::pair<TaskFilter, std::function<bool(const json&)>>> cases;
  auto add = [&](TaskFilter f, std::function<bool(const json&)> keep) {
    cases.push_back({std::move(f), std::move(keep)});
  };
  add({}, [](const json&) { return true; });
  add({.states = {TaskState::kCompleted}}, [](const json& i) { return i["state"] == "completed"; });
  add({.states = {TaskState::kNotStated, TaskState::kNotStarted}},
      [](const json& i) { return i["state"] == "not_stated" || i["state"] == "not_started"; });
  add({.overdue = true}, [](const json& i) { return i["overdue"].get<bool>(); });
  add({.overdue = false}, [](const json& i) { return !i["overdue"].get<bool>(); });
  add({.due_from = Date::Make(2023, 1, 1), .due_to = Date::Make(2023, 6, 30)}, [](const json& i) {
    return i["due"].is_string() && i["due"] >= "2023-01-01" && i["due"] <= "2023-06-30";
  });
  add({.immediate = true, .doubt = false},
      [](const json& i) { return i["immediate"].get<bool>() && i["doubts"] == 0; });
  add({.round = RoundId{2}}, [](const json& i) { return i["round"]["id"] == 2; });
  add({.round = RoundId{3}, .states = {TaskState::kInProgress}, .overdue = true}, [](const json& i) {
    return i["round"]["id"] == 3 && i["state"] == "in_progress" && i["overdue"].get<bool>();
  });
  std::string unit = units[0]["name"];
  auto responsible = [unit](const json& i) {
    return std::find(i["responsible"].begin(), i["responsible"].end(), unit) != i["responsible"].end();
  };
  auto acceptance = [unit](const json& i) {
    return std::find(i["acceptance"].begin(), i["acceptance"].end(), unit) != i["acceptance"].end();
  };
  UnitId id{units[0]["id"].get<int64_t>()};
  add({.unit = id}, [=](const json& i) { return responsible(i) || acceptance(i); });
  add({.unit = id, .role = RoleFilter::kAcceptance}, acceptance);
  add({.unit = id, .states = {TaskState::kCompleted}},
      [=](const json& i) { return (responsible(i) || acceptance(i)) && i["state"] == "completed"; });

  for (size_t c = 0; c < cases.size(); ++c) {
    for (const char* sort : {"number", "-number", "due", "-due", "state", "-state", "updated", "-updated"}) {
      std::multiset<int64_t> expected, found;
      for (const auto& item : all) {
        if (cases[c].second(item)) expected.insert(item["id"].get<int64_t>());
      }
      std::string next;
      std::string last_due;
      do {
        json page = desk.List(cases[c].first, sort, 37, next);
        EXPECT_EQ(page["total"], expected.size()) << "case " << c << " by " << sort;
        for (const auto& item : page["items"]) {
          found.insert(item["id"].get<int64_t>());
          if (std::string(sort) == "due" && item["due"].is_string()) {
            EXPECT_LE(last_due, item["due"].get<std::string>());
            last_due = item["due"];
          }
        }
        next = page["next"].is_string() ? page["next"].get<std::string>() : "";
      } while (!next.empty());
      EXPECT_EQ(found, expected) << "case " << c << " by " << sort;
    }
  }
  json overview = json::parse(desk->overview().Get(std::nullopt, std::nullopt).value().text);
  int64_t late =
      std::count_if(all.begin(), all.end(), [](const json& i) { return i["overdue"].get<bool>(); });
  EXPECT_EQ(overview["overdue"], late);
  EXPECT_TRUE(desk.Verify()["ok"]) << desk.Verify();
  json before = desk.List({}, "due", 200);
  ASSERT_TRUE(desk->keeping().Rebuild(desk.me).ok());
  EXPECT_EQ(desk.List({}, "due", 200), before) << "rebuild makes the same again";
  EXPECT_TRUE(desk.Verify()["ok"]);
}

TEST(Directory, ARegionHoldsItsCountiesAndGroupsStandForEveryPrefecture) {
  Desk desk("regions");
  json regions = desk->units().Regions().value();
  std::map<std::string, json> by_level;
  for (const auto& r : regions) by_level.emplace(r["level"].get<std::string>(), r);
  ASSERT_TRUE(by_level.count("county") && by_level.count("prefecture"));
  json county = by_level["county"], prefecture;
  for (const auto& r : regions) {
    if (r["code"] == county["parent"]) prefecture = r;
  }
  std::string text = TaskListText();
  text.replace(text.find("白石市党委、政府"), strlen("白石市党委、政府"),
               county["name"].get<std::string>() + "政府");
  desk.Import(text);
  TaskFilter filter;
  filter.region = county["code"];
  EXPECT_THAT(Paths(desk.List(filter)), ElementsAre("2"));
  filter.region = prefecture["code"];
  EXPECT_THAT(Paths(desk.List(filter)), ElementsAre("2", "3")) << "task 3 is everybody's: 各地（州、市）";
}

}  // namespace
}  // namespace zg
