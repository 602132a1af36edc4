#pragma once
// What keeps other web sites out: the server answers only to its own names (DNS rebinding), and takes
// changes only from its own pages (cross-site requests). Constant; any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace zg::http {

class Guard {
 public:
  // `dev_origin`: another page that may use the API while the UI is developed, e.g. http://127.0.0.1:5173; or
  // "". Precondition: it contains "//".
  // `names`: what else it is called by, with the port where that is not the scheme's own: zg.example.cn:8443.
  Guard(uint16_t port, const std::string& dev_origin, bool secure = false,
        const std::vector<std::string>& names = {});

  // http.bad_host (421): Host is missing, doubled, or none of its names.
  Status CheckHost(const Request& request) const;
  // http.bad_origin (403): a change asked for by a page of another site. Programs send no Origin and pass.
  Status CheckOrigin(const Request& request) const;

 private:
  std::vector<std::string> hosts_;
  std::vector<std::string> origins_;
};

// http.content_type (415): a JSON body must say application/json; a file must not come as a form.
Status CheckContentType(const Request& request, bool json);

// Lines for the head of every answer, each ending in CRLF.
extern const std::string_view kSecurityHeaders;

}  // namespace zg::http
