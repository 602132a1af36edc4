#pragma once
// The functions that registry.cc lists; each is explained at the top of its file.

#include "check/rule.h"

namespace zg::check {

void CheckSums(const Subject& subject, CheckSink& sink);
void CheckRatios(const Subject& subject, CheckSink& sink);
void CheckGrowth(const Subject& subject, CheckSink& sink);
void CheckDifferences(const Subject& subject, CheckSink& sink);
void CheckItemSums(const Subject& subject, CheckSink& sink);
void CheckLists(const Subject& subject, CheckSink& sink);
void CheckTaskCounts(const Subject& subject, CheckSink& sink);
void CheckDates(const Subject& subject, CheckSink& sink);
void CheckNoResult(const Subject& subject, CheckSink& sink);
void CheckMissingFigures(const Subject& subject, CheckSink& sink);
void CheckOwnContradictions(const Subject& subject, CheckSink& sink);
void CheckContradictions(const CheckScope& scope, CheckSink& sink);
void CheckCascade(const CheckScope& scope, CheckSink& sink);
void CheckRebounds(const CheckScope& scope, CheckSink& sink);
void CheckCopiedText(const CheckScope& scope, CheckSink& sink);

}  // namespace zg::check
