// Periods and reports through the API; every answer is held against openapi.json.
#include "http/dispatch_use.h"

namespace zg::http::test {
namespace {

TEST(DispatchApi, AMonthFromOpeningToAcceptance) {
  Api api("dispatch");
  api.Commit(api.Import("01-province-tasklist/tasklist.txt", "省整改任务清单.txt"));
  UseDispatch(api);
}

}  // namespace
}  // namespace zg::http::test
