#include "http/use.h"

#include <nlohmann/json.hpp>

#include "http/answer.h"
#include "http/body.h"
#include "http/params.h"
#include "http/url.h"
#include "ledger/user.h"

namespace zg::http {

Result<Response> Answer(Result<nlohmann::json> result, int status) {
  if (!result.ok()) return result.error();
  return JsonAnswer(*result, status);
}

Result<Response> Answer(Result<JsonText> result) {
  if (!result.ok()) return result.error();
  Response response;
  response.body = std::move(result->text);
  return response;
}

Status NothingElse(Request& request) {
  ZG_TRY(QueryReader(request).Finish());
  return BodyReader(request).Finish();
}

Handler OnlyWhole(Handler handler) {
  return [handler = std::move(handler)](Request& request) -> Result<Response> {
    if (request.actor.scope().all || (request.actor.roles & kAdministrators)) return handler(request);
    return Error{Code::kForbidden, "这件事关系到全部台账，请由看得到全部台账的整改办办理。", "",
                 "ledger.not_whole"};
  };
}

Result<Response> Answer(Result<ExportedFile> file) {
  if (!file.ok()) return file.error();
  Response response;
  response.content_type = file->content_type;
  response.headers.push_back(Attachment(file->name));
  response.body = std::move(file->bytes);
  return response;
}

Header Attachment(const std::string& name) {
  return {"Content-Disposition",
          "attachment; filename=\"download\"; filename*=UTF-8''" + PercentEncode(name)};
}

}  // namespace zg::http
