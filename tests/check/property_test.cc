// For every kind of relation: a true statement made at random is confirmed, and with one number changed
// beyond rounding it becomes a finding that quotes the change. The same seed makes the same statements.
#include <fmt/format.h>

#include <functional>
#include <random>

#include "check_helper.h"

namespace zg {
namespace {

constexpr int kStatements = 120;

// A statement in pieces: numbers[i] stands between words[i] and words[i + 1].
struct Statement {
  std::vector<std::string> words;
  std::vector<std::string> numbers;
  std::string Text() const {
    std::string out = words[0];
    for (size_t i = 0; i < numbers.size(); ++i) out += numbers[i] + words[i + 1];
    return out;
  }
  // Where number i stands, in code points.
  Span Place(size_t i) const {
    std::string before = words[0];
    for (size_t k = 0; k < i; ++k) before += numbers[k] + words[k + 1];
    uint32_t begin = uint32_t(ToUtf32(before).size());
    return {begin, begin + uint32_t(numbers[i].size())};
  }
};

using Random = std::mt19937;

int Pick(Random& r, int low, int high) {
  return std::uniform_int_distribution<int>(low, high)(r);
}
template <class T>
const T& OneOf(Random& r, const std::vector<T>& all) {
  return all[size_t(Pick(r, 0, int(all.size()) - 1))];
}

struct Thing {
  const char *verb, *noun, *unit;
};
const std::vector<Thing> kThings = {{"整治", "入河排口", "处"},
                                    {"改造", "燃煤锅炉", "台"},
                                    {"清退", "采砂船舶", "艘"},
                                    {"关停", "造粒企业", "家"},
                                    {"封填", "自备水井", "眼"}};

std::string Whole(int n) {
  return std::to_string(n);
}

Statement OfWhich(Random& r) {
  const Thing& t = OneOf(r, kThings);
  int a = Pick(r, 40, 400), b = Pick(r, 40, 400), c = Pick(r, 40, 400);
  std::string head = fmt::format("全市共{}{}", t.verb, t.noun);
  return {{head, t.unit + std::string("，其中东区"), t.unit + std::string("、西区"),
           t.unit + std::string("、开发区"), t.unit + std::string("。")},
          {Whole(a + b + c), Whole(a), Whole(b), Whole(c)}};
}

Statement Parentheses(Random& r) {
  const Thing& t = OneOf(r, kThings);
  int a = Pick(r, 20, 300), b = Pick(r, 20, 300);
  return {{fmt::format("已{}{}", t.verb, t.noun), fmt::format("{}（城区", t.unit),
           fmt::format("{}、乡镇", t.unit), fmt::format("{}）。", t.unit)},
          {Whole(a + b), Whole(a), Whole(b)}};
}

Statement TenThousands(Random& r) {
  int a = Pick(r, 100, 900), b = Pick(r, 100, 900);
  auto two = [](int n) { return fmt::format("{:.2f}", n / 100.0); };
  return {{"全年用水总量", "亿立方米，其中农业用水", "亿立方米、生活用水", "亿立方米。"},
          {two(a + b), two(a), two(b)}};
}

Statement Rest(Random& r) {
  const Thing& t = OneOf(r, kThings);
  int a = Pick(r, 60, 300), b = Pick(r, 20, 59);
  return {{"", fmt::format("{}{}中已完成{}", t.unit, t.noun, t.verb), fmt::format("{}，其余", t.unit),
           fmt::format("{}正在实施。", t.unit)},
          {Whole(a + b), Whole(a), Whole(b)}};
}

Statement Ratio(Random& r) {
  int plan = Pick(r, 300, 900), done = Pick(r, plan / 2, plan - 20);
  return {{"计划实施治理项目", "个，已建成", "个，完成率", "%。"},
          {Whole(plan), Whole(done), fmt::format("{:.2f}", 100.0 * done / plan)}};
}

Statement Money(Random& r) {
  int plan = Pick(r, 1000, 9000), done = Pick(r, plan / 3, plan - 200);
  return {{"计划投资", "亿元，已完成投资", "亿元，完成率", "%。"},
          {fmt::format("{:.2f}", plan / 100.0), fmt::format("{:.2f}", done / 100.0),
           fmt::format("{:.1f}", 100.0 * done / plan)}};
}

Statement Growth(Random& r) {
  int before = Pick(r, 2000, 5000), after = before + Pick(r, 500, 2500);
  return {{"全市煤炭消费量从2019年的", "万吨增加到2022年的", "万吨，增幅", "%。"},
          {Whole(before), Whole(after), fmt::format("{:.1f}", 100.0 * (after - before) / before)}};
}

Statement Stages(Random& r) {
  int a = Pick(r, 30, 300), b = Pick(r, 30, 300);
  return {{"把", "万亩退耕任务分到各年度，2022年完成", "万亩，2023年完成", "万亩。"},
          {Whole(a + b), Whole(a), Whole(b)}};
}

Statement Counted(Random& r) {
  std::vector<std::string> names = {"青松市", "玉泉市", "禾丰县", "麓山市", "霁城区", "白石县", "云台县"};
  size_t n = size_t(Pick(r, 3, 7));
  std::string row;
  for (size_t i = 0; i < n; ++i) row += (i ? "、" : "") + names[i];
  return {{row, "个县（市、区）全部完成。"}, {Whole(int(n))}};
}

// The number with its first digit changed: far beyond rounding, and still a number of the same length.
std::string Changed(Random& r, const std::string& number) {
  std::string out = number;
  int digit = number[0] - '0', other = digit;
  while (other == digit) other = Pick(r, 1, 9);
  out[0] = char('0' + other);
  return out;
}

bool Quotes(const CheckFinding& f, Span number) {
  auto covers = [&](Span s) { return s.begin <= number.begin && number.end <= s.end; };
  if (covers(f.place.span)) return true;
  return std::any_of(f.related.begin(), f.related.end(), [&](const CheckPlace& p) { return covers(p.span); });
}

struct Kind {
  const char* name;
  Statement (*make)(Random&);
  double least;  // share of changes that must be found: some make another statement that is true
};

class PropertyTest : public testing::TestWithParam<Kind> {};

TEST_P(PropertyTest, TrueIsConfirmedAndAChangeIsFound) {
  Random random(20241231);
  int changes = 0, found = 0;
  for (int i = 0; i < kStatements; ++i) {
    Statement statement = GetParam().make(random);
    CheckResult r = CheckText(statement.Text());
    EXPECT_FALSE(r.confirmed.empty()) << statement.Text() << "\n" << Say(r);
    for (const auto& f : r.findings)
      EXPECT_EQ(f.severity, Severity::kNote) << statement.Text() << "\n" << Say(r);
    for (size_t n = 0; n < statement.numbers.size(); ++n) {
      Statement broken = statement;
      broken.numbers[n] = Changed(random, statement.numbers[n]);
      CheckResult b = CheckText(broken.Text());
      bool quoted = std::any_of(b.findings.begin(), b.findings.end(),
                                [&](const CheckFinding& f) { return Quotes(f, broken.Place(n)); });
      ++changes;
      found += quoted;
      if (!quoted) RecordProperty("missed", broken.Text());
    }
  }
  EXPECT_GE(double(found) / changes, GetParam().least) << found << " of " << changes;
}

INSTANTIATE_TEST_SUITE_P(Relations, PropertyTest,
                         testing::Values(Kind{"OfWhich", OfWhich, 0.95},
                                         Kind{"Parentheses", Parentheses, 0.95},
                                         Kind{"TenThousands", TenThousands, 0.95}, Kind{"Rest", Rest, 0.95},
                                         Kind{"Ratio", Ratio, 0.95}, Kind{"Money", Money, 0.95},
                                         Kind{"Growth", Growth, 0.95}, Kind{"Stages", Stages, 0.95},
                                         Kind{"Counted", Counted, 0.95}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace zg
