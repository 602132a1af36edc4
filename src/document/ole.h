#pragma once
// The old compound files of Office (doc, xls, wps, et) and the shell around encrypted docx and xlsx: only
// what tells them apart is read; LibreOffice does the rest.

#include <cstdint>
#include <string>
#include <string_view>

namespace zg::document {

enum class OleContent : uint8_t { kUnknown, kWord, kSheet, kSlides, kEncryptedPackage };

struct OleInfo {
  OleContent content = OleContent::kUnknown;
  bool encrypted = false;  // a password is needed to open it
};

// True where the bytes begin like a compound file.
bool IsOle(std::string_view bytes);
// Names in the directory decide. Broken files give kUnknown. Bounded: 4,096 sectors are looked at.
OleInfo InspectOle(std::string_view bytes);

}  // namespace zg::document
