#pragma once
// The head of an answer as it goes over the wire. Pure.

#include <string>

#include "http/guard.h"
#include "http/message.h"

namespace zg::http {

// "HTTP/1.1 200 OK\r\n…\r\n\r\n", with length, connection, request id and the security headers. Line breaks
// inside header values are dropped.
std::string AnswerHead(const Response& response, const std::string& request_id, bool keep_alive,
                       bool secure = false, std::string_view security = kSecurityHeaders);

}  // namespace zg::http
