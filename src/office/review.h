#pragma once
// Review of a draft and its commit: the longer use cases of Imports, one file each. Inside of office/ only.

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "office/imports.h"
#include "store/task_index.h"
#include "store/units.h"

namespace zg {

// Contracts: office/imports.h.
Result<nlohmann::json> DraftView(const OfficeCore& core, ImportId id);
Result<nlohmann::json> CorrectDraft(OfficeCore& core, ImportId id, const DraftCorrection& correction,
                                    const Actor& actor);
Result<nlohmann::json> UndoCorrection(OfficeCore& core, ImportId id, const Actor& actor);
Status SaySupersedes(OfficeCore& core, ImportId id, std::optional<DocId> document, const Actor& actor);
struct CommitOptions {
  bool propose_links = true;
  bool flush = true;  // false: the caller flushes the index
};
// What commits of one transaction share. Flush the index before the transaction ends.
struct CommitTools {
  CommitTools(const OfficeCore& core, store::Session& session);
  store::UnitDirectory units;
  store::TaskIndex index;
};
Result<nlohmann::json> CommitImport(OfficeCore& core, ImportId id, const CommitRequest& request,
                                    const Actor& actor, const CommitOptions& options = {});
// The same inside a transaction of the caller's, without links; the caller flushes the tools' index. For many
// at once.
Result<nlohmann::json> CommitImportWith(CommitTools& tools, OfficeCore& core, store::Session& session,
                                        ImportId id, const CommitRequest& request, const Actor& actor);

}  // namespace zg
