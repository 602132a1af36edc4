#pragma once
// A form that came back goes into its reports. Inside of office/ only.

#include <string>

#include "base/result.h"
#include "office/actor.h"
#include "report/offline_form.h"
#include "store/sql.h"

namespace zg {

struct OfficeCore;

struct FormCounts {
  int saved = 0;  // rows that were different from what was there
  int submitted = 0;
  int untouched = 0;  // rows that say what was there
};
// In the caller's transaction. kInvalid (form.refused) with every cell that cannot be taken: those the reader
// found, rows that changed in the ledger since, and, with `submit`, what is missing.
Result<FormCounts> TakeForm(OfficeCore& core, store::Session& session, const FormRead& form, bool submit,
                            const Actor& actor);

Error NoPeriod();
// The digest of the ledger's first event: no two ledgers have the same.
std::string LedgerMark(store::Session& session);

}  // namespace zg
