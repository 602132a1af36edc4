#pragma once
// What the handlers have in common.

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "http/message.h"
#include "http/router.h"
#include "office/actor.h"
#include "office/exports.h"
#include "office/json_text.h"

namespace zg::http {

// The office's answer as the client's: 200 (or `status`) with the JSON, or the error.
Result<Response> Answer(Result<nlohmann::json> result, int status = 200);

Result<Response> Answer(Result<JsonText> result);
// As a download under its own name.
Result<Response> Answer(Result<ExportedFile> file);

// For routes that take neither query nor body: refuses both, where given.
Status NothingElse(Request& request);

// A handler for a route that takes nothing but its path: NothingElse, then `get`, then Answer.
template <class F>
Handler Plain(F get) {
  return [get = std::move(get)](Request& request) -> Result<Response> {
    ZG_TRY(NothingElse(request));
    return Answer(get(request));
  };
}

// For what concerns every unit: only those who see the whole ledger, and administrators, get through.
// ledger.not_whole
Handler OnlyWhole(Handler handler);

// "attachment" under the name as it is, in RFC 6266's two spellings.
Header Attachment(const std::string& name);

}  // namespace zg::http
