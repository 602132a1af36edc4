#pragma once
// Bytes on their way into the vault, noted beforehand: when the program is killed between the vault and the
// commit, `zhenggai reconcile` knows what was on its way. Inside of office/ only; outside of any transaction.

#include <filesystem>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/result.h"

namespace zg {

struct OfficeCore;
namespace store {
class Session;
}

// As BlobStore::Put and PutFile. Who commits what names them calls store::ClearIntent in that transaction.
Result<std::string> KeepBytes(const OfficeCore& core, std::string_view bytes);
Result<Digester::Hex> KeepFile(const OfficeCore& core, const std::filesystem::path& file);
// The same within a transaction that names the bytes itself: noted and cleared in it, so that nobody takes
// them away meanwhile.
Result<std::string> KeepBytesIn(const OfficeCore& core, store::Session& session, std::string_view bytes);

}  // namespace zg
