#pragma once
// A Word document as pictures of its pages. Inside of office/ only.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"

namespace zg {

// {pages: [PNG as base64], more}: the first pages as they are printed, at most ten. kUnavailable
// (document.program_missing) where LibreOffice or poppler is not there.
Result<nlohmann::json> PagePictures(const std::string& docx);

}  // namespace zg
