#include "ledger/filter.h"

#include "base/nearest.h"

namespace zg {

std::optional<RoleFilter> ParseRoleFilter(std::string_view name) {
  if (name.empty()) return RoleFilter::kAny;
  if (name == "responsible") return RoleFilter::kResponsible;
  if (name == "lead") return RoleFilter::kLead;
  if (name == "supporting") return RoleFilter::kSupporting;
  if (name == "acceptance") return RoleFilter::kAcceptance;
  return std::nullopt;
}

Result<TaskSort> ParseTaskSort(std::string_view text) {
  TaskSort sort;
  std::string_view key = text;
  if (!key.empty() && key[0] == '-') {
    sort.descending = true;
    key.remove_prefix(1);
  }
  if (text.empty() || key == "number") return sort;
  if (key == "due") return TaskSort{TaskSort::kDue, sort.descending};
  if (key == "state") return TaskSort{TaskSort::kState, sort.descending};
  if (key == "updated") return TaskSort{TaskSort::kUpdated, sort.descending};
  const std::vector<std::string> known = {"number", "due", "state", "updated"};
  std::string near = Nearest(key, known);
  std::string hint =
      near.empty() ? "可用 number、due、state、updated，前加 - 为倒序" : "是不是“" + near + "”？";
  return Error{Code::kInvalid, "不能按“" + std::string(text) + "”排序，" + hint, "sort", "parameter.bad"};
}

}  // namespace zg
