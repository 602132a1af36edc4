#pragma once
// Evidence as the API tells it. Inside of office/ only.

#include <unordered_map>

#include "office/core.h"
#include "store/evidence.h"
#include "store/tasks.h"

namespace zg {

class JsonWriter;

// What pieces of evidence point to, read for all of them together.
struct EvidenceNames {
  EvidenceNames(store::Session& session, const std::vector<Evidence>& pieces);
  std::unordered_map<UnitId, std::string> units;
  std::unordered_map<TaskId, store::TaskName> tasks;
};
// One object.
void WriteEvidence(JsonWriter& writer, const EvidencePlan& plan, const Evidence& evidence,
                   const EvidenceNames& names);
// The piece, where the actor may see it; evidence.not_found.
Result<Evidence> SeenEvidence(store::Session& session, EvidenceId id, const Actor& actor);
Error NoSuchTask();

}  // namespace zg
