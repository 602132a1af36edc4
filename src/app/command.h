#pragma once
// A command of the program: its name, its help with an example, its options, what it does. CLI11 stands in
// command.cc only, since it takes seconds to include.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace CLI {
class App;
}

namespace zg::app {

// Exit status of every command.
enum Exit : int {
  kDone = 0,
  kInputAtFault = 1,  // a file, a value, the ledger: what was worked on
  kCallAtFault = 2,   // the command line or the configuration
};

// Declares the options of one command. Variables must outlive the command's run.
class Options {
 public:
  explicit Options(CLI::App& app) : app_(app) {}
  // "--data", or "-o,--output"; `value` names it in the help: DIR, 日期.
  void Text(const std::string& names, std::string& to, const std::string& help,
            const std::string& value = "文字");
  void Whole(const std::string& names, int64_t& to, const std::string& help);
  void Flag(const std::string& names, bool& to, const std::string& help);
  void One(const std::string& name, std::string& to, const std::string& help);    // must be given
  void Maybe(const std::string& name, std::string& to, const std::string& help);  // may be left out
  // One at least, unless told otherwise.
  void Many(const std::string& name, std::vector<std::string>& to, const std::string& help,
            bool needed = true);

 private:
  CLI::App& app_;
};

struct Command {
  std::string name;
  std::string summary;  // one Chinese line
  std::string example;  // a command line that works
  // Declares its options and gives what runs once they are read.
  std::function<std::function<int()>(Options&)> declare;
  bool hidden = false;  // not in the list that --help prints
};

// Reads the command line and runs the command it names. Mistakes in the call are told on stderr, with the
// nearest right word, and end in kCallAtFault.
int RunCommand(int argc, char** argv, const std::vector<Command>& commands);

// One sentence on stderr, with its place, and (where there is one) the cause in brackets. → the exit status.
int Fail(const Error& error, int status = kInputAtFault);
void Say(const std::string& line);    // stderr
void Print(const std::string& text);  // stdout, as it is

}  // namespace zg::app
