#pragma once
// LibreOffice as a converter of the formats that this program does not read itself.

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "document/budget.h"

namespace zg::document {

// Converts the bytes of a file in `format` (doc, wps, rtf, odt, xls, et, ods) to "docx" or "xlsx", or of a
// "docx" to "pdf", and gives the bytes of the result. For PDF, fonts of official documents that the machine
// lacks are taken from the nearest ones it has. Each call has its own profile in its own scratch folder, so
// that calls may run side by side. Errors: program_missing, program_failed, timeout.
Result<std::string> ConvertWithOffice(std::string_view bytes, const std::string& format,
                                      const std::string& to, const std::filesystem::path& scratch,
                                      const ReadLimits& limits);

}  // namespace zg::document
