#pragma once
// How an Error becomes an answer, and how a value does. The client gets code, place and one sentence; the
// cause goes to the log under the same request id.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace zg::http {

// 404, 409, 400, 403, 503; a few ids have a status of their own (document.too_large 413, …).
int StatusOf(const Error& error);
// {"error": {"code", "message", "where", "request"}}, with "current" where the error tells what stands now;
// logs the cause where there is one, and every 5xx.
Response ErrorAnswer(const Error& error, const std::string& request_id);
Response ErrorAnswer(int status, std::string_view code, std::string_view message,
                     const std::string& request_id, std::string_view where = "");

// Not valid UTF-8 inside strings becomes U+FFFD, so that an answer is always JSON.
Response JsonAnswer(const nlohmann::json& value, int status = 200);

}  // namespace zg::http
