#include "http/guard.h"

#include <algorithm>

namespace zg::http {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = Lower(c);
  return out;
}

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

Error BadOrigin(std::string_view cause) {
  return {Code::kForbidden, "这个修改请求来自别的网站，已拒绝。请在本系统的页面里操作。", "Origin",
          "http.bad_origin", "origin: " + std::string(cause)};
}

}  // namespace

const std::string_view kSecurityHeaders =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n"
    "Content-Security-Policy: default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n";

Guard::Guard(uint16_t port, const std::string& dev_origin, bool secure,
             const std::vector<std::string>& names) {
  for (const char* name : {"127.0.0.1", "localhost", "[::1]"}) {
    hosts_.push_back(name + (":" + std::to_string(port)));
    if (port == (secure ? 443 : 80)) hosts_.push_back(name);
  }
  for (const std::string& name : names) hosts_.push_back(Lower(name));
  for (const std::string& host : hosts_) origins_.push_back((secure ? "https://" : "http://") + host);
  if (dev_origin.empty()) return;
  origins_.push_back(Lower(dev_origin));
  hosts_.push_back(Lower(dev_origin.substr(dev_origin.find("//") + 2)));  // its proxy passes its own Host on
}

Status Guard::CheckHost(const Request& request) const {
  std::string host = Lower(request.Find("host"));
  if (request.Count("host") == 1 && Has(hosts_, host)) return {};
  return Error{Code::kForbidden,
               "请求的主机名不是本系统的，已拒绝。请用启动时显示的地址，或配置 public_hosts 里的名字打开。",
               "Host", "http.bad_host", "host: " + host};
}

Status Guard::CheckOrigin(const Request& request) const {
  if (request.method == Method::kGet) return {};
  std::string site = Lower(request.Find("sec-fetch-site"));
  if (request.Count("origin") > 0) {
    std::string origin = Lower(request.Find("origin"));
    return request.Count("origin") == 1 && Has(origins_, origin) ? Status() : BadOrigin(origin);
  }
  bool foreign = site == "cross-site" || site == "same-site";
  return foreign ? BadOrigin("sec-fetch-site " + site) : Status();
}

Status CheckContentType(const Request& request, bool json) {
  std::string type = Lower(request.Find("content-type"));
  type.resize(std::min(type.find(';'), type.size()));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.pop_back();
  if (json && type != "application/json")
    return Error{Code::kInvalid, "请求正文应为JSON（Content-Type: application/json）。", "Content-Type",
                 "http.content_type"};
  if (!json && (type == "multipart/form-data" || type == "application/x-www-form-urlencoded"))
    return Error{Code::kInvalid, "文件应作为请求正文直接上传，不要放在表单里。", "Content-Type",
                 "http.content_type"};
  return {};
}

}  // namespace zg::http
