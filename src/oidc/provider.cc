#include "oidc/provider.h"

#include <openssl/rand.h>

#include <nlohmann/json.hpp>

#include "oidc/fetch.h"
#include "oidc/token.h"

namespace zg::oidc {
namespace {

using nlohmann::json;

constexpr int64_t kPendingSeconds = 600;
constexpr int64_t kKnownSeconds = 3600;
constexpr size_t kMostPending = 1000;

std::string Secret() {
  unsigned char bytes[32];
  if (RAND_bytes(bytes, sizeof bytes) != 1) std::abort();
  return ToBase64Url({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

std::string Text(const json& object, const char* name) {
  return object.is_object() && object.contains(name) && object[name].is_string()
             ? object[name].get<std::string>()
             : "";
}

Error Unreachable(const std::string& cause) {
  return {Code::kUnavailable, "统一身份认证服务连不上或回答有误，请稍后再试，或用本系统的密码登录。", "",
          "oidc.unreachable", cause};
}

}  // namespace

Result<Provider::Known> Provider::Discover(int64_t now) {
  {
    std::lock_guard lock(mutex_);
    if (known_ && known_->until > now) return *known_;
  }
  std::string base = options_.issuer;
  while (!base.empty() && base.back() == '/') base.pop_back();
  ZG_ASSIGN(json said, Fetch({base + "/.well-known/openid-configuration"}));
  if (Text(said, "issuer") != options_.issuer) return Unreachable("issuer is " + Text(said, "issuer"));
  Known known{Text(said, "authorization_endpoint"), Text(said, "token_endpoint"), Text(said, "jwks_uri"),
              now + kKnownSeconds};
  for (const auto& url : {known.authorize, known.token, known.keys})
    if (!IsSafeUrl(url)) return Unreachable("unsafe address " + url);
  std::lock_guard lock(mutex_);
  known_ = known;
  return known;
}

Result<json> Provider::Keys(const Known& known, bool anew) {
  {
    std::lock_guard lock(mutex_);
    if (!anew && !keys_.empty()) return json::parse(keys_);
  }
  ZG_ASSIGN(json keys, Fetch({known.keys}));
  std::lock_guard lock(mutex_);
  keys_ = keys.dump();
  return keys;
}

Result<Going> Provider::Begin(const std::string& back, int64_t now) {
  ZG_ASSIGN(Known known, Discover(now));
  Pending pending{Secret(), Secret(), back, now + kPendingSeconds};
  std::string state = Secret();
  std::string challenge = ToBase64Url(Sha256Raw(pending.verifier));
  std::string url = known.authorize + (known.authorize.find('?') == std::string::npos ? "?" : "&") +
                    "response_type=code&scope=openid%20profile&client_id=" + FormEncode(options_.client_id) +
                    "&redirect_uri=" + FormEncode(options_.redirect) + "&state=" + state +
                    "&nonce=" + pending.nonce + "&code_challenge=" + challenge +
                    "&code_challenge_method=S256";
  std::lock_guard lock(mutex_);
  std::erase_if(pending_, [&](const auto& item) { return item.second.until <= now; });
  if (pending_.size() >= kMostPending) pending_.clear();
  pending_[state] = std::move(pending);
  return Going{url, state};
}

Result<Vouched> Provider::Finish(const std::string& code, const std::string& state, int64_t now) {
  Pending pending;
  {
    std::lock_guard lock(mutex_);
    auto it = pending_.find(state);
    if (it == pending_.end() || it->second.until <= now)
      return Error{Code::kForbidden, "这次登录已经过期或不是从本页开始的，请重新登录。", "", "oidc.state"};
    pending = std::move(it->second);
    pending_.erase(it);
  }
  ZG_ASSIGN(Known known, Discover(now));
  Call call{known.token,
            {{"grant_type", "authorization_code"},
             {"code", code},
             {"redirect_uri", options_.redirect},
             {"client_id", options_.client_id},
             {"code_verifier", pending.verifier}},
            "",
            ""};
  if (!options_.client_secret.empty()) {
    call.user = FormEncode(options_.client_id);  // RFC 6749 2.3.1
    call.password = FormEncode(options_.client_secret);
  }
  ZG_ASSIGN(json answer, Fetch(call));
  std::string token = Text(answer, "id_token");
  Expected expected{options_.issuer, options_.client_id, pending.nonce, now};
  ZG_ASSIGN(json keys, Keys(known, false));
  auto claims = ReadIdToken(token, keys, expected);
  if (!claims.ok()) {  // the provider may have changed its keys
    ZG_ASSIGN(json fresh, Keys(known, true));
    claims = ReadIdToken(token, fresh, expected);
  }
  if (!claims.ok()) return claims.error();
  return Vouched{options_.issuer + "|" + Text(*claims, "sub"), Text(*claims, options_.claim.c_str()),
                 pending.back};
}

}  // namespace zg::oidc
