#include "mail/smtp.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <cstring>
#include <fstream>
#include <mutex>

#include "base/text.h"

namespace zg {
namespace {

constexpr size_t kMostReason = 500;

bool StartsAs(const std::string& text, const char* prefix) {
  return text.rfind(prefix, 0) == 0;
}

// Whether the server sits on this machine: nothing leaves it.
bool IsLoopback(const std::string& url) {
  std::string host = url.substr(url.find("://") + 3);
  for (const char* name : {"127.0.0.1", "localhost", "[::1]"})
    if (StartsAs(host, name) && (host.size() == std::strlen(name) || host[std::strlen(name)] == ':' ||
                                 host[std::strlen(name)] == '/'))
      return true;
  return false;
}

Result<std::string> ReadPassword(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  if (!in || !std::getline(in, line))
    return Error{Code::kUnavailable, "邮件密码文件读不到，请检查路径和权限。", file.string(),
                 "mail.password_file"};
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

}  // namespace

struct Smtp::Wire {
  SmtpSettings settings;
  Mailbox from;
  std::function<bool()> stop;
  CURL* curl = nullptr;

  // Of the letter on its way.
  std::string text;
  size_t sent = 0;
  std::string complaint;  // the last line that says no
  char error[CURL_ERROR_SIZE] = {};

  ~Wire() {
    if (curl) curl_easy_cleanup(curl);
  }
  static size_t Give(char* to, size_t size, size_t n, void* self) {
    auto* wire = static_cast<Wire*>(self);
    size_t take = std::min(size * n, wire->text.size() - wire->sent);
    std::memcpy(to, wire->text.data() + wire->sent, take);
    wire->sent += take;
    return take;
  }
  // Every line that the server says.
  static size_t Hear(char* bytes, size_t size, size_t n, void* self) {
    if (size * n > 0 && (bytes[0] == '4' || bytes[0] == '5'))
      static_cast<Wire*>(self)->complaint.assign(bytes, size * n);
    return size * n;
  }
  static int Progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto* wire = static_cast<Wire*>(self);
    return wire->stop && wire->stop() ? 1 : 0;
  }
  std::string Reason() const {
    std::u32string said = ToUtf32(complaint);
    while (!said.empty() && IsSpace(said.back())) said.pop_back();
    return ToUtf8(said.substr(0, kMostReason));
  }
};

Status CheckSmtp(const SmtpSettings& s) {
  if (!StartsAs(s.url, "smtp://") && !StartsAs(s.url, "smtps://"))
    return Error{Code::kInvalid, "邮件服务器地址应写作 smtp://主机:端口 或 smtps://主机:端口。", "smtp_url",
                 "mail.url"};
  if (!ParseMailbox(s.from))
    return Error{Code::kInvalid, "发件人应写作 整改办 <office@example.cn> 或只写地址。", "smtp_from",
                 "mail.from"};
  if (s.tls != "required" && s.tls != "none")
    return Error{Code::kInvalid, "smtp_tls 只能是 required（加密）或 none（不加密）。", "smtp_tls",
                 "mail.tls"};
  if (!s.user.empty() && s.tls == "none" && !StartsAs(s.url, "smtps://") && !IsLoopback(s.url))
    return Error{Code::kInvalid, "不加密时不能用密码登录别的机器，请改用 smtp_tls = \"required\"。",
                 "smtp_user", "mail.password"};
  return {};
}

Smtp::Smtp(std::unique_ptr<Wire> wire) : wire_(std::move(wire)) {}
Smtp::~Smtp() = default;

Result<std::unique_ptr<Smtp>> Smtp::Open(SmtpSettings settings, std::function<bool()> stop) {
  ZG_TRY(CheckSmtp(settings));
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  auto wire = std::make_unique<Wire>();
  wire->from = *ParseMailbox(settings.from);
  wire->stop = std::move(stop);
  wire->curl = curl_easy_init();
  if (!wire->curl) return Error{Code::kUnavailable, "发不了邮件：libcurl 不可用。", "", "mail.no_curl"};
  CURL* c = wire->curl;
  curl_easy_setopt(c, CURLOPT_URL, settings.url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(c, CURLOPT_PROXY, "");
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, long(settings.timeout_seconds));
  curl_easy_setopt(c, CURLOPT_TIMEOUT, long(settings.timeout_seconds));
  curl_easy_setopt(c, CURLOPT_USE_SSL, long(settings.tls == "required" ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (!settings.ca_file.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, settings.ca_file.c_str());
  if (!settings.user.empty()) {
    ZG_ASSIGN(std::string password, ReadPassword(settings.password_file));
    curl_easy_setopt(c, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, password.c_str());
  }
  curl_easy_setopt(c, CURLOPT_MAIL_FROM, ("<" + wire->from.address + ">").c_str());
  curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(c, CURLOPT_READFUNCTION, &Wire::Give);
  curl_easy_setopt(c, CURLOPT_READDATA, wire.get());
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, &Wire::Hear);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, wire.get());
  curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, &Wire::Progress);
  curl_easy_setopt(c, CURLOPT_XFERINFODATA, wire.get());
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, wire->error);
  wire->settings = std::move(settings);
  return std::unique_ptr<Smtp>(new Smtp(std::move(wire)));
}

DeliveryReport Smtp::Send(const Letter& letter) {
  Wire& w = *wire_;
  if (!IsAddress(letter.to.address)) return {Delivery::kRefused, "邮箱地址写得不对。"};
  w.text = LetterText(letter, w.from);
  w.sent = 0;
  w.complaint.clear();
  w.error[0] = '\0';
  curl_slist* to = curl_slist_append(nullptr, ("<" + letter.to.address + ">").c_str());
  curl_easy_setopt(w.curl, CURLOPT_MAIL_RCPT, to);
  CURLcode code = curl_easy_perform(w.curl);
  curl_easy_setopt(w.curl, CURLOPT_MAIL_RCPT, nullptr);
  curl_slist_free_all(to);
  if (code == CURLE_OK) return {};
  long said = 0;
  curl_easy_getinfo(w.curl, CURLINFO_RESPONSE_CODE, &said);
  std::string cause = w.error[0] ? w.error : curl_easy_strerror(code);
  bool answered = code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_WEIRD_SERVER_REPLY;
  if (answered && said >= 500 && said < 600) return {Delivery::kRefused, w.Reason()};
  if (answered && said >= 400 && said < 500 && said != 421) return {Delivery::kLater, w.Reason()};
  // All of it was given and nothing came back.
  if (said == 354 && w.sent == w.text.size())
    return {Delivery::kUnknown, "邮件已交出，服务器没有答复，是否送达不明。（" + cause + "）"};
  return {Delivery::kNoServer, "邮件服务器连接不上或不接受：" + cause};
}

}  // namespace zg
