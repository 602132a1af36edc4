#pragma once
// Findings as questions to units, as a file. Inside of office/ only.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "office/exports.h"

namespace zg {

// `findings`: as in GET /api/findings. `format`: "xlsx" or "docx".
Result<ExportedFile> QuestionsFile(const std::vector<nlohmann::json>& findings, Date day,
                                   const std::string& format);

}  // namespace zg
