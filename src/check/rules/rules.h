#pragma once
// The functions that registry.cc lists; each is explained at the top of its file.

#include "check/rule.h"

namespace zg::check {

void CheckSums(const Subject& subject, CheckSink& sink);
void CheckRatios(const Subject& subject, CheckSink& sink);
void CheckGrowth(const Subject& subject, CheckSink& sink);
void CheckLists(const Subject& subject, CheckSink& sink);

}  // namespace zg::check
