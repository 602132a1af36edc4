#pragma once
// The public site as it is configured ([public] in zhenggai.toml).

#include <cstdint>
#include <string>

#include "gazette/content.h"

namespace zg::http {

struct PublicOptions {
  std::string address;  // empty: no public site
  uint16_t port = 0;
  std::string tls_certificate, tls_key;  // PEM files; empty: plain, on this machine only, behind a proxy
  bool behind_proxy = false;  // the visitor's address is the last one of X-Forwarded-For, from loopback only
  int per_second = 20;        // requests of one address, on average; 0: no limit
  int burst = 200;            // … at once
  gazette::About about;
};

}  // namespace zg::http
