#pragma once
// Which handler answers which method and path. Constant after it was filled; then any thread may ask it.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "ledger/role.h"

namespace zg::http {

// Runs on a worker thread, the request whole. May be called by several threads at once.
using Handler = std::function<Result<Response>(Request&)>;

enum class BodyKind : uint8_t {
  kNone,  // GET, DELETE: a body is refused
  kJson,  // up to 1 MB of application/json; none counts as {}
  kPart,  // raw bytes of a part of a file, up to 8 MB
  kFile,  // raw bytes of a file, spooled, up to ServerOptions::max_upload_bytes
};

struct Route {
  Method method;
  std::string pattern;  // "/api/tasks/{id}/links": {id} is a whole number > 0
  Right right;          // what the caller must have, checked before the handler runs
  BodyKind body;
  Handler handler;
};

class Router {
 public:
  void Get(std::string pattern, Right right, Handler handler);
  void Delete(std::string pattern, Right right, Handler handler);
  void Post(std::string pattern, Right right, Handler handler, BodyKind body = BodyKind::kJson);
  void Patch(std::string pattern, Right right, Handler handler, BodyKind body = BodyKind::kJson);

  struct Match {
    const Route* route;
    std::vector<int64_t> ids;
  };
  // Errors: http.no_such_path (names the nearest), http.method (`where`: the methods that the path has, as in
  // the Allow header), parameter.bad (an id that is none; `where` = "id").
  Result<Match> Find(Method method, std::string_view path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  void Add(Method method, std::string pattern, Right right, BodyKind body, Handler handler);
  Error NoSuchPath(std::string_view path) const;
  std::vector<Route> routes_;
};

}  // namespace zg::http
