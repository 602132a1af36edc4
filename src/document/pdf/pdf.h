#pragma once
// PDF files and pictures, through poppler's programs and Tesseract.

#include "base/result.h"
#include "document/budget.h"
#include "document/document.h"

namespace zg::document {

// Page headers, footers and page numbers are left out, hard wraps joined, ruled tables are cells; a table
// that goes on over the page is one table. Pages without a text layer are read by Tesseract (Document::ocr,
// with a note that names them).
Result<Document> ReadPdf(std::string_view bytes, Budget& budget, const ReadOptions& options);

// `format`: png, jpeg, tiff, bmp. Always Document::ocr.
Result<Document> ReadPicture(std::string_view bytes, const std::string& format, Budget& budget,
                             const ReadOptions& options);

}  // namespace zg::document
