// Rules for logins, passwords and roles.
#include "ledger/user.h"

#include <gtest/gtest.h>

namespace zg {
namespace {

TEST(User, Passwords) {
  auto good = [](const char* password) { return CheckPassword(password, "zhang.san", "张三").ok(); };
  EXPECT_TRUE(good("correct-horse-battery"));
  EXPECT_TRUE(good("松花江畔的7棵老杨树"));
  EXPECT_TRUE(good("k3v9xq27mz"));
  for (const char* bad : {"", "short-1", "onlyletters", "1234567890", "aaaaaaaaa1", "zhang.san-2024",
                          "我是张三我是张三2024", "password123", "Admin@12345", "abcABC123456"})
    EXPECT_FALSE(good(bad)) << bad;
  EXPECT_FALSE(good(std::string(201, 'a').c_str()));
}

TEST(User, Logins) {
  for (const char* good : {"ab", "zhang.san", "zs_01", "a-b"}) EXPECT_TRUE(CheckLogin(good).ok()) << good;
  for (const char* bad : {"", "a", "Zhang", "张三", "a b", "a@b", "a/b"})
    EXPECT_FALSE(CheckLogin(bad).ok()) << bad;
}

TEST(User, AddressesCannotCarryHeaders) {
  for (const char* good : {"", "a@b.cn", "zhang.san+zg@example.cn"})
    EXPECT_TRUE(CheckEmail(good).ok()) << good;
  for (const char* bad : {"a", "@b", "a@", "a@b@c", "a@b\r\nBcc: c@d", "a b@c", "<a@b>", "a@b,c@d"})
    EXPECT_FALSE(CheckEmail(bad).ok()) << bad;
}

struct RolesRow {
  std::initializer_list<Role> roles;
  int64_t unit;
  bool whole;
  const char* error;  // its id; "" where it is good
};

TEST(User, ThreeAdministratorsAreThreePeople) {
  using enum Role;
  for (const RolesRow& row :
       std::initializer_list<RolesRow>{{{kClerk}, 0, true, ""},
                                       {{kClerk, kInspector}, 3, false, ""},
                                       {{kReporter}, 3, false, ""},
                                       {{kReporter, kAcceptor}, 3, false, ""},
                                       {{kSystemAdmin}, 0, false, ""},
                                       {{}, 0, true, "user.roles"},
                                       {{kSystemAdmin, kSecurityAdmin}, 0, false, "user.roles"},
                                       {{kAuditAdmin, kClerk}, 0, false, "user.roles"},
                                       {{kReporter}, 0, false, "user.unit"},
                                       {{kReader}, 0, false, "user.unit"},
                                       {{kReporter}, 3, true, "user.whole"}}) {
    User user{.unit = {row.unit}, .whole = row.whole};
    for (Role role : row.roles) user.roles |= RoleBit(role);
    Status status = CheckRoles(user);
    EXPECT_EQ(status.ok() ? "" : status.error().id, row.error);
    user.alone = true;
    EXPECT_TRUE(CheckRoles(user).ok());
  }
}

TEST(User, TheDigestHoldsWhatGivesPower) {
  User user{.id = {1}, .login = "a", .name = "b", .roles = 1, .password = "x"};
  std::string digest = UserDigest(user);
  auto differs = [&](auto change) {
    User other = user;
    change(other);
    return UserDigest(other) != digest;
  };
  EXPECT_TRUE(differs([](User& u) { u.roles = 2; }));
  EXPECT_TRUE(differs([](User& u) { u.unit = {2}; }));
  EXPECT_TRUE(differs([](User& u) { u.whole = true; }));
  EXPECT_TRUE(differs([](User& u) { u.password = "y"; }));
  EXPECT_TRUE(differs([](User& u) { u.closed = true; }));
  EXPECT_TRUE(differs([](User& u) { u.subject = "s"; }));
}

}  // namespace
}  // namespace zg
