#pragma once
// JSON that is ready to be sent: lists are put together from stored lines, and parsing them only to write
// them out again would cost more than finding them.

#include <string>

namespace zg {

struct JsonText {
  std::string text;  // one JSON value, UTF-8
};

}  // namespace zg
