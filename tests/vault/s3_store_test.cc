// A bucket that is down, slow, refuses or lies: what is told, what is tried again, and that nothing is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "support/s3_process.h"
#include "vault/s3/store.h"
#include "vault/s3/xml.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

class S3StoreTest : public testing::Test {
 protected:
  S3StoreTest() { store_ = std::move(S3Store::Open(server_.settings())).value(); }
  ~S3StoreTest() override { fs::remove(File()); }
  static fs::path File() { return fs::temp_directory_path() / ("zg-s3-" + std::to_string(::getpid())); }
  static fs::path Large(size_t bytes = (11u << 20) + 7) {  // three parts
    std::string text(bytes, 'x');
    for (size_t i = 0; i < bytes; i += 4096) text[i] = char(i >> 12);
    std::ofstream(File(), std::ios::binary) << text;
    return File();
  }
  static std::string KeyOf(const std::string& digest) { return "zg/" + digest.substr(0, 2) + "/" + digest; }
  size_t Kept() { return server_.Control()["keys"].size(); }
  size_t Unfinished() { return server_.Control()["uploads"].size(); }

  S3Process server_;
  std::unique_ptr<S3Store> store_;
};

TEST_F(S3StoreTest, TheKeyIsTheDigestAndWhatIsThereIsNotSentAgain) {
  std::string digest = store_->Put("甲").value();
  EXPECT_EQ(server_.Control()["keys"], nlohmann::json::array({KeyOf(digest)}));
  int64_t puts = server_.Control()["counts"]["PUT"];
  ASSERT_TRUE(store_->Put("甲").ok());
  EXPECT_EQ(server_.Control()["counts"]["PUT"], puts);
}

TEST_F(S3StoreTest, AStoreThatCannotJustNowIsAskedAgain) {
  for (const char* fault : {"503", "slowdown", "reset", "hang"}) {
    server_.Arm(fault, 2);
    auto digest = store_->Put(std::string("内容 ") + fault);
    ASSERT_TRUE(digest.ok()) << fault << " " << digest.error().cause;
    server_.Arm(fault, 2, "GET");
    EXPECT_EQ(store_->Get(*digest).value(), std::string("内容 ") + fault);
    server_.Control({{"clear", true}});
  }
}

TEST_F(S3StoreTest, WhatIsWrongIsToldPlainly) {
  struct Row {
    const char *fault, *id;
  };
  for (auto [fault, id] : {Row{"503", "vault.down"}, Row{"slowdown", "vault.slow"}, Row{"hang", "vault.slow"},
                           Row{"denied", "vault.denied"}, Row{"skew", "vault.denied"}}) {
    server_.Arm(fault, 100, "PUT");  // an answer to HEAD could not say why
    auto digest = store_->Put("乙");
    ASSERT_FALSE(digest.ok()) << fault;
    EXPECT_EQ(digest.error().id, id) << fault << ": " << digest.error().cause;
    EXPECT_EQ(digest.error().code, Code::kUnavailable);
    EXPECT_EQ(digest.error().cause.find("a secret"), std::string::npos);
    server_.Control({{"clear", true}});
  }
  EXPECT_EQ(Kept(), 0u);
}

TEST_F(S3StoreTest, ARefusalIsNotTriedAgain) {
  server_.Arm("denied", 100);
  EXPECT_FALSE(store_->Get(Sha256Hex("丙")).ok());
  EXPECT_EQ(server_.Control()["counts"]["GET"], 1);
}

TEST_F(S3StoreTest, AStoreThatIsGoneAndComesBack) {
  server_.Stop();
  EXPECT_EQ(store_->Put("丁").error().id, "vault.down");
  EXPECT_EQ(store_->OpenFile(Sha256Hex("丁")).error().id, "vault.down");
  EXPECT_EQ(store_->List().error().id, "vault.down");
  server_.Start();
  EXPECT_TRUE(store_->Put("丁").ok());
}

TEST_F(S3StoreTest, TheWrongSecretKeyOrBucketIsDenied) {
  S3Settings s = server_.settings();
  s.secret = "another";
  EXPECT_EQ((*S3Store::Open(s))->Put("戊").error().id, "vault.denied");
  s = server_.settings();
  s.access_key = "NOBODY";
  EXPECT_EQ((*S3Store::Open(s))->Put("戊").error().id, "vault.denied");
  s = server_.settings();
  s.bucket = "no-such-bucket";
  auto put = (*S3Store::Open(s))->Put("戊");
  EXPECT_EQ(put.error().id, "vault.denied");
  EXPECT_NE(put.error().message.find("桶"), std::string::npos);
  EXPECT_EQ((*S3Store::Open(s))->List().error().id, "vault.denied");
  EXPECT_EQ(Kept(), 0u);
}

TEST_F(S3StoreTest, BytesThatChangeOnTheWayUpAreRefusedThereAndSentAgain) {
  server_.Arm("wrong", 2, "PUT");
  std::string digest = store_->Put("己己己").value();
  EXPECT_EQ(store_->Get(digest).value(), "己己己");
  server_.Arm("wrong", 100, "PUT");
  EXPECT_EQ(store_->Put("另一份").error().id, "vault.damaged");
  EXPECT_EQ(Kept(), 1u);
}

TEST_F(S3StoreTest, BytesThatChangeOnTheWayDownAreReadAgainAndThoseThatRotAreTold) {
  std::string digest = store_->Put("庚庚庚").value();
  server_.Arm("wrong", 1, "GET");
  EXPECT_EQ(store_->Get(digest).value(), "庚庚庚");
  server_.Control({{"rot", KeyOf(digest)}});
  EXPECT_EQ(store_->Get(digest).error().id, "vault.damaged");
  EXPECT_EQ(store_->Check(digest).error().id, "vault.damaged");
}

TEST_F(S3StoreTest, APieceThatIsTooShortIsAskedForAgainAndNeverTakenForTheEnd) {
  std::string digest = store_->Put(std::string(100'000, 'a')).value();
  BlobFile file = store_->OpenFile(digest).value();
  std::string buffer(100'000, '\0');
  server_.Arm("short", 1, "GET");
  EXPECT_EQ(file.bytes->ReadAt(10, buffer.data(), 50'000).value(), 50'000u);
  server_.Arm("short", 100, "GET");
  EXPECT_EQ(file.bytes->ReadAt(70'000, buffer.data(), 20'000).error().id, "vault.damaged");
}

TEST_F(S3StoreTest, ALargeFileGoesUpInPartsAndComesBackWhole) {
  auto hex = store_->PutFile(Large()).value();
  EXPECT_EQ(server_.Control()["counts"]["PUT"], 3);
  EXPECT_EQ(store_->Digests(hex.sha256).value().sm3, hex.sm3);
  EXPECT_EQ(Unfinished(), 0u);
}

TEST_F(S3StoreTest, APartThatBreaksOffIsSentAgainAlone) {
  server_.Arm("reset", 1, "PUT", 1);
  auto hex = store_->PutFile(Large());
  ASSERT_TRUE(hex.ok()) << hex.error().cause;
  EXPECT_EQ(server_.Control()["counts"]["PUT"], 4);
}

TEST_F(S3StoreTest, AnUploadThatFailsIsGivenUpAndTheNextOneIsWhole) {
  server_.Arm("503", 100, "PUT");
  EXPECT_EQ(store_->PutFile(Large()).error().id, "vault.down");
  EXPECT_EQ(Unfinished(), 0u);
  EXPECT_EQ(Kept(), 0u);
  server_.Control({{"clear", true}});
  EXPECT_TRUE(store_->PutFile(Large()).ok());
}

TEST_F(S3StoreTest, WhenTheAnswerIsLostOrALieWhatIsThereCounts) {
  server_.Arm("lost", 1, "POST", 1);  // done, and nobody heard: the next try finds no such upload
  ASSERT_TRUE(store_->PutFile(Large()).ok());
  EXPECT_EQ(Kept(), 1u);
  server_.Arm("error200", 1, "POST");
  auto hex = store_->PutFile(Large((10u << 20) + 3));
  EXPECT_FALSE(hex.ok());
  EXPECT_EQ(Kept(), 1u);
  EXPECT_EQ(Unfinished(), 0u) << "given up";
}

TEST_F(S3StoreTest, AnUploadLeftBehindIsListedAndCanBeAbandoned) {
  server_.Control({{"page", 1}});
  for (size_t extra : {1u, 2u, 3u}) {
    server_.Arm("503", 100, "PUT");
    server_.Arm("503", 100, "DELETE");
    EXPECT_FALSE(store_->PutFile(Large((5u << 20) + extra)).ok());
    server_.Control({{"clear", true}});
  }
  auto left = store_->Unfinished().value();
  ASSERT_EQ(left.size(), 3u);
  for (const auto& one : left) {
    EXPECT_TRUE(IsDigest(one.digest));
    EXPECT_TRUE(store_->Abandon(one).ok());
  }
  EXPECT_TRUE(store_->Unfinished().value().empty());
}

TEST_F(S3StoreTest, ListsPageByPageAndRefusesListsThatAreNone) {
  server_.Control({{"page", 2}});
  for (int i = 0; i < 7; ++i) ASSERT_TRUE(store_->Put(std::to_string(i)).ok());
  EXPECT_EQ(store_->Entries().value().size(), 7u);
  server_.Arm("badxml", 1, "GET");
  EXPECT_EQ(store_->Entries().error().id, "vault.damaged");
  server_.Control({{"clear", true}});
  server_.Arm("endless", 1, "GET");
  EXPECT_EQ(store_->Entries().error().id, "vault.damaged");
}

TEST_F(S3StoreTest, ReadersOutliveTheStore) {
  std::string digest = store_->Put("辛").value();
  BlobFile file = store_->OpenFile(digest).value();
  store_.reset();
  char c = 0;
  EXPECT_EQ(file.bytes->ReadAt(0, &c, 1).value(), 1u);
}

TEST(S3Xml, HostileTextIsNoAnswer) {
  for (const char* text : {"", "<", "<ListBucketResult>", "<x/>", "not xml at all", "<ListBucketResult/x>"}) {
    EXPECT_FALSE(S3Uploads(text).ok()) << text;
    EXPECT_FALSE(S3UploadId(text).ok()) << text;
  }
  EXPECT_FALSE(S3List("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>").ok());
  EXPECT_EQ(S3ErrorCode("<Error><Code>" + std::string(5000, 'A') + "</Code></Error>").size(), 100u);
  EXPECT_EQ(S3ErrorCode("<!DOCTYPE x [<!ENTITY a \"b\">]><Error><Code>&a;</Code></Error>"), "&a;");
}

TEST(S3Settings, TheAddressIsReadAndWhatCannotBeIsRefused) {
  S3Settings base;
  base.access_key = "a";
  base.secret = "b";
  auto s =
      ParseS3Url("s3://evidence/zg/2024?endpoint=https%3A%2F%2Fs3.example.cn:9000/&region=cn-north-1", base);
  ASSERT_TRUE(s.ok());
  EXPECT_EQ(s->bucket + " " + s->prefix + " " + s->endpoint + " " + s->region,
            "evidence zg/2024/ https://s3.example.cn:9000 cn-north-1");
  EXPECT_TRUE(ParseS3Url("s3://evidence?endpoint=http://127.0.0.1:9000", base).ok());
  for (const char* bad :
       {"s3://evidence", "s3://evidence?endpoint=http://s3.example.cn", "s3://e?endpoint=https://x.cn",
        "s3://evidence/../x?endpoint=https://x.cn", "s3://evidence/整改?endpoint=https://x.cn",
        "s3://evidence?endpoint=https://x.cn/path", "s3://evidence?endpoint=https://u:p@x.cn",
        "s3://evidence?endpoint=https://x.cn&color=red", "https://x.cn/evidence",
        "s3://evidence?endpoint=http://127.0.0.1.evil.cn"})
    EXPECT_EQ(ParseS3Url(bad, base).error().id, "config.vault") << bad;
  base.secret = "";
  EXPECT_EQ(ParseS3Url("s3://evidence?endpoint=https://x.cn", base).error().where, "secret_file");
}

}  // namespace
}  // namespace zg
