#pragma once
// The public site over sockets: ready pages by address, made anew when something was released or withdrawn,
// in this process or in another one. No cookies, no sessions, no API; only GET and HEAD.

#include <memory>
#include <string_view>

#include "http/public_options.h"
#include "http/server.h"

namespace zg {
class Office;
class Publishing;
}  // namespace zg

namespace zg::http {

// `publishing` outlives it.
std::unique_ptr<Responder> MakePublicSite(Publishing& publishing, const PublicOptions& options);

// Listens as configured; nullptr where no address is. Errors as Server::Start, with `where` "[public]
// listen".
Result<std::unique_ptr<Server>> StartPublicSite(const ServerOptions& office, Office& from);

// "127.0.0.1:8081", "[::1]:8081" → address and port. kInvalid (config.value), naming the section of the
// configuration.
Status ReadListen(const std::string& listen, const std::string& section, std::string& address,
                  uint16_t& port);

extern const std::string_view kPublicHeaders;

}  // namespace zg::http
