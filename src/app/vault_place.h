#pragma once
// Opens a vault by its address, with the keys that [vault] of the configuration names.

#include <memory>
#include <string>

#include "app/settings.h"
#include "vault/blob_store.h"

namespace zg::app {

// `url`: s3://bucket/prefix[?endpoint=…&region=…], or a folder (one in the configuration is relative to the
// data folder). kInvalid (config.vault, config.value); kUnavailable (vault.no_folder).
Result<std::shared_ptr<BlobStore>> OpenVault(const Settings& settings, const std::string& url);

}  // namespace zg::app
