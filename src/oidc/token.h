#pragma once
// ID tokens of OpenID Connect Core 1.0: JSON Web Tokens (RFC 7519) signed with RS256 (RFC 7518 3.3). Pure.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zg::oidc {

std::optional<std::string> FromBase64Url(std::string_view text);  // nullopt: not base64url
std::string ToBase64Url(std::string_view bytes);
std::string Sha256Raw(std::string_view bytes);

struct Expected {
  std::string issuer, audience, nonce;
  int64_t now = 0;  // Unix seconds
};

// The id of the key that the token says it is signed with; "" where it says none.
std::string KeyIdOf(const std::string& token);
// The claims of a token that is signed by a key of `keys` (a JWK set, RFC 7517) and says what is expected
// (OpenID Connect Core 3.1.3.7): issuer, audience (and authorized party where there are several), nonce,
// times with a minute's grace. No other algorithm than RS256 is taken, "none" least of all. kForbidden
// (oidc.token).
Result<nlohmann::json> ReadIdToken(const std::string& token, const nlohmann::json& keys,
                                   const Expected& expected);

}  // namespace zg::oidc
