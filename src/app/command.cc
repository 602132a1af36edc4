#include "app/command.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/nearest.h"

namespace zg::app {
namespace {

std::string Unknown(const std::string& what, const std::string& word, const std::vector<std::string>& known) {
  std::string near = Nearest(word, known);
  return "不认识的" + what + "“" + word + "”" + (near.empty() ? "。" : "，是不是“" + near + "”？");
}

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

// What CLI11 says, in Chinese: one sentence that names the word at fault.
std::string Sentence(const CLI::App& app, const CLI::ParseError& error,
                     const std::vector<std::string>& rest) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) {
    std::string word = rest.empty() ? "" : rest[0].substr(0, rest[0].find('='));
    return Unknown(!word.empty() && word[0] == '-' ? "选项" : "参数", word, OptionNames(app));
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error)) {
    for (const auto* option : app.get_options()) {
      if (option->get_required() && option->count() == 0)
        return "还缺少“" + option->get_description() + "”。";
    }
    return "还缺少参数。";
  }
  if (dynamic_cast<const CLI::ConversionError*>(&error))
    return std::string("有一个值应是整数（") + error.what() + "）。";
  return std::string("命令行不对（") + error.what() + "）。";
}

std::string HelpOf(const Command& command, const CLI::App& app) {
  std::string positional, options;
  for (const auto* option : app.get_options()) {
    std::string name = option->get_name(false, true);
    if (option->get_positional()) {
      positional += " " + option->get_name(true) + (option->get_items_expected_max() > 1 ? "…" : "");
      options += "  " + option->get_name(true) + "\n      " + option->get_description() + "\n";
      continue;
    }
    if (name == "-h,--help") continue;
    std::string value = option->get_items_expected_max() > 0 ? " " + option->get_type_name() : "";
    options += "  " + name + value + "\n      " + option->get_description() + "\n";
  }
  return command.summary + "\n\n用法：zhenggai " + command.name + positional +
         (options.empty() ? "" : " [选项]") + "\n\n例：" + command.example + "\n" +
         (options.empty() ? "" : "\n" + options);
}

std::string HelpOfAll(const std::vector<Command>& commands) {
  std::string text = "zhenggai：督察整改办的工作台账\n\n用法：zhenggai 命令 [选项]\n\n";
  for (const auto& command : commands) {
    if (!command.hidden)
      text += "  " + command.name + std::string(10 - std::min<size_t>(9, command.name.size()), ' ') +
              command.summary + "\n";
  }
  return text +
         "\n每个命令都有自己的说明：zhenggai 命令 --help\n退出码：0 完成，1 输入有问题，2 用法有问题\n";
}

int RunOne(const Command& command, std::vector<std::string> words) {
  CLI::App app{command.summary};
  app.allow_extras(false);
  app.set_help_flag("-h,--help", "显示说明");
  Options options(app);
  auto run = command.declare(options);
  std::vector<std::string> reversed(words.rbegin(), words.rend());  // CLI11 takes them from the back
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    Print(HelpOf(command, app));
    return kDone;
  } catch (const CLI::ParseError& error) {
    Say(Sentence(app, error, app.remaining()));
    Say("用法见：zhenggai " + command.name + " --help");
    return kCallAtFault;
  }
  return run();
}

}  // namespace

void Options::Text(const std::string& names, std::string& to, const std::string& help,
                   const std::string& value) {
  app_.add_option(names, to, help)->type_name(value);
}
void Options::Whole(const std::string& names, int64_t& to, const std::string& help) {
  app_.add_option(names, to, help)->type_name("整数");
}
void Options::Flag(const std::string& names, bool& to, const std::string& help) {
  app_.add_flag(names, to, help);
}
void Options::One(const std::string& name, std::string& to, const std::string& help) {
  app_.add_option(name, to, help)->required();
}
void Options::Maybe(const std::string& name, std::string& to, const std::string& help) {
  app_.add_option(name, to, help);
}
void Options::Many(const std::string& name, std::vector<std::string>& to, const std::string& help,
                   bool needed) {
  app_.add_option(name, to, help)->required(needed)->expected(needed ? 1 : 0, 100'000);
}

int RunCommand(int argc, char** argv, const std::vector<Command>& commands) {
  std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) {
    Say(HelpOfAll(commands));
    return kCallAtFault;
  }
  if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    Print(HelpOfAll(commands));
    return kDone;
  }
  if (words[0] == "--version") words[0] = "version";
  std::vector<std::string> known;
  for (const auto& command : commands) {
    if (command.name == words[0]) return RunOne(command, {words.begin() + 1, words.end()});
    known.push_back(command.name);
  }
  Say(Unknown("命令", words[0], known));
  Say("全部命令见：zhenggai --help");
  return kCallAtFault;
}

int Fail(const Error& error, int status) {
  std::string line = error.where.empty() ? error.message : error.where + "：" + error.message;
  Say(error.cause.empty() ? line : line + "（" + error.cause + "）");
  return status;
}

void Say(const std::string& line) {
  std::string text = line + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void Print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace zg::app
