// What a file is, by its content first and by its name only where the content is silent.
#include <gtest/gtest.h>

#include "document/reader.h"
#include "ooxml_builder.h"

namespace zg {
namespace {

using namespace testing;
using namespace std::string_literals;

TEST(SniffFormat, GoesByContentNotByName) {
  EXPECT_EQ(SniffFormat(Docx{.body = PT("a")}.Bytes(), "清单.doc"), "docx");
  EXPECT_EQ(SniffFormat(Xlsx{.sheets = {{"a", ""}}}.Bytes(), "清单.docx"), "xlsx");
  EXPECT_EQ(SniffFormat("%PDF-1.7\n", "a.docx"), "pdf");
  EXPECT_EQ(SniffFormat("{\\rtf1\\ansi", "a.doc"), "rtf");
  EXPECT_EQ(SniffFormat("\x89PNG\r\n\x1A\n....", "a.docx"), "png");
  EXPECT_EQ(SniffFormat("\xFF\xD8\xFF\xE0", "a.docx"), "jpeg");
  EXPECT_EQ(SniffFormat("II*\0...."s, "a.docx"), "tiff");
  EXPECT_EQ(SniffFormat(Zip({{"mimetype", "application/vnd.oasis.opendocument.text"}}), "a"), "odt");
  EXPECT_EQ(SniffFormat(Zip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}), "a"), "ods");
  EXPECT_EQ(SniffFormat(Zip({{"a.txt", "x"}}), "a.docx"), "zip");
  EXPECT_EQ(SniffFormat("一、问题", "a.docx"), "txt");
  EXPECT_EQ(SniffFormat("<html><body>", "a.xls"), "html");
}

TEST(SniffFormat, RandomBytesAreUnknown) {
  std::string noise;
  uint32_t x = 12345;
  for (int i = 0; i < 5000; ++i) noise += static_cast<char>((x = x * 1664525u + 1013904223u) >> 24);
  EXPECT_EQ(SniffFormat(noise, "a.doc"), "unknown");
  EXPECT_EQ(SniffFormat(std::string(5000, '\0'), "a.doc"), "unknown");
}

}  // namespace
}  // namespace zg
