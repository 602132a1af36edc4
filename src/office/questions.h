#pragma once
// Findings as questions to units, as a file. Inside of office/ only.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "office/exports.h"

namespace zg {

struct OfficeCore;

// `findings`: as in GET /api/findings. `format`: "xlsx" or "docx".
// `only`: everything is asked of this unit; empty: each finding of each of its units.
Result<ExportedFile> QuestionsFile(const OfficeCore& core, const std::vector<nlohmann::json>& findings,
                                   const std::string& only, Date day, const std::string& format);

}  // namespace zg
