#pragma once
// The body of a Word document, of its laid out sections. Inside of report/ only.

#include <string>
#include <string_view>
#include <vector>

#include "report/paper.h"

namespace zg::docx {

inline constexpr const char* kXmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
inline constexpr const char* kNamespaces =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

// Text of an element: escaped, and without the characters that XML 1.0 has no way to say.
void AppendEscaped(std::string& out, std::string_view utf8);

// word/document.xml. Footers are rId2 (odd pages), rId3 (even ones) and rId6 (first page of a
// letter).
std::string DocumentXml(const std::vector<paper::Section>& sections);

}  // namespace zg::docx
