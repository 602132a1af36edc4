#pragma once
// In which encoding a text file is written: found out from its bytes, never asked.

#include <cstdint>
#include <string>
#include <string_view>

namespace zg::document {

enum class Encoding : uint8_t { kBinary, kUtf8, kUtf16Le, kUtf16Be, kUtf32Le, kUtf32Be, kGb18030, kBig5 };

struct EncodingGuess {
  Encoding encoding = Encoding::kBinary;  // kBinary: no text that people wrote
  size_t bom_size = 0;                    // bytes to skip
};

// Order: byte order mark, null-byte statistics (UTF-16 without mark), UTF-8 (a few broken bytes are
// forgiven), then GB18030 against Big5 by which reading gives common characters, with uchardet's word for
// long texts. Looks at 1 MB at most, but for the strict test of UTF-8.
EncodingGuess GuessEncoding(std::string_view bytes);

struct DecodedText {
  std::u32string text;  // bytes that mean nothing are U+FFFD; stops after max_code_points + 1
  uint64_t bad = 0;     // how many of those
};

// `bytes` without the byte order mark.
DecodedText Decode(std::string_view bytes, Encoding encoding, uint64_t max_code_points);

// "GB18030", "UTF-16LE", …: iconv's names.
const char* EncodingName(Encoding encoding);

}  // namespace zg::document
