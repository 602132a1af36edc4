#include "office/limits.h"

#include "office/core.h"
#include "store/limits.h"

namespace zg {

constexpr int64_t kForgetMs = 24 * 3'600'000;

bool Limits::shared() const {
  return core_.store->database().shared();
}

Result<double> Limits::Spend(const std::string& name, double n, double per_second, double burst) {
  return core_.store->Beside([&](store::Session& s) {
    return store::SpendTokens(s, core_.store->database(), {name, per_second, burst}, n);
  });
}

Result<bool> Limits::Take(const std::string& name, double per_second, double burst) {
  return core_.store->Beside([&](store::Session& s) {
    return store::TakeToken(s, core_.store->database(), {name, per_second, burst});
  });
}

Status Limits::Sweep() {
  if (!shared()) return {};
  return core_.store->Beside(
      [&](store::Session& s) { store::DropOldLimits(s, core_.store->database(), kForgetMs); });
}

}  // namespace zg
