#pragma once
// What uploads and evidence share. Inside of office/ only.

#include <filesystem>
#include <optional>

#include "office/core.h"
#include "store/evidence.h"

namespace zg {

// For files that are put together on this machine.
std::filesystem::path UploadFolder(const OfficeCore& core);
int64_t NowMs(const OfficeCore& core);
// The upload, where it is the actor's; upload.not_found.
Result<store::Upload> OwnUpload(store::Session& session, int64_t id, const Actor& actor);

// The name of a file without folders and control characters; empty where nothing is left.
std::string CleanFileName(const std::string& name);

}  // namespace zg
