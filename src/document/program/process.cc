#include "document/program/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "document/failure.h"

namespace zg::document {
namespace {

using Clock = std::chrono::steady_clock;
constexpr size_t kMaxErrors = 4096;

// A pipe's two ends, closed with the object.
struct Pipe {
  std::array<int, 2> fd{-1, -1};
  ~Pipe() {
    CloseRead();
    CloseWrite();
  }
  bool Open() { return pipe2(fd.data(), O_CLOEXEC) == 0; }
  void CloseRead() { Close(fd[0]); }
  void CloseWrite() { Close(fd[1]); }
  static void Close(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> out;
  for (auto& s : strings) out.push_back(s.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> Environment(const ProgramCall& call) {
  std::vector<std::string> out;
  for (const char* name : {"PATH", "TESSDATA_PREFIX", "FONTCONFIG_PATH", "FONTCONFIG_FILE"}) {
    if (const char* value = getenv(name)) out.push_back(std::string(name) + "=" + value);
  }
  out.push_back("HOME=" + call.folder.string());
  out.push_back("TMPDIR=" + call.folder.string());
  out.push_back("LANG=C.UTF-8");
  out.push_back("LC_ALL=C.UTF-8");
  out.insert(out.end(), call.environment.begin(), call.environment.end());
  return out;
}

void Limit(int what, uint64_t value) {
  rlimit limit{value, value};
  setrlimit(static_cast<__rlimit_resource>(what), &limit);
}

// Runs between fork and exec: only calls that are safe there.
[[noreturn]] void Become(const ProgramCall& call, const char* path, char* const* arguments,
                         char* const* environment, const char* folder, int out, int err) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // A network of its own that reaches nothing: documents may name pictures elsewhere. Where the kernel does
  // not allow it the program runs with the network it finds.
  if (unshare(CLONE_NEWNET) != 0) (void)!unshare(CLONE_NEWUSER | CLONE_NEWNET);
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(null, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  close_range(3, ~0u, 0);  // sockets and databases of this process are none of its business
  signal(SIGPIPE, SIG_DFL);
  auto seconds = static_cast<uint64_t>(call.time.count() / 1000 + 2);
  Limit(RLIMIT_AS, call.address_space);
  Limit(RLIMIT_FSIZE, call.file_size);
  Limit(RLIMIT_CPU, seconds * 4);  // of all threads together; the wall clock is the real limit
  Limit(RLIMIT_CORE, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  if (chdir(folder) == 0) execve(path, arguments, environment);
  _exit(127);
}

// Reads what is there; false at the end of the stream.
bool Drain(int fd, std::string& to, size_t keep) {
  char buffer[1 << 16];
  ssize_t n = read(fd, buffer, sizeof buffer);
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  if (n == 0) return false;
  if (to.size() < keep) to.append(buffer, std::min<size_t>(n, keep - to.size()));
  return true;
}

bool HasEnded(pid_t pid) {
  siginfo_t info{};
  return waitid(P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

void Watch(pid_t pid, const ProgramCall& call, Pipe& out, Pipe& err, ProgramOutcome& outcome) {
  auto end = Clock::now() + call.time;
  bool ended = false;
  while (true) {
    pollfd fds[2] = {{out.fd[0], POLLIN, 0}, {err.fd[0], POLLIN, 0}};
    int ready = poll(fds, 2, ended ? 0 : 20);
    if (ready > 0 && fds[0].revents && !Drain(out.fd[0], outcome.output, call.max_output + 1))
      out.CloseRead();
    if (ready > 0 && fds[1].revents && !Drain(err.fd[0], outcome.errors, kMaxErrors)) err.CloseRead();
    if (outcome.output.size() > call.max_output) {
      outcome.end = ProgramOutcome::End::kTooMuchOutput;
      return;
    }
    if (ended && ready <= 0) return;  // nothing left in the pipes
    if (Clock::now() > end) {
      outcome.end = ProgramOutcome::End::kTimedOut;
      return;
    }
    if (ready <= 0 || (out.fd[0] < 0 && err.fd[0] < 0)) ended = HasEnded(pid);
    if (out.fd[0] < 0 && err.fd[0] < 0) {
      if (ended) return;
      usleep(2000);
    }
  }
}

void Finish(pid_t pid, ProgramOutcome& outcome) {
  kill(-pid, SIGKILL);  // before the leader is reaped, so that the group's number is still its own
  kill(pid, SIGKILL);   // where it has not yet made its group
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (outcome.end != ProgramOutcome::End::kExited) return;
  if (WIFSIGNALED(status)) {
    outcome.end = ProgramOutcome::End::kKilled;
    outcome.status = WTERMSIG(status);
  } else {
    outcome.status = WEXITSTATUS(status);
  }
}

}  // namespace

std::optional<std::filesystem::path> FindProgram(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return access(name.c_str(), X_OK) == 0 ? std::optional<std::filesystem::path>(name) : std::nullopt;
  }
  const char* value = getenv("PATH");
  std::string path = value ? value : "/usr/bin:/bin";
  for (size_t at = 0; at <= path.size();) {
    size_t end = std::min(path.find(':', at), path.size());
    std::filesystem::path candidate = std::filesystem::path(path.substr(at, end - at)) / name;
    if (end > at && access(candidate.c_str(), X_OK) == 0) return candidate;
    at = end + 1;
  }
  return std::nullopt;
}

Result<ProgramOutcome> RunProgram(const ProgramCall& call) {
  auto path = call.command.empty() ? std::nullopt : FindProgram(call.command[0]);
  if (!path)
    return ProgramFailed("需要的外部程序没有找到，请联系管理员。",
                         call.command.empty() ? "" : call.command[0]);
  Pipe out, err;
  if (!out.Open() || !err.Open())
    return ProgramFailed("外部程序无法启动，请稍后再试。", std::strerror(errno));
  std::vector<std::string> arguments = call.command, environment = Environment(call);
  auto argv = Pointers(arguments), envp = Pointers(environment);
  std::string program = path->string(), folder = call.folder.string();
  pid_t pid = fork();
  if (pid < 0) return ProgramFailed("外部程序无法启动，请稍后再试。", std::strerror(errno));
  if (pid == 0) Become(call, program.c_str(), argv.data(), envp.data(), folder.c_str(), out.fd[1], err.fd[1]);
  setpgid(pid, pid);
  out.CloseWrite();
  err.CloseWrite();
  ProgramOutcome outcome;
  Watch(pid, call, out, err, outcome);
  Finish(pid, outcome);
  return outcome;
}

}  // namespace zg::document
