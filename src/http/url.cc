#include "http/url.h"

#include "base/text.h"

namespace zg::http {
namespace {

constexpr size_t kMaxTarget = 8000;
constexpr size_t kMaxPairs = 64;

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool HasDotSegment(std::string_view path) {
  for (size_t i = 0; i < path.size();) {
    size_t end = std::min(path.find('/', i), path.size());
    std::string_view segment = path.substr(i, end - i);
    if (segment == "." || segment == "..") return true;
    i = end + 1;
  }
  return false;
}

}  // namespace

std::optional<std::string> PercentDecode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      int high = HexValue(text[i + 1]), low = HexValue(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (IsControl(c)) return std::nullopt;
    out += c;
  }
  if (!IsUtf8(out)) return std::nullopt;
  return out;
}

std::string PercentEncode(std::string_view bytes) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : bytes) {
    bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                 c == '.' || c == '_' || c == '~';
    if (plain) {
      out += char(c);
    } else {
      out += {'%', kHex[c >> 4], kHex[c & 15]};
    }
  }
  return out;
}

std::optional<Target> ParseTarget(std::string_view raw) {
  if (raw.empty() || raw.front() != '/' || raw.size() > kMaxTarget) return std::nullopt;
  size_t mark = raw.find('?');
  auto path = PercentDecode(raw.substr(0, mark), false);
  if (!path || path->find('\\') != std::string::npos || HasDotSegment(*path)) return std::nullopt;
  Target target{std::move(*path), ""};
  if (mark != std::string_view::npos) target.query = raw.substr(mark + 1);
  return target;
}

std::optional<QueryPairs> ParseQuery(std::string_view query) {
  QueryPairs pairs;
  for (size_t i = 0; i < query.size();) {
    size_t end = std::min(query.find('&', i), query.size());
    std::string_view pair = query.substr(i, end - i);
    i = end + 1;
    if (pair.empty()) continue;
    if (pairs.size() == kMaxPairs) return std::nullopt;
    size_t equals = pair.find('=');
    auto name = PercentDecode(pair.substr(0, equals), true);
    auto value = PercentDecode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

}  // namespace zg::http
