#pragma once
// A person puts a value in place of one that was read. The same fields in a draft and in the ledger.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"
#include "extract/draft.h"

namespace zg {

// The value of a field in the shape of extraction.schema.json, null where nothing is stated. Fields of an
// entry:
//   problem, goal, responsible, acceptance, deadline, status, is_task, upstream_ordinal,
//   measures[i], measures[i].text, measures[i].due, measures[i].lead, progress[i].text
// Errors: kInvalid correction.field (unknown, with its neighbour; or no such measure).
Result<nlohmann::json> FieldOf(const Entry& entry, const std::string& field);
// Of a document: title, kind, date, issuer.
Result<nlohmann::json> FieldOf(const Draft& draft, const std::string& field);

// Sets it. null takes a value away where there may be none; measures[n] for n = number of measures adds one,
// null removes one. Unit lists: names, or {name, role}. The spans stay where they were, so that the source
// can be looked at; the doubts about the field go. kInvalid: correction.field, correction.value (the sentence
// says what is expected).
Status SetField(Entry& entry, const std::string& field, const nlohmann::json& value);
Status SetField(Draft& draft, const std::string& field, const nlohmann::json& value);

}  // namespace zg
