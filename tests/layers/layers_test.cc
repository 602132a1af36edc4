// The layering is a test: reads every #include under src/ and says in plain words what may not be there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

// Lowest first; a room may use itself and the rooms named. The list is docs/architecture.md's.
const std::map<std::string, std::set<std::string>> kMayUse = {
    {"base", {}},
    {"measure", {"base"}},
    {"document", {"base"}},
    {"extract", {"base", "document"}},
    {"check", {"base", "document", "extract"}},
    {"ledger", {"base", "document", "extract"}},
    {"store", {"base", "measure", "document", "extract", "check", "ledger"}},
    {"vault", {"base"}},
    {"oidc", {"base"}},
    {"mail", {"base"}},
    {"report", {"base", "document", "extract", "check", "ledger"}},
    {"gazette", {"base", "ledger"}},
    {"office",
     {"base", "measure", "document", "extract", "check", "ledger", "store", "vault", "report", "mail",
      "gazette"}},
    {"http",
     {"base", "measure", "document", "extract", "check", "ledger", "vault", "report", "office", "oidc",
      "gazette"}},
    {"app",
     {"base", "measure", "document", "extract", "check", "ledger", "store", "vault", "report", "office",
      "oidc", "gazette", "http"}},
};

std::string Complaint(const std::string& room, const std::string& file, const std::string& include) {
  std::string target = include.substr(0, include.find('/'));
  if (!kMayUse.count(target) || target == room || kMayUse.at(room).count(target)) return "";
  std::string allowed;
  for (const auto& r : kMayUse.at(room)) allowed += (allowed.empty() ? "" : ", ") + r;
  return file + " includes " + include + "; " + room + " may use " +
         (allowed.empty() ? "no other room" : allowed);
}

std::vector<std::string> Complaints(const std::filesystem::path& src) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(src)) {
    auto ext = entry.path().extension();
    if (ext != ".h" && ext != ".cc") continue;
    std::string relative = std::filesystem::relative(entry.path(), src).string();
    std::string room = relative.substr(0, relative.find('/'));
    if (!kMayUse.count(room)) {
      out.push_back(relative + " stands in a room that docs/architecture.md does not know");
      continue;
    }
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (line.rfind("#include \"", 0) != 0) continue;
      std::string include = line.substr(10, line.find('"', 10) - 10);
      if (auto c = Complaint(room, relative, include); !c.empty()) out.push_back(c);
    }
  }
  return out;
}

TEST(Layers, EveryRoomUsesOnlyRoomsAboveIt) {
  EXPECT_THAT(Complaints(ZG_SOURCE_DIR "/src"), testing::IsEmpty());
}

TEST(Layers, AWrongIncludeIsNamedInPlainWords) {
  EXPECT_EQ(Complaint("extract", "extract/deadline.cc", "store/db.h"),
            "extract/deadline.cc includes store/db.h; extract may use base, document");
  EXPECT_EQ(Complaint("extract", "extract/deadline.cc", "extract/draft.h"), "");
}

}  // namespace
