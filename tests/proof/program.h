#pragma once
// The real binary serving a ledger, and a line to it: for tests that end it without a warning.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "http/client.h"
#include "http/url.h"

namespace zg::http::test {

using nlohmann::json;

// `zhenggai serve` on a data folder, at a port of its own choice. Ended hard when it goes out of scope.
class Program {
 public:
  explicit Program(std::filesystem::path data) : data_(std::move(data)), log_(data_.string() + ".log") {
    std::filesystem::remove_all(data_);
    std::filesystem::create_directories(data_);
  }
  ~Program() {
    if (pid_ > 0) Kill();
  }

  // Returns once it listens and somebody is signed in; false, with the reason as a failure of the test, where
  // it does not.
  bool Start() {
    std::filesystem::remove(log_);
    if (session_.empty()) MakeUser();
    pid_ = fork();
    if (pid_ == 0) {
      if (!freopen(log_.c_str(), "w", stderr)) _exit(9);
      execl(Binary(), Binary(), "serve", "--data", data_.c_str(), "--port", "0", nullptr);
      _exit(9);
    }
    for (int i = 0; i < 2000; ++i) {
      if (FindPort()) return !session_.empty() || SignIn();
      int status = 0;
      if (waitpid(pid_, &status, WNOHANG) == pid_) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "the server does not start: " << Log();
    return false;
  }
  void Kill() {
    kill(pid_, SIGKILL);
    int status = 0;
    waitpid(pid_, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself: " << Log();
    pid_ = 0;
  }
  uint16_t port() const { return port_; }
  const std::filesystem::path& data() const { return data_; }
  // What every request carries to be let in.
  const std::vector<std::string>& session() const { return session_; }

  // Runs another command of the binary on the same ledger; its exit status, what it said in `said`.
  int Run(const std::string& command, std::string& said) const {
    std::string line = std::string(Binary()) + " " + command + " --data '" + data_.string() + "' 2>&1";
    FILE* pipe = popen(line.c_str(), "r");
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, pipe)) > 0;) said.append(piece, n);
    int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  static constexpr const char* kPassword = "seven-old-poplars";
  void MakeUser() {
    std::ofstream(data_ / "zhenggai.toml") << "requests_per_second = 0\n";
    std::ofstream(data_.string() + ".password") << kPassword << "\n";
    std::string said;
    int status = Run(
        "user add tester --name 测试员 --alone --password-stdin < '" + data_.string() + ".password'", said);
    EXPECT_EQ(status, 0) << said;
  }
  bool SignIn() {
    Reply reply =
        Call(port_, Post("/api/sign-in", json{{"login", "tester"}, {"password", kPassword}}.dump()));
    EXPECT_EQ(reply.status, 200) << reply.body;
    std::string cookie = reply.header("set-cookie");
    session_ = {"Cookie: " + cookie.substr(0, cookie.find(';')),
                "X-CSRF-Token: " + json::parse(reply.body).value("csrf", "")};
    return reply.status == 200;
  }
  // ZG_BINARY in the environment: another than the one that was built with the test.
  static const char* Binary() {
    const char* given = std::getenv("ZG_BINARY");
    return given ? given : ZG_BINARY;
  }
  std::string Log() const {
    std::ifstream in(log_);
    return {std::istreambuf_iterator<char>(in), {}};
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
  std::vector<std::string> session_;
};

// One connection to it, kept open from request to request as a browser does.
class Line {
 public:
  explicit Line(const Program& program) : program_(program), client_(program.port()) {}
  // Status 0: the program is gone.
  Reply Call(Ask ask) {
    const auto& session = program_.session();
    ask.headers.insert(ask.headers.end(), session.begin(), session.end());
    if (!client_.Send(ToWire(ask, program_.port()))) return {};
    return client_.Read();
  }
  // The answer to a request that must go well.
  json Json(const Ask& ask, int status = 200) {
    Reply reply = Call(ask);
    EXPECT_EQ(reply.status, status) << ask.method << " " << ask.target << "\n" << reply.body.substr(0, 500);
    return json::parse(reply.body, nullptr, false);
  }

 private:
  const Program& program_;
  Client client_;
};

}  // namespace zg::http::test
