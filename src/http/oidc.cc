// GET /api/oidc/start?back=/tasks     to the provider's page
// GET /api/oidc/callback?code=&state= … and back, signed in
#include <chrono>

#include "base/digest.h"
#include "http/door.h"
#include "http/params.h"
#include "http/routes.h"
#include "http/use.h"
#include "office/office.h"
#include "office/signing_in.h"
#include "oidc/provider.h"

namespace zg::http {
namespace {

constexpr std::string_view kStateCookie = "zg_oidc";

int64_t Now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// A path of this site and nothing else: no other host, no scheme.
std::string SafeBack(const std::string& back) {
  bool good = back.size() > 1 && back.size() < 500 && back[0] == '/' && back[1] != '/' && back[1] != '\\';
  for (char c : back) good = good && c > 0x20 && c != '\\';
  return good ? back : "/";
}

Response GoTo(const std::string& url) {
  Response response;
  response.status = 302;
  response.content_type = "text/plain; charset=utf-8";
  response.headers.push_back({"Location", url});
  return response;
}

// The state belongs to the browser that began: Lax, since the way back starts at another site.
Header StateCookie(const Request& request, const std::string& digest) {
  std::string value = std::string(kStateCookie) + "=" + digest +
                      "; Path=/api/oidc; HttpOnly; SameSite=Lax; Max-Age=" + (digest.empty() ? "0" : "600");
  if (request.secure) value += "; Secure";
  return {"Set-Cookie", value};
}

Result<Response> Start(oidc::Provider* provider, Request& request) {
  QueryReader q(request);
  std::string back = SafeBack(q.Text("back", 500).value_or("/"));
  ZG_TRY(q.Finish());
  if (!provider || !provider->there())
    return Error{Code::kNotFound, "没有配置统一身份认证，请用本系统的密码登录。", "", "oidc.none"};
  ZG_ASSIGN(oidc::Going going, provider->Begin(back, Now()));
  Response response = GoTo(going.url);
  response.headers.push_back(StateCookie(request, Sha256Hex(going.state)));
  return response;
}

Result<Response> Callback(oidc::Provider* provider, Office& office, Request& request) {
  QueryReader q(request);
  std::string code = q.Text("code", 4000).value_or(""), state = q.Text("state", 200).value_or("");
  for (const char* other : {"iss", "session_state", "scope", "error", "error_description", "error_uri"})
    q.Text(other, 2000);  // what providers add
  ZG_TRY(q.Finish());
  auto failed = [&](const std::string& id) {
    Response response = GoTo("/sign-in?error=" + id);
    response.headers.push_back(StateCookie(request, ""));
    return response;
  };
  if (!provider || !provider->there()) return failed("oidc.none");
  if (code.empty() || state.empty() || Cookie(request, kStateCookie) != Sha256Hex(state))
    return failed("oidc.state");
  auto vouched = provider->Finish(code, state, Now());
  if (!vouched.ok()) {
    office.LogError(vouched.error());
    return failed(vouched.error().id);
  }
  auto in = office.signing_in().Vouched(vouched->subject, vouched->login,
                                        {request.address, std::string(request.Find("user-agent"))});
  if (!in.ok()) return failed(in.error().id);
  Response response = GoTo(vouched->back);
  response.headers.push_back(StateCookie(request, ""));
  response.headers.push_back(SessionCookie(request, in->token, office.session_seconds()));
  return response;
}

}  // namespace

void BindOidc(Router& r, Office& office, std::shared_ptr<oidc::Provider> provider) {
  r.Get("/api/oidc/start", Right::kPublic, [provider](Request& q) { return Start(provider.get(), q); });
  r.Get("/api/oidc/callback", Right::kPublic,
        [provider, &office](Request& q) { return Callback(provider.get(), office, q); });
}

}  // namespace zg::http
