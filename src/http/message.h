#pragma once
// A request and its answer as handlers see them: plain values, no sockets, no Beast.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/spool.h"
#include "office/actor.h"
#include "vault/blob_store.h"

namespace zg::http {

enum class Method : uint8_t { kGet, kPost, kPatch, kDelete, kOther };
std::string_view MethodName(Method method);  // "GET", …; kOther: "OTHER"

struct Header {
  std::string name;  // lower case in requests, as it should stand on the wire in answers
  std::string value;
};

// The part that is known before the body is read.
struct Request {
  Method method = Method::kGet;
  bool head = false;            // HEAD: answered as GET, without the body
  std::string target;           // as it came: /api/tasks?state=open
  std::string path;             // percent-decoded UTF-8: /api/tasks
  std::string query;            // not decoded: state=open
  std::vector<Header> headers;  // names in lower case, in the order they came
  std::vector<int64_t> ids;     // what {id} in the route's path stood for, in order
  std::string id;               // the request id: in the answer, in the log
  std::string address;          // where it comes from, without the port
  bool secure = false;          // over TLS
  Actor actor;                  // who asks; set before a handler sees the request
  Spool body;                   // whole, before a handler sees the request

  // The value of the first header called `name` (lower case); "" where there is none.
  std::string_view Find(std::string_view name) const;
  int Count(std::string_view name) const;
};

// A stretch of a file, sent in pieces: only a small part of it is in memory at a time.
struct FileBody {
  std::shared_ptr<const BlobReader> bytes;
  uint64_t offset = 0, length = 0;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::string_view fixed;  // used instead of `body` when not empty; outlives the server (embedded files)
  std::optional<FileBody> file;  // used instead of both where it is given
  std::vector<Header> headers;   // beside those that every answer carries
  bool close = false;            // close the connection after it

  uint64_t length() const { return file ? file->length : bytes().size(); }
  std::string_view bytes() const { return fixed.empty() ? std::string_view(body) : fixed; }
};

}  // namespace zg::http
