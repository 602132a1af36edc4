#pragma once
// Draft to and from JSON. DraftToJson is the contract (extraction.schema.json); it also carries what the
// contract leaves open (extra members), so that DraftFromJson(DraftToJson(d)) gives the same draft.

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "extract/draft.h"

namespace zg {

nlohmann::json DraftToJson(const Draft& draft);
nlohmann::json EntryToJson(const Entry& entry);
// kInvalid (extract.bad_json) where members are missing or of another type; `where` is the JSON path.
Result<Draft> DraftFromJson(const nlohmann::json& json);
Result<Entry> EntryFromJson(const nlohmann::json& json);

}  // namespace zg
