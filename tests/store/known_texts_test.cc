// Texts kept in memory are those of the database, and not more of them than there is room for.
#include "store/known_texts.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/place.h"
#include "store/store.h"
#include "store/texts.h"

namespace zg::store {
namespace {

TEST(KnownTexts, AreReadOnceAndForgottenWhereRoomIsNeeded) {
  auto file = std::filesystem::path(testing::TempDir()) / "known-texts.sqlite";
  std::filesystem::remove(file);
  test::Place place(file);
  FixedClock clock(*Date::Make(2024, 6, 30));
  auto store = std::move(Store::Open(place.Open(), clock)).value();
  std::vector<int64_t> ids;
  ASSERT_TRUE(store
                  ->Write([&](Session& s) {
                    for (char32_t c : {U'甲', U'乙', U'丙'}) {
                      Document document;
                      document.text = std::u32string(1000, c);
                      ids.push_back(SaveText(s, document));
                    }
                  })
                  .ok());
  KnownTexts known(10'000);  // two of them, 4,000 bytes and a little each
  auto get = [&](int64_t id, const char* sm3 = "d") {
    return store->Read([&](Session& s) { return known.Get(s, id, sm3); }).value();
  };
  auto first = get(ids[0]);
  EXPECT_EQ(*first, std::u32string(1000, U'甲'));
  EXPECT_EQ(get(ids[0]), first) << "not read again";
  EXPECT_NE(get(ids[0], "other"), first) << "another text of that number";
  EXPECT_EQ(get(ids[0]), first);
  EXPECT_EQ(*get(ids[1]), std::u32string(1000, U'乙'));
  EXPECT_EQ(get(ids[0], "other")->size(), 1000u);
  EXPECT_EQ(*get(ids[2]), std::u32string(1000, U'丙'));
  EXPECT_NE(get(ids[0]), first) << "it had to make room";
  EXPECT_EQ(*get(ids[0]), *first);
  EXPECT_TRUE(get(987'654)->empty());
}

}  // namespace
}  // namespace zg::store
