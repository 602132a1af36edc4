#include "extract/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "document/reader.h"
#include "extract/extractor.h"

namespace zg {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class VocabularyTest : public testing::Test {
 protected:
  VocabularyTest() : folder_(fs::temp_directory_path() / ("zg-vocab-" + std::to_string(getpid()))) {
    fs::create_directories(folder_ / "regions");
  }
  ~VocabularyTest() override { fs::remove_all(folder_); }
  void Write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  fs::path folder_;
};

TEST_F(VocabularyTest, AnOfficeAddsItsOwnLabel) {
  Write("labels.toml", "[responsible]\nlabels = [\"包干单位\"]\n");
  auto words = Vocabulary::Load(folder_);
  ASSERT_TRUE(words.ok()) << words.error().message;
  auto document =
      ReadDocument("某县整改任务清单\n一、某河水质差。\n包干单位：县水务局\n整改时限：2024年底前\n", "a.txt");
  Draft draft = Extract(*document, **words);
  ASSERT_EQ(draft.entries.size(), 1u);
  ASSERT_EQ(draft.entries[0].responsible.size(), 1u);
  EXPECT_EQ(draft.entries[0].responsible[0].name, "县水务局");
}

TEST_F(VocabularyTest, AMistakeIsNamedByFileAndLine) {
  Write("labels.toml", "# own words\n[responsible]\nlabels = [\"包干单位\"\n");
  auto words = Vocabulary::Load(folder_);
  ASSERT_FALSE(words.ok());
  EXPECT_THAT(words.error().where, HasSubstr("labels.toml:"));
}

TEST_F(VocabularyTest, AnUnknownKeyNamesItsNeighbour) {
  Write("labels.toml", "[responsible]\nlabel = [\"包干单位\"]\n");
  auto words = Vocabulary::Load(folder_);
  ASSERT_FALSE(words.ok());
  EXPECT_EQ(words.error().where, "labels.toml:2");
  EXPECT_THAT(words.error().message, HasSubstr("responsible.labels"));
}

TEST_F(VocabularyTest, RegionsOfAnotherProvince) {
  Write("regions/own.csv",
        "code,name,short_names,level,parent\n990000,江岚省,江岚,region,\n990100,霁川市,霁川,prefecture\n");
  auto words = Vocabulary::Load(folder_);
  ASSERT_FALSE(words.ok());
  EXPECT_EQ(words.error().where, "regions/own.csv:3");
  Write("regions/own.csv", "code,name,short_names,level,parent\n990000,江岚省,江岚,region,\n");
  words = Vocabulary::Load(folder_);
  ASSERT_TRUE(words.ok());
  EXPECT_TRUE(std::any_of((*words)->regions().begin(), (*words)->regions().end(),
                          [](const RegionRow& r) { return r.name == "江岚省"; }));
}

TEST_F(VocabularyTest, AFolderThatIsNotThere) {
  EXPECT_EQ(Vocabulary::Load(folder_ / "none").error().code, Code::kNotFound);
}

}  // namespace
}  // namespace zg
