#pragma once
// Evidence as the API tells it. Inside of office/ only.

#include <nlohmann/json.hpp>

#include "office/core.h"
#include "store/evidence.h"

namespace zg {

nlohmann::json EvidenceJson(store::Session& session, const EvidencePlan& plan, const Evidence& evidence);
// The piece, where the actor may see it; evidence.not_found.
Result<Evidence> SeenEvidence(store::Session& session, EvidenceId id, const Actor& actor);
Error NoSuchTask();

}  // namespace zg
