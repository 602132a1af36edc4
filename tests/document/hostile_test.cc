// Hostile files: each gives one sentence that says what is wrong and what to do, within 10 seconds and 512
// MB, and leaves nothing behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "document/reader.h"
#include "ooxml_builder.h"
#include "scratch_folder.h"

#if defined(__SANITIZE_ADDRESS__)
constexpr long kMemoryFactor = 4;  // the sanitizer's own
#else
constexpr long kMemoryFactor = 1;
#endif

namespace zg {
namespace {

using namespace testing;
using namespace std::string_literals;
using ::testing::HasSubstr;

struct Outcome {
  std::string id, message;
  double seconds = 0;
  long megabytes = 0;
};

long ResidentMegabytes() {
  std::ifstream statm("/proc/self/statm");
  long size = 0, resident = 0;
  statm >> size >> resident;
  return resident * (getpagesize() / 1024) / 1024;
}

// Reads in a process of its own, whose memory is measured: what it needs besides this test's, and the file
// itself.
Outcome ReadApart(const std::string& bytes, const std::string& name, const std::filesystem::path& scratch) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  long before = ResidentMegabytes();
  auto begin = std::chrono::steady_clock::now();
  pid_t pid = fork();
  if (pid == 0) {
    ReadOptions options;
    options.scratch = scratch;
    auto result = ReadDocument(bytes, name, options);
    std::string out = result.ok() ? "ok\n" : result.error().id + "\n" + result.error().message;
    (void)!write(ends[1], out.data(), out.size());
    _exit(0);
  }
  close(ends[1]);
  std::string out;
  char buffer[4096];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;) out.append(buffer, n);
  close(ends[0]);
  int status = 0;
  rusage usage{};
  wait4(pid, &status, 0, &usage);
  EXPECT_TRUE(WIFEXITED(status)) << "the reader died of signal " << WTERMSIG(status);
  size_t line = out.find('\n');
  return {out.substr(0, line), line == std::string::npos ? "" : out.substr(line + 1),
          std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
          usage.ru_maxrss / 1024 - before + static_cast<long>(bytes.size() >> 20)};
}

void ExpectRefused(const std::string& bytes, const std::string& name, const std::string& id,
                   const std::string& says) {
  TestFolder folder;
  Outcome outcome = ReadApart(bytes, name, folder.path());
  EXPECT_EQ(outcome.id, id);
  EXPECT_THAT(outcome.message, HasSubstr(says));
  EXPECT_THAT(outcome.message, ::testing::AnyOf(HasSubstr("请"), HasSubstr("可以")));  // what to do
  EXPECT_TRUE(outcome.message.ends_with("。")) << outcome.message;
  EXPECT_LT(outcome.seconds, 10);
  EXPECT_LT(outcome.megabytes, 512 * kMemoryFactor);
  EXPECT_TRUE(folder.empty()) << "something was left behind";
}

std::string WithDocument(const std::string& xml) {
  auto members = Docx{}.Members();
  for (auto& [name, bytes] : members) {
    if (name == "word/document.xml") bytes = xml;
  }
  return Zip(members);
}

std::string Repeat(const std::string& what, size_t n) {
  std::string out;
  out.reserve(what.size() * n);
  while (n--) out += what;
  return out;
}

TEST(Hostile, ZipBombByRatio) {
  ExpectRefused(WithDocument(std::string(120u << 20, ' ')), "a.docx", "document.too_large", "压缩炸弹");
}

TEST(Hostile, ZipBombInManyMembers) {
  std::vector<std::pair<std::string, std::string>> members = Docx{.body = PT("a")}.Members();
  for (int i = 0; i < 30'000; ++i) members.push_back({"word/media/" + std::to_string(i), ""});
  ExpectRefused(Zip(members), "a.docx", "document.too_large", "成员");
}

TEST(Hostile, ZipBombInManySheets) {
  // Each sheet is harmless by itself; together they pass the limit of the whole.
  Xlsx xlsx;
  std::string row = "<row><c t=\"str\"><v>";
  for (int i = 0; i < 3000; ++i) row += std::to_string(i * 7919);
  row += "</v></c></row>";
  std::string rows = Repeat(row, 900);  // some 13 MB
  for (int i = 0; i < 25; ++i) xlsx.sheets.push_back({"s" + std::to_string(i), rows});
  TestFolder folder;
  Outcome outcome = ReadApart(xlsx.Bytes(), "a.xlsx", folder.path());
  EXPECT_EQ(outcome.id, "document.too_large");
  EXPECT_LT(outcome.megabytes, 512 * kMemoryFactor);
  EXPECT_LT(outcome.seconds, 10);
}

TEST(Hostile, AnEndRecordThatLiesAboutItsMembers) {
  std::string bytes = Docx{.body = PT("a")}.Bytes();
  size_t end = bytes.rfind("PK\5\6");
  bytes[end + 12] = '\xFF', bytes[end + 13] = '\xFF', bytes[end + 14] = '\xFF', bytes[end + 15] = '\x7F';
  TestFolder folder;
  EXPECT_NE(ReadApart(bytes, "a.docx", folder.path()).id, "ok");
}

TEST(Hostile, EntitiesOfADtdAreNotExpanded) {
  std::string dtd = "<!DOCTYPE w:document [<!ENTITY a \"哈哈哈哈哈哈哈哈哈哈\">";
  for (char c = 'b'; c <= 'l'; ++c) {
    dtd += "<!ENTITY "s + c + " \"" + Repeat("&"s + static_cast<char>(c - 1) + ";", 10) + "\">";
  }
  dtd += "<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
  auto result = ReadDocument(WithDocument("<?xml version=\"1.0\"?>" + dtd + "<w:document " + kWordNamespaces +
                                          "><w:body>" + PT("甲&l;乙&x;丙") + "</w:body></w:document>"),
                             "a.docx");
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(ToUtf8(result->text), "甲&l;乙&x;丙\n");
}

TEST(Hostile, NestingDeeperThanAnyStack) {
  std::string open = Repeat("<w:ins>", 2'000'00), close = Repeat("</w:ins>", 2'000'00);
  std::string head = "<w:document "s + kWordNamespaces + "><w:body>", tail = "</w:body></w:document>";
  ExpectRefused(WithDocument(head + "<w:p>" + open + R("深") + close + "</w:p>" + tail), "a.docx",
                "document.broken", "嵌套");
  ExpectRefused(WithDocument(head + open + PT("深") + close + tail), "a.docx", "document.broken", "嵌套");
  std::string tables = Repeat("<w:tbl><w:tr><w:tc>", 100'000);
  ExpectRefused(WithDocument(head + tables), "a.docx", "document.broken", "损坏");
  std::string nested =
      Repeat("<w:tbl><w:tr><w:tc>", 50'000) + PT("深") + Repeat("</w:tc></w:tr></w:tbl>", 50'000);
  ExpectRefused(WithDocument(head + nested + tail), "a.docx", "document.broken", "嵌套");
  std::string boxes =
      "<w:p><w:r><w:drawing>" + Repeat("<a>", 100'000) + Repeat("</a>", 100'000) + "</w:drawing></w:r></w:p>";
  ExpectRefused(WithDocument(head + boxes + tail), "a.docx", "document.broken", "嵌套");
}

TEST(Hostile, ManySmallElementsStayWithinMemory) {
  ExpectRefused(WithDocument("<w:document "s + kWordNamespaces + "><w:body>" +
                             Repeat("<w:p/><w:x a='1'/>", 3'000'000) + "</w:body></w:document>"),
                "a.docx", "document.too_large", "没有读取");
}

TEST(Hostile, NamesInArchivesLeadNowhere) {
  TestFolder folder;
  Docx docx{.body = PT("正文"),
            .more = {{"../../evil.txt", "x"}, {"/tmp/evil.txt", "x"}, {"word/../../../../etc/evil", "x"}}};
  ReadOptions options;
  options.scratch = folder.path();
  auto result = ReadDocument(docx.Bytes(), "../../etc/清单.docx", options);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(ToUtf8(result->text), "正文\n");
  EXPECT_TRUE(folder.empty());
  // A relationship that climbs out of the package stays inside it.
  auto members = docx.Members();
  for (auto& [name, bytes] : members) {
    if (name == "_rels/.rels") bytes = Rels(Rel("rId1", "officeDocument", "../../../../../../etc/passwd"));
  }
  result = ReadDocument(Zip(members), "a.docx", options);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(ToUtf8(result->text), "正文\n");
}

TEST(Hostile, AHundredMegabytesOfNothing) {
  for (const char* name : {"a.txt", "a.docx", "a.doc", "a"}) {
    ExpectRefused(std::string(100u << 20, '\0'), name, "document.empty", "空白");
    ExpectRefused(std::string(100u << 20, ' '), name, "document.empty", "空白");
  }
  ExpectRefused(std::string(201u << 20, 'x'), "a.txt", "document.too_large", "MB");
  ExpectRefused(std::string(100u << 20, 'x'), "a.txt", "document.too_large", "万字");
}

TEST(Hostile, ATruncatedArchive) {
  std::string bytes = Docx{.body = PT(Repeat("整改", 2000))}.Bytes();
  for (size_t keep : {bytes.size() / 4, bytes.size() / 2, bytes.size() - 3}) {
    ExpectRefused(bytes.substr(0, keep), "a.docx", "document.broken", "不完整");
    ExpectRefused(bytes.substr(0, keep), "a.xlsx", "document.broken", "不完整");
  }
}

TEST(Hostile, BytesFlippedInsideAnArchive) {
  std::string bytes =
      Zip(Docx{.body = PT(Repeat("整改", 2000))}.Members(), false);  // stored: the flip reaches the text
  size_t at = bytes.find("整改整改整改");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'x';
  ExpectRefused(bytes, "a.docx", "document.broken", "损坏");
}

TEST(Hostile, AnEncryptedArchive) {
  ExpectRefused(Zip(Docx{.body = PT("a")}.Members(), true, "secret"), "a.docx", "document.encrypted", "密码");
}

// A compound file whose directory names these streams.
std::string CompoundFile(const std::vector<std::string>& names, const std::string& first_stream = "") {
  std::string header("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  header.resize(512);
  header[0x1E] = 9;  // sectors of 512 bytes
  header[0x30] = 1;  // directory in sector 1
  for (int i = 0; i < 109; ++i) {
    for (int k = 0; k < 4; ++k) header[0x4C + i * 4 + k] = '\xFF';
  }
  for (int k = 0; k < 4; ++k) header[0x4C + k] = 0;  // the table of sectors in sector 0
  std::string fat(512, '\xFF'), directory(512, '\0'), stream = first_stream;
  stream.resize(512);
  fat[4] = '\xFE';  // the directory is one sector long
  for (size_t i = 0; i < names.size() && i < 4; ++i) {
    for (size_t k = 0; k < names[i].size(); ++k) directory[i * 128 + k * 2] = names[i][k];
    directory[i * 128 + 64] = static_cast<char>((names[i].size() + 1) * 2);
    directory[i * 128 + 116] = 2;  // begins in sector 2
  }
  return header + fat + directory + stream;
}

TEST(Hostile, AnEncryptedDocxIsACompoundFile) {
  ExpectRefused(CompoundFile({"Root Entry", "EncryptionInfo", "EncryptedPackage"}), "清单.docx",
                "document.encrypted", "密码");
  ExpectRefused(CompoundFile({"Root Entry", "EncryptedPackage"}), "清单.xlsx", "document.encrypted", "密码");
}

TEST(Hostile, AnEncryptedDocAndXlsAreRefusedBeforeConversion) {
  std::string fib("\xEC\xA5\xC1\x00\0\0\0\0\0\0\x00\x01", 12);
  ExpectRefused(CompoundFile({"Root Entry", "WordDocument"}, fib), "a.doc", "document.encrypted", "密码");
  std::string bof("\x09\x08\x04\x00\0\0\0\0\x2F\x00\x02\x00\0\0", 14);
  ExpectRefused(CompoundFile({"Root Entry", "Workbook"}, bof), "a.xls", "document.encrypted", "密码");
}

TEST(Hostile, CompoundFilesThatRunInCirclesOrOffTheEnd) {
  std::string circle = CompoundFile({"Root Entry"});
  circle[512 + 4] = 1, circle[512 + 5] = 0, circle[512 + 6] = 0,
               circle[512 + 7] = 0;  // sector 1 follows sector 1
  ExpectRefused(circle, "a.doc", "document.broken", "损坏");
  std::string off = CompoundFile({"Root Entry"});
  off[0x33] = '\x7F';
  ExpectRefused(off, "a.doc", "document.broken", "损坏");
  ExpectRefused(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8), "a.doc", "document.broken", "损坏");
}

TEST(Hostile, APictureNamedDocx) {
  ExpectRefused("\x89PNG\r\n\x1A\n" + std::string(100, 'x'), "清单.docx", "document.unknown_format",
                "png 图片");
}

TEST(Hostile, AnEmptyFileAndUnknownBytes) {
  ExpectRefused("", "a.docx", "document.empty", "空的");
  std::string noise;
  uint32_t x = 99;
  for (int i = 0; i < 100'000; ++i) noise += static_cast<char>((x = x * 1664525u + 1013904223u) >> 24);
  ExpectRefused(noise, "a.doc", "document.unknown_format", "认不出");
  ExpectRefused(noise, "a.txt", "document.unknown_format", "认不出");
}

TEST(Hostile, OtherArchivesAndSlidesAreNamed) {
  ExpectRefused(Zip({{"a.docx", "x"}}), "a.zip", "document.unknown_format", "压缩包");
  ExpectRefused(Zip({{"OFD.xml", "x"}}), "a.ofd", "document.unknown_format", "OFD");
  ExpectRefused(CompoundFile({"Root Entry", "PowerPoint Document"}), "a.ppt", "document.unknown_format",
                "演示文稿");
  ExpectRefused("<html><table>", "a.xls", "document.unknown_format", "网页");
}

TEST(Hostile, ABrokenPdf) {
  ZG_NEEDS("pdftotext");
  ExpectRefused("%PDF-1.7\nnothing of a PDF follows", "a.pdf", "document.broken", "损坏");
}

TEST(Hostile, AManyFoldMergedTableCostsNoMoreThanItsCells) {
  // One cell of many paragraphs that very many rows continue.
  std::string rows = Tr(Tc(Repeat(PT("x"), 20'000), "<w:vMerge w:val=\"restart\"/>")) +
                     Repeat(Tr(Tc("<w:p/>", "<w:vMerge/>")), 40'000);
  TestFolder folder;
  Outcome outcome = ReadApart(Docx{.body = Tbl(rows)}.Bytes(), "a.docx", folder.path());
  EXPECT_EQ(outcome.id, "ok");
  EXPECT_LT(outcome.seconds, 5);
}

}  // namespace
}  // namespace zg
