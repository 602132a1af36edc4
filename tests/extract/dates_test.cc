#include "extract/dates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/deadline.h"
#include "support/vocabulary.h"

namespace zg {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string One(std::u32string_view text, int year = 0) {
  auto hits = FindDates(text, year);
  return hits.size() == 1 ? hits[0].date.Iso() : std::to_string(hits.size()) + " dates";
}

std::vector<std::string> Due(std::u32string_view text, int year = 0) {
  std::vector<std::string> out;
  for (const auto& h : FindDueDates(text, test::Words().lexicon(), year)) out.push_back(h.date.Iso());
  return out;
}

struct Read {
  std::string date;
  bool immediate, long_term, ambiguous;
  std::vector<std::string> milestones;
};

Read DeadlineOf(std::u32string_view text) {
  auto d = ParseDeadline(text, {{0, static_cast<uint32_t>(text.size())}}, test::Words().lexicon());
  Read r{d->date ? d->date->Iso() : "", d->immediate, d->long_term, d->ambiguous, {}};
  for (const auto& m : d->milestones) r.milestones.push_back(m.date.Iso());
  return r;
}

TEST(Dates, EveryWayOfWritingThem) {
  EXPECT_EQ(One(U"2023年底前"), "2023-12-31");
  EXPECT_EQ(One(U"2020年年底前"), "2020-12-31");
  EXPECT_EQ(One(U"2023年6月底前"), "2023-06-30");
  EXPECT_EQ(One(U"2024年6月底"), "2024-06-30");
  EXPECT_EQ(One(U"2022年6月30日"), "2022-06-30");
  EXPECT_EQ(One(U"2022 年 9 月\n底前"), "2022-09-30");
  EXPECT_EQ(One(U"２０２４年１２月"), "2024-12-31");
  EXPECT_EQ(One(U"二〇二四年六月底前"), "2024-06-30");
  EXPECT_EQ(One(U"二○二四年底"), "2024-12-31");
  EXPECT_EQ(One(U"2024-12-31"), "2024-12-31");
  EXPECT_EQ(One(U"2024.12.31前"), "2024-12-31");
  EXPECT_EQ(One(U"2024.6"), "2024-06-30");
  EXPECT_EQ(One(U"2024年上半年"), "2024-06-30");
  EXPECT_EQ(One(U"2024年三季度末"), "2024-09-30");
  EXPECT_EQ(One(U"2024年第四季度"), "2024-12-31");
  EXPECT_EQ(One(U"2024年6月上旬"), "2024-06-10");
  EXPECT_EQ(One(U"2024年2月下旬"), "2024-02-29");
  EXPECT_EQ(One(U"“十四五”末"), "2025-12-31");
}

TEST(Dates, WithoutAYearTakeTheOneNamedLast) {
  auto hits = FindDates(U"2023年3月底前完成审查，年底前报批，6月30日前复核");
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_EQ(hits[1].date.Iso(), "2023-12-31");
  EXPECT_EQ(hits[2].date.Iso(), "2023-06-30");
  EXPECT_THAT(FindDates(U"年底前报批"), IsEmpty());
  EXPECT_EQ(One(U"年底前报批", 2024), "2024-12-31");
}

TEST(Dates, WhatIsNone) {
  EXPECT_THAT(FindDates(U"2024.5万吨"), IsEmpty());
  EXPECT_THAT(FindDates(U"2023年6月31日"), IsEmpty());  // there is no such day
  EXPECT_THAT(FindDates(U"GB 8978—1996"), IsEmpty());
  EXPECT_THAT(Due(U"2023年，每年底前开展一次评估"), IsEmpty());
}

TEST(DueDates, AreThoseThatPromise) {
  EXPECT_THAT(Due(U"2022年底前完成编制，2024年10月底前建成。"), ElementsAre("2022-12-31", "2024-10-31"));
  EXPECT_THAT(Due(U"到2025年底，占比不低于55%"), ElementsAre("2025-12-31"));
  EXPECT_THAT(Due(U"2022年9月底前印发通知"), ElementsAre("2022-09-30"));
  EXPECT_THAT(Due(U"2023年初启动建设"), IsEmpty());
  EXPECT_THAT(Due(U"截至2022年底已排查"), IsEmpty());
  EXPECT_THAT(Due(U"2018年以来"), IsEmpty());
  EXPECT_THAT(Due(U"按照2020年修订版"), IsEmpty());
  EXPECT_THAT(Due(U"到2025年，PM2.5年均浓度下降"), IsEmpty());
  EXPECT_THAT(Due(U"2024年6月30日前完成"), ElementsAre("2024-06-30"));
}

TEST(Deadline, FlagsAndPhases) {
  EXPECT_EQ(DeadlineOf(U"2023年底前").date, "2023-12-31");
  Read both = DeadlineOf(U"2022年6月30日，并长期坚持");
  EXPECT_EQ(both.date, "2022-06-30");
  EXPECT_TRUE(both.long_term);
  EXPECT_FALSE(both.immediate);
  Read immediate = DeadlineOf(U"立行立改，长期坚持。");
  EXPECT_EQ(immediate.date, "");
  EXPECT_TRUE(immediate.immediate);
  EXPECT_TRUE(immediate.long_term);
  Read phases = DeadlineOf(U"2023年底前完成排查，2025年6月底前全面完成");
  EXPECT_EQ(phases.date, "2025-06-30");
  EXPECT_THAT(phases.milestones, ElementsAre("2023-12-31"));
  EXPECT_EQ(DeadlineOf(U"2023年11月").date, "2023-11-30");
}

TEST(Deadline, BeforeAMonthIsAmbiguous) {
  Read r = DeadlineOf(U"2023年3月前");
  EXPECT_EQ(r.date, "2023-03-31");
  EXPECT_TRUE(r.ambiguous);
  EXPECT_FALSE(DeadlineOf(U"2023年3月底前").ambiguous);
}

TEST(Status, TheFirstSentenceIfItIsOne) {
  auto read = [](std::u32string_view text, bool strict = true) {
    auto r = ReadStatus(text, {0, static_cast<uint32_t>(text.size())}, test::Words().lexicon(), strict);
    return r.status ? std::string(StatusKindName(r.status->kind)) + (r.status->long_term ? "+" : "") +
                          (r.status->behind_schedule ? "!" : "")
                    : "none";
  };
  EXPECT_EQ(read(U"已完成。1.印发方案。"), "completed");
  EXPECT_EQ(read(U"已完成，长期坚持"), "completed+");
  EXPECT_EQ(read(U"立行立改，长期坚持。"), "ongoing+");
  EXPECT_EQ(read(U"正在持续斯推进"), "in_progress");
  EXPECT_EQ(read(U"该问题整改完成时限为2020年底，目前正在积极推进。"), "in_progress");
  EXPECT_EQ(read(U"尚未启动"), "not_started");
  EXPECT_EQ(read(U"未达到序时进度", false), "in_progress!");
  EXPECT_EQ(read(U"尚未完成", false), "in_progress");
  EXPECT_EQ(read(U"2024年已完成3座污水处理厂提标改造和12公里管网建设，其余2座正在施工。"), "none");
}

}  // namespace
}  // namespace zg
