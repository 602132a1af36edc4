#pragma once
// Parts of uploads as objects <prefix>staging/<upload>/<offset>-<digest>. A part that comes late, or twice,
// is an object of its own or the same one: nothing that was acknowledged is ever written over, so nobody has
// to wait for anybody.

#include <filesystem>
#include <memory>

#include "vault/s3/client.h"
#include "vault/staging.h"

namespace zg {

// `scratch`: a folder on this machine, for a file while it is put together.
std::unique_ptr<Staging> MakeS3Staging(std::shared_ptr<const S3Client> client,
                                       const std::filesystem::path& scratch);

}  // namespace zg
