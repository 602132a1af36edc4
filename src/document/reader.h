#pragma once
// The door of this room: any file becomes a Document, or one sentence says why not.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "document/document.h"

namespace zg {

// Limits on hostile input. Every reader stops at them with an error.
struct ReadLimits {
  uint64_t max_file_bytes = 200u << 20;
  uint64_t max_unpacked_bytes = 256u << 20;  // sum over an archive's members that are read
  uint64_t max_text = 20'000'000;            // code points
  int seconds = 10;                          // for the readers inside this process
  int program_seconds = 120;                 // for LibreOffice and Tesseract
};

struct ReadOptions {
  ReadLimits limits;
  bool hidden_sheets = false;     // of workbooks: read too, as if they were shown
  std::filesystem::path scratch;  // for outside programs; emptied again. Empty: the system's temporary folder
  // Called from the reading thread with 0–100 and a Chinese word for the stage; may be empty.
  std::function<void(int percent, const std::string& stage)> progress;
};

// What the bytes are, by their content and then by `name`'s extension: "txt", "docx", "xlsx", "xls", "et",
// "doc", "wps", "rtf", "odt", "ods", "pdf", "png", "jpeg", "tiff", "bmp", "html", "zip", "unknown".
std::string SniffFormat(std::string_view bytes, std::string_view name);

// Reads the bytes of a file called `name` (the name only helps where the content does not say what it is).
// Thread-safe. Errors (ids): document.unknown_format, document.broken, document.encrypted,
// document.too_large, document.empty, document.timeout, document.program_missing (kUnavailable),
// document.program_failed.
Result<Document> ReadDocument(std::string_view bytes, std::string_view name, const ReadOptions& options = {});
Result<Document> ReadDocumentFile(const std::filesystem::path& path, const ReadOptions& options = {});

}  // namespace zg
