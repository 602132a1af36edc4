// POST /api/verify   proves that nothing was altered; takes a while on a large ledger
#include <atomic>
#include <memory>
#include <nlohmann/json.hpp>

#include "http/routes.h"
#include "http/use.h"
#include "office/keeping.h"
#include "office/office.h"

namespace zg::http {
namespace {

// One at a time: it reads everything, and must not take all the workers.
Result<nlohmann::json> Verify(Keeping& keeping, std::atomic_flag& running) {
  if (running.test_and_set())
    return Error{Code::kConflict, "核验正在进行，请等它结束再试。", "", "verify.running"};
  auto result = keeping.Verify();
  running.clear();
  return result;
}

}  // namespace

void BindVerify(Router& r, Office& office) {
  auto running = std::make_shared<std::atomic_flag>();
  r.Post("/api/verify", Right::kVerify,
         OnlyWhole(Plain(
             [&keeping = office.keeping(), running](const Request&) { return Verify(keeping, *running); })));
}

}  // namespace zg::http
