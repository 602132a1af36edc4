#include "http/proxy.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace zg::http {
namespace {

namespace ip = boost::asio::ip;

std::string_view Last(std::string_view list) {
  size_t comma = list.find_last_of(',');
  if (comma != list.npos) list.remove_prefix(comma + 1);
  while (!list.empty() && list.front() == ' ') list.remove_prefix(1);
  while (!list.empty() && list.back() == ' ') list.remove_suffix(1);
  return list;
}

bool IsPrivate(const ip::address_v4& address) {
  uint32_t a = address.to_uint();
  return (a >> 24) == 10 || (a >> 20) == 0xac1 || (a >> 16) == 0xc0a8 || (a >> 16) == 0xa9fe;
}

}  // namespace

bool IsRequestId(std::string_view text) {
  auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return text.size() >= 8 && text.size() <= 64 && std::all_of(text.begin(), text.end(), good);
}

bool IsLoopback(const std::string& text) {
  boost::system::error_code ec;
  ip::address address = ip::make_address(text, ec);
  return !ec && address.is_loopback();
}

bool IsPrivate(const std::string& text) {
  boost::system::error_code ec;
  ip::address address = ip::make_address(text, ec);
  if (ec) return false;
  if (address.is_v4()) return IsPrivate(address.to_v4());
  ip::address_v6 v6 = address.to_v6();
  return (v6.to_bytes()[0] & 0xfe) == 0xfc || v6.is_link_local();
}

bool Proxy::Refuses(std::string_view address) const {
  if (!options_.behind || IsLoopback(std::string(address))) return false;
  return std::find(options_.trusted.begin(), options_.trusted.end(), address) == options_.trusted.end();
}

void Proxy::Read(Request& request) const {
  if (!options_.behind) return;
  if (IsRequestId(request.Find("x-request-id"))) request.id = request.Find("x-request-id");
  request.secure = request.Find("x-forwarded-proto") == "https";
  std::string_view client = Last(request.Find("x-forwarded-for"));
  if (!client.empty()) request.address = client.substr(0, 64);
}

}  // namespace zg::http
