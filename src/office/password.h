#pragma once
// Passwords as Argon2id strings (libsodium; RFC 9106), and secrets that cannot be guessed. Thread-safe; at
// most two are reckoned at a time, since each takes as much memory as `megabytes` says.

#include <string>
#include <string_view>

namespace zg {

// Throws std::bad_alloc where the memory is not there.
std::string HashPassword(std::string_view password, int megabytes);
// False for an empty or broken hash too, after as much work as a true one takes.
bool PasswordFits(const std::string& hash, std::string_view password, int megabytes);

std::string NewSecret();    // 32 random bytes, base64url
std::string NewPassword();  // 16 letters and digits that are not taken for another
bool SameSecret(std::string_view a, std::string_view b);  // in a time that does not tell where they differ

}  // namespace zg
