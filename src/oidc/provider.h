#pragma once
// A provider of OpenID Connect that vouches for people: authorization code flow with PKCE (RFC 7636).

#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/result.h"

namespace zg::oidc {

struct ProviderOptions {
  std::string issuer;  // empty: there is none
  std::string client_id;
  std::string client_secret;                 // empty: a public client
  std::string redirect;                      // https://zg.example.cn/api/oidc/callback
  std::string claim = "preferred_username";  // which claim is the login
};

struct Going {
  std::string url;    // where the browser goes
  std::string state;  // must come back
};

struct Vouched {
  std::string subject;  // issuer and sub: nobody else's, for good
  std::string login;    // the claim; may be empty
  std::string back;     // where the person wanted to go
};

// Thread-safe. What the provider says of itself is asked for when it is first needed and each hour.
class Provider {
 public:
  explicit Provider(ProviderOptions options) : options_(std::move(options)) {}
  bool there() const { return !options_.issuer.empty(); }
  // `back`: a path of this site. oidc.unreachable
  Result<Going> Begin(const std::string& back, int64_t now);
  // What came back; each state is good once and for ten minutes. oidc.state, oidc.token, oidc.unreachable
  Result<Vouched> Finish(const std::string& code, const std::string& state, int64_t now);

 private:
  struct Pending {
    std::string verifier, nonce, back;
    int64_t until = 0;
  };
  struct Known {
    std::string authorize, token, keys;
    int64_t until = 0;
  };
  Result<Known> Discover(int64_t now);
  Result<nlohmann::json> Keys(const Known& known, bool anew);

  ProviderOptions options_;
  std::mutex mutex_;
  std::map<std::string, Pending> pending_;
  std::optional<Known> known_;
  std::string keys_;  // JSON
};

}  // namespace zg::oidc
