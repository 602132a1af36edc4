#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

constexpr CheckRule kRules[] = {
    {"ratio", CheckRatios, nullptr},
    {"growth", CheckGrowth, nullptr},
    {"sum", CheckSums, nullptr},
    {"item_sum", CheckItemSums, nullptr},
    {"difference", CheckDifferences, nullptr},
    {"list_count", CheckLists, nullptr},
    {"task_count", CheckTaskCounts, nullptr},
    {"dates", CheckDates, nullptr},
    {"no_result", CheckNoResult, nullptr},
    {"missing_figure", CheckMissingFigures, nullptr},
    {"contradiction", CheckOwnContradictions, CheckContradictions},
    {"cascade", nullptr, CheckCascade},
    {"rebound", nullptr, CheckRebounds},
    {"copied_text", nullptr, CheckCopiedText},
};

}  // namespace

std::span<const CheckRule> CheckRules() {
  return kRules;
}

}  // namespace zg::check
