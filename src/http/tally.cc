#include "http/tally.h"

#include <algorithm>

namespace zg::http {

measure::Labels Tally::LabelsOf(Method method, const Route* route) const {
  std::string pattern = !route ? "none" : route->pattern.empty() ? "any" : route->pattern;
  return {{"server", server_}, {"method", std::string(MethodName(method))}, {"route", pattern}};
}

void Tally::Answered(Method method, const Route* route, int status, std::chrono::nanoseconds took) {
  Counters& counters = route ? counters_[route] : without_route_[size_t(method)];
  size_t kind = size_t(std::clamp(status / 100, 1, 5));
  if (!counters.seconds)
    counters.seconds = &measure::HistogramOf(
        "zhenggai_http_request_seconds",
        "Time from a request's head to the end of its answer being made; by the route's pattern.",
        LabelsOf(method, route), measure::RequestBounds(), measure::kNanoseconds);
  if (!counters.by_class[kind]) {
    measure::Labels labels = LabelsOf(method, route);
    labels["status"] = std::to_string(kind) + "xx";
    counters.by_class[kind] =
        &measure::CounterOf("zhenggai_http_requests_total", "Requests answered.", labels);
  }
  counters.by_class[kind]->Add();
  counters.seconds->Observe(took);
}

}  // namespace zg::http
