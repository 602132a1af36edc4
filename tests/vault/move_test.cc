// A vault is carried into a bucket and back: all of it, proved, and gone on with where it was cut off.
#include "vault/move.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/s3_process.h"
#include "vault/s3/store.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

class MoveVaultTest : public testing::Test {
 protected:
  MoveVaultTest() {
    folder_ = fs::temp_directory_path() / ("zg-move-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    from_ = std::move(FolderStore::Open(folder_ / "from")).value();
    bucket_ = std::move(S3Store::Open(server_.settings())).value();
    for (int i = 0; i < 6; ++i) digests_.push_back(from_->Put("第" + std::to_string(i) + "份").value());
    digests_.push_back(from_->Put(std::string(6u << 20, 'z')).value());
  }
  ~MoveVaultTest() override { fs::remove_all(folder_); }
  Result<Moved> Move(const BlobStore& from, BlobStore& to, const std::string& target = "there") {
    return MoveVault(from, to, {folder_ / "work", target, {}});
  }

  fs::path folder_;
  S3Process server_;
  std::unique_ptr<FolderStore> from_;
  std::unique_ptr<S3Store> bucket_;
  std::vector<std::string> digests_;
};

TEST_F(MoveVaultTest, IntoABucketAndBack) {
  auto moved = Move(*from_, *bucket_);
  ASSERT_TRUE(moved.ok()) << moved.error().cause;
  EXPECT_EQ(moved->copied, 7);
  EXPECT_EQ(bucket_->List().value(), from_->List().value());
  auto back = std::move(FolderStore::Open(folder_ / "back")).value();
  EXPECT_EQ(Move(*bucket_, *back, "back").value().copied, 7);
  for (const auto& digest : digests_) EXPECT_TRUE(back->Check(digest).ok());
}

TEST_F(MoveVaultTest, GoesOnWhereItWasCutOff) {
  server_.Arm("503", 1000, "PUT", 3);
  EXPECT_EQ(Move(*from_, *bucket_).error().id, "vault.down");
  server_.Control({{"clear", true}});
  from_->Put("后来的").value();
  auto moved = Move(*from_, *bucket_).value();
  EXPECT_EQ(moved.there, 3);
  EXPECT_EQ(moved.copied, 5);
  EXPECT_EQ(Move(*from_, *bucket_).value().there, 8);
}

TEST_F(MoveVaultTest, WhatAnotherTargetHasSaysNothing) {
  ASSERT_TRUE(Move(*from_, *bucket_).ok());
  MemoryStore other;
  EXPECT_EQ(Move(*from_, other, "elsewhere").value().copied, 7);
}

TEST_F(MoveVaultTest, WhatIsDamagedInTheSourceIsToldAndNotCarried) {
  fs::permissions(from_->PathOf(digests_[2]), fs::perms::owner_all);
  std::ofstream(from_->PathOf(digests_[2])) << "改过";
  auto moved = Move(*from_, *bucket_).value();
  EXPECT_THAT(moved.damaged, testing::ElementsAre(digests_[2]));
  EXPECT_EQ(moved.copied, 6);
  EXPECT_EQ(bucket_->Get(digests_[2]).error().id, "vault.missing");
}

TEST_F(MoveVaultTest, WhatReadsBackWrongFromTheTargetEndsIt) {
  server_.Arm("wrong", 1, "GET", 1);  // the list is a GET too, but no object
  auto moved = Move(*from_, *bucket_);
  ASSERT_FALSE(moved.ok());
  EXPECT_EQ(moved.error().id, "vault.damaged");
  EXPECT_EQ(Move(*from_, *bucket_).value().copied + Move(*from_, *bucket_).value().there, 6 + 7);
}

}  // namespace
}  // namespace zg
