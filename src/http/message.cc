#include "http/message.h"

namespace zg::http {

std::string_view MethodName(Method method) {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kPost:
      return "POST";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
    case Method::kOther:
      break;
  }
  return "OTHER";
}

std::string_view Request::Find(std::string_view name) const {
  for (const Header& h : headers)
    if (h.name == name) return h.value;
  return {};
}

int Request::Count(std::string_view name) const {
  int n = 0;
  for (const Header& h : headers) n += h.name == name;
  return n;
}

}  // namespace zg::http
