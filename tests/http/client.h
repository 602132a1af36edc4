#pragma once
// A client that says exactly what it is told, byte by byte: for tests of what real clients do not do.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zg::http::test {

struct Reply {
  int status = 0;                              // 0: the server closed the connection without an answer
  std::map<std::string, std::string> headers;  // names in lower case; repeated ones joined by ", "
  std::string body;
  std::string header(const std::string& name) const {
    auto it = headers.find(name);
    return it == headers.end() ? "" : it->second;
  }
};

class Client {
 public:
  explicit Client(uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval limit{20, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    connected_ = connect(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
  }
  ~Client() { close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t n = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(size_t(n));
    }
    return true;
  }
  void EndSending() { shutdown(fd_, SHUT_WR); }

  // The next answer; `no_body` after HEAD.
  Reply Read(bool no_body = false) {
    Reply reply;
    while (buffer_.find("\r\n\r\n") == std::string::npos)
      if (!More()) return reply;
    size_t end = buffer_.find("\r\n\r\n");
    ParseHead(buffer_.substr(0, end), reply);
    buffer_.erase(0, end + 4);
    size_t length = no_body || reply.status == 304 ? 0 : size_t(atol(reply.header("content-length").c_str()));
    while (buffer_.size() < length)
      if (!More()) break;
    reply.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return reply;
  }
  // True when the server has closed its side (nothing more comes).
  bool AtEnd() { return buffer_.empty() && !More(); }

 private:
  bool More() {
    char piece[65536];
    ssize_t n = recv(fd_, piece, sizeof piece, 0);
    if (n <= 0) return false;
    buffer_.append(piece, size_t(n));
    return true;
  }
  static void ParseHead(const std::string& head, Reply& reply) {
    reply.status = head.size() > 12 ? atoi(head.c_str() + 9) : -1;
    for (size_t i = head.find("\r\n"); i != std::string::npos;) {
      size_t end = head.find("\r\n", i + 2);
      std::string line = head.substr(i + 2, (end == std::string::npos ? head.size() : end) - i - 2);
      size_t colon = line.find(": ");
      std::string name = line.substr(0, colon);
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
      std::string value = colon == std::string::npos ? "" : line.substr(colon + 2);
      std::string& kept = reply.headers[name];
      kept += (kept.empty() ? "" : ", ") + value;
      i = end;
    }
  }

  int fd_;
  bool connected_ = false;
  std::string buffer_;
};

struct Ask {
  std::string method = "GET";
  std::string target = "/";
  std::vector<std::string> headers;  // "Origin: http://x"; Host is added unless given
  std::string body;
  std::string content_type = "application/json";  // only sent with a body
};

inline std::string ToWire(const Ask& ask, uint16_t port) {
  std::string out = ask.method + " " + ask.target + " HTTP/1.1\r\n";
  bool host = false;
  for (const auto& h : ask.headers) {
    out += h + "\r\n";
    host = host || h.rfind("Host:", 0) == 0;
  }
  if (!host) out += "Host: 127.0.0.1:" + std::to_string(port) + "\r\n";
  if (!ask.body.empty()) {
    out += "Content-Length: " + std::to_string(ask.body.size()) + "\r\n";
    if (!ask.content_type.empty()) out += "Content-Type: " + ask.content_type + "\r\n";
  }
  return out + "\r\n" + ask.body;
}

// One request on a connection of its own.
inline Reply Call(uint16_t port, const Ask& ask) {
  Client client(port);
  if (!client.Send(ToWire(ask, port)))
    return client.Read();  // an early refusal may close the door on the body
  return client.Read(ask.method == "HEAD");
}
inline Reply Raw(uint16_t port, const std::string& bytes) {
  Client client(port);
  client.Send(bytes);
  return client.Read();
}
inline Ask Get(std::string target) {
  return {.target = std::move(target)};
}
inline Ask Post(std::string target, std::string json = "{}") {
  return {.method = "POST", .target = std::move(target), .body = std::move(json)};
}
inline Ask Patch(std::string target, std::string json) {
  return {.method = "PATCH", .target = std::move(target), .body = std::move(json)};
}
inline Ask Delete(std::string target) {
  return {.method = "DELETE", .target = std::move(target)};
}

}  // namespace zg::http::test
