#include "check/checker.h"

#include <algorithm>
#include <tuple>

#include "check/rule.h"

namespace zg {
namespace {

using check::CheckRule;
using check::CheckScope;
using check::CheckSink;
using check::Subject;

std::vector<Subject> PrepareAll(std::span<const CheckInput> inputs, const CheckWords& words) {
  std::vector<Subject> out;
  out.reserve(inputs.size());
  for (size_t i = 0; i < inputs.size(); ++i) out.push_back(check::Prepare(inputs[i], i, words));
  return out;
}

}  // namespace

CheckResult Check(std::span<const CheckInput> inputs, const CheckOptions& options) {
  std::shared_ptr<const CheckWords> words = options.words;
  if (!words) words = CheckWords::Builtin().value();
  CheckScope scope(PrepareAll(inputs, *words), options.changed);
  CheckSink sink;
  for (const CheckRule& rule : check::CheckRules()) {
    for (const Subject& s : scope.subjects()) {
      if (rule.within && scope.Wanted(s.index)) rule.within(s, sink);
    }
    if (rule.across) rule.across(scope, sink);
  }
  CheckResult result = sink.Take();
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const CheckFinding& a, const CheckFinding& b) {
                     return std::tie(a.severity, a.place.input, a.place.span) <
                            std::tie(b.severity, b.place.input, b.place.span);
                   });
  std::stable_sort(result.confirmed.begin(), result.confirmed.end(),
                   [](const CheckRelation& a, const CheckRelation& b) {
                     return std::tie(a.place.input, a.place.span) < std::tie(b.place.input, b.place.span);
                   });
  return result;
}

}  // namespace zg
