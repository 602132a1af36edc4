// What every vault does, wherever it keeps the bytes: memory, a folder, a bucket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "support/s3_process.h"
#include "vault/blob_store.h"
#include "vault/s3/store.h"

namespace zg {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::UnorderedElementsAreArray;

std::string Bytes(size_t n) {
  std::string bytes(n, '\0');
  uint32_t x = 12345;
  for (auto& c : bytes) c = char((x = x * 1664525 + 1013904223) >> 24);
  return bytes;
}

class EveryStore : public testing::TestWithParam<std::string> {
 public:
  EveryStore() {
    folder_ = fs::temp_directory_path() / ("zg-every-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    if (GetParam() == "folder") store_ = std::move(FolderStore::Open(folder_ / "vault")).value();
    if (GetParam() == "memory") store_ = std::make_unique<MemoryStore>();
    if (GetParam() == "given") store_ = std::move(S3Store::Open(Given())).value();
    if (GetParam() == "bucket") {
      server_ = std::make_unique<S3Process>();
      store_ = std::move(S3Store::Open(server_->settings())).value();
    }
  }
  ~EveryStore() override { fs::remove_all(folder_); }
  // A real store, below a prefix of this test's own: tests/vault/radosgw starts one.
  static S3Settings Given() {
    S3Settings s;
    s.endpoint = std::getenv("ZG_S3_ENDPOINT");
    s.bucket = std::getenv("ZG_S3_BUCKET");
    s.access_key = std::getenv("ZHENGGAI_VAULT_ACCESS_KEY");
    s.secret = std::getenv("ZHENGGAI_VAULT_SECRET_KEY");
    s.part_bytes = 5u << 20;
    static int n = 0;
    s.prefix = "test-" + std::to_string(::getpid()) + "-" + std::to_string(++n) + "/";
    return s;
  }
  static std::vector<std::string> Vaults() {
    std::vector<std::string> names = {"memory", "folder", "bucket"};
    if (std::getenv("ZG_S3_ENDPOINT")) names.push_back("given");
    return names;
  }
  fs::path Spill(const std::string& bytes) {
    std::ofstream(folder_ / "file", std::ios::binary) << bytes;
    return folder_ / "file";
  }
  static std::string ReadAll(const BlobFile& file, size_t piece) {
    std::string all, buffer(piece, '\0');
    for (uint64_t at = 0; at < file.size;) {
      auto n = file.bytes->ReadAt(at, buffer.data(), buffer.size());
      if (!n.ok() || *n == 0) return "broken off";
      all.append(buffer, 0, *n);
      at += *n;
    }
    return all;
  }
  fs::path folder_;
  std::unique_ptr<S3Process> server_;
  std::unique_ptr<BlobStore> store_;
};

TEST_P(EveryStore, WhatIsPutComesBackByItsDigest) {
  for (const std::string& bytes : {std::string("原件\0有零字节", 20), std::string(), Bytes(300'000)}) {
    auto digest = store_->Put(bytes);
    ASSERT_TRUE(digest.ok()) << digest.error().cause;
    EXPECT_EQ(*digest, Sha256Hex(bytes));
    EXPECT_EQ(store_->Get(*digest).value(), bytes);
    EXPECT_TRUE(store_->Check(*digest).ok());
    EXPECT_EQ(store_->OpenFile(*digest).value().size, bytes.size());
  }
}

TEST_P(EveryStore, AFileIsKeptWithBothDigestsAndSaidBefore) {
  for (size_t size : {0u, 1u, 1u << 20, 5u << 20, (5u << 20) + 1, 12u << 20}) {
    std::string bytes = Bytes(size);
    std::string said;
    auto hex = store_->PutFile(Spill(bytes), [&](const std::string& digest, uint64_t n) -> Status {
      EXPECT_FALSE(store_->Check(digest).ok()) << "before it is there";
      said = digest + " " + std::to_string(n);
      return {};
    });
    ASSERT_TRUE(hex.ok()) << size << " " << hex.error().cause;
    EXPECT_EQ(hex->sha256, Sha256Hex(bytes));
    EXPECT_EQ(hex->sm3, Sm3Hex(bytes));
    EXPECT_EQ(said, hex->sha256 + " " + std::to_string(size));
    EXPECT_EQ(store_->Digests(hex->sha256).value().sm3, hex->sm3);
    EXPECT_EQ(store_->Get(hex->sha256).value(), bytes);
    fs::remove(folder_ / "file");
  }
}

TEST_P(EveryStore, WhatMayNotBeNotedIsNotKept) {
  auto hex = store_->PutFile(Spill("不许"), [](const std::string&, uint64_t) -> Status {
    return Error{Code::kUnavailable, "不行", "", "noted.not"};
  });
  EXPECT_EQ(hex.error().id, "noted.not");
  EXPECT_TRUE(store_->List().value().empty());
}

TEST_P(EveryStore, ReadsAnyStretch) {
  std::string bytes = Bytes(3'000'000);
  std::string digest = store_->Put(bytes).value();
  BlobFile file = store_->OpenFile(digest).value();
  std::string buffer(2'000'000, '\0');
  for (uint64_t at : {0ull, 1ull, 999'999ull, 2'999'999ull, 17ull}) {
    for (size_t n : {1u, 4096u, 1'500'000u}) {
      auto got = file.bytes->ReadAt(at, buffer.data(), n);
      ASSERT_TRUE(got.ok());
      ASSERT_GT(*got, 0u);
      EXPECT_EQ(buffer.substr(0, *got), bytes.substr(at, *got));
    }
  }
  EXPECT_EQ(file.bytes->ReadAt(3'000'000, buffer.data(), 1).value(), 0u);
  EXPECT_EQ(ReadAll(file, 8'000), bytes);
  EXPECT_EQ(ReadAll(file, 2'000'000), bytes);
}

TEST_P(EveryStore, ListsWhatItKeepsAndForgetsWhatIsRemoved) {
  std::vector<std::string> digests;
  for (int i = 0; i < 5; ++i) digests.push_back(store_->Put("第" + std::to_string(i)).value());
  EXPECT_THAT(store_->List().value(), UnorderedElementsAreArray(digests));
  auto entries = store_->Entries().value();
  ASSERT_EQ(entries.size(), 5u);
  EXPECT_EQ(entries[0].size, 4u);
  EXPECT_NEAR(double(entries[0].kept_at), double(::time(nullptr)), 60);
  EXPECT_TRUE(std::is_sorted(entries.begin(), entries.end(),
                             [](const auto& a, const auto& b) { return a.digest < b.digest; }));
  ASSERT_TRUE(store_->Remove(digests[2]).ok());
  ASSERT_TRUE(store_->Remove(digests[2]).ok()) << "again";
  EXPECT_EQ(store_->Get(digests[2]).error().id, "vault.missing");
  EXPECT_EQ(store_->List().value().size(), 4u);
}

TEST_P(EveryStore, ADigestIsNeverAPath) {
  for (const std::string& bad : {std::string("../../etc/passwd"), std::string(64, 'z'), std::string()}) {
    EXPECT_EQ(store_->Get(bad).error().id, "vault.missing");
    EXPECT_EQ(store_->Check(bad).error().id, "vault.missing");
    EXPECT_EQ(store_->OpenFile(bad).error().id, "vault.missing");
    EXPECT_EQ(store_->Digests(bad).error().id, "vault.missing");
    EXPECT_EQ(store_->Remove(bad).error().id, "vault.missing");
  }
}

TEST_P(EveryStore, ManyAtATime) {
  std::vector<std::thread> threads;
  std::atomic<int> bad{0};
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        std::string bytes = Bytes(10'000) + std::to_string(i % 3) + std::to_string(t % 2);
        auto digest = store_->Put(bytes);
        if (!digest.ok() || store_->Get(*digest).value() != bytes) ++bad;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(bad, 0);
  EXPECT_EQ(store_->List().value().size(), 6u);
}

INSTANTIATE_TEST_SUITE_P(Vaults, EveryStore, testing::ValuesIn(EveryStore::Vaults()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace zg
