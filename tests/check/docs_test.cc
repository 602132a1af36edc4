// What docs/checks.md shows is run.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "check/phrase.h"
#include "check/rule.h"
#include "check_helper.h"
#include "support/files.h"

namespace zg::check {
namespace {

// As quoted in docs/checks.md, "Adding a kind of check"; TheQuotedRuleRuns holds the two against each other.
// [begin]
// Figures of more than 100% of something that cannot be more than all: 覆盖率达到120%.
void CheckRates(const Subject& s, CheckSink& sink) {
  for (size_t q = 0; q < s.quantities.size(); ++q) {
    bool rate = EndsWith(s.Before(q), U"覆盖率达到");
    if (!rate || !s.quantities[q].percent() || s.quantities[q].value <= 100) continue;
    CheckFinding f;
    f.kind = CheckKind::kRatio;
    f.severity = Severity::kWarning;
    f.place = s.PlaceAround(q, q);
    f.message = fmt::format("{}{}超过了100%，请核实。", Where(f.place), Quoted(f.place));
    sink.Find(std::move(f));
  }
}
// [end]

std::string WithoutSpace(const std::string& text) {
  std::string out;
  for (char c : text)
    if (c != ' ' && c != '\n') out += c;
  return out;
}

TEST(ChecksDoc, TheQuotedRuleRuns) {
  Document document = PlainDocument("垃圾收运覆盖率达到120%。污水收集覆盖率达到90%。");
  CheckInput input;
  input.document = &document;
  CheckSink sink;
  CheckRates(Prepare(input, 0, *CheckWords::Builtin().value()), sink);
  CheckResult r = sink.Take();
  ASSERT_EQ(r.findings.size(), 1u);
  EXPECT_THAT(r.findings[0].place.quote, testing::HasSubstr("120%"));

  std::string own = test::ReadFile(test::SourceDir() / "tests/check/docs_test.cc");
  size_t begin = own.find("// [begin]\n") + 11;
  std::string quoted = WithoutSpace(own.substr(begin, own.find("// [end]") - begin));
  EXPECT_NE(WithoutSpace(test::ReadFile(test::SourceDir() / "docs/checks.md")).find(quoted),
            std::string::npos);
}

TEST(ChecksDoc, AnOfficeAddsItsOwnMeasureWord) {
  auto folder = std::filesystem::path(testing::TempDir()) / "check-words";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "checks.toml") << "[count]\nwords = [\"圈\"]\n";
  auto words = CheckWords::Load(folder);
  ASSERT_TRUE(words.ok()) << words.error().message;
  Document document = PlainDocument("拆除网箱30圈，其中东湖12圈、西湖19圈。");
  CheckInput input;
  input.document = &document;
  CheckOptions options;
  EXPECT_TRUE(Check(std::span(&input, 1), options).findings.empty());
  options.words = *words;
  CheckResult r = Check(std::span(&input, 1), options);
  ASSERT_EQ(r.findings.size(), 1u);
  EXPECT_EQ(r.findings[0].expression, "12 + 19 = 31 ≠ 30");
}

}  // namespace
}  // namespace zg::check
