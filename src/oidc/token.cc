#include "oidc/token.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/sha.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

namespace zg::oidc {
namespace {

using nlohmann::json;

constexpr int64_t kGrace = 60;
constexpr size_t kMostToken = 100'000;
constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* p) const { Free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using KeyMaker = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>>;
using Building = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM, OSSL_PARAM_free>>;
using Digesting = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;

Error Bad(const std::string& cause) {
  return {Code::kForbidden, "统一身份认证的回答没有通过核对，未能登录。请重试；如仍不行，请告诉系统管理员。",
          "", "oidc.token", cause};
}

std::string Text(const json& object, const char* name) {
  return object.is_object() && object.contains(name) && object[name].is_string()
             ? object[name].get<std::string>()
             : "";
}

Number NumberOf(const std::string& base64url) {
  auto bytes = FromBase64Url(base64url);
  if (!bytes || bytes->empty()) return nullptr;
  return Number(
      BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes->data()), int(bytes->size()), nullptr));
}

Key RsaKey(const json& jwk) {
  Number n = NumberOf(Text(jwk, "n")), e = NumberOf(Text(jwk, "e"));
  if (!n || !e || BN_num_bits(n.get()) < 2048) return nullptr;
  Building building(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(building.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(building.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  Params params(OSSL_PARAM_BLD_to_param(building.get()));
  KeyMaker maker(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(maker.get()) <= 0 ||
      EVP_PKEY_fromdata(maker.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) <= 0)
    return nullptr;
  return Key(key);
}

bool Signed(EVP_PKEY* key, std::string_view what, const std::string& signature) {
  Digesting digest(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(digest.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(what.data()),
                          what.size()) == 1;
}

struct Parts {
  json head, claims;
  std::string signature;
  std::string_view signed_part;
};

std::optional<Parts> Split(const std::string& token) {
  size_t first = token.find('.'), second = token.find('.', first + 1);
  if (token.size() > kMostToken || first == std::string::npos || second == std::string::npos ||
      token.find('.', second + 1) != std::string::npos)
    return std::nullopt;
  auto head = FromBase64Url(std::string_view(token).substr(0, first));
  auto body = FromBase64Url(std::string_view(token).substr(first + 1, second - first - 1));
  auto signature = FromBase64Url(std::string_view(token).substr(second + 1));
  if (!head || !body || !signature) return std::nullopt;
  Parts parts{json::parse(*head, nullptr, false), json::parse(*body, nullptr, false), *signature,
              std::string_view(token).substr(0, second)};
  if (!parts.head.is_object() || !parts.claims.is_object()) return std::nullopt;
  return parts;
}

bool IsFor(const json& claims, const std::string& audience) {
  const json aud = claims.value("aud", json());
  if (aud.is_string()) return aud == audience;
  if (!aud.is_array()) return false;
  bool there = false;
  for (const auto& one : aud) there = there || one == audience;
  return there && (aud.size() == 1 || Text(claims, "azp") == audience);
}

int64_t Time(const json& claims, const char* name, int64_t otherwise) {
  return claims.contains(name) && claims[name].is_number() ? int64_t(claims[name].get<double>()) : otherwise;
}

}  // namespace

std::optional<std::string> FromBase64Url(std::string_view text) {
  std::string out;
  uint32_t bits = 0;
  int have = 0;
  for (char c : text) {
    const char* at = c ? std::char_traits<char>::find(kLetters, 64, c) : nullptr;
    if (!at) return std::nullopt;
    bits = bits << 6 | uint32_t(at - kLetters);
    have += 6;
    if (have >= 8) {
      have -= 8;
      out += char(bits >> have & 0xFF);
    }
  }
  if (text.size() % 4 == 1 || (bits & ((1u << have) - 1))) return std::nullopt;
  return out;
}

std::string ToBase64Url(std::string_view bytes) {
  std::string out;
  uint32_t bits = 0;
  int have = 0;
  for (unsigned char c : bytes) {
    bits = bits << 8 | c;
    have += 8;
    while (have >= 6) {
      have -= 6;
      out += kLetters[bits >> have & 63];
    }
  }
  if (have > 0) out += kLetters[bits << (6 - have) & 63];
  return out;
}

std::string Sha256Raw(std::string_view bytes) {
  unsigned char out[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), out);
  return {reinterpret_cast<const char*>(out), sizeof out};
}

std::string KeyIdOf(const std::string& token) {
  auto parts = Split(token);
  return parts ? Text(parts->head, "kid") : "";
}

Result<json> ReadIdToken(const std::string& token, const json& keys, const Expected& expected) {
  auto parts = Split(token);
  if (!parts) return Bad("not a token");
  if (Text(parts->head, "alg") != "RS256") return Bad("algorithm " + Text(parts->head, "alg"));
  std::string id = Text(parts->head, "kid");
  bool good = false;
  for (const auto& jwk : keys.is_object() ? keys.value("keys", json::array()) : json::array()) {
    if (good || Text(jwk, "kty") != "RSA" || (!id.empty() && Text(jwk, "kid") != id)) continue;
    if (std::string use = Text(jwk, "use"); !use.empty() && use != "sig") continue;
    if (Key key = RsaKey(jwk)) good = Signed(key.get(), parts->signed_part, parts->signature);
  }
  if (!good) return Bad("signature");
  const json& claims = parts->claims;
  if (Text(claims, "iss") != expected.issuer) return Bad("issuer " + Text(claims, "iss"));
  if (!IsFor(claims, expected.audience)) return Bad("audience");
  if (Text(claims, "nonce") != expected.nonce) return Bad("nonce");
  if (Text(claims, "sub").empty()) return Bad("no subject");
  if (Time(claims, "exp", 0) + kGrace < expected.now) return Bad("expired");
  if (Time(claims, "iat", 0) - kGrace > expected.now) return Bad("issued in the future");
  if (Time(claims, "nbf", 0) - kGrace > expected.now) return Bad("not yet good");
  return claims;
}

}  // namespace zg::oidc
