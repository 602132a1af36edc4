#include "document/encoding.h"

#include <iconv.h>
#include <uchardet.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <memory>
#include <vector>

#include "base/text.h"

namespace zg::document {
namespace {

constexpr size_t kSample = 1 << 20;
constexpr char32_t kReplacement = 0xFFFD;

uint8_t Byte(std::string_view s, size_t i) {
  return static_cast<uint8_t>(s[i]);
}

// How the bytes read as UTF-8; a sequence cut off at the end of a sample counts for nothing.
struct Utf8Count {
  size_t good = 0;  // sequences of two bytes and more
  size_t bad = 0;
};

Utf8Count CountUtf8(std::string_view s) {
  Utf8Count n;
  for (size_t i = 0; i < s.size();) {
    uint8_t b = Byte(s, i);
    if (b < 0x80) {
      ++i;
      continue;
    }
    size_t length = b >= 0xF0 && b <= 0xF4 ? 4 : b >= 0xE0 ? 3 : b >= 0xC2 ? 2 : 0;
    if (b > 0xF4) length = 0;
    size_t k = 1;
    while (k < length && i + k < s.size() && (Byte(s, i + k) & 0xC0) == 0x80) ++k;
    if (length && k == length) {
      ++n.good;
    } else if (i + k < s.size() || !length) {
      ++n.bad;
    }
    i += std::max<size_t>(1, k);
  }
  return n;
}

bool LooksWritten(uint32_t c) {
  return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' || c == 0x0B || c == 0x0C ||
         (c >= 0xA0 && c < 0x180) || (c >= 0x2000 && c < 0x2700) || (c >= 0x3000 && c < 0x3130) || IsHan(c) ||
         (c >= 0xFF00 && c < 0xFFF0) || (c >= 0xD800 && c < 0xE000) || (c >= 0x600 && c < 0x700);
}

// Share of 16-bit units that people write.
double Utf16Score(std::string_view s, bool little) {
  size_t good = 0, units = s.size() / 2;
  for (size_t i = 0; i + 1 < s.size(); i += 2) {
    uint32_t unit = little ? Byte(s, i) | Byte(s, i + 1) << 8 : Byte(s, i) << 8 | Byte(s, i + 1);
    good += LooksWritten(unit);
  }
  return units ? static_cast<double>(good) / units : 0;
}

// Share of the two-byte characters that are everyday ones: GB 2312 level 1 with its punctuation (rows A1–A3,
// B0–D7) or Big5 level 1 with its punctuation (A1–A3, A4–C6). Impossible pairs count against it.

double EverydayShare(std::string_view s, bool gb) {
  size_t pairs = 0, everyday = 0, bad = 0;
  for (size_t i = 0; i < s.size();) {
    uint8_t a = Byte(s, i);
    if (a < 0x80) {
      ++i;
      continue;
    }
    if (i + 1 >= s.size()) break;
    uint8_t b = Byte(s, i + 1);
    if (gb && b >= 0x30 && b <= 0x39 && i + 3 < s.size()) {  // four bytes of GB18030
      i += 4;
      continue;
    }
    bool valid = b >= 0x40 && b != 0x7F && b != 0xFF && a > 0x80 && a != 0xFF;
    if (!gb) valid = valid && (b <= 0x7E || b >= 0xA1) && a >= 0xA1;
    ++pairs;
    bad += !valid;
    bool punctuation = a >= 0xA1 && a <= 0xA3;
    everyday += valid && (gb ? b >= 0xA1 && (punctuation || (a >= 0xB0 && a <= 0xD7))
                             : punctuation || (a >= 0xA4 && a <= 0xC6));
    i += valid ? 2 : 1;
  }
  if (!pairs) return 0;
  return (static_cast<double>(everyday) - 4.0 * bad) / pairs;
}

std::string Uchardet(std::string_view sample) {
  std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), uchardet_delete);
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return "";
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

EncodingGuess GuessEastAsian(std::string_view sample) {
  double gb = EverydayShare(sample, true), big5 = EverydayShare(sample, false);
  if (std::max(gb, big5) < 0.3) return {};
  bool is_big5 = big5 > gb + 0.05;
  if (sample.size() >= 200 && std::abs(gb - big5) < 0.2) {
    std::string word = Uchardet(sample.substr(0, 64 << 10));
    if (word == "BIG5" || word == "GB18030") is_big5 = word == "BIG5";
  }
  return {is_big5 ? Encoding::kBig5 : Encoding::kGb18030, 0};
}

EncodingGuess GuessByMark(std::string_view s) {
  using namespace std::string_view_literals;
  if (s.starts_with("\xEF\xBB\xBF"sv)) return {Encoding::kUtf8, 3};
  if (s.starts_with("\xFF\xFE\0\0"sv)) return {Encoding::kUtf32Le, 4};
  if (s.starts_with("\0\0\xFE\xFF"sv)) return {Encoding::kUtf32Be, 4};
  if (s.starts_with("\xFF\xFE"sv)) return {Encoding::kUtf16Le, 2};
  if (s.starts_with("\xFE\xFF"sv)) return {Encoding::kUtf16Be, 2};
  return {};
}

bool HasTooManyControls(std::string_view s) {
  size_t controls = 0;
  for (char ch : s) {
    auto c = static_cast<uint8_t>(ch);
    controls +=
        c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != 0x0B && c != 0x0C && c != 0x1A && c != 0x1B;
  }
  return controls * 100 > s.size();
}

}  // namespace

EncodingGuess GuessEncoding(std::string_view bytes) {
  if (auto guess = GuessByMark(bytes); guess.bom_size) return guess;
  std::string_view sample = bytes.substr(0, kSample);
  if (sample.find('\0') != std::string_view::npos) {
    double little = Utf16Score(sample, true), big = Utf16Score(sample, false);
    if (std::max(little, big) < 0.9) return {};
    return {little >= big ? Encoding::kUtf16Le : Encoding::kUtf16Be, 0};
  }
  if (HasTooManyControls(sample)) return {};
  if (IsUtf8(bytes)) return {Encoding::kUtf8, 0};
  Utf8Count utf8 = CountUtf8(sample);
  if (utf8.good && utf8.bad * 50 <= utf8.good) return {Encoding::kUtf8, 0};
  // A short text with one broken byte: UTF-8 where hardly anything of it reads as GB18030.
  if (utf8.good > utf8.bad * 4 && EverydayShare(sample, true) < 0.5) return {Encoding::kUtf8, 0};
  return GuessEastAsian(sample);
}

const char* EncodingName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kBinary:
      return "binary";
    case Encoding::kUtf8:
      return "UTF-8";
    case Encoding::kUtf16Le:
      return "UTF-16LE";
    case Encoding::kUtf16Be:
      return "UTF-16BE";
    case Encoding::kUtf32Le:
      return "UTF-32LE";
    case Encoding::kUtf32Be:
      return "UTF-32BE";
    case Encoding::kGb18030:
      return "GB18030";
    case Encoding::kBig5:
      return "BIG5-HKSCS";
  }
  return "";
}

DecodedText Decode(std::string_view bytes, Encoding encoding, uint64_t max_code_points) {
  DecodedText out;
  struct Close {
    void operator()(iconv_t cd) const { iconv_close(cd); }
  };
  std::unique_ptr<std::remove_pointer_t<iconv_t>, Close> cd(iconv_open("UTF-32LE", EncodingName(encoding)));
  if (cd.get() == reinterpret_cast<iconv_t>(-1)) {
    cd.release();
    return out;
  }
  std::vector<char32_t> buffer(1 << 15);
  char* in = const_cast<char*>(bytes.data());  // iconv does not write to it
  size_t in_left = bytes.size();
  out.text.reserve(std::min<uint64_t>(bytes.size() / 2, max_code_points) + 1);
  while (in_left && out.text.size() <= max_code_points) {
    char* to = reinterpret_cast<char*>(buffer.data());
    size_t to_left = buffer.size() * sizeof(char32_t);
    size_t rc = iconv(cd.get(), &in, &in_left, &to, &to_left);
    int why = errno;
    out.text.append(buffer.data(), buffer.size() - to_left / sizeof(char32_t));
    if (rc != static_cast<size_t>(-1) || why == E2BIG) continue;
    size_t unit = encoding == Encoding::kUtf16Le || encoding == Encoding::kUtf16Be ? 2 : 1;
    size_t skip = std::min(unit, in_left);
    in += skip;
    in_left -= skip;
    out.text += kReplacement;
    ++out.bad;
  }
  return out;
}

}  // namespace zg::document
