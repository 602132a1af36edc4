#pragma once
// JSON written as it goes, for pages of many lines: a tree of values costs ten times what the text of them
// does (docs/performance.md). Where there are few values, nlohmann::json is the one to use.
//
//   JsonWriter w;
//   w.Object().Put("id", 7).Put("name", name).Key("cells").Array();
//   for (…) w.Object().Put(…).End();
//   std::string text = w.End().End().Take();

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace zg {

// Who calls it sees to it that what is opened is ended and that each value of an object has its key.
class JsonWriter {
 public:
  JsonWriter& Object() { return Open('{', '}'); }
  JsonWriter& Array() { return Open('[', ']'); }
  JsonWriter& End();
  JsonWriter& Key(std::string_view key);

  JsonWriter& Value(std::nullptr_t) { return Raw("null"); }
  JsonWriter& Value(bool value) { return Raw(value ? "true" : "false"); }
  template <class T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>, int> = 0>
  JsonWriter& Value(T value) {
    return Number(int64_t(value));
  }
  // What is no UTF-8 becomes U+FFFD.
  JsonWriter& Value(std::string_view text);
  JsonWriter& Value(const char* text) { return Value(std::string_view(text)); }
  JsonWriter& Value(const std::string& text) { return Value(std::string_view(text)); }
  template <class T>
  JsonWriter& Value(const std::optional<T>& value) {
    return value ? Value(*value) : Value(nullptr);
  }
  // JSON text as it is; not looked at.
  JsonWriter& Raw(std::string_view json);

  template <class T>
  JsonWriter& Put(std::string_view key, const T& value) {
    return Key(key).Value(value);
  }
  JsonWriter& PutRaw(std::string_view key, std::string_view json) { return Key(key).Raw(json); }

  std::string Take() { return std::move(text_); }

 private:
  JsonWriter& Open(char begin, char end);
  JsonWriter& Number(int64_t value);
  void Separate();  // a comma, where a value or key stands before
  void Quote(std::string_view text);

  std::string text_, ends_;
};

// The values of those members of an object, as they stand in the text; "null" where there is none. `object`
// is JSON text that was written by a library, without blanks; not checked. Keys must be plain ASCII.
void MembersOf(std::string_view object,
               std::initializer_list<std::pair<std::string_view, std::string_view*>> into);
// Whether that is one JSON value (RFC 8259), in UTF-8, no more than 256 arrays and objects deep. Linear, and
// several times as fast as a library that is made to read it.
bool IsJson(std::string_view text);
// A string as it stands in such text, its first n characters with … behind them where there are more.
std::string ShortenedRaw(std::string_view quoted, size_t n);

}  // namespace zg
