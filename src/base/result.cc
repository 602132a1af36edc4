#include "base/result.h"

#include <string_view>

namespace zg {

std::string_view CodeName(Code code) {
  switch (code) {
    case Code::kNotFound:
      return "not_found";
    case Code::kAmbiguous:
      return "ambiguous";
    case Code::kInvalid:
      return "invalid";
    case Code::kForbidden:
      return "forbidden";
    case Code::kConflict:
      return "conflict";
    case Code::kUnavailable:
      return "unavailable";
  }
  return "invalid";
}

}  // namespace zg
