#pragma once
// An Office Open XML package: parts and the relationships between them. Targets outside the package are
// ignored.

#include <map>
#include <string>
#include <string_view>

#include "document/archive.h"

namespace zg::document {

struct Relationship {
  std::string type;    // last part of the type's address, e.g. "styles": the same for strict and transitional
  std::string target;  // name of a part, without a leading slash; never leaves the package
};

// By id. Empty where the part has no relationships. `part` "" asks for those of the package.
Result<std::map<std::string, Relationship>> Relationships(const Archive& archive, const std::string& part,
                                                          Budget& budget);
// Target of the first relationship of this type, or "".
std::string TargetOfType(const std::map<std::string, Relationship>& all, std::string_view type);
// The part where the document itself stands (word/document.xml, xl/workbook.xml); "" where nothing says so.
std::string MainPart(const Archive& archive, Budget& budget);

}  // namespace zg::document
