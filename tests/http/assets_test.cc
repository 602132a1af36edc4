#include "http/assets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "http/description.h"

namespace zg::http {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string Value(const Response& r, std::string_view name) {
  for (const Header& h : r.headers)
    if (h.name == name) return h.value;
  return "";
}
Request Of(std::string path, std::vector<Header> headers = {}) {
  Request r;
  r.path = std::move(path);
  r.headers = std::move(headers);
  return r;
}
EmbeddedFile File(const char* name, std::string_view bytes) {
  return {name, bytes.data(), bytes.size()};
}

const EmbeddedFile kFiles[] = {File("index.html", "<html>start"), File("assets/app-1a2b.js", "let a=1"),
                               File("assets/app-1a2b.js.gz", "PACKED"), File("favicon.svg", "<svg/>")};

TEST(Assets, ThePageIsNeverKeptAndItsHashedFilesForEver) {
  Assets assets(kFiles, {});
  Response page = assets.Answer(Of("/"));
  EXPECT_EQ(page.bytes(), "<html>start");
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(Value(page, "Cache-Control"), "no-store");
  Response script = assets.Answer(Of("/assets/app-1a2b.js"));
  EXPECT_EQ(script.bytes(), "let a=1");
  EXPECT_EQ(script.content_type, "text/javascript; charset=utf-8");
  EXPECT_THAT(Value(script, "Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(Value(assets.Answer(Of("/favicon.svg")), "Cache-Control"), "no-cache");
}
TEST(Assets, APackedTwinIsSentToThoseWhoTakeIt) {
  Assets assets(kFiles, {});
  Response packed = assets.Answer(Of("/assets/app-1a2b.js", {{"accept-encoding", "gzip, br"}}));
  EXPECT_EQ(packed.bytes(), "PACKED");
  EXPECT_EQ(Value(packed, "Content-Encoding"), "gzip");
  EXPECT_EQ(Value(packed, "Vary"), "Accept-Encoding");
  EXPECT_EQ(packed.content_type, "text/javascript; charset=utf-8");
}
TEST(Assets, WhatTheBrowserHasIsNotSentAgain) {
  Assets assets(kFiles, {});
  std::string etag = Value(assets.Answer(Of("/favicon.svg")), "ETag");
  Response again = assets.Answer(Of("/favicon.svg", {{"if-none-match", etag}}));
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.bytes(), "");
  EXPECT_EQ(assets.Answer(Of("/favicon.svg", {{"if-none-match", "\"old\""}})).status, 200);
}
TEST(Assets, PathsOfTheUiGetThePageAndMissingFilesDoNot) {
  Assets assets(kFiles, {});
  for (const char* path : {"/tasks", "/tasks/17", "/a/b/c", "/文件"})
    EXPECT_EQ(assets.Answer(Of(path)).bytes(), "<html>start") << path;
  for (const char* path : {"/assets/app-9999.js", "/assets/x", "/old.css", "/a/b.map"})
    EXPECT_EQ(assets.Answer(Of(path)).status, 404) << path;
}

TEST(Assets, AFolderServesItsFilesAndNothingOutside) {
  fs::path root = fs::path(testing::TempDir()) / "ui", secret = fs::path(testing::TempDir()) / "secret.txt";
  fs::remove_all(root);
  fs::create_directories(root / "assets");
  std::ofstream(root / "index.html") << "dev page";
  std::ofstream(root / "assets" / "a.js") << "dev";
  std::ofstream(secret) << "secret";
  std::error_code ec;
  fs::create_symlink(secret, root / "assets" / "link.txt", ec);
  Assets assets(kFiles, root);
  EXPECT_EQ(assets.Answer(Of("/")).bytes(), "dev page");
  EXPECT_EQ(assets.Answer(Of("/assets/a.js")).bytes(), "dev");
  EXPECT_EQ(Value(assets.Answer(Of("/assets/a.js")), "Cache-Control"), "no-store");
  for (const char* path :
       {"/../secret.txt", "/assets/../../secret.txt", "/assets/link.txt", "//etc/passwd.txt"})
    EXPECT_THAT(std::string(assets.Answer(Of(path)).bytes()), testing::Not(HasSubstr("secret"))) << path;
  EXPECT_EQ(assets.Answer(Of("/assets")).status, 200);  // a folder is a page's path
}

TEST(Assets, GzipOnlyWhereItIsTaken) {
  auto takes = [](std::string accept) {
    return AcceptsGzip(Of("/", {{"accept-encoding", std::move(accept)}}));
  };
  EXPECT_TRUE(takes("gzip"));
  EXPECT_TRUE(takes("deflate, gzip;q=0.5"));
  EXPECT_FALSE(takes("gzip;q=0"));
  EXPECT_FALSE(takes("identity"));
  EXPECT_FALSE(AcceptsGzip(Of("/")));
}
TEST(Assets, TheBinaryHasAPageAndTheDescription) {
  Assets assets(EmbeddedUi(), {});
  EXPECT_THAT(std::string(assets.Answer(Of("/")).bytes()), HasSubstr("<html"));
  EXPECT_THAT(std::string(OpenApiJson()), HasSubstr("\"openapi\""));
}

}  // namespace
}  // namespace zg::http
