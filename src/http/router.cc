#include "http/router.h"

#include <fmt/format.h>

#include "base/nearest.h"
#include "http/params.h"

namespace zg::http {
namespace {

constexpr std::string_view kId = "{id}";

std::string_view NextSegment(std::string_view& path) {
  path.remove_prefix(1);  // the slash
  std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

// Same number of segments, the fixed ones equal; what stands for {id} goes to `ids`, not looked at yet.
bool SameShape(std::string_view pattern, std::string_view path, std::vector<std::string_view>* ids) {
  ids->clear();
  while (!pattern.empty() && !path.empty()) {
    std::string_view want = NextSegment(pattern), got = NextSegment(path);
    if (want == kId) {
      ids->push_back(got);
    } else if (want != got) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

// Numbers become {id}, so that a mistyped path can be compared with the patterns.
std::string Generalised(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    std::string_view segment = NextSegment(path);
    out += '/';
    out += ParseId(segment) ? kId : segment;
  }
  return out;
}

}  // namespace

void Router::Add(Method method, std::string pattern, Right right, BodyKind body, Handler handler) {
  routes_.push_back({method, std::move(pattern), right, body, std::move(handler)});
}

void Router::Get(std::string pattern, Right right, Handler handler) {
  Add(Method::kGet, std::move(pattern), right, BodyKind::kNone, std::move(handler));
}
void Router::Delete(std::string pattern, Right right, Handler handler) {
  Add(Method::kDelete, std::move(pattern), right, BodyKind::kNone, std::move(handler));
}
void Router::Post(std::string pattern, Right right, Handler handler, BodyKind body) {
  Add(Method::kPost, std::move(pattern), right, body, std::move(handler));
}
void Router::Patch(std::string pattern, Right right, Handler handler, BodyKind body) {
  Add(Method::kPatch, std::move(pattern), right, body, std::move(handler));
}

Result<Router::Match> Router::Find(Method method, std::string_view path) const {
  if (path.empty() || path.front() != '/') return NoSuchPath("/");
  std::vector<std::string_view> written;
  std::string allowed;
  for (const Route& route : routes_) {
    if (!SameShape(route.pattern, path, &written)) continue;
    if (route.method != method) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(MethodName(route.method));
      continue;
    }
    Match match{&route, {}};
    for (std::string_view text : written) {
      auto id = ParseId(text);
      if (!id)
        return Error{Code::kInvalid, "网址中的编号应为大于0的整数。请从列表中重新打开。", "id",
                     "parameter.bad"};
      match.ids.push_back(*id);
    }
    return match;
  }
  if (allowed.empty()) return NoSuchPath(path);
  return Error{Code::kInvalid, fmt::format("这个地址不支持这种请求方法，可用的有：{}。", allowed), allowed,
               "http.method"};
}

Error Router::NoSuchPath(std::string_view path) const {
  std::vector<std::string> patterns;
  for (const Route& route : routes_) patterns.push_back(route.pattern);
  std::string near = path.size() <= 200 ? Nearest(Generalised(path), patterns) : "";
  std::string advice = near.empty() ? "接口一览见 /api/openapi.json。" : fmt::format("是否想用 {} ？", near);
  return {Code::kNotFound, "没有这个接口地址。" + advice, "path", "http.no_such_path"};
}

}  // namespace zg::http
