#pragma once
// The errors of this room: each one Chinese sentence that says what is wrong and what to do. The ids are in
// reader.h.

#include <string>
#include <string_view>

#include "base/result.h"

namespace zg::document {

// `cause` is for the log: library text, errno.
Error Broken(std::string message, std::string cause = "");
Error Encrypted(std::string message);
Error TooLarge(std::string message);
Error Empty(std::string message);
Error UnknownFormat(std::string message);
Error TimedOut(int seconds);
// `need` says what for, `package` which Debian package brings it, `instead` what helps without it.
Error ProgramMissing(std::string_view need, std::string_view program, std::string_view package,
                     std::string_view instead);
Error ProgramFailed(std::string message, std::string cause);

}  // namespace zg::document
