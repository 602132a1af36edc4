#pragma once
// The office's own template of a kind, where there is one. Inside of office/ only.

#include <string>

#include "base/result.h"
#include "office/core.h"
#include "report/template.h"

namespace zg {

// The Word document in use; empty: the words built in are. Opens a reading of the store of its own.
Result<std::string> OwnTemplate(const OfficeCore& core, const std::string& kind);
// The Word document of a paper: the office's own template filled in, else the paper as composed.
Result<std::string> DocxOf(const OfficeCore& core, const std::string& kind, const paper::Paper& paper,
                           paper::TemplateData data);

}  // namespace zg
