#pragma once
// Forms that units fill in without network: out as a workbook, back as drafts or submitted.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "office/actor.h"
#include "office/exports.h"

namespace zg {

struct OfficeCore;

// Thread-safe. kNotFound: period.not_found, unit.not_found; kForbidden: report.not_yours.
class Forms {
 public:
  explicit Forms(OfficeCore& core) : core_(core) {}
  // What the unit has yet to answer in the period. kConflict: form.nothing, period.closed.
  Result<ExportedFile> Export(PeriodId period, UnitId unit, const Actor& actor) const;
  // One zip with a form for each of the units; none given: all that owe something, at most 500
  // (form.too_many).
  Result<ExportedFile> ExportMany(PeriodId period, const std::vector<UnitId>& units,
                                  const Actor& actor) const;
  // All of it or nothing: every answered row becomes the draft of its report, and is submitted where `submit`
  // says so. → {unit, saved, submitted, untouched}. kInvalid: form.foreign, form.too_large, form.refused
  // (`where`: the cells, "E7、H9"; the message says of each what is wrong).
  Result<nlohmann::json> Import(PeriodId period, std::string_view bytes, const std::string& name, bool submit,
                                const Actor& actor);

 private:
  OfficeCore& core_;
};

}  // namespace zg
