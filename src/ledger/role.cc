#include "ledger/role.h"

#include <iterator>

namespace zg {
namespace {

constexpr uint32_t Bits(std::initializer_list<Right> rights) {
  uint32_t bits = 0;
  for (Right right : rights) bits |= 1u << unsigned(right);
  return bits;
}

struct RoleRow {
  std::string_view name, title;
  uint32_t rights;
};

using enum Right;
constexpr RoleRow kTable[] = {
    {"clerk", "整改办工作人员",
     Bits({kSee, kImport, kExplain, kDispatch, kReport, kStep, kEvidence, kVerify, kPublish})},
    {"leader", "整改办负责人",
     Bits({kSee, kExplain, kDispatch, kStep, kEvidence, kRemove, kVerify, kPublish, kRelease})},
    {"reporter", "责任单位", Bits({kSee, kReport, kStep, kEvidence})},
    {"acceptor", "验收单位", Bits({kSee, kStep, kEvidence})},
    {"inspector", "督察督导人员", Bits({kSee, kExplain, kStep, kEvidence})},
    {"discipline", "纪检监察", Bits({kSee, kStep})},
    {"auditor", "审计人员", Bits({kSee, kAudit, kVerify})},
    {"reader", "查阅人员", Bits({kSee})},
    {"system_admin", "系统管理员", Bits({kPeople, kUsers, kConfigure, kVerify})},
    {"security_admin", "安全管理员", Bits({kPeople, kGrant})},
    {"audit_admin", "审计管理员", Bits({kAudit, kVerify})},
};
static_assert(std::size(kTable) == kRoles);

constexpr std::string_view kRightNames[] = {
    "public", "signed_in", "see",    "import", "explain", "dispatch", "report", "step",    "evidence",
    "remove", "configure", "people", "users",  "grant",   "audit",    "verify", "publish", "release"};
static_assert(std::size(kRightNames) == kRights);

}  // namespace

std::string_view RoleName(Role role) {
  return kTable[size_t(role)].name;
}
std::string_view RoleTitle(Role role) {
  return kTable[size_t(role)].title;
}
std::optional<Role> ParseRole(std::string_view name) {
  for (size_t i = 0; i < std::size(kTable); ++i)
    if (kTable[i].name == name) return Role(i);
  return std::nullopt;
}
std::string_view RightName(Right right) {
  return kRightNames[size_t(right)];
}

bool Grants(RoleSet roles, Right right) {
  if (right == kPublic || right == kSignedIn) return true;
  uint32_t bit = 1u << unsigned(right);
  for (size_t i = 0; i < std::size(kTable); ++i)
    if ((roles >> i & 1) && (kTable[i].rights & bit)) return true;
  return false;
}

}  // namespace zg
