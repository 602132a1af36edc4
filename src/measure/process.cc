#include "measure/process.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace zg::measure {
namespace {

namespace fs = std::filesystem;

constexpr int kThreads = 18, kStarted = 20, kVirtual = 21, kResident = 22;  // after the name: man 5 proc

std::vector<std::string> StatFields() {
  std::ifstream in("/proc/self/stat");
  std::string line;
  std::getline(in, line);
  std::vector<std::string> fields;
  size_t name_ends = line.rfind(')');  // the name may hold blanks
  if (name_ends == line.npos) return fields;
  std::istringstream rest(line.substr(name_ends + 1));
  for (std::string field; rest >> field;) fields.push_back(field);
  return fields;
}

double BootTime() {
  std::ifstream in("/proc/stat");
  for (std::string line; std::getline(in, line);)
    if (line.rfind("btime ", 0) == 0) return std::stod(line.substr(6));
  return 0;
}

double OpenFiles() {
  std::error_code ec;
  double n = 0;
  for (fs::directory_iterator it("/proc/self/fd", ec), end; !ec && it != end; it.increment(ec)) ++n;
  return n > 0 ? n - 1 : 0;  // the folder itself is open while it is read
}

double Seconds(const timeval& time) {
  return double(time.tv_sec) + double(time.tv_usec) / 1e6;
}

}  // namespace

std::vector<ProcessValue> AboutThisProcess() {
  std::vector<ProcessValue> out;
  rusage used{};
  if (getrusage(RUSAGE_SELF, &used) == 0)
    out.push_back({"process_cpu_seconds_total", "Processor time used, in seconds.",
                   Seconds(used.ru_utime) + Seconds(used.ru_stime), true});
  out.push_back({"process_open_fds", "Open files and sockets.", OpenFiles()});
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
    out.push_back({"process_max_fds", "Open files and sockets allowed.", double(limit.rlim_cur)});
  auto fields = StatFields();
  if (fields.size() <= kResident - 1) return out;
  // The list begins with the third field of the line, so the n-th of it has the number n + 3.
  auto number = [&](int field) { return std::stod(fields[size_t(field - 1)]); };
  out.push_back({"process_threads", "Threads.", number(kThreads)});
  out.push_back({"process_virtual_memory_bytes", "Address space, in bytes.", number(kVirtual)});
  out.push_back({"process_resident_memory_bytes", "Memory in use, in bytes.",
                 number(kResident) * double(sysconf(_SC_PAGESIZE))});
  static const double started = BootTime() + number(kStarted) / double(sysconf(_SC_CLK_TCK));
  out.push_back({"process_start_time_seconds", "When the process began, in seconds since 1970.", started});
  return out;
}

}  // namespace zg::measure
