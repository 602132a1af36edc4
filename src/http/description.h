#pragma once
// The API's description: the parts under src/http/openapi/, one a subject, put together.

#include <string_view>

namespace zg::http {

// ledger.json carries the head; every other part adds "paths" and "components". Made at the first call; lives
// for ever. Any thread.
std::string_view OpenApiJson();

}  // namespace zg::http
