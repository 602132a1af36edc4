#pragma once
// A real mail server on this machine, in a process of its own (tests/support/smtp_server.py, by Debian's
// Python).

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace zg {

class SmtpProcess {
 public:
  explicit SmtpProcess(const std::string& name, std::vector<std::string> options = {})
      : options_(std::move(options)) {
    folder_ = std::filesystem::temp_directory_path() / ("zg-smtp-" + name + "-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~SmtpProcess() {
    Stop();
    std::filesystem::remove_all(folder_);
  }
  // Listens; again after Stop on the port it had.
  void Start() {
    int out[2];
    if (::pipe(out) != 0) return;
    std::vector<std::string> words = {"/usr/bin/python3", ZG_SOURCE_DIR "/tests/support/smtp_server.py",
                                      folder_.string(), "--port", std::to_string(port_)};
    words.insert(words.end(), options_.begin(), options_.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    child_ = ::fork();
    if (child_ == 0) {
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
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  const std::filesystem::path& folder() const { return folder_; }
  // Letters it took, in order, as they came.
  std::vector<std::string> Letters() const {
    std::vector<std::string> all;
    for (int i = 1;; ++i) {
      std::ifstream in(folder_ / (std::to_string(i) + ".eml"), std::ios::binary);
      if (!in) return all;
      std::stringstream text;
      text << in.rdbuf();
      all.push_back(text.str());
    }
  }

 private:
  std::filesystem::path folder_;
  std::vector<std::string> options_;
  int port_ = 0;
  pid_t child_ = 0;
};

}  // namespace zg
