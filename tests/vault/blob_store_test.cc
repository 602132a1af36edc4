// The vault keeps bytes by digest: what is put comes back, what is damaged is noticed, what fails leaves
// nothing.
#include "vault/blob_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "base/digest.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

class FolderStoreTest : public testing::Test {
 protected:
  FolderStoreTest() {
    root_ = fs::temp_directory_path() / ("zg-vault-" + std::to_string(::getpid()));
    fs::remove_all(root_);
    store_ = std::move(FolderStore::Open(root_)).value();
  }
  ~FolderStoreTest() override { fs::remove_all(root_); }
  fs::path root_;
  std::unique_ptr<FolderStore> store_;
};

TEST_F(FolderStoreTest, WhatIsPutComesBackByItsDigest) {
  std::string bytes("原件\0有零字节", 20);
  auto digest = store_->Put(bytes);
  ASSERT_TRUE(digest.ok());
  EXPECT_EQ(*digest, Sha256Hex(bytes));
  EXPECT_EQ(store_->Get(*digest).value(), bytes);
  EXPECT_THAT(store_->List().value(), testing::ElementsAre(*digest));
}

TEST_F(FolderStoreTest, TheSameBytesTwiceAreOneFileAndNothingIsLeftInTheTemporaryFolder) {
  ASSERT_TRUE(store_->Put("甲").ok());
  ASSERT_TRUE(store_->Put("甲").ok());
  EXPECT_EQ(store_->List().value().size(), 1u);
  EXPECT_TRUE(fs::is_empty(root_ / "tmp"));
}

TEST_F(FolderStoreTest, ADamagedFileIsNoticedAndPuttingItAgainHealsIt) {
  std::string digest = store_->Put("完好").value();
  std::ofstream(store_->PathOf(digest)) << "改过";
  EXPECT_EQ(store_->Get(digest).error().id, "vault.damaged");
  EXPECT_EQ(store_->Check(digest).error().id, "vault.damaged");
  ASSERT_TRUE(store_->Put("完好").ok());
  EXPECT_TRUE(store_->Check(digest).ok());
}

TEST_F(FolderStoreTest, ADigestIsNeverAPath) {
  EXPECT_EQ(store_->Get("../../etc/passwd").error().id, "vault.missing");
  EXPECT_EQ(store_->Get(std::string(64, 'z')).error().id, "vault.missing");
  EXPECT_FALSE(IsDigest("../" + std::string(61, 'a')));
}

TEST_F(FolderStoreTest, LeftoversOfADeadProcessAreSweptThoseOfALivingOneStay) {
  std::ofstream(root_ / "tmp" / "999999999-1") << "half";
  std::ofstream(root_ / "tmp" / (std::to_string(::getppid()) + "-1")) << "writing";
  ASSERT_TRUE(FolderStore::Open(root_).ok());
  EXPECT_FALSE(fs::exists(root_ / "tmp" / "999999999-1"));
  EXPECT_TRUE(fs::exists(root_ / "tmp" / (std::to_string(::getppid()) + "-1")));
}

TEST(FailingStore, FailsFromTheNthWriteOn) {
  auto memory = std::make_shared<MemoryStore>();
  FailingStore store(memory, FailAtWrite{2});
  EXPECT_TRUE(store.Put("一").ok());
  EXPECT_EQ(store.Put("二").error().id, "vault.no_room");
  EXPECT_EQ(store.Put("三").error().id, "vault.no_room");
  EXPECT_EQ(memory->List().value().size(), 1u);
}

}  // namespace
}  // namespace zg
