#include "office/password.h"

#include <sodium.h>

#include <mutex>
#include <new>
#include <semaphore>

namespace zg {
namespace {

constexpr unsigned long long kPasses = 2;

// Sodium is ready once, whoever comes first.
void Ready() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (sodium_init() < 0) throw std::bad_alloc();
  });
}

std::counting_semaphore<2>& Turns() {
  static std::counting_semaphore<2> turns(2);
  return turns;
}

struct Turn {
  Turn() { Turns().acquire(); }
  ~Turn() { Turns().release(); }
};

}  // namespace

std::string HashPassword(std::string_view password, int megabytes) {
  Ready();
  Turn turn;
  char out[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(out, password.data(), password.size(), kPasses, size_t(megabytes) << 20,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc();
  return out;
}

bool PasswordFits(const std::string& hash, std::string_view password, int megabytes) {
  Ready();
  if (hash.empty() || hash.size() >= crypto_pwhash_STRBYTES) {
    HashPassword(password, megabytes);  // nobody can tell by the time that there is no such user
    return false;
  }
  Turn turn;
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

std::string NewSecret() {
  Ready();
  unsigned char bytes[32];
  randombytes_buf(bytes, sizeof bytes);
  char out[64];
  sodium_bin2base64(out, sizeof out, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return out;
}

std::string NewPassword() {
  Ready();
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string out;
  for (int i = 0; i < 16; ++i) out += kLetters[randombytes_uniform(uint32_t(kLetters.size()))];
  // One of each kind, whatever came.
  out[size_t(randombytes_uniform(8))] = char('2' + randombytes_uniform(8));
  out[8 + size_t(randombytes_uniform(8))] = kLetters[randombytes_uniform(23)];
  return out;
}

bool SameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace zg
