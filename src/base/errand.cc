#include "base/errand.h"

namespace zg {
namespace {

thread_local Errand t_errand;

}  // namespace

const Errand& CurrentErrand() {
  return t_errand;
}

OnErrand::OnErrand(std::string_view request, std::string_view what) : before_(t_errand) {
  t_errand = {request, what};
}
OnErrand::~OnErrand() {
  t_errand = before_;
}

}  // namespace zg
