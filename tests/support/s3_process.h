#pragma once
// An object store on this machine, in a process of its own (tests/vault/s3_fake.mjs, by node): checks
// signatures and digests, and fails where it is told to. What it keeps goes with the process.

#include <curl/curl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "vault/s3/settings.h"

namespace zg {

class S3Process {
 public:
  explicit S3Process(std::vector<std::string> options = {}) : options_(std::move(options)) { Start(); }
  ~S3Process() { Stop(); }
  S3Process(const S3Process&) = delete;
  S3Process& operator=(const S3Process&) = delete;

  // Empty; again after Stop on the port it had.
  void Start() {
    int out[2];
    if (::pipe(out) != 0) return;
    std::vector<std::string> words = {"/usr/bin/env", "node", ZG_SOURCE_DIR "/tests/vault/s3_fake.mjs",
                                      "--port", std::to_string(port_)};
    words.insert(words.end(), options_.begin(), options_.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    child_ = ::fork();
    if (child_ == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // goes with the test, however that ends
      ::dup2(out[1], 1);
      ::close(out[0]);
      ::execvp(argv[0], argv.data());
      ::_exit(127);
    }
    ::close(out[1]);
    std::string said;
    char c;
    while (::read(out[0], &c, 1) == 1 && c != '\n') said += c;
    ::close(out[0]);
    if (!said.empty()) port_ = std::stoi(said);
  }
  void Stop() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    child_ = 0;
  }
  int port() const { return port_; }  // 0: it did not start
  S3Settings settings() const {
    S3Settings s;
    s.endpoint = "http://127.0.0.1:" + std::to_string(port_);
    s.bucket = "evidence";
    s.prefix = "zg/";
    s.access_key = "AKTEST";
    s.secret = "a secret of the tests";
    s.connect_seconds = 2;
    s.stall_seconds = 1;
    s.pause_ms = 5;
    s.part_bytes = 5u << 20;
    return s;
  }
  // What it counts and keeps, after doing what it is told; an empty object: it only tells.
  nlohmann::json Control(const nlohmann::json& told = nlohmann::json::object()) const {
    CURL* c = curl_easy_init();
    std::string url = "http://127.0.0.1:" + std::to_string(port_) + "/_control", body = told.dump(), said;
    curl_easy_setopt(c, CURLOPT_URL, url.c_str());
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_COPYPOSTFIELDS, body.c_str());
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &said);
    curl_easy_setopt(
        c, CURLOPT_WRITEFUNCTION, +[](char* bytes, size_t size, size_t n, void* to) {
          static_cast<std::string*>(to)->append(bytes, size * n);
          return size * n;
        });
    curl_easy_perform(c);
    curl_easy_cleanup(c);
    return nlohmann::json::parse(said, nullptr, false);
  }
  void Arm(const std::string& fault, int times = 1, const std::string& method = "", int skip = 0) const {
    Control({{"fault", fault}, {"times", times}, {"method", method}, {"skip", skip}});
  }

 private:
  std::vector<std::string> options_;
  int port_ = 0;
  pid_t child_ = 0;
};

}  // namespace zg
