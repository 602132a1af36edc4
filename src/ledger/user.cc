#include "ledger/user.h"

#include <algorithm>
#include <array>
#include <bit>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/text.h"

namespace zg {
namespace {

Error Bad(const char* where, const char* id, std::string message) {
  return {Code::kInvalid, std::move(message), where, id};
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

std::string Lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return Lower(c); });
  return out;
}

// What is tried first everywhere; a password that is made of one of them and a few more characters is one
// too.
constexpr std::array<std::string_view, 22> kCommon = {
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "admin",  "qwerty",  "qwertyuiop", "asdfgh",
    "1q2w3e4r", "1qaz2wsx", "abc123",   "abcd1234", "123456", "654321",  "987654",     "111111",
    "000000",   "888888",   "666666",   "iloveyou", "woaini", "zhenggai"};

bool IsCommon(const std::string& password) {
  for (std::string_view word : kCommon) {
    size_t at = password.find(word);
    if (at != std::string::npos && password.size() - word.size() < 8) return true;
  }
  return false;
}

int KindsOf(std::string_view password) {
  bool letter = false, digit = false, other = false;
  for (char c : password) {
    bool is_letter = Lower(c) >= 'a' && Lower(c) <= 'z', is_digit = c >= '0' && c <= '9';
    letter |= is_letter;
    digit |= is_digit;
    other |= !is_letter && !is_digit;
  }
  return letter + digit + other;
}

int DifferentCharacters(std::u32string text) {
  std::sort(text.begin(), text.end());
  return int(std::unique(text.begin(), text.end()) - text.begin());
}

}  // namespace

std::string UserDigest(const User& user) {
  nlohmann::json all = {user.id.value, user.login,   user.name,    user.unit.value, user.roles,
                        user.whole,    user.alone,   user.closed,  user.password,   user.must_change,
                        user.email,    user.subject, user.revision};
  return Sm3Hex(all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Status CheckLogin(std::string_view login) {
  bool good = login.size() >= 2 && login.size() <= 40;
  for (char c : login)
    good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-');
  if (good) return {};
  return Bad("login", "user.login", "登录名应为2到40个小写字母、数字或 . _ -，如 zhang.san。请改正。");
}

Status CheckUserName(std::string_view name) {
  std::u32string text = ToUtf32(name);
  bool good = !Trim(text).empty() && text.size() <= 40 && Trim(text).size() == text.size();
  for (char32_t c : text) good = good && c >= 0x20 && c != 0x7F;
  if (good) return {};
  return Bad("name", "user.name", "姓名应有1到40个字，前后不要空格。请改正。");
}

Status CheckEmail(std::string_view email) {
  if (email.empty()) return {};
  size_t at = email.find('@');
  bool good = email.size() <= 200 && at != std::string_view::npos && at > 0 && at + 1 < email.size() &&
              email.find('@', at + 1) == std::string_view::npos;
  for (char c : email)
    good = good && c > 0x20 && c < 0x7F && std::string_view("<>,;\"\\()").find(c) == std::string_view::npos;
  if (good) return {};
  return Bad("email", "user.email", "电子邮箱写法不对，应如 zhangsan@example.cn。请改正或留空。");
}

Status CheckPassword(std::string_view password, std::string_view login, std::string_view name) {
  auto bad = [](const char* message) { return Bad("password", "user.password", message); };
  std::u32string text = ToUtf32(password);
  if (text.size() < 10) return bad("密码太短，至少要10个字符。可用几个不相干的词连起来，便于记忆。");
  if (password.size() > 200) return bad("密码太长，最多200个字符。");
  if (KindsOf(password) < 2) return bad("密码应至少包含字母、数字、符号（或汉字）中的两种。请再加一种。");
  if (DifferentCharacters(text) < 5) return bad("密码里不同的字符太少，容易猜中。请换一个。");
  std::string lower = Lower(password);
  if (!login.empty() && lower.find(Lower(login)) != std::string::npos && login.size() >= 3)
    return bad("密码里不要包含登录名。请换一个。");
  if (!name.empty() && password.find(name) != std::string_view::npos)
    return bad("密码里不要包含姓名。请换一个。");
  if (IsCommon(lower)) return bad("这个密码太常见，容易猜中。请换一个。");
  return {};
}

Status CheckRoles(const User& user) {
  constexpr RoleSet kAnswersForUnit = RoleBit(Role::kReporter) | RoleBit(Role::kAcceptor);
  if (user.alone) return {};
  if (user.roles == 0 || user.roles > kEveryRole) return Bad("roles", "user.roles", "请至少选择一个角色。");
  RoleSet administers = user.roles & kAdministrators;
  if (std::popcount(administers) > 1)
    return Bad(
        "roles", "user.roles",
        "系统管理员、安全管理员、审计管理员应由三个人分别担任（三员分立），不能由一人兼任。请只选一个。");
  if (administers && administers != user.roles)
    return Bad("roles", "user.roles", "管理员不参与整改业务，不能再兼其他角色（三员分立）。请另建一个用户。");
  if (administers) return {};
  if ((user.roles & kAnswersForUnit) && !user.unit)
    return Bad("unit_id", "user.unit", "责任单位、验收单位的用户要选定所属单位。");
  if (!user.whole && !user.unit)
    return Bad("unit_id", "user.unit", "请选定所属单位，或者让这个用户看到全部台账。");
  if (user.whole && !(user.roles & ~kAnswersForUnit))
    return Bad("whole", "user.whole", "责任单位、验收单位的用户只看本单位及下级的任务，不能看全部台账。");
  return {};
}

}  // namespace zg
