#include "oidc/fetch.h"

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

namespace zg::oidc {
namespace {

constexpr size_t kMostBytes = 1u << 20;
constexpr long kSeconds = 10;

size_t Take(char* data, size_t size, size_t n, void* to) {
  auto& body = *static_cast<std::string*>(to);
  if (body.size() + size * n > kMostBytes) return 0;
  body.append(data, size * n);
  return size * n;
}

Error Unreachable(const std::string& url, const std::string& cause) {
  return {Code::kUnavailable, "统一身份认证服务连不上或回答有误，请稍后再试，或用本系统的密码登录。", "",
          "oidc.unreachable", url + ": " + cause};
}

}  // namespace

bool IsSafeUrl(const std::string& url) {
  if (url.rfind("https://", 0) == 0) return true;
  for (const char* local : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
    std::string start = local;
    if (url.rfind(start, 0) == 0 &&
        (url.size() == start.size() || url[start.size()] == ':' || url[start.size()] == '/'))
      return true;
  }
  return false;
}

std::string FormEncode(const std::string& text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                 c == '.' || c == '_' || c == '~';
    if (plain)
      out += char(c);
    else
      out += {'%', kHex[c >> 4], kHex[c & 15]};
  }
  return out;
}

Result<nlohmann::json> Fetch(const Call& call) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  if (!IsSafeUrl(call.url)) return Unreachable(call.url, "not https");
  std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
  std::string body, form;
  for (const auto& [name, value] : call.form)
    form += (form.empty() ? "" : "&") + FormEncode(name) + "=" + FormEncode(value);
  char why[CURL_ERROR_SIZE] = "";
  CURL* c = curl.get();
  curl_easy_setopt(c, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, kSeconds);
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why);
  curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, Take);
  curl_easy_setopt(c, CURLOPT_WRITEDATA, &body);
  if (!form.empty()) {
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, form.c_str());
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, long(form.size()));
  }
  if (!call.user.empty()) {
    curl_easy_setopt(c, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(c, CURLOPT_USERNAME, call.user.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, call.password.c_str());
  }
  CURLcode done = curl_easy_perform(c);
  if (done != CURLE_OK) return Unreachable(call.url, *why ? why : curl_easy_strerror(done));
  long status = 0;
  curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200)
    return Unreachable(call.url, "status " + std::to_string(status) + " " + body.substr(0, 300));
  auto answer = nlohmann::json::parse(body, nullptr, false);
  if (answer.is_discarded()) return Unreachable(call.url, "no JSON");
  return answer;
}

}  // namespace zg::oidc
