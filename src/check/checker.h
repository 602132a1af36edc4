#pragma once
// The door of this room: what texts claim is put to the test. Pure; any thread may call it.

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/date.h"
#include "check/finding.h"
#include "check/words.h"
#include "document/document.h"
#include "extract/draft.h"

namespace zg {

using check::CheckWords;

// One document. The pointers are borrowed for the call.
struct CheckInput {
  std::string file;  // name shown in findings
  const Document* document = nullptr;
  const Draft* draft = nullptr;  // null: the text is tested without knowing its tasks
  // The day the report speaks of. Default: the document's date, else the latest day it says it stands at
  // (截至…).
  std::optional<Date> as_of;
  std::string period;  // of a dispatch ("2024-03"), compared as text; empty: none
  std::string unit;    // who wrote it; empty: Draft::issuer, else unknown
};

struct CheckOptions {
  std::shared_ptr<const CheckWords> words;  // null: the words built in
  // Only what these inputs touch is reported (indices; empty: everything): after one changed report the
  // others are read, but not tested again among themselves.
  std::vector<size_t> changed;
};

// Documents are tested one by one and against each other (contradictions, copies, cascades, rebounds). Time
// is linear in the texts but for a logarithm.
CheckResult Check(std::span<const CheckInput> inputs, const CheckOptions& options = {});

}  // namespace zg
