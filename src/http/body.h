#pragma once
// Reads the JSON body of a request, member by member, and refuses what no one asked for.
//   BodyReader b(request);
//   change.field = b.Text("field");
//   ZG_TRY(b.Finish());  // the first mistake, also that of the JSON itself
// Every reading gives an empty value after a mistake; only Finish tells. Errors: body.bad_json, body.missing,
// body.bad, body.unknown; `where` is the member's name. Not thread-safe; one per request. No body counts as
// {}.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace zg::http {

class BodyReader {
 public:
  explicit BodyReader(Request& request);
  ~BodyReader();

  std::string Text(const char* name, size_t max_chars = 10'000);  // required
  std::optional<std::string> TextOrNull(const char* name,
                                        size_t max_chars = 10'000);  // may be null or missing
  std::string Json(const char* name);                                // required; any value, as JSON text
  std::string JsonIfGiven(const char* name);                         // "null" where it is missing
  int64_t Id(const char* name);                                      // required
  std::optional<int64_t> IdIfGiven(const char* name);
  std::optional<int64_t> IdOrNull(const char* name);  // required, but may be null
  std::optional<int64_t> WholeIfGiven(const char* name, int64_t low, int64_t high);
  int64_t Whole(const char* name, int64_t low, int64_t high);      // required
  std::vector<int64_t> IdsIfGiven(const char* name, size_t most);  // a list; may be null or missing
  // An object inside: its members are read and finished by the reader given back; nullptr where it is
  // missing.
  std::unique_ptr<BodyReader> ObjectIfGiven(const char* name);

  // The member was read but cannot be: `hint` is what would be right, in Chinese.
  void Refuse(const char* name, const std::string& hint);
  Status Finish();

 private:
  struct State;
  explicit BodyReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace zg::http
