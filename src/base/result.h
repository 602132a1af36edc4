#pragma once
// Result<T> holds a value or an Error. Callers branch on the code; people read the message.

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace zg {

enum class Code {
  kNotFound,     // there is no such thing
  kAmbiguous,    // there are several and nothing says which
  kInvalid,      // the input is at fault
  kForbidden,    // the caller may not
  kConflict,     // somebody else changed it, or it is there already
  kUnavailable,  // a program, a disk or a server that is needed is not there
};

// "not_found", "ambiguous", …: what the API prints before the dot of its own codes.
std::string_view CodeName(Code code);

struct Error {
  Code code = Code::kInvalid;
  std::string message;  // one Chinese sentence: what is wrong and what to do next
  std::string where;    // file, page, task, line; may be empty
  std::string id;       // dotted and stable for programs, e.g. "document.encrypted"; may be empty
  std::string cause;    // for the log only: SQL, errno, library text
  std::string current;  // kConflict: what it is now, as JSON; may be empty
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT
  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  // Precondition of the four below: ok().
  T& value() & { return assert(ok()), std::get<0>(state_); }
  const T& value() const& { return assert(ok()), std::get<0>(state_); }
  T&& value() && { return assert(ok()), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  // Precondition: !ok().
  const Error& error() const { return assert(!ok()), std::get<1>(state_); }
  Error& error() { return assert(!ok()), std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT
  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const { return assert(error_), *error_; }
  Error& error() { return assert(error_), *error_; }

 private:
  std::optional<Error> error_;
};
using Status = Result<void>;

}  // namespace zg

#define ZG_CONCAT_(a, b) a##b
#define ZG_CONCAT(a, b) ZG_CONCAT_(a, b)
// ZG_TRY(expr): returns the error of a Status. ZG_ASSIGN(auto x, expr): takes the value or returns the error.
#define ZG_TRY(expr)                                                           \
  do {                                                                         \
    if (auto zg_status_ = (expr); !zg_status_.ok()) return zg_status_.error(); \
  } while (0)
#define ZG_ASSIGN(lhs, expr) ZG_ASSIGN_(ZG_CONCAT(zg_result_, __LINE__), lhs, expr)
#define ZG_ASSIGN_(tmp, lhs, expr)   \
  auto tmp = (expr);                 \
  if (!tmp.ok()) return tmp.error(); \
  lhs = std::move(tmp).value()
