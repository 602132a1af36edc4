// Forms go out as workbooks and come back as drafts or submitted; a file that cannot be taken names its
// cells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "office/desk.h"
#include "office/forms.h"
#include "office/periods.h"
#include "office/reporting.h"
#include "office/sheet_edit.h"

namespace zg {
namespace {

using testing::HasSubstr;

class FormTest : public testing::Test {
 protected:
  FormTest() : desk_("form"), list_(desk_.Import(TaskListText())) {
    json period = desk_->periods().Open({"2024-07", {}, {}}, desk_.me).value();
    period_ = {period["id"].get<int64_t>()};
    unit_ = UnitOf("白石市党委");
  }
  UnitId UnitOf(const std::string& name) {
    return {desk_->units().Find(name, 1).value()["items"][0]["id"].get<int64_t>()};
  }
  std::string Form() { return desk_->forms().Export(period_, unit_, desk_.me).value().bytes; }
  Result<json> Take(const std::string& bytes, bool submit = false) {
    return desk_->forms().Import(period_, bytes, "表.xlsx", submit, desk_.me);
  }
  std::string Filled() {
    std::string form = WithCell(Form(), 1, "E4", "正在推进");
    form = WithCell(form, 1, "F4", "否");
    form = WithCell(form, 1, "G4", "雨季停工。");
    return WithCell(form, 1, "H4", "已修复10处矿坑。");
  }
  json Report() {
    json line =
        desk_->periods().Reports(period_, unit_, std::nullopt, "", 10, desk_.me).value().Value()["items"][0];
    return desk_->reporting().Get({line["id"].get<int64_t>()}, desk_.me).value();
  }
  int64_t Events() { return desk_->events().List({}).value().Value()["items"][0]["seq"].get<int64_t>(); }

  Desk desk_;
  int64_t list_;
  PeriodId period_;
  UnitId unit_;
};

TEST_F(FormTest, AFilledFormBecomesTheDraft) {
  EXPECT_EQ(Take(Filled()).value(), json({{"unit", {{"id", unit_.value}, {"name", "白石市党委"}}},
                                          {"saved", 1},
                                          {"submitted", 0},
                                          {"untouched", 0}}));
  json report = Report();
  EXPECT_EQ(report["status"], "draft");
  EXPECT_EQ(report["state"], "in_progress");
  EXPECT_EQ(report["on_schedule"], false);
  EXPECT_EQ(report["reason"], "雨季停工。");
  EXPECT_EQ(report["text"], "已修复10处矿坑。");
  json event = desk_->events().List({}).value().Value()["items"][0];
  EXPECT_EQ(event["kind"], "report.drafted");
  EXPECT_THAT(event["reason"].get<std::string>(), HasSubstr("离线上报表"));
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
}

TEST_F(FormTest, AnAnsweredFormIsSubmittedWhereThatIsAsked) {
  EXPECT_EQ(Take(Filled(), true).value()["submitted"], 1);
  EXPECT_EQ(Report()["status"], "submitted");
  EXPECT_EQ(desk_->forms().Export(period_, unit_, desk_.me).error().id, "form.nothing");
}

TEST_F(FormTest, AnEmptyFormChangesNothing) {
  int64_t before = Events();
  EXPECT_EQ(Take(Form(), true).value()["untouched"], 1);
  EXPECT_EQ(Report()["revision"], 1);
  EXPECT_EQ(Events(), before);
}

TEST_F(FormTest, WhatWasDraftedComesBackAsItWas) {
  std::string form = WithCell(Filled(), 2, "A4", "2");
  form = WithCell(WithCell(WithCell(form, 2, "B4", "完成修复矿坑"), 2, "C4", "1,010.5"), 2, "D4", "处");
  ASSERT_TRUE(Take(form).ok());
  json figure = Report()["figures"][0];
  EXPECT_EQ(figure["value"], 1010.5);
  EXPECT_EQ(figure["cumulative"], true);
  EXPECT_EQ(Take(Form()).value()["untouched"], 1) << "a form that says what is there changes nothing";
  EXPECT_EQ(Report()["revision"], 2);
}

TEST_F(FormTest, WrongCellsAreNamedTogetherAndNothingIsTaken) {
  int64_t before = Events();
  std::string form = WithCell(Filled(), 1, "E4", "快好了");
  form = WithCell(form, 1, "B4", "改过的问题");
  form = WithCell(form, 1, "C30", "写在外面");
  form = WithCell(WithCell(WithCell(form, 2, "A5", "9"), 2, "B5", "面积"), 2, "C5", "12");
  form = WithCell(WithCell(WithCell(form, 2, "A6", "2"), 2, "B6", "面积"), 2, "C6", "约12亩");
  auto refused = Take(form);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().id, "form.refused");
  EXPECT_EQ(refused.error().where, "B4、E4、C30、数据!A5、数据!C6");
  EXPECT_THAT(refused.error().message, HasSubstr("上报表有5处不能收，一项也没有存入。"));
  EXPECT_THAT(refused.error().message, HasSubstr("E4：整改状态“快好了”不对"));
  EXPECT_THAT(refused.error().message, HasSubstr("数据!A5：上报表里没有任务“9”"));
  EXPECT_EQ(Events(), before);
  EXPECT_EQ(Report()["status"], "empty");
}

TEST_F(FormTest, WhatIsMissingForSubmittingIsNamedByItsCell) {
  EXPECT_EQ(Take(WithCell(Filled(), 1, "G4", ""), true).error().where, "G4");
  EXPECT_EQ(Take(WithCell(Filled(), 1, "H4", ""), true).error().where, "H4");
  EXPECT_EQ(Report()["status"], "empty");
  EXPECT_TRUE(Take(WithCell(Filled(), 1, "H4", "")).ok()) << "as a draft it may be unfinished";
}

TEST_F(FormTest, AFallingFigureIsAskedAboutInItsCell) {
  auto with = [&](const std::string& value) {
    std::string form = WithCell(Filled(), 2, "A4", "2");
    return WithCell(WithCell(form, 2, "B4", "修复矿坑"), 2, "C4", value);
  };
  ASSERT_TRUE(Take(with("10"), true).ok());
  period_ = {desk_->periods().Open({"2024-08", {}, {}}, desk_.me).value()["id"].get<int64_t>()};
  auto fallen = Take(with("8"), true);
  ASSERT_FALSE(fallen.ok());
  EXPECT_EQ(fallen.error().where, "数据!G4");
  EXPECT_TRUE(Take(WithCell(with("8"), 2, "G4", "剔除重复。"), true).ok());
}

TEST_F(FormTest, AStaleFileIsRefusedWithTheRow) {
  std::string form = Filled();
  json report = Report();
  ASSERT_TRUE(desk_->reporting()
                  .Save({report["id"].get<int64_t>()}, 1, json{{"text", "网上写的。"}}.dump(), desk_.me)
                  .ok());
  auto stale = Take(form);
  EXPECT_EQ(stale.error().where, "A4");
  EXPECT_THAT(stale.error().message, HasSubstr("导出之后，张三又在系统里改过"));
  EXPECT_EQ(Report()["text"], "网上写的。");
}

TEST_F(FormTest, AForeignFileIsRefused) {
  EXPECT_EQ(Take("PK not a workbook").error().id, "form.foreign");
  EXPECT_EQ(Take(desk_->exports().Tasks({}, {}, {}, "xlsx").value().bytes).error().id, "form.foreign");
  EXPECT_EQ(Take(WithCell(Form(), 3, "B4", "7")).error().id, "form.foreign") << "another unit's number";
  Desk other("form-other");
  other.Import(TaskListText("2025年底前"));
  other->periods().Open({"2024-07", {}, {}}, other.me).value();
  EXPECT_EQ(other->forms().Import({1}, Form(), "表.xlsx", false, other.me).error().id, "form.foreign");
  std::string july = Form();
  period_ = {desk_->periods().Open({"2024-08", {}, {}}, desk_.me).value()["id"].get<int64_t>()};
  EXPECT_THAT(Take(july).error().message, HasSubstr("2024年7月的上报表"));
}

TEST_F(FormTest, AUnitHasItsOwnFormOnly) {
  std::string form = Filled();
  Actor other{"李四"};
  other.roles = RoleBit(Role::kReporter);
  other.whole = false;
  other.unit = UnitOf("青河市党委");
  EXPECT_EQ(desk_->forms().Export(period_, unit_, other).error().id, "report.not_yours");
  EXPECT_EQ(desk_->forms().Import(period_, form, "表.xlsx", true, other).error().id, "report.not_yours");
  EXPECT_EQ(desk_->forms().ExportMany(period_, {unit_}, other).error().id, "report.not_yours");
}

TEST_F(FormTest, ManyFormsComeInOneZip) {
  auto zip = desk_->forms().ExportMany(period_, {}, desk_.me).value();
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(zip.bytes.data(), zip.bytes.size(), 0, &error);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  ASSERT_NE(archive, nullptr);
  EXPECT_EQ(zip_get_num_entries(archive, 0), 7) << "every unit that owes something";
  std::string mine = Member(archive, "白石市党委2024年7月上报表.xlsx");
  zip_close(archive);
  EXPECT_TRUE(Take(mine).ok());
}

}  // namespace
}  // namespace zg
