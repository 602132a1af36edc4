#pragma once
// Counts the requests of one server for /metrics. On its socket thread alone, so that finding the counters of
// a route takes no lock.

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "http/message.h"
#include "http/router.h"
#include "measure/metrics.h"

namespace zg::http {

class Tally {
 public:
  explicit Tally(std::string server) : server_(std::move(server)) {}
  // `route` null: what is answered without one, files of the UI and refusals. Never the path itself: there
  // are as many of them as somebody likes to ask for.
  void Answered(Method method, const Route* route, int status, std::chrono::nanoseconds took);

  measure::Gauge& connections() { return connections_; }
  measure::Gauge& in_flight() { return in_flight_; }

 private:
  struct Counters {
    measure::Counter* by_class[6] = {};  // 1xx … 5xx
    measure::Histogram* seconds = nullptr;
  };
  measure::Labels LabelsOf(Method method, const Route* route) const;

  const std::string server_;
  std::unordered_map<const Route*, Counters> counters_;
  Counters without_route_[5];  // by method
  measure::Gauge& connections_ =
      measure::GaugeOf("zhenggai_http_connections", "Open connections.", {{"server", server_}});
  measure::Gauge& in_flight_ = measure::GaugeOf("zhenggai_http_requests_in_flight",
                                                "Requests that are being answered.", {{"server", server_}});
};

}  // namespace zg::http
