#pragma once
// Reads the query of a request, parameter by parameter, and refuses what no one asked for.
//   QueryReader q(request);
//   filter.round = q.Id("round");
//   filter.due_from = q.Day("due_from");
//   ZG_TRY(q.Finish());  // the first mistake: an unknown name (with its neighbour), a bad id, a bad date, …
// Every reading gives nullopt or the default after a mistake; only Finish tells. Errors: parameter.unknown,
// parameter.repeated, parameter.missing, parameter.bad; `where` is the parameter's name. Not thread-safe; one
// per request.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "http/message.h"
#include "http/url.h"

namespace zg::http {

class QueryReader {
 public:
  explicit QueryReader(const Request& request);

  // An empty value ("round=") counts as not given.
  std::optional<std::string> Text(const char* name, size_t max_chars = 200);
  std::optional<int64_t> Id(const char* name);  // 1 … 2^53
  std::optional<int64_t> Whole(const char* name, int64_t low, int64_t high);
  std::optional<Date> Day(const char* name);   // 2024-12-31
  std::optional<bool> Flag(const char* name);  // true/1, false/0
  std::optional<std::string> OneOf(const char* name, const std::vector<std::string>& choices);
  // Values by comma, each one of `choices` (any where `choices` is empty): columns=problem,due.
  std::vector<std::string> ListOf(const char* name, const std::vector<std::string>& choices);
  int Limit(int standard = 50, int most = 200);  // "limit"

  // The value of `name` was read but cannot be: `hint` is what would be right, in Chinese.
  void Refuse(const char* name, const std::string& hint);
  // `name` is required and not there; said only where no other mistake explains it, such as a mistyped name.
  void Missing(const char* name, const std::string& hint);
  Status Finish();

 private:
  std::optional<std::string> Take(const char* name);

  QueryPairs pairs_;
  std::vector<bool> taken_;
  std::vector<std::string> asked_;
  std::optional<Error> error_, missing_;
};

inline constexpr int64_t kMaxId = (int64_t{1} << 53) - 1;  // what a browser can hold
// "7" → 7; only digits, no sign, 1 … kMaxId. For ids in paths too.
std::optional<int64_t> ParseId(std::string_view text);

}  // namespace zg::http
