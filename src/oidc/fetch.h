#pragma once
// Asks a server for JSON. Thread-safe.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace zg::oidc {

struct Call {
  std::string url;                                        // https, or http on loopback
  std::vector<std::pair<std::string, std::string>> form;  // posted where not empty
  std::string user, password;                             // HTTP Basic; none where user is empty
};

// The JSON of a 200. kUnavailable (oidc.unreachable, the reason in `cause`): no answer within ten seconds,
// another status, more than 1 MB, no JSON. Certificates are checked; redirects are not followed.
Result<nlohmann::json> Fetch(const Call& call);

// Whether it may be spoken to: https, or http to 127.0.0.1, localhost, [::1].
bool IsSafeUrl(const std::string& url);
std::string FormEncode(const std::string& text);

}  // namespace zg::oidc
