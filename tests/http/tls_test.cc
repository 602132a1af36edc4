// TLS with a certificate made for the test, asked by curl.
#include <cstdio>
#include <cstdlib>

#include "http/api.h"

namespace zg::http::test {
namespace {

std::string Said(const std::string& command) {
  std::string out;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  char piece[4096];
  for (size_t n; (n = fread(piece, 1, sizeof piece, pipe)) > 0;) out.append(piece, n);
  pclose(pipe);
  return out;
}

class TlsTest : public testing::Test {
 protected:
  TlsTest() : folder_(std::filesystem::path(testing::TempDir()) / "zg-tls") {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    std::string made = Said(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=zg.test "
        "-addext subjectAltName=DNS:zg.test,IP:127.0.0.1 -keyout " +
        Path("key.pem") + " -out " + Path("cert.pem"));
    EXPECT_TRUE(std::filesystem::exists(Path("cert.pem"))) << made;
    options_.port = 0;
    options_.tls_certificate = Path("cert.pem");
    options_.tls_key = Path("key.pem");
    options_.public_hosts = {"zg.test"};
  }
  std::string Path(const char* name) const { return (folder_ / name).string(); }
  Result<std::unique_ptr<Server>> Start() {
    Router router;
    router.Get("/api/hello", Right::kPublic, [](Request& q) -> Result<Response> {
      Response response;
      response.body = q.secure ? "\"secure\"" : "\"plain\"";
      response.headers.push_back(SessionCookie(q, "t", 60));
      return response;
    });
    router.Post(
        "/api/long", Right::kPublic,
        [](Request& q) -> Result<Response> {
          ZG_ASSIGN(std::string_view bytes, q.body.bytes());
          Response response;
          response.body = "\"" + std::string(2'000'000, 'x') + "\"";
          response.headers.push_back({"X-Got", std::to_string(bytes.size())});
          return response;
        },
        BodyKind::kFile);
    return Server::Start(options_, std::move(router), MakeOpenDoor());
  }
  std::string Curl(const std::string& rest) {
    return Said("curl -sS --max-time 10 --cacert " + Path("cert.pem") + " " + rest);
  }

  std::filesystem::path folder_;
  ServerOptions options_;
};

TEST_F(TlsTest, ServesThroughTls) {
  auto server = Start();
  ASSERT_TRUE(server.ok()) << server.error().message;
  std::string url = (*server)->url();
  EXPECT_EQ(url.substr(0, 8), "https://");
  std::string answer = Curl("-i " + url + "/api/hello");
  EXPECT_NE(answer.find("\"secure\""), std::string::npos) << answer;
  EXPECT_NE(answer.find("Strict-Transport-Security: max-age=31536000"), std::string::npos) << answer;
  EXPECT_NE(answer.find("; Secure"), std::string::npos) << answer;
  std::string name = "--resolve zg.test:" + std::to_string((*server)->port()) + ":127.0.0.1 ";
  EXPECT_NE(Curl("-H 'Host: zg.test' " + name + url + "/api/hello").find("secure"), std::string::npos);
  EXPECT_NE(Curl("-H 'Host: other.test' " + url + "/api/hello").find("http.bad_host"), std::string::npos);
  // Large bodies both ways, and several requests on one connection.
  std::ofstream(folder_ / "body") << std::string(5'000'000, 'b');
  std::string post = "-H 'Content-Type: application/octet-stream' --data-binary @" + Path("body") + " ";
  EXPECT_EQ(Curl("-o /dev/null -w '%{size_download} %header{x-got}' " + post + url + "/api/long"),
            "2000002 5000000");
  EXPECT_EQ(Curl(url + "/api/hello " + url + "/api/hello -w '%{num_connects}'"), "\"secure\"1\"secure\"0");
  // Old versions, and no TLS at all, get nothing.
  EXPECT_NE(Curl("--tls-max 1.1 " + url + "/api/hello").find("curl: ("), std::string::npos);
  std::string plain = "http" + url.substr(5);
  EXPECT_NE(Curl(plain + "/api/hello").find("curl: ("), std::string::npos);
}

TEST_F(TlsTest, SaysWhatIsWrongWithTheFiles) {
  options_.address = "0.0.0.0";
  options_.public_hosts.clear();
  EXPECT_EQ(Start().error().id, "server.no_name");
  options_.public_hosts = {"zg.test"};
  EXPECT_TRUE(Start().ok()) << "with a certificate other machines may come";
  options_.tls_key.clear();
  EXPECT_EQ(Start().error().id, "server.tls");
  options_.tls_key = Path("none.pem");
  EXPECT_EQ(Start().error().id, "server.tls");
  options_.tls_key = Path("cert.pem");
  EXPECT_EQ(Start().error().id, "server.tls");
  options_.tls_certificate.clear();
  options_.tls_key.clear();
  EXPECT_EQ(Start().error().id, "server.not_loopback");
}

}  // namespace
}  // namespace zg::http::test
