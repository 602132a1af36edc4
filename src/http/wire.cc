#include "http/wire.h"

#include <array>
#include <ctime>
#include <utility>

#include "http/guard.h"

namespace zg::http {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 24> kReasons = {{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {206, "Partial Content"},
    {302, "Found"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
    {507, "Insufficient Storage"},
}};

std::string_view Reason(int status) {
  for (const auto& [code, words] : kReasons)
    if (code == status) return words;
  return "Status";
}

void AddLine(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  for (char c : value)
    if (c != '\r' && c != '\n') head += c;
  head += "\r\n";
}

std::string HttpDate() {
  std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[40];
  size_t n = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return std::string(text, n);
}

}  // namespace

std::string AnswerHead(const Response& response, const std::string& request_id, bool keep_alive, bool secure,
                       std::string_view security) {
  std::string head;
  head.reserve(1024);
  head += "HTTP/1.1 " + std::to_string(response.status) + ' ';
  head += Reason(response.status);
  head += "\r\n";
  AddLine(head, "Date", HttpDate());
  if (response.status != 304) {
    AddLine(head, "Content-Type", response.content_type);
    AddLine(head, "Content-Length", std::to_string(response.length()));
  }
  AddLine(head, "Connection", keep_alive ? "keep-alive" : "close");
  AddLine(head, "X-Request-Id", request_id);
  for (const Header& h : response.headers) AddLine(head, h.name, h.value);
  head += security;
  if (secure) AddLine(head, "Strict-Transport-Security", "max-age=31536000");
  head += "\r\n";
  return head;
}

}  // namespace zg::http
