// Reminders, their letters, and what everybody has to do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/numeral.h"
#include "office/clockwork.h"
#include "office/desk.h"
#include "office/notices.h"
#include "office/people.h"
#include "office/periods.h"
#include "office/reporting.h"
#include "office/todo.h"
#include "support/smtp_process.h"

namespace zg {
namespace {

using testing::HasSubstr;

class RemindTest : public testing::Test {
 protected:
  RemindTest() : desk_("remind") {
    desk_.Import(TaskListText());
    period_ = desk_->periods().Open({"2024-07", {}, {}}, desk_.me).value()["id"];
    report_ =
        desk_->periods().Reports({period_}, {}, std::nullopt, "", 200, desk_.me).value().Value()["items"][0];
    unit_ = {report_["unit"]["id"].get<int64_t>()};
    reporter_ = {"李四", {7}, unit_, RoleBit(Role::kReporter), false};
  }
  void MorningOf(int month, int day) {
    desk_.clock.Set(*Date::Make(2024, month, day), 9);
    desk_->clockwork().RunDue(desk_.clock.Now());
  }
  json Inbox(const Actor& actor) { return desk_->notices().List("", 50, actor).value(); }
  json Group(const Actor& actor, const std::string& kind) {
    json todo = desk_->todo().Get(actor).value();
    for (const auto& group : todo["groups"])
      if (group["kind"] == kind) return group;
    return json();
  }
  json Answer() {
    json saved =
        desk_->reporting()
            .Save({report_["id"].get<int64_t>()}, 1,
                  R"({"state": "in_progress", "on_schedule": true, "text": "已完成一半。"})", reporter_)
            .value();
    return desk_->reporting().Submit({report_["id"].get<int64_t>()}, 2, reporter_).value();
  }
  void ByHand(const std::string& sql) { EXPECT_EQ(desk_.Tamper(sql), 1); }

  Desk desk_;
  int64_t period_ = 0;
  json report_;
  UnitId unit_;
  Actor reporter_;
};

TEST_F(RemindTest, AUnitHearsOncePerDayAlsoAfterARestart) {
  MorningOf(7, 23);
  EXPECT_TRUE(Inbox(reporter_)["items"].empty()) << "eight days before: no word";
  MorningOf(7, 24);
  json inbox = Inbox(reporter_);
  ASSERT_EQ(inbox["items"].size(), 1u);
  EXPECT_THAT(inbox["items"][0]["lines"].dump(), HasSubstr("还有7天"));
  int64_t events = desk_.Verify()["events"];
  desk_.Open();
  MorningOf(7, 24);
  EXPECT_EQ(Inbox(reporter_)["items"].size(), 1u);
  EXPECT_EQ(desk_.Verify()["events"], events);
}

TEST_F(RemindTest, WhoHasAnsweredHearsNothing) {
  Answer();
  MorningOf(7, 31);
  json inbox = Inbox(reporter_);
  for (const auto& item : inbox["items"])
    EXPECT_THAT(item["lines"].dump(), testing::Not(HasSubstr("上报未报")));
}

TEST_F(RemindTest, WhatIsLateGoesUpToTheOffice) {
  MorningOf(8, 2);
  EXPECT_THAT(Inbox(desk_.me)["items"].dump(), testing::Not(HasSubstr("上报未报")));
  MorningOf(8, 5);  // 1, 2 and 5 August are worked
  EXPECT_THAT(Inbox(desk_.me)["items"].dump(), HasSubstr("上报未报"));
  EXPECT_THAT(Inbox(desk_.me)["items"][0]["title"].get<std::string>(), HasSubstr("下级"));
}

TEST_F(RemindTest, WhatIsLateGoesUpToTheUnitAboveFirst) {
  json above = desk_->units().Make("某地区整改专班", {}, desk_.me).value();
  UnitId upper{above["id"].get<int64_t>()};
  ASSERT_TRUE(desk_->units().Place(unit_, upper, desk_.me).ok());
  Actor leader{"赵六", {8}, upper, RoleBit(Role::kReporter), false};
  // What the newest notice says of the month's reports.
  auto told = [&](const Actor& actor) {
    json items = Inbox(actor)["items"];
    if (!items.empty())
      for (const auto& line : items[0]["lines"])
        if (line["text"].get<std::string>().find("上报未报") != std::string::npos)
          return line["text"].get<std::string>();
    return std::string();
  };
  std::string name = report_["unit"]["name"];
  MorningOf(8, 2);  // two working days late
  EXPECT_EQ(told(leader), "");
  EXPECT_THAT(told(reporter_), HasSubstr("已逾期2天"));
  MorningOf(8, 5);  // three: one level up
  EXPECT_THAT(told(leader), HasSubstr(name + "：2024年7月调度，1份上报未报"));
  EXPECT_THAT(told(desk_.me), testing::AllOf(HasSubstr("4份上报未报"), testing::Not(HasSubstr(name))))
      << "the units above which there is nothing but the office";
  MorningOf(8, 8);  // six: and another
  EXPECT_THAT(told(desk_.me), HasSubstr("7份上报未报"));
}

// Contacts and the unit's users, each address once; not who was closed, not another unit's, not who has none.
TEST_F(RemindTest, LettersGoToContactsAndToTheUnitsUsers) {
  desk_.smtp = {"smtp://127.0.0.1:1", "office@example.cn", "", {}, "none", {}, 1};
  desk_.Open();
  desk_->contacts().Add(unit_, "李四", "lisi@example.cn", desk_.me).value();
  User whole;  // somebody has to be left who administers
  whole.login = "whole";
  whole.name = "单机甲";
  whole.alone = whole.whole = true;
  whole.roles = kEveryRole;
  ASSERT_TRUE(desk_->people().MakeWhole(whole, "shan-gao-shui-chang-8", desk_.me).ok());
  auto user = [&](const std::string& login, const std::string& email, UnitId unit) {
    UserForm form;
    form.name = login;
    form.email = email;
    form.unit = unit;
    return desk_->people().Make(login, form, desk_.me).value()["user"];
  };
  user("lisi", "lisi@example.cn", unit_);  // the same as the contact
  user("wangwu", "wangwu@example.cn", unit_);
  user("zhaoliu", "", unit_);
  user("stranger", "stranger@example.cn", {});
  json gone = user("gone", "gone@example.cn", unit_);
  auto closed = desk_->people().SetClosed({gone["id"].get<int64_t>()}, true, gone["revision"], desk_.me);
  ASSERT_TRUE(closed.ok()) << closed.error().id;
  desk_.clock.Set(*Date::Make(2024, 7, 24), 9);
  ASSERT_TRUE(desk_->notices().Remind().ok());
  std::multiset<std::string> addresses;
  json letters = desk_->outbox().List("waiting", "", 50).value();
  for (const auto& letter : letters["items"]) addresses.insert(letter["email"].get<std::string>());
  EXPECT_THAT(addresses, testing::ElementsAre("lisi@example.cn", "wangwu@example.cn"));
}

// Fifty tasks are one notice of a few lines and one letter, not fifty.
TEST_F(RemindTest, FiftyTasksAreOneSummary) {
  std::string many = "云川省第三轮中央生态环境保护督察报告整改任务清单\n";
  for (int i = 1; i <= 50; ++i)
    many += ToUtf8(ChineseNumeral(i)) + "、第" + std::to_string(i) +
            "座污水处理厂超标排放。\n责任单位：白石市党委、政府\n整改时限：2024年底前\n整改措施：\n1."
            "提标改造。\n";
  desk_.Import(many, "第三轮.txt");
  json opened = desk_->periods().Open({"2024-08", {}, {}}, desk_.me).value();
  json lines = desk_->periods().Board({opened["id"].get<int64_t>()}, false, "", 50, desk_.me).value().Value();
  UnitId stone;
  for (const auto& row : lines["items"])
    if (row["unit"]["name"] == "白石市政府") stone = {row["unit"]["id"].get<int64_t>()};
  ASSERT_TRUE(stone);
  desk_.smtp = {"smtp://127.0.0.1:1", "office@example.cn", "", {}, "none", {}, 1};
  desk_.Open();
  desk_->contacts().Add(stone, "孙七", "sunqi@example.cn", desk_.me).value();
  desk_.clock.Set(*Date::Make(2024, 9, 2), 9);  // two days late for August, more for July
  ASSERT_TRUE(desk_->notices().Remind().ok());
  Actor reporter{"孙七", {9}, stone, RoleBit(Role::kReporter), false};
  json told = Inbox(reporter)["items"];
  ASSERT_EQ(told.size(), 1u);
  EXPECT_LE(told[0]["lines"].size(), 4u) << told[0]["lines"];
  EXPECT_THAT(told[0]["lines"].dump(), HasSubstr("2024年8月调度，51份上报未报"));
  json letters = desk_->outbox().List("waiting", "", 50).value();
  ASSERT_EQ(letters["waiting"], 1);
  EXPECT_EQ(letters["items"][0]["subject"], told[0]["title"]);
}

TEST_F(RemindTest, NoticesAreReadByEachForThemselves) {
  MorningOf(7, 24);
  Actor colleague = reporter_;
  colleague.user = {8};
  int64_t id = Inbox(reporter_)["items"][0]["id"];
  EXPECT_EQ(Inbox(reporter_)["unread"], 1);
  EXPECT_EQ(desk_->notices().Read(id, reporter_).value()["read"], true);
  EXPECT_EQ(Inbox(reporter_)["unread"], 0);
  EXPECT_EQ(Inbox(colleague)["unread"], 1);
  Actor stranger{"王五", {9}, {unit_.value + 1}, RoleBit(Role::kReporter), false};
  EXPECT_EQ(desk_->notices().Read(id, stranger).error().id, "notice.not_found");
  EXPECT_EQ(desk_->notices().ReadAll(colleague).value()["unread"], 0);
}

TEST_F(RemindTest, ContactsAreCheckedAndTold) {
  auto& contacts = desk_->contacts();
  json added = contacts.Add(unit_, " 李四 ", "lisi@example.cn", desk_.me).value();
  EXPECT_EQ(added["name"], "李四");
  EXPECT_EQ(contacts.Add(unit_, "李四", "lisi@example.cn", desk_.me).error().id, "contact.exists");
  EXPECT_EQ(contacts.Add(unit_, "李四\nBcc: x@y", "b@example.cn", desk_.me).error().id, "contact.name");
  EXPECT_EQ(contacts.Add(unit_, "李四", "b@example.cn\r\nRCPT TO:<c@d>", desk_.me).error().id,
            "contact.email");
  EXPECT_EQ(contacts.Add({99999}, "李四", "b@example.cn", desk_.me).error().id, "unit.not_found");
  EXPECT_TRUE(contacts.Remove(added["id"], desk_.me).value()["items"].empty());
  EXPECT_EQ(contacts.Remove(added["id"], desk_.me).error().id, "contact.not_found");
  EXPECT_TRUE(contacts.List(unit_).value()["items"].empty());
}

TEST_F(RemindTest, LettersGoOutOnceWaitForTheServerAndAreGivenUpWhenRefused) {
  SmtpProcess server("remind");
  server.Start();
  ASSERT_GT(server.port(), 0);
  desk_.smtp.url = server.url();
  desk_.smtp.from = "省整改办 <office@example.cn>";
  desk_.smtp.tls = "none";
  desk_.smtp.timeout_seconds = 5;
  desk_.Open();
  desk_->contacts().Add(unit_, "李四", "lisi@example.cn", desk_.me).value();
  desk_->contacts().Add(unit_, "王五", "refused@example.cn", desk_.me).value();
  server.Stop();
  MorningOf(7, 24);
  EXPECT_EQ(desk_->outbox().List("waiting", "", 50).value()["waiting"], 2);
  server.Start();
  desk_.clock.Advance(std::chrono::seconds(30));
  desk_->clockwork().RunDue(desk_.clock.Now());
  desk_.clock.Advance(std::chrono::minutes(2));
  desk_->clockwork().RunDue(desk_.clock.Now());
  ASSERT_EQ(server.Letters().size(), 1u);
  EXPECT_THAT(server.Letters()[0], HasSubstr("X-Envelope-To: lisi@example.cn"));
  json refused = desk_->outbox().List("given_up", "", 50).value();
  ASSERT_EQ(refused["items"].size(), 1u);
  EXPECT_EQ(refused["items"][0]["said"], "550 5.1.1 no such mailbox");
  EXPECT_EQ(Group(desk_.me, "letters")["total"], 1);
  desk_.Open();
  desk_.clock.Advance(std::chrono::hours(1));
  desk_->clockwork().RunDue(desk_.clock.Now());
  EXPECT_EQ(server.Letters().size(), 1u) << "once, also after a restart";
  EXPECT_EQ(desk_->outbox().Retry(refused["items"][0]["id"], desk_.me).value()["state"], "waiting");
  EXPECT_EQ(desk_->outbox().Retry(refused["items"][0]["id"], desk_.me).error().id, "letter.not_given_up");
}

TEST_F(RemindTest, ALetterThatWasCutOffIsNotSentAgainByItself) {
  SmtpProcess server("cut-off");
  server.Start();
  desk_.smtp = {server.url(), "office@example.cn", "", {}, "none", {}, 5};
  desk_.Open();
  desk_->contacts().Add(unit_, "李四", "lisi@example.cn", desk_.me).value();
  server.Stop();
  MorningOf(7, 24);
  ByHand("UPDATE outbox SET state = 1");
  server.Start();
  desk_.clock.Advance(std::chrono::hours(1));
  desk_->clockwork().RunDue(desk_.clock.Now());
  EXPECT_TRUE(server.Letters().empty());
  EXPECT_THAT(desk_->outbox().List("given_up", "", 50).value()["items"][0]["said"].get<std::string>(),
              HasSubstr("是否送达不明"));
}

TEST_F(RemindTest, AUnitSeesWhatItOwesReturnedOnesWithTheRemark) {
  EXPECT_EQ(Group(reporter_, "due")["total"], 1);
  desk_.clock.Set(*Date::Make(2024, 8, 2));
  json late = Group(reporter_, "late");
  EXPECT_EQ(late["items"][0]["days_left"], -2);
  EXPECT_THAT(late["items"][0]["link"].get<std::string>(), HasSubstr("report=" + report_["id"].dump()));
  Answer();
  EXPECT_TRUE(Group(reporter_, "late").is_null());
  EXPECT_EQ(Group(desk_.me, "accept")["total"], 1);
  ASSERT_TRUE(
      desk_->reporting().Return({period_}, {{report_["id"].get<int64_t>()}}, "请补充数据。", desk_.me).ok());
  EXPECT_EQ(Group(reporter_, "returned")["items"][0]["note"], "退回意见：请补充数据。");
  EXPECT_TRUE(Group(desk_.me, "accept").is_null());
  EXPECT_EQ(Group(desk_.me, "owing")["total"], 7);
  EXPECT_TRUE(Group(reporter_, "owing").is_null()) << "others' reports are the office's";
}

TEST_F(RemindTest, TheLedgerIsProvedByNightAndTheOfficeHearsOfWhatDoesNotHold) {
  Answer();
  desk_.clock.Set(*Date::Make(2024, 7, 2), 2);
  desk_->clockwork().RunDue(desk_.clock.Now());
  EXPECT_TRUE(Inbox(desk_.me)["items"].empty());
  ByHand("UPDATE reports SET body = '已完成一大半。' WHERE status = 2");
  desk_.clock.Set(*Date::Make(2024, 7, 2), 3);
  desk_->clockwork().RunDue(desk_.clock.Now());
  EXPECT_TRUE(Inbox(desk_.me)["items"].empty()) << "once a night";
  desk_.clock.Set(*Date::Make(2024, 7, 3), 2);
  desk_->clockwork().RunDue(desk_.clock.Now());
  json inbox = Inbox(desk_.me);
  ASSERT_EQ(inbox["items"].size(), 1u);
  EXPECT_EQ(inbox["items"][0]["kind"], "verify");
}

struct Tampering {
  const char* name;
  const char* sql;
  const char* told;  // what the break says
};
class TamperTest : public RemindTest, public testing::WithParamInterface<Tampering> {};

TEST_P(TamperTest, AReportOrPeriodThatWasChangedByHandIsNamed) {
  json other =
      desk_->periods().Reports({period_}, {}, std::nullopt, "", 200, desk_.me).value().Value()["items"][1];
  ReportId draft{other["id"].get<int64_t>()};
  Actor writer{"赵六", {9}, {other["unit"]["id"].get<int64_t>()}, RoleBit(Role::kReporter), false};
  for (int i = 1; i <= 3; ++i)
    desk_->reporting().Save(draft, i, json{{"text", "第" + std::to_string(i) + "稿"}}.dump(), writer).value();
  Answer();
  ASSERT_TRUE(desk_.Verify()["ok"]) << desk_.Verify();
  ByHand(GetParam().sql);
  json found = desk_.Verify();
  EXPECT_FALSE(found["ok"]);
  EXPECT_THAT(found["breaks"].dump(), HasSubstr(GetParam().told));
  EXPECT_THAT(found["breaks"].dump(), HasSubstr("2024-07"));
}

INSTANTIATE_TEST_SUITE_P(
    Dispatch, TamperTest,
    testing::Values(Tampering{"text", "UPDATE reports SET body = body || '。' WHERE status = 2", "任务1"},
                    Tampering{"draft", "UPDATE reports SET body = body || '。' WHERE status = 1", "不符"},
                    Tampering{"status", "UPDATE reports SET status = 4 WHERE status = 2", "不符"},
                    Tampering{"backToDraft", "UPDATE reports SET status = 1 WHERE status = 2", "不符"},
                    Tampering{"remark", "UPDATE reports SET remark = 'x' WHERE status = 2", "不符"},
                    Tampering{"unit", "UPDATE reports SET unit_id = 99 WHERE status = 2", "不符"},
                    Tampering{"untouched", "UPDATE reports SET body = 'x' WHERE id = 5", "reports"},
                    Tampering{"removed", "DELETE FROM reports WHERE id = 5", "现在有6份"},
                    Tampering{"due", "UPDATE periods SET due = '2024-08-31'", "不符"},
                    Tampering{"reopened", "UPDATE periods SET closed = 1", "不符"}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace zg
