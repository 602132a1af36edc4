#pragma once
// Proposals of links for a document that has just come in, or for all of them again. Inside of office/ only.

#include "office/core.h"
#include "store/sql.h"

namespace zg {

// Returns how many links are proposed now that were not before.
int64_t ProposeLinksOf(store::Session& session, const RegionIndex& regions, DocId document);

}  // namespace zg
