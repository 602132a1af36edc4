#include "base/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace zg {
namespace {

constexpr std::string_view kBroken = "\xEF\xBF\xBD";  // U+FFFD

// How many bytes from `at` are one character beyond ASCII (RFC 3629, section 4); 0: none.
size_t Sequence(std::string_view text, size_t at) {
  auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  auto follows = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  unsigned first = byte(at), second = byte(at + 1);
  if (first >= 0xC2 && first <= 0xDF) return follows(at + 1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    bool good = follows(at + 1) && follows(at + 2) && !(first == 0xE0 && second < 0xA0) &&
                !(first == 0xED && second > 0x9F);
    return good ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    bool good = follows(at + 1) && follows(at + 2) && follows(at + 3) && !(first == 0xF0 && second < 0x90) &&
                !(first == 0xF4 && second > 0x8F);
    return good ? 4 : 0;
  }
  return 0;
}

void Escape(std::string& out, char c) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[(c >> 4) & 15];
      out += kHex[c & 15];
  }
}

}  // namespace

namespace {

// Behind the string that begins at `at`.
size_t PastString(std::string_view text, size_t at) {
  while (true) {
    size_t end = text.find('"', at + 1), slashes = 0;
    if (end == text.npos) return text.size();
    while (text[end - 1 - slashes] == '\\') ++slashes;
    if (slashes % 2 == 0) return end + 1;
    at = end;
  }
}

// Behind the value that begins at `at`.
size_t PastValue(std::string_view text, size_t at) {
  int depth = 0;
  while (at < text.size()) {
    char c = text[at];
    if (c == '"') {
      at = PastString(text, at);
    } else if (c == '{' || c == '[') {
      ++depth, ++at;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;
      --depth, ++at;
    } else if (c == ',' && depth == 0) {
      return at;
    } else {
      ++at;
      continue;
    }
    if (depth == 0) return at;
  }
  return at;
}

}  // namespace

namespace {

// Goes through JSON text once; every step says whether what it expects stands there.
class JsonCheck {
 public:
  explicit JsonCheck(std::string_view text) : text_(text) {}
  bool All() {
    if (!Value()) return false;
    while (depth_ > 0)
      if (!More()) return false;
    Blanks();
    return at_ == text_.size();
  }

 private:
  static constexpr size_t kDeepest = 256;

  char Now() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void Blanks() {
    while (at_ < text_.size() && (Now() == ' ' || Now() == '\n' || Now() == '\t' || Now() == '\r')) ++at_;
  }
  bool Word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  bool Digits() {
    size_t from = at_;
    while (Now() >= '0' && Now() <= '9') ++at_;
    return at_ > from;
  }
  bool Number() {
    Take('-');
    if (!Take('0') && !Digits()) return false;
    if (Take('.') && !Digits()) return false;
    if (!Take('e') && !Take('E')) return true;
    if (!Take('+')) Take('-');
    return Digits();
  }
  bool Escaped() {
    char c = Now();
    ++at_;
    if (c != 'u') return c != '\0' && std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    uint32_t unit = 0;
    if (!Hex(unit)) return false;
    if (unit >= 0xDC00 && unit <= 0xDFFF) return false;
    if (unit < 0xD800 || unit > 0xDBFF) return true;
    return Take('\\') && Take('u') && Hex(unit) && unit >= 0xDC00 && unit <= 0xDFFF;
  }
  bool Hex(uint32_t& unit) {
    unit = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      char c = Now(), lower = char(c | 0x20);
      bool digit = c >= '0' && c <= '9';
      if (!digit && (lower < 'a' || lower > 'f')) return false;
      unit = unit << 4 | uint32_t(digit ? c - '0' : lower - 'a' + 10);
    }
    return true;
  }
  bool String() {
    if (!Take('"')) return false;
    while (at_ < text_.size()) {
      auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '"') return Take('"');
      if (c < 0x20) return false;
      if (c == '\\') {
        ++at_;
        if (!Escaped()) return false;
      } else {
        size_t n = c < 0x80 ? 1 : Sequence(text_, at_);
        if (n == 0) return false;
        at_ += n;
      }
    }
    return false;
  }
  // A value, or the beginning of an array or object that is not empty up to its first value's end.
  bool Value() {
    while (true) {
      Blanks();
      char c = Now();
      if (c == '"') return String();
      if (c == 't') return Word("true");
      if (c == 'f') return Word("false");
      if (c == 'n') return Word("null");
      if (c != '{' && c != '[') return Number();
      ++at_;
      char end = c == '{' ? '}' : ']';
      Blanks();
      if (Take(end)) return true;
      if (depth_ == kDeepest) return false;
      ends_[depth_++] = end;
      if (end == '}' && !Name()) return false;
    }
  }
  bool Name() {
    Blanks();
    if (!String()) return false;
    Blanks();
    return Take(':');
  }
  // What follows a value in an array or object.
  bool More() {
    Blanks();
    char end = ends_[depth_ - 1];
    if (Take(end)) {
      --depth_;
      return true;
    }
    return Take(',') && (end == ']' || Name()) && Value();
  }

  std::string_view text_;
  size_t at_ = 0, depth_ = 0;
  char ends_[kDeepest];
};

}  // namespace

bool IsJson(std::string_view text) {
  return JsonCheck(text).All();
}

void MembersOf(std::string_view object,
               std::initializer_list<std::pair<std::string_view, std::string_view*>> into) {
  size_t left = into.size();
  for (const auto& [key, value] : into) *value = "null";
  for (size_t at = 1; left > 0 && at < object.size() && object[at] == '"';) {
    size_t named = PastString(object, at), end = PastValue(object, named + 1);
    if (named >= object.size()) return;
    std::string_view name = object.substr(at + 1, named - at - 2);
    for (const auto& [key, value] : into)
      if (key == name) *value = object.substr(named + 1, end - named - 1), --left;
    at = end + 1;
  }
}

std::string ShortenedRaw(std::string_view quoted, size_t n) {
  size_t characters = 0;
  for (size_t at = 1; at + 1 < quoted.size(); ++at) {
    if ((static_cast<unsigned char>(quoted[at]) & 0xC0) == 0x80) continue;
    if (characters++ == n) return std::string(quoted.substr(0, at)) + "…\"";
    if (quoted[at] == '\\') at += quoted[at + 1] == 'u' ? 5 : 1;
  }
  return std::string(quoted);
}

namespace {

constexpr uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;

// Which of the eight bytes are zero: their highest bits.
constexpr uint64_t Zeros(uint64_t bytes) {
  return (bytes - kOnes) & ~bytes & kHighs;
}

// How many bytes from `at` stand as they are, looked at eight at a time: ASCII without signs that are
// escaped.
size_t PlainRun(std::string_view text, size_t at) {
  size_t from = at;
  for (uint64_t bytes; at + sizeof bytes <= text.size(); at += sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    uint64_t control = (bytes - kOnes * 0x20) & ~bytes & kHighs;
    if ((bytes & kHighs) | control | Zeros(bytes ^ (kOnes * '"')) | Zeros(bytes ^ (kOnes * '\\'))) break;
  }
  return at - from;
}

// Three bytes from `at` are a character of the usual kind, most Chinese ones among them; Sequence knows all.
bool IsUsual(std::string_view text, size_t at) {
  if (at + 2 >= text.size()) return false;
  auto first = static_cast<unsigned char>(text[at]);
  return first >= 0xE1 && first <= 0xEC && (text[at + 1] & 0xC0) == 0x80 && (text[at + 2] & 0xC0) == 0x80;
}

}  // namespace

void JsonWriter::Quote(std::string_view text) {
  text_ += '"';
  size_t done = 0, at = PlainRun(text, 0);
  auto flush = [&] { text_.append(text.substr(done, at - done)); };
  while (at < text.size()) {
    auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x80) {
      if (IsUsual(text, at)) {
        at += 3;
        continue;
      }
      if (size_t n = Sequence(text, at)) {
        at += n;
        continue;
      }
      flush();
      text_ += kBroken;
      done = ++at;
    } else if (c < 0x20 || c == '"' || c == '\\') {
      flush();
      Escape(text_, char(c));
      done = ++at;
    } else {
      at += std::max<size_t>(PlainRun(text, at), 1);
    }
  }
  flush();
  text_ += '"';
}

// Every value ends in a sign that is none of these.
void JsonWriter::Separate() {
  if (text_.empty()) return;
  char last = text_.back();
  if (last != '{' && last != '[' && last != ':') text_ += ',';
}

JsonWriter& JsonWriter::Open(char begin, char end) {
  Separate();
  text_ += begin;
  ends_ += end;
  return *this;
}

JsonWriter& JsonWriter::End() {
  text_ += ends_.back();
  ends_.pop_back();
  return *this;
}

JsonWriter& JsonWriter::Key(std::string_view key) {
  Separate();
  Quote(key);
  text_ += ':';
  return *this;
}

JsonWriter& JsonWriter::Value(std::string_view text) {
  Separate();
  Quote(text);
  return *this;
}

JsonWriter& JsonWriter::Raw(std::string_view json) {
  Separate();
  text_ += json;
  return *this;
}

JsonWriter& JsonWriter::Number(int64_t value) {
  Separate();
  char digits[24];
  auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
  text_.append(digits, end);
  return *this;
}

}  // namespace zg
