// Outside programs get a time, a place and a limit, and nothing of them is left afterwards.
#include "document/program/process.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>

#include "document/program/scratch.h"
#include "scratch_folder.h"

namespace zg::document {
namespace {

using ::testing::HasSubstr;
using testing::TestFolder;
using End = ProgramOutcome::End;

ProgramOutcome Outcome(ProgramCall call) {
  auto outcome = RunProgram(call);
  EXPECT_TRUE(outcome.ok());
  return outcome.ok() ? *outcome : ProgramOutcome{};
}

ProgramCall Shell(const TestFolder& folder, const std::string& script) {
  ProgramCall call;
  call.command = {"sh", "-c", script};
  call.folder = folder.path();
  return call;
}

TEST(RunProgram, GivesOutputErrorsAndStatus) {
  TestFolder folder;
  auto outcome = Outcome(Shell(folder, "echo out; echo err >&2; exit 3"));
  EXPECT_EQ(outcome.end, End::kExited);
  EXPECT_EQ(outcome.status, 3);
  EXPECT_EQ(outcome.output, "out\n");
  EXPECT_EQ(outcome.errors, "err\n");
}

TEST(RunProgram, ArgumentsAreNotReadByAShell) {
  TestFolder folder;
  ProgramCall call;
  call.command = {"printf", "%s", "$(id); `id` 'x' \"y\""};
  call.folder = folder.path();
  EXPECT_EQ(Outcome(call).output, "$(id); `id` 'x' \"y\"");
}

TEST(RunProgram, EndsWithItsTimeTogetherWithItsChildren) {
  TestFolder folder;
  auto call = Shell(folder, "sleep 1000 & echo $! > child; wait");
  call.time = std::chrono::milliseconds(300);
  auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Outcome(call).end, End::kTimedOut);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  pid_t child = 0;
  std::ifstream(folder.path() / "child") >> child;
  ASSERT_GT(child, 0);
  for (int i = 0; i < 100 && kill(child, 0) == 0; ++i) {  // until init has reaped it
    std::ifstream stat("/proc/" + std::to_string(child) + "/stat");
    std::string line;
    std::getline(stat, line);
    if (line.find(") Z") != std::string::npos) return;
    usleep(10'000);
  }
  EXPECT_NE(kill(child, 0), 0) << "the child outlived its group";
}

TEST(RunProgram, AChildLeftBehindDoesNotHoldTheCallerUp) {
  TestFolder folder;
  auto call = Shell(folder, "sleep 1000 & echo done");
  auto begin = std::chrono::steady_clock::now();
  auto outcome = Outcome(call);
  EXPECT_EQ(outcome.end, End::kExited);
  EXPECT_EQ(outcome.output, "done\n");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(RunProgram, TooMuchOutputEndsIt) {
  TestFolder folder;
  auto call = Shell(folder, "yes");
  call.max_output = 1 << 20;
  EXPECT_EQ(Outcome(call).end, End::kTooMuchOutput);
}

TEST(RunProgram, FilesAndMemoryAreLimited) {
  TestFolder folder;
  auto call = Shell(folder, "head -c 5000000 /dev/zero > big");
  call.file_size = 1 << 20;
  EXPECT_FALSE(Outcome(call).ok());
  EXPECT_LE(std::filesystem::file_size(folder.path() / "big"), 1u << 20);
  call = Shell(folder, "tail /dev/zero");
  call.address_space = 256u << 20;
  EXPECT_FALSE(Outcome(call).ok());
}

TEST(RunProgram, AMissingProgramIsAnErrorNotACrash) {
  TestFolder folder;
  ProgramCall call;
  call.command = {"no-such-program-anywhere"};
  call.folder = folder.path();
  auto outcome = RunProgram(call);
  ASSERT_FALSE(outcome.ok());
  EXPECT_EQ(outcome.error().code, Code::kUnavailable);
}

TEST(RunProgram, SeesOnlyASmallEnvironment) {
  TestFolder folder;
  setenv("ZG_SECRET_OF_TEST", "1", 1);
  EXPECT_THAT(Outcome(Shell(folder, "env")).output, Not(HasSubstr("ZG_SECRET_OF_TEST")));
  unsetenv("ZG_SECRET_OF_TEST");
}

TEST(RunProgram, InheritsNoOpenFiles) {
  TestFolder folder;
  int open_file = fcntl(0, F_DUPFD, 100);  // without close-on-exec; ls itself takes the low numbers
  auto outcome = Outcome(Shell(folder, "ls /proc/self/fd | grep -cx " + std::to_string(open_file)));
  close(open_file);
  EXPECT_EQ(outcome.output, "0\n");
}

TEST(Scratch, IsPrivateAndGoneAfterwards) {
  TestFolder folder;
  {
    auto scratch = Scratch::Make(folder.path());
    ASSERT_TRUE(scratch.ok());
    auto file = scratch->Write("a.bin", "bytes");
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(*ReadWholeFile(*file, 100), "bytes");
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(scratch->path()).permissions() & (perms::group_all | perms::others_all),
              perms::none);
  }
  EXPECT_TRUE(folder.empty());
}

}  // namespace
}  // namespace zg::document
