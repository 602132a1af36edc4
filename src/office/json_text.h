#pragma once
// JSON that is ready to be sent: lists are put together from stored lines or written as they go
// (base/json_writer.h), and parsing them only to write them out again would cost more than finding them.

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace zg {

struct JsonText {
  std::string text;  // one JSON value, UTF-8
  nlohmann::json Value() const;
};

}  // namespace zg
