// Letters as text: what people read arrives as it is, and nothing in it becomes a header.
#include "mail/letter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace zg {
namespace {

using testing::HasSubstr;
using testing::Not;

Letter Sample() {
  Letter letter;
  letter.to = {"李四", "lisi@example.cn"};
  letter.subject = "整改催办：2份上报3天后到期";
  letter.body = "第一行。\n第二行。\n";
  letter.id = "7";
  letter.written =
      std::chrono::system_clock::time_point(std::chrono::seconds(1719709200));  // 2024-06-30 09:00
  return letter;
}
const Mailbox kFrom{"省整改办", "office@example.cn"};

// Another implementation's reading (Python's email).
std::string ReadBack(const std::string& text, const std::string& expression) {
  auto file = std::filesystem::temp_directory_path() / ("zg-letter-" + std::to_string(::getpid()) + ".eml");
  std::ofstream(file, std::ios::binary) << text;
  std::string command =
      "python3 -c \"import email,email.policy,sys; m=email.message_from_binary_file(open('" + file.string() +
      "','rb'),policy=email.policy.default); print(" + expression + ", end='')\"";
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string out;
  char buffer[4096];
  for (size_t n; (n = ::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  std::filesystem::remove(file);
  return out;
}

TEST(Letter, ArrivesAsItWasWritten) {
  std::string text = LetterText(Sample(), kFrom);
  EXPECT_EQ(ReadBack(text, "m['subject']"), Sample().subject);
  EXPECT_EQ(ReadBack(text, "m['to'].addresses[0].display_name"), "李四");
  EXPECT_EQ(ReadBack(text, "m['to'].addresses[0].addr_spec"), "lisi@example.cn");
  EXPECT_EQ(ReadBack(text, "m['from'].addresses[0].display_name"), "省整改办");
  EXPECT_EQ(ReadBack(text, "m.get_content().replace(chr(13), '')"), Sample().body);
  EXPECT_EQ(ReadBack(text, "m['date'].datetime.isoformat()"), "2024-06-30T09:00:00+08:00");
  EXPECT_THAT(text, HasSubstr("Message-ID: <7@example.cn>"));
}

TEST(Letter, LongSubjectsAreCutBetweenCharactersAndNoLineIsTooLong) {
  Letter letter = Sample();
  letter.subject.clear();
  for (int i = 0; i < 60; ++i) letter.subject += "整改任务a";
  for (int i = 0; i < 200; ++i) letter.body += "一行很长的正文。";
  std::string text = LetterText(letter, kFrom);
  EXPECT_EQ(ReadBack(text, "m['subject']"), letter.subject);
  EXPECT_EQ(ReadBack(text, "m.get_content().replace(chr(13), '')"), letter.body);
  size_t begin = 0;
  for (size_t end; (end = text.find("\r\n", begin)) != text.npos; begin = end + 2)
    EXPECT_LE(end - begin, 76u) << text.substr(begin, end - begin);
  for (char c : text) EXPECT_TRUE((c >= 0x20 && c < 0x7F) || c == '\r' || c == '\n');
}

TEST(Letter, NothingInANameOrSubjectBecomesAHeader) {
  Letter letter = Sample();
  letter.to.name = "李四\r\nBcc: spy@example.com\r\n\r\n<script>";
  letter.subject = "催办\nX-Evil: 1\r\n\r\nbody";
  std::string text = LetterText(letter, {"整改办\r\nBcc: spy@example.com", "office@example.cn"});
  EXPECT_EQ(
      ReadBack(text, "','.join(k for k in m.keys())"),
      "Date,From,To,Subject,Message-ID,Auto-Submitted,MIME-Version,Content-Type,Content-Transfer-Encoding");
  EXPECT_EQ(ReadBack(text, "len(m['to'].addresses)"), "1");
  EXPECT_THAT(text, Not(HasSubstr("spy@example.com")));
  EXPECT_EQ(ReadBack(text, "m.get_content().replace(chr(13), '')"), Sample().body);
}

TEST(Letter, AddressesThatCouldBreakOutAreNone) {
  for (const char* good : {"a@b", "li.si+x@mail.example.cn", "x_y@xn--fiqs8s.cn"})
    EXPECT_TRUE(IsAddress(good)) << good;
  for (const char* bad :
       {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nRCPT TO:<c@d>", "a>@b", "<a@b>", "a@b>", "李@b",
        "a@省", "a@-b", "a@b.", "a@b..c", "a,b@c", "\"a\"@b", "a@[127.0.0.1]"})
    EXPECT_FALSE(IsAddress(bad)) << bad;
  EXPECT_FALSE(IsAddress(std::string("a\0@b", 4)));
  EXPECT_FALSE(IsAddress(std::string(65, 'a') + "@b"));
}

TEST(Letter, SendersAreReadWithAndWithoutAName) {
  EXPECT_EQ(ParseMailbox("整改办 <office@example.cn>")->name, "整改办");
  EXPECT_EQ(ParseMailbox("office@example.cn")->address, "office@example.cn");
  EXPECT_FALSE(ParseMailbox("整改办"));
  EXPECT_FALSE(ParseMailbox("整改办 <office@example.cn> x"));
}

}  // namespace
}  // namespace zg
