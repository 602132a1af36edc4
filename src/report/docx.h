#pragma once
// Word documents in official form: GB/T 9704-2012, A4, 22 lines of 28 characters, fonts by name.

#include <string>
#include <variant>
#include <vector>

#include "base/result.h"

namespace zg {

enum class DocxStyle : uint8_t {
  kTitle,    // 方正小标宋简体, 22 pt, centred
  kHeading,  // 黑体, 16 pt: 一、
  kSubhead,  // 楷体, 16 pt: （一）
  kBody,     // 仿宋, 16 pt, first line two characters in
  kPlain,    // as body, not indented
  kRight,    // signature and date: right, four characters in
};

struct DocxParagraph {
  DocxStyle style = DocxStyle::kBody;
  std::string text;  // UTF-8; characters that XML cannot hold are left out
  bool keep_with_next = false;
};

// Ruled, in 仿宋 12 pt under a head in 黑体 that repeats on each page; rows are not torn apart. A row of one
// cell spans the table.
struct DocxTable {
  std::vector<double> widths;  // mm; the type area is 156 wide
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
};
using DocxPart = std::variant<DocxParagraph, DocxTable>;

// A .docx file: margins 37/28/35/26 mm (7.1 of the standard), lines 28.95 pt apart, page numbers — 1 — at the
// foot. The same paragraphs give the same bytes. kUnavailable (export.failed).
Result<std::string> WriteDocxParts(const std::vector<DocxPart>& parts);
Result<std::string> WriteDocx(const std::vector<DocxParagraph>& paragraphs);

}  // namespace zg
