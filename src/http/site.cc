#include "http/site.h"

#include <exception>

#include "http/answer.h"
#include "http/gzip.h"
#include "http/log.h"
#include "http/url.h"

namespace zg::http {
namespace {

constexpr size_t kWorthPacking = 2048;

bool IsApi(std::string_view path) {
  return path == "/api" || path.substr(0, 5) == "/api/";
}

bool HasBody(const Request& request) {
  std::string_view length = request.Find("content-length");
  return request.Count("transfer-encoding") > 0 || (!length.empty() && length != "0");
}

Response Broken(const Request& request, const char* cause) {
  return ErrorAnswer(
      {Code::kUnavailable, "服务器内部出错，这次操作没有完成。请重试；如仍出错，请把请求编号告诉管理员。", "",
       "server.internal", std::string(request.target) + ": " + cause},
      request.id);
}

// A refusal for now says when to come again.
Response Refusal(const Error& error, const std::string& id) {
  Response response = ErrorAnswer(error, id);
  if (response.status == 429) response.headers.push_back({"Retry-After", error.where});
  return response;
}

bool IsCarriedAway(const Response& response) {
  if (response.status >= 300) return false;
  for (const Header& h : response.headers)
    if (h.name == "Content-Disposition" && h.value.rfind("attachment", 0) == 0) return true;
  return false;
}

// Answers about the ledger are never kept by a browser: they would be old by the next change.
void Finish(const Request& request, Response& response) {
  bool ruled = false;
  for (const Header& h : response.headers) ruled = ruled || h.name == "Cache-Control";
  if (!ruled) response.headers.push_back({"Cache-Control", "no-store"});
  bool json = response.content_type.find("json") != std::string::npos;
  if (!json || response.file || !response.fixed.empty() || response.body.size() < kWorthPacking ||
      !AcceptsGzip(request))
    return;
  if (auto packed = Gzip(response.body)) {
    response.body = std::move(*packed);
    response.headers.push_back({"Content-Encoding", "gzip"});
    response.headers.push_back({"Vary", "Accept-Encoding"});
  }
}

}  // namespace

Site::Site(Router router, Assets assets, Guard guard, Limits limits, std::unique_ptr<Door> door)
    : router_(std::move(router)),
      assets_(std::move(assets)),
      guard_(std::move(guard)),
      limits_(limits),
      door_(std::move(door)) {}

uint64_t Site::MaxBody(BodyKind kind) const {
  switch (kind) {
    case BodyKind::kNone:
      return 0;
    case BodyKind::kJson:
      return limits_.json_bytes;
    case BodyKind::kPart:
      return limits_.part_bytes;
    case BodyKind::kFile:
      return limits_.file_bytes;
  }
  return 0;
}

Status Site::Check(const Request& request) const {
  ZG_TRY(guard_.CheckHost(request));
  return guard_.CheckOrigin(request);
}

Admission Site::Admit(Request& request) const {
  Admission out;
  if (Status ok = Check(request); !ok.ok()) {
    out.answer = ErrorAnswer(ok.error(), request.id);
    return out;
  }
  auto target = ParseTarget(request.target);
  if (!target) {
    out.answer =
        ErrorAnswer(400, "http.bad_target", "网址无法解读：过长、编码有误或含有不允许的字符。请检查后重试。",
                    request.id, "path");
    return out;
  }
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  if (IsApi(request.path)) return AdmitToApi(request);
  if (request.method == Method::kGet) {
    out.answer = assets_.Answer(request);
  } else {
    out.answer = ErrorAnswer(
        {Code::kInvalid, "页面文件只能读取。接口地址以 /api 开头。", "GET", "http.method"}, request.id);
  }
  return out;
}

Admission Site::AdmitToApi(Request& request) const {
  Admission out;
  auto match = router_.Find(request.method, request.path);
  if (!match.ok()) {
    out.answer = ErrorAnswer(match.error(), request.id);
    if (match.error().id == "http.method") out.answer->headers.push_back({"Allow", match.error().where});
    return out;
  }
  request.ids = std::move(match->ids);
  if (match->route->body != BodyKind::kNone && HasBody(request)) {
    Status type = CheckContentType(request, match->route->body == BodyKind::kJson);
    if (!type.ok()) {
      out.answer = ErrorAnswer(type.error(), request.id);
      return out;
    }
  }
  out.route = match->route;
  out.max_body = MaxBody(match->route->body);
  return out;
}

std::optional<Response> Site::Knock(const Route& route, Request& request) const {
  try {
    Status admitted = door_->Admit(request, route);
    if (!admitted.ok()) return Refusal(admitted.error(), request.id);
  } catch (const std::exception& e) {
    return Broken(request, e.what());
  }
  return std::nullopt;
}

// Answered as who was remembered, and that was still so; nullopt: it has to be asked first who it is.
std::optional<Response> Site::RunRemembered(const Route& route, Request& request) const {
  auto visit = door_->AdmitRemembered(request, route);
  if (!visit) return std::nullopt;
  std::optional<Result<Response>> result;
  try {
    result = route.handler(request);
  } catch (const std::exception&) {
    return std::nullopt;  // it will fail again, as who it is
  }
  if (!visit->Stands()) return std::nullopt;
  return result->ok() ? std::move(**result) : Refusal(result->error(), request.id);
}

Response Site::Run(const Route& route, Request& request) const {
  Response response;
  try {
    if (auto answered = RunRemembered(route, request)) {
      response = std::move(*answered);
    } else {
      Status admitted = door_->Admit(request, route);
      Result<Response> result = admitted.ok() ? route.handler(request) : admitted.error();
      response = result.ok() ? std::move(*result) : Refusal(result.error(), request.id);
    }
    if (IsCarriedAway(response)) door_->Carried(request, route);
    Finish(request, response);
  } catch (const std::exception& e) {
    response = Broken(request, e.what());
  } catch (...) {
    response = Broken(request, "not a std::exception");
  }
  return response;
}

}  // namespace zg::http
