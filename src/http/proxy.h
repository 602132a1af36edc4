#pragma once
// A reverse proxy in front (nginx): it speaks TLS with browsers, and says in headers who asks. Constant; any
// thread.

#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace zg::http {

struct ProxyOptions {
  bool behind = false;               // there is one
  std::vector<std::string> trusted;  // its addresses; loopback always is
};

class Proxy {
 public:
  explicit Proxy(ProxyOptions options) : options_(std::move(options)) {}
  // Where there is a proxy nobody else is listened to: what they say would travel unprotected, and they could
  // call themselves anything.
  bool Refuses(std::string_view address) const;
  // Puts what the proxy says into `request`: the address is X-Forwarded-For's last one, `secure` where
  // X-Forwarded-Proto is https, the id X-Request-Id's where it is one. Does nothing where there is no proxy.
  void Read(Request& request) const;

 private:
  ProxyOptions options_;
};

// 8 to 64 of letters, digits, '-', '_' and '.'.
bool IsRequestId(std::string_view text);
// This machine, or addresses that no one outside of a closed network has (RFC 1918, RFC 4193, link-local).
bool IsLoopback(const std::string& address);
bool IsPrivate(const std::string& address);

}  // namespace zg::http
