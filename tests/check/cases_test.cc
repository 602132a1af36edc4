// tests/corpus-checks: a folder a case, with the text, what must be said of it, and why.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "check_helper.h"
#include "support/files.h"

namespace zg {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string Name(const json& f) {
  return f["kind"].get<std::string>() + " " + f["severity"].get<std::string>() + " " +
         f.value("expression", "");
}

TEST(CheckCases, SayWhatTheyMust) {
  size_t cases = 0;
  for (const auto& folder : fs::directory_iterator(test::SourceDir() / "tests" / "corpus-checks")) {
    SCOPED_TRACE(folder.path().filename().string());
    json expected = json::parse(test::ReadFile(folder.path() / "expected.json"));
    EXPECT_GT(test::ReadFile(folder.path() / "why.md").size(), 20u);
    CheckResult r = CheckText(test::ReadFile(folder.path() / "in.txt"));
    std::set<std::string> wanted, found;
    for (const auto& f : expected["findings"]) wanted.insert(Name(f));
    for (const auto& f : r.findings)
      found.insert(std::string(CheckKindName(f.kind)) + " " + std::string(SeverityName(f.severity)) + " " +
                   f.expression);
    EXPECT_EQ(found, wanted) << Say(r);
    for (const auto& e : expected["confirmed"]) EXPECT_TRUE(Confirmed(r, e)) << e << "\n" << Say(r);
    ++cases;
  }
  EXPECT_GE(cases, 5u);
}

}  // namespace
}  // namespace zg
