#include "check_helper.h"

namespace zg {
namespace {

constexpr auto kSum = CheckKind::kSum;

TEST(Stages, EachWithItsYear) {
  ExpectHolds(CheckText("把26.5万亩退耕任务分到各年度，2022年完成9万亩，2023—2024年完成17.5万亩退耕任务。"),
              kSum, "9万 + 17.5万 = 26.5万");
  ExpectBreaks(CheckText("把26.5万亩退耕任务分到各年度，2022年完成9万亩，2023—2024年完成17.8万亩退耕任务。"),
               kSum, Severity::kWarning, "9万 + 17.8万 = 26.8万 ≠ 26.5万");
  // Years of one row, none of which is the whole.
  ExpectNothing(CheckText("2020年植树10万株，2021年植树3万株，2022年植树8万株。"), kSum);
}

TEST(Stages, AThingAndItsOpposite) {
  ExpectHolds(CheckText("共抽检40个批次，检验合格37个批次，不合格3个批次。"), kSum, "37 + 3 = 40");
  ExpectBreaks(CheckText("共抽检40个批次，检验合格37个批次，不合格4个批次。"), kSum, Severity::kWarning,
               "37 + 4 = 41 ≠ 40");
  ExpectNothing(CheckText("共抽检40个批次，检验合格37个批次，复检2个批次。"), kSum);
}

TEST(Stages, GradesInARow) {
  ExpectHolds(CheckText("对32座垃圾中转站开展评定，结果为甲等3座、乙等20座、丙等8座、1座不达标。"), kSum,
              "3 + 20 + 8 + 1 = 32");
  ExpectBreaks(CheckText("对32座垃圾中转站开展评定，结果为甲等3座、乙等26座、丙等8座、1座不达标。"), kSum,
               Severity::kError, "3 + 26 + 8 + 1 = 38 ≠ 32");
}

TEST(Stages, PartsCountedInOtherMeasureWords) {
  ExpectHolds(CheckText("共有15处违建，其中企业7家、码头2座、民房5户、加油站1处。"), kSum,
              "7 + 2 + 5 + 1 = 15");
  ExpectBreaks(CheckText("共有15处违建，其中企业9家、码头2座、民房5户、加油站1处。"), kSum, Severity::kError,
               "9 + 2 + 5 + 1 = 17 ≠ 15");
}

}  // namespace
}  // namespace zg
