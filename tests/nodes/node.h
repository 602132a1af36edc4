#pragma once
// Several real programs on one PostgreSQL, one bucket and one mail server: for tests of what holds when one
// of them dies.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "http/client.h"
#include "http/url.h"
#include "store/place.h"
#include "support/s3_process.h"
#include "support/smtp_process.h"

namespace zg::http::test {

using nlohmann::json;
using namespace std::chrono_literals;

inline bool Within(std::chrono::milliseconds limit, const std::function<bool()>& holds) {
  auto end = std::chrono::steady_clock::now() + limit;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(50ms);
  }
  return true;
}

// `zhenggai serve` with a data folder of its own.
class Node {
 public:
  Node(std::filesystem::path data, const std::string& configuration)
      : data_(std::move(data)), log_(data_.string() + ".log") {
    std::filesystem::create_directories(data_);
    std::ofstream(data_ / "zhenggai.toml") << configuration;
  }
  ~Node() {
    if (pid_ > 0) Kill();
  }
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  bool Start() {
    std::filesystem::remove(log_);
    pid_ = fork();
    if (pid_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (!freopen(log_.c_str(), "w", stderr)) _exit(9);
      execl(ZG_BINARY, ZG_BINARY, "serve", "--data", data_.c_str(), "--port", "0", nullptr);
      _exit(9);
    }
    for (int i = 0; i < 4000; ++i) {
      if (FindPort()) return true;
      int status = 0;
      if (waitpid(pid_, &status, WNOHANG) == pid_) {
        pid_ = 0;
        return false;
      }
      std::this_thread::sleep_for(5ms);
    }
    return false;
  }
  void Kill() { End(SIGKILL); }
  void Stop() { End(SIGTERM); }
  bool running() const { return pid_ > 0; }
  pid_t pid() const { return pid_; }
  uint16_t port() const { return port_; }
  std::string Log() const {
    std::ifstream in(log_);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // Another command on the same ledger. → its exit status
  int Run(const std::string& command, std::string& said) const {
    std::string line = std::string(ZG_BINARY) + " " + command + " --data '" + data_.string() + "' 2>&1";
    FILE* pipe = popen(line.c_str(), "r");
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, pipe)) > 0;) said.append(piece, n);
    int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  void End(int signal) {
    kill(pid_, signal);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = 0;
  }
  bool FindPort() {
    std::string log = Log(), mark = "http://127.0.0.1:";
    size_t at = log.find(mark);
    if (at == std::string::npos || log.find('\n', at) == std::string::npos) return false;
    port_ = uint16_t(std::atoi(log.c_str() + at + mark.size()));
    return port_ != 0;
  }

  std::filesystem::path data_, log_;
  pid_t pid_ = 0;
  uint16_t port_ = 0;
};

// The nodes of one test, on a schema of its own.
class Cluster {
 public:
  static constexpr const char* kPassword = "seven-old-poplars";

  explicit Cluster(const std::string& name, std::string settings = "requests_per_second = 0\n")
      : folder_(Fresh("zg-nodes-" + name + "-" + std::to_string(getpid()))),
        settings_(std::move(settings)),
        place_(folder_ / "unused"),
        store_({"--keep", (folder_ / "bucket").string()}),
        mail_(name, {"--delay", "0.3"}) {
    setenv("ZHENGGAI_VAULT_SECRET_KEY", store_.settings().secret.c_str(), 1);
    mail_.Start();
  }
  ~Cluster() {
    nodes_.clear();
    std::filesystem::remove_all(folder_);
  }

  // Signs in the first time. `before` happens to the ledger before the first node starts.
  Node& Add(const std::function<void()>& before = {}) {
    nodes_.push_back(
        std::make_unique<Node>(folder_ / ("n" + std::to_string(nodes_.size())), Configuration()));
    Node& node = *nodes_.back();
    if (session_.empty()) {
      std::ofstream(folder_ / "password") << kPassword << "\n";
      std::string said;
      EXPECT_EQ(node.Run("user add tester --name 测试员 --alone --password-stdin < '" +
                             (folder_ / "password").string() + "'",
                         said),
                0)
          << said;
      if (before) before();
    }
    EXPECT_TRUE(node.Start()) << node.Log();
    if (session_.empty()) session_ = SignIn(node, "tester", kPassword);
    return node;
  }
  std::vector<std::string> SignIn(const Node& node, const std::string& login, const std::string& password) {
    Reply reply = http::test::Call(
        node.port(), Post("/api/sign-in", json{{"login", login}, {"password", password}}.dump()));
    EXPECT_EQ(reply.status, 200) << reply.body;
    std::string cookie = reply.header("set-cookie");
    return {"Cookie: " + cookie.substr(0, cookie.find(';')),
            "X-CSRF-Token: " + json::parse(reply.body).value("csrf", "")};
  }
  Reply Call(const Node& node, Ask ask) const {
    ask.headers.insert(ask.headers.end(), session_.begin(), session_.end());
    return http::test::Call(node.port(), ask);
  }
  json Json(const Node& node, const Ask& ask, int status = 200) const {
    Reply reply = Call(node, ask);
    EXPECT_EQ(reply.status, status) << ask.method << " " << ask.target << "\n" << reply.body.substr(0, 500);
    return json::parse(reply.body, nullptr, false);
  }
  Ask Part(int64_t upload, size_t offset, const std::string& bytes) const {
    return {.method = "PATCH",
            .target = "/api/uploads/" + std::to_string(upload) + "?offset=" + std::to_string(offset),
            .body = bytes,
            .content_type = "application/octet-stream"};
  }
  json Import(const Node& node, const std::string& text, const std::string& name) const {
    return Json(node,
                {.method = "POST",
                 .target = "/api/imports?name=" + PercentEncode(name),
                 .body = text,
                 .content_type = "application/octet-stream"},
                202);
  }
  // What `zhenggai nodes` tells, by way of one of them.
  json State() const {
    std::string said;
    EXPECT_EQ(nodes_.front()->Run("nodes --json", said), 0) << said;
    return json::parse(said, nullptr, false);
  }
  // The node that does that job now; null: nobody.
  Node* Doing(const std::string& kind, const std::string& subject) const {
    json state = State();
    for (const auto& job : state["running"]) {
      if (job["kind"] != kind || (!subject.empty() && job["subject"] != subject)) continue;
      std::string name = job["node"];
      for (const auto& node : nodes_)
        if (node->running() && name.ends_with(":" + std::to_string(node->pid()))) return node.get();
    }
    return nullptr;
  }
  Node* Living() const {
    for (const auto& node : nodes_)
      if (node->running()) return node.get();
    return nullptr;
  }
  // As the program itself writes: seals are kept.
  void Sql(const std::string& sql) const {
    PGconn* connection = PQconnectdb(place_.url().c_str());
    PGresult* result = PQexec(connection, ("SET zhenggai.writer = 'on'; " + sql).c_str());
    EXPECT_EQ(PQresultStatus(result), PGRES_COMMAND_OK) << PQerrorMessage(connection);
    PQclear(result);
    PQfinish(connection);
  }
  bool Verifies() const {
    std::string said;
    int status = nodes_.front()->Run("verify", said);
    EXPECT_EQ(status, 0) << said;
    return status == 0;
  }

  const std::filesystem::path& folder() const { return folder_; }
  const zg::test::Place& place() const { return place_; }
  const S3Process& store() const { return store_; }
  SmtpProcess& mail() { return mail_; }
  std::vector<std::unique_ptr<Node>>& nodes() { return nodes_; }
  std::string Configuration() const {
    return settings_ + "smtp_url = \"" + mail_.url() +
           "\"\nsmtp_from = \"office@example.cn\"\nsmtp_tls = \"none\"\nremind_hour = 23\nverify_days = 0\n"
           "[database]\nurl = \"" +
           place_.url() + "\"\n[vault]\nurl = \"s3://evidence/zg\"\nendpoint = \"" +
           store_.settings().endpoint + "\"\naccess_key = \"AKTEST\"\nstall_seconds = 60\n";
  }

 private:
  static std::filesystem::path Fresh(const std::string& name) {
    auto folder = std::filesystem::temp_directory_path() / name;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder;
  }
  std::filesystem::path folder_;
  std::string settings_;
  zg::test::Place place_;
  S3Process store_;
  SmtpProcess mail_;
  std::vector<std::string> session_;
  std::vector<std::unique_ptr<Node>> nodes_;
};

}  // namespace zg::http::test
