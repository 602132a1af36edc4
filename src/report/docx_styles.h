#pragma once
// Styles, fonts, settings and footers of a Word document in official form. Inside of report/ only.

#include <string>

#include "report/paper.h"

namespace zg::docx {

// "ZgTitle"; beside these there are ZgTable, ZgTableHead, ZgSmall and ZgFooter.
const char* StyleId(paper::Style style);
std::string StylesXml();
std::string FontTableXml();
std::string SettingsXml();         // odd and even pages differ
std::string FooterXml(bool even);  // — 1 —
std::string LetterFooterXml();     // of a letter's first page: a red double line

}  // namespace zg::docx
