// Evidence over real sockets: parts, cut connections, ranges, hostile names, the file of a task.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/digest.h"
#include "http/api.h"

namespace zg::http::test {
namespace {

using testing::HasSubstr;

std::string Noise(size_t n) {
  std::string bytes(n, '\0');
  uint32_t x = 12345;
  for (char& c : bytes) c = char((x = x * 1664525 + 1013904223) >> 24);
  return bytes;
}

const std::string kPng = std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + std::string(100, 'p');

Ask Part(int64_t upload, size_t offset, std::string bytes) {
  return {.method = "PATCH",
          .target = "/api/uploads/" + std::to_string(upload) + "?offset=" + std::to_string(offset),
          .body = std::move(bytes),
          .content_type = "application/octet-stream"};
}

class EvidenceTest : public testing::Test {
 protected:
  EvidenceTest()
      : api_("evidence-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::string text =
        "云川省第二轮中央生态环境保护督察报告整改任务清单\n一、青河污水处理厂长期超标排放。\n责任单位：青河市"
        "党委、政府\n"
        "整改目标：达到一级A标准。\n整改时限：2024年底前\n整改措施：\n1.完成提标改造。\n";
    api_.Commit(api_.Upload(text, "清单.txt"));
    task_ = api_.Json(Get("/api/tasks"))["items"][0]["id"];
  }
  int64_t Start(const std::string& name, size_t bytes) {
    return api_.Json(Post("/api/uploads", json{{"name", name}, {"bytes", bytes}}.dump()), 201)["id"];
  }
  json Finish(int64_t upload, json form, int status = 201) {
    return api_.Json(Post("/api/uploads/" + std::to_string(upload) + "/finish", form.dump()), status);
  }
  json Add(const std::string& name, const std::string& bytes, const std::string& kind = "photo_after") {
    int64_t upload = Start(name, bytes.size());
    api_.Json(Part(upload, 0, bytes));
    return Finish(upload, {{"kind", kind}, {"tie", {{"kind", "task"}, {"id", task_}}}});
  }
  std::string At(const json& evidence, const std::string& tail = "") {
    return "/api/evidence/" + evidence["id"].dump() + tail;
  }
  static std::string CodeOf(const json& answer) { return answer["error"]["code"]; }

  Api api_;
  int64_t task_ = 0;
};

TEST_F(EvidenceTest, GoesOnAfterACutConnection) {
  std::string bytes = Noise(300'000);
  int64_t upload = Start("记录.bin", bytes.size());
  api_.Json(Part(upload, 0, bytes.substr(0, 100'000)));
  {
    Client cut(api_.port());
    std::string wire = ToWire(Part(upload, 100'000, bytes.substr(100'000)), api_.port());
    cut.Send(wire.substr(0, wire.size() / 2));
  }  // the line is gone in the middle of a part
  json now = api_.Json(Get("/api/uploads/" + std::to_string(upload)));
  EXPECT_EQ(now["received"], 100'000);
  EXPECT_EQ(CodeOf(Finish(upload, json::object(), 409)), "upload.unfinished");
  api_.Json(Part(upload, 100'000, bytes.substr(100'000)));
  json made = Finish(upload, {{"title", "记录"}, {"fact_day", "2024-05-01"}});
  EXPECT_EQ(made["sha256"], Sha256Hex(bytes));
  EXPECT_EQ(made["sm3"], Sm3Hex(bytes));
  EXPECT_EQ(Finish(upload, json::object())["id"], made["id"]) << "asked again, it is the same piece";
  EXPECT_EQ(api_.Call(Get(At(made, "/file"))).body, bytes);
}

TEST_F(EvidenceTest, RefusesWhatDoesNotFit) {
  int64_t upload = Start("a.bin", 10);
  json wrong = api_.Json(Part(upload, 5, "12345"), 409);
  EXPECT_EQ(CodeOf(wrong), "upload.offset");
  EXPECT_EQ(wrong["error"]["where"], "0");
  EXPECT_EQ(CodeOf(api_.Json(Part(upload, 0, "12345678901"), 400)), "upload.too_long");
  EXPECT_EQ(CodeOf(api_.Json(Part(upload, 0, std::string((8 << 20) + 1, 'x')), 413)), "http.body_too_large");
  json large = {{"name", "大.bin"}, {"bytes", (int64_t(2) << 30) + 1}};
  EXPECT_EQ(CodeOf(api_.Json(Post("/api/uploads", large.dump()), 413)), "upload.too_large");
  EXPECT_EQ(CodeOf(api_.Json(Post("/api/uploads", R"({"name":"空","bytes":0})"), 400)), "upload.empty");
  api_.Json(Delete("/api/uploads/" + std::to_string(upload)));
  EXPECT_EQ(CodeOf(api_.Json(Get("/api/uploads/" + std::to_string(upload)), 404)), "upload.not_found");
}

TEST_F(EvidenceTest, AWrongDigestIsNotKept) {
  json start = {{"name", "a.txt"}, {"bytes", 3}, {"sha256", Sha256Hex("abd")}};
  int64_t upload = api_.Json(Post("/api/uploads", start.dump()), 201)["id"];
  api_.Json(Part(upload, 0, "abc"));
  EXPECT_EQ(CodeOf(Finish(upload, json::object(), 400)), "upload.digest");
  EXPECT_EQ(api_.Json(Get("/api/evidence"))["items"].size(), 0u);
}

TEST_F(EvidenceTest, NamesAreNeverPathsAndNothingRuns) {
  json page = Add("../../etc/整改\\前\n.html", "<script>alert(1)</script>");
  EXPECT_EQ(page["name"], "前.html");
  Reply file = api_.Call(Get(At(page, "/file")));
  EXPECT_EQ(file.header("content-type"), "application/octet-stream");
  EXPECT_THAT(file.header("content-disposition"), HasSubstr("attachment"));
  EXPECT_THAT(file.header("content-security-policy"), HasSubstr("sandbox"));
  EXPECT_EQ(file.header("x-content-type-options"), "nosniff");
  json preview = api_.Json(Get(At(page, "/preview")));
  EXPECT_EQ(preview["form"], "text") << "markup is shown as the text that it is";
  EXPECT_EQ(preview["blocks"][0]["text"], "<script>alert(1)</script>");
  EXPECT_EQ(CodeOf(api_.Json(Get(At(page, "/picture")), 404)), "evidence.no_picture");
  json svg = Add("图.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>");
  EXPECT_EQ(CodeOf(api_.Json(Get(At(svg, "/picture")), 404)), "evidence.no_picture");
  json png = Add("照片.html", kPng);  // told by its content
  EXPECT_EQ(api_.Call(Get(At(png, "/picture"))).header("content-type"), "image/png");
}

TEST_F(EvidenceTest, ServesStretches) {
  std::string bytes = Noise(1'000'000);
  json made = Add("a.bin", bytes);
  auto ranged = [&](const std::string& range) {
    Ask ask = Get(At(made, "/file"));
    ask.headers = {"Range: " + range};
    return api_.Call(ask);
  };
  Reply middle = ranged("bytes=10-19");
  EXPECT_EQ(middle.status, 206);
  EXPECT_EQ(middle.body, bytes.substr(10, 10));
  EXPECT_EQ(middle.header("content-range"), "bytes 10-19/1000000");
  EXPECT_EQ(ranged("bytes=-7").body, bytes.substr(bytes.size() - 7));
  EXPECT_EQ(ranged("bytes=999990-").body, bytes.substr(999'990));
  EXPECT_EQ(ranged("bytes=1000000-").status, 416);
  EXPECT_EQ(ranged("bytes=9-5").status, 200);
  Ask head = Get(At(made, "/file"));
  head.method = "HEAD";
  head.headers = api_.session();
  EXPECT_EQ(test::Call(api_.port(), head).header("content-length"), "1000000");
}

TEST_F(EvidenceTest, ShowsWhatIsMissingAndDuplicates) {
  json one = Add("后.png", kPng);
  json catalogue = api_.Json(Get("/api/tasks/" + std::to_string(task_) + "/evidence"));
  EXPECT_EQ(catalogue["count"], 1);
  for (const auto& kind : catalogue["missing"]) EXPECT_NE(kind["id"], "photo_after");
  EXPECT_THAT(catalogue["missing"].dump(), HasSubstr("photo_before"));
  json start = {{"name", "又一张.png"}, {"bytes", kPng.size()}, {"sha256", Sha256Hex(kPng)}};
  json again = api_.Json(Post("/api/uploads", start.dump()), 201);
  EXPECT_EQ(again["duplicate"]["id"], one["id"]);
  json tie = {{"kind", "item"}, {"id", 7}, {"task_id", task_}};
  EXPECT_EQ(api_.Json(Post(At(one, "/ties"), tie.dump()))["ties"].size(), 2u);
  json plan = api_.Json(Get("/api/evidence/plan"));
  EXPECT_GT(plan["kinds"].size(), 3u);
  EXPECT_EQ(api_.Json(Get("/api/uploads"))["items"].size(), 1u);
}

TEST_F(EvidenceTest, RemovalTakesTwoPeople) {
  json one = Add("后.png", kPng);
  EXPECT_EQ(api_.Json(Post(At(one, "/removal"), R"({"reason":"传错了"})"))["state"], "removal_asked");
  EXPECT_EQ(CodeOf(api_.Json(Post(At(one, "/removal/confirm")), 403)), "evidence.same_person");
  EXPECT_EQ(api_.Json(Post(At(one, "/removal/refuse")))["state"], "there");
  json change = {{"title", "整改后"}, {"revision", 1}};
  EXPECT_EQ(CodeOf(api_.Json(Patch(At(one), change.dump()), 409)), "evidence.changed");
  change["revision"] = 3;
  EXPECT_EQ(api_.Json(Patch(At(one), change.dump()))["title"], "整改后");
}

TEST_F(EvidenceTest, TheFileOfATaskChecksItself) {
  Add("整改 前?.jpg", Noise(200'000), "photo_before");
  Add("方案.txt", "整改方案", "plan");
  Add("方案.txt", "另一份方案", "plan");
  Reply zip = api_.Call(Get("/api/tasks/" + std::to_string(task_) + "/evidence.zip"));
  ASSERT_EQ(zip.status, 200);
  auto folder = std::filesystem::path(testing::TempDir()) / "evidence-zip";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "a.zip", std::ios::binary) << zip.body;
  auto run = [&](const std::string& what) {
    return std::system(("cd '" + folder.string() + "' && LC_ALL=C.UTF-8 " + what + " > out 2>&1").c_str());
  };
  ASSERT_EQ(run("unzip -q a.zip"), 0);
  EXPECT_EQ(run("sha256sum -c --strict SHA256SUMS"), 0);
  std::ifstream out(folder / "out");
  std::string lines{std::istreambuf_iterator<char>(out), {}};
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 7) << lines;
  EXPECT_TRUE(std::filesystem::exists(folder / "资料/二、整改过程/003-整改 前_.jpg")) << lines;
  std::ofstream(folder / "目录.txt", std::ios::app) << "x";
  EXPECT_NE(run("sha256sum -c --strict SHA256SUMS"), 0) << "one byte more is noticed";
}

}  // namespace
}  // namespace zg::http::test
