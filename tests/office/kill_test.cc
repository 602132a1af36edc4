// Whatever moment a process is killed at, the ledger holds all of an import or nothing of it, and whatever
// was acknowledged is there.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <set>

#include "office/desk.h"

namespace zg {
namespace {

constexpr int kKills = 100, kFewest = 20;
constexpr auto kAtMost = std::chrono::seconds(20);

std::string TextNumber(int n) {
  std::string text = TaskListText();
  text.replace(0, text.find("清单"),
               "云川省第二轮中央生态环境保护督察报告第" + std::to_string(n) + "批整改任务");
  return text;
}

// Imports one document after the other and writes each number to `pipe` once its commit has returned.
[[noreturn]] void ImportUntilKilled(const Desk& desk, int pipe, int first) {
  OfficeOptions options;
  options.data = desk.data();
  options.database = desk.database();
  options.background = false;
  auto office = Office::Open(std::move(options));
  if (!office.ok()) _exit(3);
  int ready = 0;
  if (write(pipe, &ready, sizeof ready) != sizeof ready) _exit(7);
  for (int n = first;; ++n) {
    auto taken = (*office)->imports().Take(TextNumber(n), "清单" + std::to_string(n) + ".txt", {"甲"});
    if (!taken.ok()) _exit(4);
    ImportId id{(*taken)["id"].get<int64_t>()};
    if (!(*office)->imports().ReadNow(id).ok()) _exit(5);
    if (!(*office)->imports().Commit(id, {}, {"甲"}).ok()) _exit(6);
    if (write(pipe, &n, sizeof n) != sizeof n) _exit(7);
  }
}

TEST(Kill, AtAnyMomentLeavesAllOfAnImportOrNothing) {
  Desk desk("kill");
  // Moments within about two imports, as long as they take on this machine and database.
  auto before = std::chrono::steady_clock::now();
  desk.Import(TextNumber(0), "清单0.txt");
  auto took =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - before);
  const auto window = std::max<unsigned long>(130'000, 2 * static_cast<unsigned long>(took.count()));
  desk.Close();
  std::mt19937 random(20240630);
  std::set<int> acknowledged;
  auto start = std::chrono::steady_clock::now();
  int kills = 0, next = 1;
  for (; kills < kKills && (kills < kFewest || std::chrono::steady_clock::now() - start < kAtMost); ++kills) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    pid_t child = fork();
    if (child == 0) {
      close(pipe_ends[0]);
      ImportUntilKilled(desk, pipe_ends[1], next);
    }
    close(pipe_ends[1]);
    int ready = -1;
    ASSERT_EQ(read(pipe_ends[0], &ready, sizeof ready), ssize_t(sizeof ready));
    usleep(useconds_t(random() % window));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    for (int n; read(pipe_ends[0], &n, sizeof n) == sizeof n;) acknowledged.insert(n);
    close(pipe_ends[0]);
    next =
        acknowledged.empty() ? 1000 * (kills + 1) : std::max(*acknowledged.rbegin() + 1, 1000 * (kills + 1));
  }
  RecordProperty("kills", kills);
  RecordProperty("acknowledged", int(acknowledged.size()));
  EXPECT_GE(kills, kFewest) << "too slow to mean anything";
  ASSERT_FALSE(acknowledged.empty()) << "no import was ever quick enough to be acknowledged";

  desk.Open();
  json report = desk.Verify();
  EXPECT_TRUE(report["ok"]) << report;
  std::set<int> committed;
  json documents = desk->documents().List().value().Value()["items"];
  for (const auto& document : documents) {
    EXPECT_EQ(document["tasks"], 3) << document["name"];
    committed.insert(std::atoi(document["name"].get<std::string>().substr(strlen("清单")).c_str()));
  }
  for (int n : acknowledged) EXPECT_TRUE(committed.count(n)) << "acknowledged and lost: " << n;
  EXPECT_EQ(desk.List()["total"].get<int64_t>(), int64_t(documents.size()) * 3);
}

}  // namespace
}  // namespace zg
