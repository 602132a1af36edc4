#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

constexpr CheckRule kRules[] = {
    {"ratio", CheckRatios, nullptr},
    {"growth", CheckGrowth, nullptr},
    {"sum", CheckSums, nullptr},
    {"list_count", CheckLists, nullptr},
};

}  // namespace

std::span<const CheckRule> CheckRules() {
  return kRules;
}

}  // namespace zg::check
