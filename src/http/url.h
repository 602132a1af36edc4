#pragma once
// The request target: percent-decoding, and the query as names and values. Pure; any thread.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zg::http {

// nullopt: %XX broken, a control character, or not UTF-8 once decoded. `plus_is_space` as in queries.
std::optional<std::string> PercentDecode(std::string_view text, bool plus_is_space);

// Safe to stand in a header or a URL: everything but A–Z a–z 0–9 - . _ ~ becomes %XX.
std::string PercentEncode(std::string_view bytes);

struct Target {
  std::string path;   // decoded; starts with '/', has no "." or ".." segment, no backslash
  std::string query;  // not decoded, without '?'
};
// nullopt for anything but an origin-form target ("/a/b?c=d") of at most 8,000 bytes.
std::optional<Target> ParseTarget(std::string_view raw);

using QueryPairs = std::vector<std::pair<std::string, std::string>>;  // in the order they came
// "" gives no pairs; empty pairs (a&&b) are skipped. nullopt as PercentDecode, and for more than 64 pairs.
std::optional<QueryPairs> ParseQuery(std::string_view query);

}  // namespace zg::http
