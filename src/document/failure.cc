#include "document/failure.h"

#include <fmt/format.h>

namespace zg::document {
namespace {

Error Make(Code code, std::string_view id, std::string message, std::string cause = "") {
  Error error{.code = code, .message = std::move(message), .cause = std::move(cause)};
  error.id = fmt::format("document.{}", id);
  return error;
}

}  // namespace

Error Broken(std::string message, std::string cause) {
  return Make(Code::kInvalid, "broken", std::move(message), std::move(cause));
}

Error Encrypted(std::string message) {
  return Make(Code::kInvalid, "encrypted", std::move(message));
}

Error TooLarge(std::string message) {
  return Make(Code::kInvalid, "too_large", std::move(message));
}

Error Empty(std::string message) {
  return Make(Code::kInvalid, "empty", std::move(message));
}

Error UnknownFormat(std::string message) {
  return Make(Code::kInvalid, "unknown_format", std::move(message));
}

Error TimedOut(int seconds) {
  return Make(Code::kInvalid, "timeout",
              fmt::format("读取这个文件超过了{}秒，已经停止；请检查文件是否正常，或拆成几个小文件后再导入。",
                          seconds));
}

Error ProgramMissing(std::string_view need, std::string_view program, std::string_view package,
                     std::string_view instead) {
  return Make(Code::kUnavailable, "program_missing",
              fmt::format("{}需要 {}，这台机器上没有安装；请管理员安装软件包 {}，或{}。", need, program,
                          package, instead));
}

Error ProgramFailed(std::string message, std::string cause) {
  return Make(Code::kUnavailable, "program_failed", std::move(message), std::move(cause));
}

}  // namespace zg::document
