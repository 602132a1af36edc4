#pragma once
// The result as check.schema.json has it.

#include <nlohmann/json_fwd.hpp>

#include "check/finding.h"

namespace zg {

nlohmann::json CheckResultToJson(const CheckResult& result);
nlohmann::json CheckFindingToJson(const CheckFinding& finding);
nlohmann::json CheckRelationToJson(const CheckRelation& relation);

}  // namespace zg
