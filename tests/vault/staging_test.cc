// Parts of a file, wherever they lie.
#include "vault/staging.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "support/s3_process.h"
#include "vault/s3/store.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

class EveryStaging : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) / ("staging-" + std::string(GetParam()) + std::to_string(::getpid()));
    fs::remove_all(folder_);
    if (GetParam() == std::string("folder")) {
      staging_ = MakeFolderStaging(folder_);
      return;
    }
    server_ = std::make_unique<S3Process>();
    ASSERT_GT(server_->port(), 0);
    server_->Control({{"page", 2}});
    staging_ = std::move(S3Store::Open(server_->settings())).value()->MakeStaging(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  StagedPart Put(int64_t upload, uint64_t offset, const std::string& bytes) {
    StagedPart part{offset, bytes.size(), Sha256Hex(bytes)};
    auto inside = staging_->Enter(upload);
    EXPECT_TRUE(inside.ok());
    Status put = staging_->Put(upload, part, bytes);
    EXPECT_TRUE(put.ok()) << put.error().cause;
    return part;
  }
  std::string Whole(int64_t upload, const std::vector<StagedPart>& parts) {
    auto file = staging_->Whole(upload, parts);
    if (!file.ok()) return file.error().id;
    std::ifstream in((*file)->path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  fs::path folder_;
  std::unique_ptr<S3Process> server_;
  std::unique_ptr<Staging> staging_;
};

TEST_P(EveryStaging, PutsTogetherWhatWasPut) {
  auto a = Put(7, 0, "abc"), b = Put(7, 3, "defg"), other = Put(71, 0, "x");
  EXPECT_EQ(Whole(7, {a, b}), "abcdefg");
  EXPECT_EQ(staging_->List().value().size(), 2u);
  EXPECT_TRUE(staging_->Drop(7).ok());
  EXPECT_EQ(Whole(7, {a, b}), "upload.lost");
  EXPECT_EQ(Whole(71, {other}), "x") << "7 is not 71";
  EXPECT_TRUE(staging_->Drop(7).ok()) << "twice is fine";
}

TEST_P(EveryStaging, APartThatWasNotAcknowledgedIsNoneOfIt) {
  auto a = Put(1, 0, "abc");
  Put(1, 3, "lost long ago");
  auto b = Put(1, 3, "de");
  EXPECT_EQ(Whole(1, {a, b}), "abcde");
  auto listed = staging_->List().value();
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_GE(listed[0].bytes, 5u);
  EXPECT_GT(listed[0].changed_at, 0);
}

TEST_P(EveryStaging, NothingIsLeftOnThisMachineThatIsNotNeeded) {
  auto a = Put(1, 0, "abc");
  EXPECT_EQ(Whole(1, {a}), "abc");
  EXPECT_TRUE(staging_->Drop(1).ok());
  EXPECT_TRUE(fs::is_empty(folder_));
}

INSTANTIATE_TEST_SUITE_P(Staging, EveryStaging, testing::Values("folder", "bucket"),
                         [](const auto& info) { return std::string(info.param); });

TEST(BucketStaging, ALatePartDoesNotWriteOverWhatWasAcknowledged) {
  S3Process server;
  ASSERT_GT(server.port(), 0);
  fs::path folder = fs::path(testing::TempDir()) / ("staging-late" + std::to_string(::getpid()));
  auto staging = std::move(S3Store::Open(server.settings())).value()->MakeStaging(folder);
  StagedPart good{0, 3, Sha256Hex("abc")}, late{0, 4, Sha256Hex("abcd")};
  ASSERT_TRUE(staging->Put(5, good, "abc").ok());
  ASSERT_TRUE(staging->Put(5, late, "abcd").ok()) << "by a node that hung meanwhile";
  auto file = staging->Whole(5, {good});
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(fs::file_size((*file)->path()), 3u);
  server.Control({{"rot", "zg/staging/5/000000000000-" + good.sha256.substr(0, 32)}});
  EXPECT_EQ(staging->Whole(5, {good}).error().id, "upload.lost") << "changed while it lay there";
  file = Error{};
  fs::remove_all(folder);
}

}  // namespace
}  // namespace zg
