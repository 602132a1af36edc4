// What is hidden before it is published, as people would write it: 〔…〕 marks what must go, and nothing else
// may.
#include "ledger/masking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace zg {
namespace {

// The text with 〔〕 around each place that was found.
std::string Marked(const std::string& text) {
  std::u32string t = ToUtf32(text), out;
  size_t at = 0;
  for (const auto& mask : FindMasks(MaskRules::Builtin(), t)) {
    out += t.substr(at, mask.span.begin - at) + U"〔" + t.substr(mask.span.begin, mask.span.size()) + U"〕";
    at = mask.span.end;
  }
  return ToUtf8(out + t.substr(at));
}
std::string Without(std::string text) {
  for (const char* mark : {"〔", "〕"})
    for (size_t at; (at = text.find(mark)) != text.npos;) text.erase(at, std::string(mark).size());
  return text;
}

// One case a line; # explains the next ones.
TEST(Masking, CasesAsData) {
  std::ifstream in(ZG_SOURCE_DIR "/tests/ledger/masking_cases.txt");
  ASSERT_TRUE(in);
  int cases = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    EXPECT_EQ(Marked(Without(line)), line);
    ++cases;
  }
  EXPECT_GT(cases, 50);
}

TEST(Masking, TheSurnameStaysAndTheRestGoes) {
  std::u32string text = U"联系人：张三丰，电话：13812345678";
  auto masks = FindMasks(MaskRules::Builtin(), text);
  EXPECT_EQ(ToUtf8(ApplyMasks(MaskRules::Builtin(), text, masks)), "联系人：张某某，电话：（电话略）");
  masks[0].keep = true;
  EXPECT_EQ(ToUtf8(ApplyMasks(MaskRules::Builtin(), text, masks)), "联系人：张三丰，电话：（电话略）");
}

TEST(Masking, AHandHidesMoreAndSwallowsWhatItCovers) {
  std::u32string text = U"联系人：张三，住在河边第三户。";
  auto masks = FindMasks(MaskRules::Builtin(), text);
  ASSERT_EQ(masks.size(), 1u);
  ASSERT_TRUE(AddHandMask(masks, {4, 6}, text.size()).ok());
  EXPECT_EQ(masks.size(), 1u);
  EXPECT_EQ(masks[0], (Mask{kHandMask, {4, 6}, false}));
  ASSERT_TRUE(AddHandMask(masks, {9, 14}, text.size()).ok());
  EXPECT_EQ(ToUtf8(ApplyMasks(MaskRules::Builtin(), text, masks)), "联系人：（略），住在（略）。");
  EXPECT_EQ(AddHandMask(masks, {3, 3}, text.size()).error().id, "mask.span");
  EXPECT_EQ(AddHandMask(masks, {3, 99}, text.size()).error().id, "mask.span");
}

TEST(Masking, ABadVocabularyIsRefusedByLine) {
  auto bad = ParseMaskRules(
      "by_hand = \"x\"\n[[rule]]\nid = \"a\"\ntitle = \"b\"\nhow = \"nmae\"\nwith = \"c\"\n", "m.toml");
  ASSERT_FALSE(bad.ok());
  EXPECT_THAT(bad.error().message, testing::HasSubstr("name"));
  EXPECT_EQ(bad.error().where, "m.toml:2");
}

TEST(Masking, LongTextWithoutAnythingIsLinear) {
  std::u32string text;
  for (int i = 0; i < 20'000; ++i) text += U"联系人联系人电话村路1";
  EXPECT_EQ(FindMasks(MaskRules::Builtin(), text).size(), 0u);
}

}  // namespace
}  // namespace zg
