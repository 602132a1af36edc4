#include "http/answer.h"

#include <map>
#include <nlohmann/json.hpp>

#include "http/log.h"

namespace zg::http {
namespace {

const std::map<std::string_view, int> kOwnStatus = {
    {"document.too_large", 413}, {"http.bad_host", 421},  {"http.body_too_large", 413},
    {"http.content_type", 415},  {"http.method", 405},    {"import.too_large", 413},
    {"server.internal", 500},    {"upload.no_room", 507}, {"vault.no_room", 507},
    {"upload.too_large", 413},   {"http.range", 416},     {"auth.none", 401},
    {"auth.wait", 429},          {"http.too_many", 429},
};

std::string Dump(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int StatusOf(const Error& error) {
  if (auto own = kOwnStatus.find(error.id); own != kOwnStatus.end()) return own->second;
  switch (error.code) {
    case Code::kNotFound:
      return 404;
    case Code::kAmbiguous:
    case Code::kConflict:
      return 409;
    case Code::kInvalid:
      return 400;
    case Code::kForbidden:
      return 403;
    case Code::kUnavailable:
      return 503;
  }
  return 500;
}

Response ErrorAnswer(int status, std::string_view code, std::string_view message,
                     const std::string& request_id, std::string_view where) {
  nlohmann::json error = {{"code", code}, {"message", message}, {"where", where}, {"request", request_id}};
  return JsonAnswer({{"error", std::move(error)}}, status);
}

Response ErrorAnswer(const Error& error, const std::string& request_id) {
  int status = StatusOf(error);
  std::string code = error.id.empty() ? std::string(CodeName(error.code)) : error.id;
  if (!error.cause.empty() || status >= 500) {
    Log(status >= 500 ? LogLevel::kError : LogLevel::kWarn, "request.failed",
        {{"request", request_id},
         {"status", std::to_string(status)},
         {"code", code},
         {"message", error.message},
         {"where", error.where},
         {"cause", error.cause}});
  }
  nlohmann::json body = {
      {"code", code}, {"message", error.message}, {"where", error.where}, {"request", request_id}};
  if (!error.current.empty()) body["current"] = nlohmann::json::parse(error.current, nullptr, false);
  return JsonAnswer({{"error", std::move(body)}}, status);
}

Response JsonAnswer(const nlohmann::json& value, int status) {
  Response response;
  response.status = status;
  response.body = Dump(value);
  return response;
}

}  // namespace zg::http
