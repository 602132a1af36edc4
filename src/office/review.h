#pragma once
// Review of a draft and its commit: the longer use cases of Imports, one file each. Inside of office/ only.

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "office/imports.h"

namespace zg {

// Contracts: office/imports.h.
Result<nlohmann::json> DraftView(const OfficeCore& core, ImportId id);
Result<nlohmann::json> CorrectDraft(OfficeCore& core, ImportId id, const DraftCorrection& correction,
                                    const Actor& actor);
Result<nlohmann::json> UndoCorrection(OfficeCore& core, ImportId id, const Actor& actor);
Status SaySupersedes(OfficeCore& core, ImportId id, std::optional<DocId> document, const Actor& actor);
struct CommitOptions {
  bool propose_links = true;
};
Result<nlohmann::json> CommitImport(OfficeCore& core, ImportId id, const CommitRequest& request,
                                    const Actor& actor, const CommitOptions& options = {});

}  // namespace zg
