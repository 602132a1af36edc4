#pragma once
// Who may do what: roles that a user has, and the rights that each role brings. Pure data; constant.
//
// The three administrators are apart from each other (三员分立, GB/T 22239-2019 8.1.5): none of them works on
// tasks, the system's keeps users and settings, the security one grants roles and unlocks, the audit one
// reads what everybody did.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace zg {

enum class Role : uint8_t {
  kClerk,          // 整改办工作人员
  kLeader,         // 整改办负责人
  kReporter,       // 责任单位
  kAcceptor,       // 验收单位
  kInspector,      // 督察督导人员
  kDiscipline,     // 纪检监察
  kAuditor,        // 审计人员
  kReader,         // 查阅人员
  kSystemAdmin,    // 系统管理员
  kSecurityAdmin,  // 安全管理员
  kAuditAdmin,     // 审计管理员
};
inline constexpr int kRoles = 11;

std::string_view RoleName(Role role);   // "clerk", …, as in the API
std::string_view RoleTitle(Role role);  // 整改办工作人员, …, as people read it
std::optional<Role> ParseRole(std::string_view name);

// What a route or a use case asks for. What of it a user sees follows from the unit (ledger/unit.h).
enum class Right : uint8_t {
  kPublic,     // no sign-in: health, the description, signing in
  kSignedIn,   // anybody who is signed in: own profile, signing out
  kSee,        // tasks, documents, search, findings
  kImport,     // documents into the ledger, corrections, links, units' names
  kExplain,    // findings of the checks
  kDispatch,   // open periods, accept and return reports, break tasks down
  kReport,     // answer for one's unit
  kStep,       // take steps of a workflow; the workflow says which
  kEvidence,   // add files to the ledger of evidence
  kRemove,     // decide as one of two that evidence is removed
  kConfigure,  // workflows, calendar, settings
  kPeople,     // see who the users are
  kUsers,      // make and close users, put units under each other
  kGrant,      // roles, unlocking, password resets
  kAudit,      // the audit log
  kVerify,     // prove the ledger
  kPublish,    // prepare what is to be published
  kRelease,    // release and withdraw it, as the second of two
};
inline constexpr int kRights = 18;

std::string_view RightName(Right right);  // "see", …

// Roles as bits: 1 << Role.
using RoleSet = uint32_t;
constexpr RoleSet RoleBit(Role role) {
  return 1u << unsigned(role);
}
inline constexpr RoleSet kEveryRole = (1u << kRoles) - 1;

bool Grants(RoleSet roles, Right right);  // kPublic: always; kSignedIn: any role or none

}  // namespace zg
