// Evidence in a bucket, through the server: uploads, stretches, the file of a task, and a store that goes and
// comes back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "http/evidence_use.h"
#include "office/keeping.h"
#include "support/s3_process.h"
#include "vault/s3/store.h"

namespace zg::http::test {
namespace {

std::string Noise(size_t n) {
  std::string bytes(n, '\0');
  uint32_t x = 7;
  for (auto& c : bytes) c = char((x = x * 1664525 + 1013904223) >> 24);
  return bytes;
}

class BucketTest : public testing::Test {
 protected:
  BucketTest() : server_({"--keep", Folder()}), api_("bucket", false, Vault(server_)) {
    api_.Commit(
        api_.Upload("云川省第二轮中央生态环境保护督察报告整改任务清单\n一、青河污水处理厂长期超标排放。\n"
                    "责任单位：青河市党委、政府\n整改目标：达到一级A标准。\n整改时限：2024年底前\n整改措施："
                    "\n1.完成提标改造。\n",
                    "清单.txt"));
    task_ = api_.Json(Get("/api/tasks"))["items"][0]["id"].dump();
  }
  ~BucketTest() override { std::filesystem::remove_all(Folder()); }
  static std::string Folder() {
    return (std::filesystem::temp_directory_path() / ("zg-bucket-" + std::to_string(::getpid()))).string();
  }
  static std::shared_ptr<BlobStore> Vault(const S3Process& server) {
    S3Settings settings = server.settings();
    settings.tries = 2;
    return std::shared_ptr<BlobStore>(std::move(S3Store::Open(settings)).value());
  }
  Reply Stretch(const std::string& file, const std::string& range) {
    Ask ask = Get(file + "/file");
    ask.headers = {"Range: " + range};
    return api_.Call(ask);
  }

  S3Process server_;
  Api api_;
  std::string task_;
};

TEST_F(BucketTest, EvidenceGoesUpAndComesDownWholeAndInStretches) {
  std::string bytes = Noise(7'000'000);  // two parts there, several pieces here
  std::string file = AddEvidence(api_, task_, "影像.bin", bytes);
  EXPECT_EQ(api_.Call(Get(file + "/file")).body, bytes);
  EXPECT_EQ(Stretch(file, "bytes=10-19").body, bytes.substr(10, 10));
  EXPECT_EQ(Stretch(file, "bytes=-7").body, bytes.substr(bytes.size() - 7));
  EXPECT_EQ(Stretch(file, "bytes=2000000-5999999").body, bytes.substr(2'000'000, 4'000'000));
  Reply zip = api_.Call(Get("/api/tasks/" + task_ + "/evidence.zip"));
  EXPECT_EQ(zip.status, 200);
  EXPECT_NE(zip.body.find(bytes.substr(3'000'000, 100)), std::string::npos);
  EXPECT_TRUE(api_.office().keeping().Verify().value()["ok"].get<bool>());
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(testing::TempDir()) / "api-bucket" / "vault"));
}

TEST_F(BucketTest, AStoreThatIsGoneIsToldAndNothingIsLost) {
  std::string bytes = Noise(100'000);
  std::string file = AddEvidence(api_, task_, "先.bin", bytes);
  json start = {{"name", "后.bin"}, {"bytes", 5}};
  std::string upload = "/api/uploads/" + api_.Json(Post("/api/uploads", start.dump()), 201)["id"].dump();
  api_.Json({.method = "PATCH",
             .target = upload + "?offset=0",
             .body = "12345",
             .content_type = "application/octet-stream"});
  server_.Stop();
  json told = api_.Json(Get(file + "/file"), 503);
  EXPECT_EQ(told["error"]["code"], "vault.down");
  EXPECT_NE(told["error"]["message"].get<std::string>().find("稍后重试"), std::string::npos);
  std::string form = json{{"tie", {{"kind", "task"}, {"id", json::parse(task_)}}}}.dump();
  EXPECT_EQ(api_.Json(Post(upload + "/finish", form), 503)["error"]["code"], "vault.down");
  EXPECT_EQ(api_.Json(Get(upload))["received"], 5) << "what was sent is still there";
  EXPECT_EQ(api_.Json(Get("/api/tasks"))["items"].size(), 1u) << "the rest works on";
  server_.Start();
  json made = api_.Json(Post(upload + "/finish", form), 201);
  EXPECT_EQ(api_.Call(Get("/api/evidence/" + made["id"].dump() + "/file")).body, "12345");
  EXPECT_EQ(api_.Call(Get(file + "/file")).body, bytes);
  EXPECT_EQ(api_.office().keeping().Reconcile({.deep = true}).value()["ok"], true);
}

TEST_F(BucketTest, WhatBreaksOffInTheMiddleIsNeverTakenForTheWhole) {
  std::string bytes = Noise(4'000'000);
  std::string file = AddEvidence(api_, task_, "大.bin", bytes);
  server_.Arm("short", 100, "GET", 2);
  Ask ask = Get(file + "/file");
  ask.headers = api_.session();
  Reply cut = Call(api_.port(), ask);
  EXPECT_LT(cut.body.size(), bytes.size());
  EXPECT_EQ(cut.header("content-length"), "4000000") << "so the browser knows that it is not all";
}

}  // namespace
}  // namespace zg::http::test
