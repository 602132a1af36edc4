#include "store/along.h"

#include <cassert>

namespace zg::store {
namespace {

thread_local Along* here = nullptr;

}  // namespace

Along::Along(std::function<bool(Session&)> ask) : ask_(std::move(ask)) {
  assert(!here);
  here = this;
}

Along::~Along() {
  here = nullptr;
}

Along* Along::Unasked() {
  return here && !here->holds_ ? here : nullptr;
}

bool Along::Fell() {
  return here && here->holds_ == false;
}

Error Along::Refusal() {
  return {Code::kConflict, "情况刚有变化，这一步没有做成。请刷新页面后重试。", "", "store.fell"};
}

}  // namespace zg::store
