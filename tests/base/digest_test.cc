#include "base/digest.h"

#include <gtest/gtest.h>

#include "base/nearest.h"

namespace zg {
namespace {

TEST(Digest, KnownAnswers) {
  // GB/T 32905-2016, appendix A.1
  EXPECT_EQ(Sm3Hex("abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Digester d;
  d.Add("a");
  d.Add("bc");
  auto hex = d.Finish();
  EXPECT_EQ(hex.sm3, Sm3Hex("abc"));
  EXPECT_EQ(hex.sha256, Sha256Hex("abc"));
}

TEST(Nearest, FindsTheSlip) {
  std::vector<std::string> keys{"listen", "data", "vocabulary"};
  EXPECT_EQ(Nearest("lisen", keys), "listen");
  EXPECT_EQ(Nearest("zzzzzz", keys), "");
}

}  // namespace
}  // namespace zg
