#pragma once
// What those who watch over the server ask for, on a listener of its own: /metrics, /livez, /readyz. Without
// sign-in: it listens on this machine or in a closed network only.

#include <memory>

#include "http/readiness.h"
#include "http/server.h"

namespace zg::http {

// `office` outlives it.
std::unique_ptr<Responder> MakeMetricsSite(Office& office, std::shared_ptr<Readiness> readiness);

// null where options.metrics_address is empty. Errors: as Server::Start.
Result<std::unique_ptr<Server>> StartMetricsSite(const ServerOptions& options, Office& office,
                                                 std::shared_ptr<Readiness> readiness);

}  // namespace zg::http
