// ID tokens: a good one is read, everything that is not one is refused.
#include "oidc/token.h"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <nlohmann/json.hpp>

#include "oidc/fetch.h"

namespace zg::oidc {
namespace {

using nlohmann::json;

// A provider's key, and the tokens it signs.
class Signer {
 public:
  explicit Signer(int bits = 2048) : key_(EVP_RSA_gen(unsigned(bits))) {}
  ~Signer() { EVP_PKEY_free(key_); }
  json Jwk(const std::string& id) const {
    return {{"kty", "RSA"},
            {"kid", id},
            {"use", "sig"},
            {"n", Part(OSSL_PKEY_PARAM_RSA_N)},
            {"e", Part(OSSL_PKEY_PARAM_RSA_E)}};
  }
  std::string Token(const json& head, const json& claims) const {
    std::string what = ToBase64Url(head.dump()) + "." + ToBase64Url(claims.dump());
    EVP_MD_CTX* digest = EVP_MD_CTX_new();
    size_t n = 0;
    EVP_DigestSignInit(digest, nullptr, EVP_sha256(), nullptr, key_);
    auto bytes = reinterpret_cast<const unsigned char*>(what.data());
    EVP_DigestSign(digest, nullptr, &n, bytes, what.size());
    std::string signature(n, '\0');
    EVP_DigestSign(digest, reinterpret_cast<unsigned char*>(signature.data()), &n, bytes, what.size());
    EVP_MD_CTX_free(digest);
    return what + "." + ToBase64Url(signature);
  }

 private:
  std::string Part(const char* name) const {
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key_, name, &number);
    std::string bytes(size_t(BN_num_bytes(number)), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(number);
    return ToBase64Url(bytes);
  }
  EVP_PKEY* key_;
};

class TokenTest : public testing::Test {
 protected:
  json head{{"alg", "RS256"}, {"kid", "k1"}, {"typ", "JWT"}};
  json claims{{"iss", "https://id.example.cn"},
              {"aud", "zg"},
              {"sub", "u7"},
              {"nonce", "n1"},
              {"exp", 2000},
              {"iat", 1000},
              {"preferred_username", "li.si"}};
  Expected expected{"https://id.example.cn", "zg", "n1", 1500};
  Signer signer, other;
  json keys{{"keys", {other.Jwk("k0"), signer.Jwk("k1")}}};

  std::string Read(const std::string& token) {
    auto read = ReadIdToken(token, keys, expected);
    return read.ok() ? read->dump() : read.error().cause;
  }
};

TEST_F(TokenTest, AGoodOneIsRead) {
  EXPECT_EQ(Read(signer.Token(head, claims)), claims.dump());
  EXPECT_EQ(KeyIdOf(signer.Token(head, claims)), "k1");
  claims["aud"] = {"zg", "another"};
  claims["azp"] = "zg";
  EXPECT_EQ(Read(signer.Token(head, claims)), claims.dump());
  head.erase("kid");
  EXPECT_EQ(Read(signer.Token(head, claims)), claims.dump()) << "any of the provider's keys";
}

TEST_F(TokenTest, WhatIsNotForUsIsRefused) {
  struct Row {
    const char* claim;
    json value;
    const char* cause;
  };
  for (const Row& row : std::vector<Row>{{"iss", "https://evil.example.cn", "issuer"},
                                         {"aud", "another", "audience"},
                                         {"aud", {"zg", "another"}, "audience"},
                                         {"aud", 7, "audience"},
                                         {"nonce", "n2", "nonce"},
                                         {"nonce", nullptr, "nonce"},
                                         {"sub", "", "no subject"},
                                         {"exp", 1400, "expired"},
                                         {"exp", nullptr, "expired"},
                                         {"iat", 1600, "issued in the future"},
                                         {"nbf", 1600, "not yet good"}}) {
    json changed = claims;
    changed[row.claim] = row.value;
    EXPECT_EQ(Read(signer.Token(head, changed)).rfind(row.cause, 0), 0u) << row.claim << " " << row.value;
  }
}

TEST_F(TokenTest, OnlyTheProvidersSignatureCounts) {
  std::string good = signer.Token(head, claims);
  EXPECT_EQ(Read(other.Token(head, claims)), "signature") << "another key under that id";
  for (size_t at = 0; at < good.size(); at += 7) {
    std::string bent = good;
    bent[at] = bent[at] == 'A' ? 'B' : 'A';
    EXPECT_NE(Read(bent), claims.dump()) << at;
  }
  size_t last = good.rfind('.');
  json none = head;
  none["alg"] = "none";
  EXPECT_EQ(Read(signer.Token(none, claims)), "algorithm none");
  EXPECT_EQ(Read(ToBase64Url(none.dump()) + good.substr(good.find('.'), last - good.find('.')) + "."),
            "algorithm none");
  none["alg"] = "HS256";
  EXPECT_EQ(Read(signer.Token(none, claims)), "algorithm HS256");
  EXPECT_EQ(Read(good.substr(0, last) + "."), "signature");
  for (const char* broken : {"", ".", "..", "a.b.c", "....", "e30.e30.e30"})
    EXPECT_NE(Read(broken), "") << broken;
  keys = {{"keys", json::array()}};
  EXPECT_EQ(Read(good), "signature");
  keys = json::array();
  EXPECT_EQ(Read(good), "signature");
}

TEST_F(TokenTest, ShortKeysAreNoKeys) {
  Signer weak(1024);
  keys = {{"keys", {weak.Jwk("k1")}}};
  EXPECT_EQ(Read(weak.Token(head, claims)), "signature");
}

TEST(Base64Url, BothWays) {
  for (const char* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"})
    EXPECT_EQ(FromBase64Url(ToBase64Url(text)), text);
  EXPECT_EQ(ToBase64Url("\xFB\xFF\xFE"), "-__-");
  for (const char* bad : {"=", "Zg==", "Z", "Zh", "Z+", "Z/ "}) EXPECT_FALSE(FromBase64Url(bad)) << bad;
}

TEST(Fetching, OnlyWhereNobodyListens) {
  for (const char* good :
       {"https://id.example.cn/x", "http://127.0.0.1:99/x", "http://localhost", "http://[::1]:8"})
    EXPECT_TRUE(IsSafeUrl(good)) << good;
  for (const char* bad : {"http://id.example.cn", "http://127.0.0.1.evil.cn", "http://localhost.evil.cn",
                          "ftp://127.0.0.1", "file:///etc/passwd", ""})
    EXPECT_FALSE(IsSafeUrl(bad)) << bad;
  EXPECT_EQ(Fetch({"http://127.0.0.1:1/"}).error().id, "oidc.unreachable");
  EXPECT_EQ(FormEncode("a b&c=汉"), "a%20b%26c%3D%E6%B1%89");
}

}  // namespace
}  // namespace zg::oidc
