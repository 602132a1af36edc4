// The publicity record: every change one event, workbooks in and out, what the public sees of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "office/articles.h"
#include "office/core.h"
#include "office/desk.h"
#include "office/publishing.h"
#include "office/verify.h"
#include "report/table.h"
#include "store/publications.h"

namespace zg {
namespace {

using testing::HasSubstr;
using testing::Not;

class ArticleTest : public testing::Test {
 protected:
  ArticleTest() : desk_("articles") {
    desk_.Import(
        "云川省第二轮中央生态环境保护督察报告整改任务清单\n一、青河污水处理厂长期超标排放。\n"
        "责任单位：青河市党委、政府\n整改目标：达标排放。\n整改时限：2024年底前\n整改措施：\n1.提标改造。\n");
    round_ = {desk_->rounds().List().value()[0]["id"].get<int64_t>()};
  }
  Articles& A() { return desk_->articles(); }
  Article Form(const std::string& title, const std::string& day = "2024-05-06") {
    Article a;
    a.day = *Date::ParseIso(day);
    a.title = title;
    a.medium = "云川日报";
    a.kind = "报纸";
    a.level = "省级";
    a.round = round_;
    return a;
  }
  static ArticleRef Ref(const json& item) {
    return {{item["id"].get<int64_t>()}, item["revision"].get<int64_t>()};
  }
  json Titles(const store::ArticleFilter& filter = {}) {
    json titles = json::array();
    json page = A().List(filter, "", 50).value();
    for (const auto& item : page["items"]) titles.push_back(item["title"]);
    return titles;
  }
  int64_t Events() { return VerifyLedger(desk_->core(), {}).value().events; }
  void Whole() {
    VerifyReport report = VerifyLedger(desk_->core(), {}).value();
    for (const auto& b : report.breaks) ADD_FAILURE() << b.where << " " << b.message;
  }
  static std::string Sheet(std::vector<std::string> heads, std::vector<std::vector<TableCell>> rows) {
    Table table;
    table.title = "报送";
    for (auto& head : heads) table.columns.push_back({head, head, 12, false});
    table.rows = std::move(rows);
    return WriteXlsx(table).value();
  }
  // Somebody proposes and sends, somebody else releases.
  json Release() {
    json draft = desk_->publishing().ProposeCoverage(round_, one_).value()["items"][0];
    auto move = [&](PublicationMove m, const json& p, const Actor& who) -> json {
      return desk_->publishing()
          .Move(m, {{PublicationId{p["id"].get<int64_t>()}, p["revision"].get<int64_t>()}}, "", who)
          .value()["items"][0];
    };
    return move(PublicationMove::kRelease, move(PublicationMove::kSubmit, draft, one_), two_);
  }

  Desk desk_;
  RoundId round_;
  Actor one_{"张三"}, two_{"李四"};
};

TEST_F(ArticleTest, EveryChangeIsOneEventAndIsProved) {
  int64_t before = Events();
  json made = A().Add(Form("青河治污"), one_).value();
  Article changed = Form("青河治污见效");
  json now = A().Change({made["id"].get<int64_t>()}, changed, made["revision"], one_).value();
  EXPECT_EQ(now["title"], "青河治污见效");
  EXPECT_EQ(A().Change({made["id"].get<int64_t>()}, changed, made["revision"], two_).error().id,
            "article.changed");
  json gone = A().Move(ArticleMove::kWithdraw, {Ref(now)}, "重复", one_).value()["items"][0];
  EXPECT_EQ(Titles(), json::array());
  store::ArticleFilter off;
  off.gone = true;
  EXPECT_EQ(Titles(off), json({"青河治污见效"}));
  EXPECT_EQ(A().Move(ArticleMove::kWithdraw, {Ref(gone)}, "再来", one_).error().id, "article.state");
  EXPECT_TRUE(A().Move(ArticleMove::kRestore, {Ref(gone)}, "", one_).ok());
  EXPECT_EQ(Titles(), json({"青河治污见效"}));
  EXPECT_EQ(Events(), before + 4) << "what was refused left none";
  Whole();
}

TEST_F(ArticleTest, NamesThatAreNotThereAreRefused) {
  Article a = Form("标题");
  a.region = "999999";
  EXPECT_EQ(A().Add(a, one_).error().id, "region.not_found");
  a = Form("标题");
  a.unit = {4711};
  EXPECT_EQ(A().Add(a, one_).error().id, "unit.not_found");
  a = Form("标题");
  a.tasks = {{4711}};
  EXPECT_EQ(A().Add(a, one_).error().id, "task.not_found");
  EXPECT_EQ(A().Move(ArticleMove::kWithdraw, {{ArticleId{1}, 1}}, " ", one_).error().id, "article.no_reason");
}

TEST_F(ArticleTest, PagesFollowTheKeyAndFiltersHold) {
  for (int day = 1; day <= 5; ++day)
    ASSERT_TRUE(
        A().Add(Form("第" + std::to_string(day) + "篇", "2024-05-0" + std::to_string(day)), one_).ok());
  ASSERT_TRUE(A().Add(Form("同一天", "2024-05-03"), one_).ok());
  json seen = json::array();
  std::string after;
  do {
    json page = A().List({}, after, 2).value();
    EXPECT_EQ(page["total"], 6);
    for (const auto& item : page["items"]) seen.push_back(item["title"]);
    after = page["next"].is_null() ? "" : page["next"].get<std::string>();
  } while (!after.empty());
  EXPECT_EQ(seen, json({"第5篇", "第4篇", "同一天", "第3篇", "第2篇", "第1篇"}));
  store::ArticleFilter filter;
  filter.from = Date::ParseIso("2024-05-02");
  filter.to = Date::ParseIso("2024-05-03");
  EXPECT_EQ(Titles(filter), json({"同一天", "第3篇", "第2篇"}));
  filter = {};
  filter.q = "%";
  EXPECT_EQ(Titles(filter), json::array()) << "a sign of LIKE is a sign like any other";
  EXPECT_EQ(A().List({}, "2024-05-03", 2).error().id, "parameter.after");
}

TEST_F(ArticleTest, TheTasksItTellsOfAreFoundByWholeNumber) {
  int64_t task = desk_.List()["items"][0]["id"].get<int64_t>();
  Article a = Form("讲任务的");
  a.tasks = {{task}};
  ASSERT_TRUE(A().Add(a, one_).ok());
  store::ArticleFilter filter;
  filter.task = TaskId{task};
  EXPECT_EQ(Titles(filter), json({"讲任务的"}));
  filter.task = TaskId{task * 10 + 1};
  EXPECT_EQ(Titles(filter), json::array());
}

TEST_F(ArticleTest, AWorkbookIsTakenWholeOrNotAtAll) {
  std::string bad = Sheet({"媒体", "标题", "日期", "类别", "级别", "篇数"},
                          {{std::string("云川日报"), std::string("好的"), *Date::ParseIso("2024-05-06"),
                            std::string("报纸"), std::string("省级"), int64_t(3)},
                           {std::string("云川日报"), std::string("坏的"), std::string("某天"),
                            std::string("报纸"), std::string("省级"), std::string("几")},
                           {std::string("云川日报"), std::string(""), std::string("2024年5月7日"),
                            std::string("墙报"), std::string("省级"), int64_t(1)}});
  json seen = A().Import(bad, "报送.xlsx", true, one_).value();
  EXPECT_EQ(seen["lines"], 3);
  EXPECT_EQ(seen["taken"], 1);
  json cells = json::array();
  for (const auto& fault : seen["faults"]) cells.push_back(fault["cell"]);
  EXPECT_EQ(cells, json({"C3", "F3", "B4"}));
  EXPECT_EQ(A().Import(bad, "报送.xlsx", false, one_).error().id, "article.refused");
  EXPECT_EQ(Titles(), json::array());
  EXPECT_EQ(A().Import(Sheet({"姓名"}, {}), "别的.xlsx", true, one_).error().id, "article.sheet");
  EXPECT_EQ(A().Import("PK nonsense", "坏.xlsx", true, one_).ok(), false);
}

TEST_F(ArticleTest, WhatIsExportedComesBackAsItWas) {
  Article a = Form("=1+1 不是公式", "2024-05-06");
  a.link = "https://example.cn/1";
  a.note = "备注";
  a.pieces = 12;
  a.open = true;
  ASSERT_TRUE(A().Add(a, one_).ok());
  ASSERT_TRUE(A().Add(Form("第二条", "2024-05-07"), one_).ok());
  std::string bytes = A().Export({}, one_).value().bytes;
  json again = A().Import(bytes, "导出.xlsx", true, one_).value();
  EXPECT_EQ(again["twice"], 2) << "nothing is counted twice";
  EXPECT_EQ(again["taken"], 0);
  json before = A().List({}, "", 50).value()["items"];
  std::vector<ArticleRef> all;
  for (const auto& item : before) all.push_back(Ref(item));
  ASSERT_TRUE(A().Move(ArticleMove::kWithdraw, all, "清空", one_).ok());
  int64_t events = Events();
  json taken = A().Import(bytes, "导出.xlsx", false, one_).value();
  EXPECT_EQ(taken["kept"].size(), 2u);
  EXPECT_EQ(Events(), events + 1) << "an import is one event";
  json after = A().List({}, "", 50).value()["items"];
  ASSERT_EQ(after.size(), before.size());
  for (size_t i = 0; i < after.size(); ++i)
    for (const char* key :
         {"day", "title", "medium", "kind", "level", "round", "link", "note", "pieces", "open"})
      EXPECT_EQ(after[i][key], before[i][key]) << key;
  Whole();
}

TEST_F(ArticleTest, ThePublicSeesOnlyWhatIsMarkedAndReleased) {
  EXPECT_EQ(desk_->publishing().ProposeCoverage(round_, one_).error().id, "publication.nothing");
  Article open = Form("联系人：张三丰，电话：13812345678");
  open.open = true;
  open.pieces = 3;
  open.link = "https://example.cn/1";
  json made = A().Add(open, one_).value();
  ASSERT_TRUE(A().Add(Form("内部掌握的稿件"), one_).ok());
  json released = Release();
  EXPECT_EQ(released["public_path"], "/coverage/" + std::to_string(round_.value));
  auto content = desk_->publishing().Content().value();
  ASSERT_EQ(content.coverage.size(), 1u);
  EXPECT_EQ(content.coverage[0].pieces, 3);
  EXPECT_EQ(content.coverage[0].items.size(), 1u);
  EXPECT_EQ(content.coverage[0].items[0].link, "https://example.cn/1");
  EXPECT_THAT(content.coverage[0].items[0].title, Not(HasSubstr("13812345678")));
  EXPECT_THAT(content.coverage[0].texts[0].text, HasSubstr("省级3篇"));
  std::string snapshot = desk_->core()
                             .store
                             ->Read([&](store::Session& s) {
                               return store::LoadPublication(s, {released["id"].get<int64_t>()})->snapshot;
                             })
                             .value();
  for (const char* hidden : {"内部掌握", "三丰", "13812345678"})
    EXPECT_THAT(snapshot, Not(HasSubstr(hidden)));

  ASSERT_TRUE(A().Move(ArticleMove::kHide, {Ref(made)}, "", one_).ok());
  EXPECT_EQ(desk_->publishing().Content().value().coverage[0].pieces, 3)
      << "frozen until it is released again";
  EXPECT_EQ(desk_->publishing().Get({released["id"].get<int64_t>()}, one_).value()["changed"], true);
  Whole();
}

}  // namespace
}  // namespace zg
