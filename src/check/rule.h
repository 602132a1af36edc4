#pragma once
// A kind of check: one file under check/rules/ and one line in registry.cc. docs/checks.md shows how.

#include <span>
#include <vector>

#include "check/subject.h"

namespace zg::check {

// Where rules put what they found.
class CheckSink {
 public:
  void Find(CheckFinding finding) { result_.findings.push_back(std::move(finding)); }
  void Confirm(CheckRelation relation) { result_.confirmed.push_back(std::move(relation)); }
  CheckResult Take() { return std::move(result_); }

 private:
  CheckResult result_;
};

// The documents of one run. `Wanted` tells whether something that concerns these inputs is to be reported.
class CheckScope {
 public:
  CheckScope(std::vector<Subject> subjects, const std::vector<size_t>& changed)
      : subjects_(std::move(subjects)), wanted_(subjects_.size(), changed.empty()) {
    for (size_t c : changed) {
      if (c < wanted_.size()) wanted_[c] = true;
    }
  }
  std::span<const Subject> subjects() const { return subjects_; }
  bool Wanted(size_t input) const { return wanted_[input]; }
  bool Wanted(size_t a, size_t b) const { return wanted_[a] || wanted_[b]; }

 private:
  std::vector<Subject> subjects_;
  std::vector<bool> wanted_;
};

// `within` is called once for each document that is wanted, `across` once for all; either may be null.
struct CheckRule {
  const char* name;
  void (*within)(const Subject& subject, CheckSink& sink);
  void (*across)(const CheckScope& scope, CheckSink& sink);
};

std::span<const CheckRule> CheckRules();

}  // namespace zg::check
