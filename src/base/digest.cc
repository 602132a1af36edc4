#include "base/digest.h"

#include <openssl/evp.h>

namespace zg {
namespace {

using Ctx = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Ctx Start(const EVP_MD* md) {
  Ctx ctx(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(ctx.get(), md, nullptr);
  return ctx;
}

std::string FinishHex(EVP_MD_CTX* ctx) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned n = 0;
  EVP_DigestFinal_ex(ctx, out, &n);
  std::string hex;
  for (unsigned i = 0; i < n; ++i) {
    hex += "0123456789abcdef"[out[i] >> 4];
    hex += "0123456789abcdef"[out[i] & 15];
  }
  return hex;
}

std::string Hex(const EVP_MD* md, std::string_view bytes) {
  Ctx ctx = Start(md);
  EVP_DigestUpdate(ctx.get(), bytes.data(), bytes.size());
  return FinishHex(ctx.get());
}

}  // namespace

std::string Sm3Hex(std::string_view bytes) {
  return Hex(EVP_sm3(), bytes);
}
std::string Sha256Hex(std::string_view bytes) {
  return Hex(EVP_sha256(), bytes);
}

struct Digester::State {
  Ctx sm3 = Start(EVP_sm3());
  Ctx sha256 = Start(EVP_sha256());
};

Digester::Digester() : state_(std::make_unique<State>()) {}
Digester::~Digester() = default;

void Digester::Add(std::string_view bytes) {
  EVP_DigestUpdate(state_->sm3.get(), bytes.data(), bytes.size());
  EVP_DigestUpdate(state_->sha256.get(), bytes.data(), bytes.size());
}

Digester::Hex Digester::Finish() {
  return {FinishHex(state_->sm3.get()), FinishHex(state_->sha256.get())};
}

}  // namespace zg
