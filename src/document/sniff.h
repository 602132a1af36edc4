#pragma once
// Why a file of a known kind cannot be read although SniffFormat knows it: passwords, slides, OFD.

#include <optional>
#include <string_view>

#include "base/result.h"

namespace zg::document {

// The error for bytes whose content says so at first sight; nullopt where reading may be tried. Looks into
// compound files and zip archives.
std::optional<Error> RefusedAtSight(std::string_view bytes, std::string_view name);

}  // namespace zg::document
