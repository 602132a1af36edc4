// Text files: the encoding is found out, and the text stays what it was, character for character.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include "document/encoding.h"
#include "document/reader.h"
#include "ooxml_builder.h"

namespace zg {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Texts;

constexpr char kSentence[] = "整改时限：2024年12月底前\r\n责任单位：市水利局";

std::string Encode(const std::string& utf8, const char* encoding) {
  iconv_t cd = iconv_open(encoding, "UTF-8");
  std::string in = utf8, out(utf8.size() * 4 + 16, '\0');
  char *from = in.data(), *to = out.data();
  size_t from_left = in.size(), to_left = out.size();
  iconv(cd, &from, &from_left, &to, &to_left);
  iconv_close(cd);
  out.resize(out.size() - to_left);
  return out;
}

Document Read(const std::string& bytes, const std::string& name = "a.txt") {
  auto result = ReadDocument(bytes, name);
  EXPECT_TRUE(result.ok()) << result.error().message;
  return result.ok() ? *result : Document{};
}

class TxtEncoding : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(TxtEncoding, IsFoundOut) {
  auto [mark, encoding] = GetParam();
  std::string bytes = Encode(kSentence, encoding);
  if (std::string_view(encoding).starts_with("UTF-16") && mark[0]) {
    bytes = (std::string_view(encoding) == "UTF-16LE" ? "\xFF\xFE" : "\xFE\xFF") + bytes;
  }
  if (std::string_view(encoding) == "UTF-8" && mark[0]) bytes = "\xEF\xBB\xBF" + bytes;
  Document document = Read(bytes);
  EXPECT_EQ(ToUtf8(document.text), "整改时限：2024年12月底前\n责任单位：市水利局");
  EXPECT_EQ(document.format, "txt");
}

INSTANTIATE_TEST_SUITE_P(All, TxtEncoding,
                         ::testing::Values(std::pair("", "UTF-8"), std::pair("mark", "UTF-8"),
                                           std::pair("", "UTF-16LE"), std::pair("mark", "UTF-16LE"),
                                           std::pair("", "UTF-16BE"), std::pair("mark", "UTF-16BE"),
                                           std::pair("", "GB18030"), std::pair("", "GBK")));

TEST(Txt, Big5IsToldFromGb18030EvenInOneLine) {
  EXPECT_EQ(ToUtf8(Read(Encode("整改時限：二零二四年底前完成，責任單位為水利局。", "BIG5")).text),
            "整改時限：二零二四年底前完成，責任單位為水利局。");
  EXPECT_EQ(ToUtf8(Read(Encode("整改时限：二零二四年底前完成，责任单位为水利局。", "GB18030")).text),
            "整改时限：二零二四年底前完成，责任单位为水利局。");
  EXPECT_EQ(ToUtf8(Read(Encode("已完成", "GB18030")).text), "已完成");
}

TEST(Txt, RareCharactersOfGb18030InFourBytesAreRead) {
  EXPECT_EQ(ToUtf8(Read(Encode("㙟镇人民政府已经完成整改任务", "GB18030")).text),
            "㙟镇人民政府已经完成整改任务");
}

TEST(Txt, Utf8WithABrokenByteStaysUtf8AndSaysSo) {
  std::string bytes;
  for (int i = 0; i < 30; ++i) bytes += "整改任务清单\n";
  bytes += "\xE6\x95";  // cut off in the middle of 改
  Document document = Read(bytes);
  EXPECT_EQ(Texts(document)[0], "整改任务清单");
  ASSERT_EQ(document.notes.size(), 1u);
  EXPECT_THAT(document.notes[0], HasSubstr("UTF-8"));
}

TEST(Txt, ALineIsABlockAndItsNumberIsItsPlace) {
  Document document = Read("一、问题\r\n\r\n　\t\r责任单位：甲局\n末行");
  EXPECT_EQ(ToUtf8(document.text), "一、问题\n\n　\t\n责任单位：甲局\n末行");
  EXPECT_THAT(Texts(document), ElementsAre("一、问题", "责任单位：甲局", "末行"));
  EXPECT_EQ(document.blocks[0].place.paragraph, 1);
  EXPECT_EQ(document.blocks[1].place.paragraph, 4);
  EXPECT_EQ(document.blocks[2].place.paragraph, 5);
}

TEST(Txt, FormFeedEndsALineAndStaysInTheText) {
  Document document = Read("上一页\f下一页\n");
  EXPECT_EQ(document.text, U"上一页\f下一页\n");
  EXPECT_THAT(Texts(document), ElementsAre("上一页", "下一页"));
  EXPECT_EQ(document.blocks[1].place.paragraph, 2);
}

TEST(Txt, HardWrapsAreNotJoined) {
  EXPECT_THAT(Texts(Read("脆弱性认识不足，\n\n招商引资中\n")), ElementsAre("脆弱性认识不足，", "招商引资中"));
}

TEST(Txt, ATextAboveTheLimitIsRefused) {
  ReadOptions options;
  options.limits.max_text = 10;
  auto result = ReadDocument("一二三四五六七八九十再多一字", "a.txt", options);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().id, "document.too_large");
}

TEST(Txt, UnpairedSurrogatesAndOddLengthsDoNotStopUtf16) {
  std::string bytes = "\xFF\xFE" + Encode(
                                       "整改时限为年底前，责任单位为水利局。长期坚持，立行立改，整改到位。"
                                       "整改时限为年底前，责任单位为水利局。长期坚持，立行立改，整改到位。",
                                       "UTF-16LE");
  bytes += std::string("\x00\xD8", 2) + "\x01";
  Document document = Read(bytes);
  EXPECT_THAT(ToUtf8(document.text), HasSubstr("立行立改"));
  EXPECT_EQ(document.text.back(), U'\uFFFD');
}

}  // namespace
}  // namespace zg
