#include "office/vaulting.h"

#include "office/uploading.h"
#include "store/vault_intents.h"

namespace zg {
namespace {

store::VaultIntent IntentOf(const OfficeCore& core, const std::string& digest, uint64_t bytes) {
  return {digest, int64_t(bytes), core.Now(), NowMs(core)};
}

Status Note(const OfficeCore& core, const std::string& digest, uint64_t bytes) {
  return core.store->Write([&](store::Session& s) { store::NoteIntent(s, IntentOf(core, digest, bytes)); });
}

}  // namespace

Result<std::string> KeepBytes(const OfficeCore& core, std::string_view bytes) {
  ZG_TRY(Note(core, Sha256Hex(bytes), bytes.size()));
  return core.vault->Put(bytes);
}

Result<Digester::Hex> KeepFile(const OfficeCore& core, const std::filesystem::path& file) {
  return core.vault->PutFile(
      file, [&](const std::string& digest, uint64_t bytes) { return Note(core, digest, bytes); });
}

Result<std::string> KeepBytesIn(const OfficeCore& core, store::Session& session, std::string_view bytes) {
  std::string digest = Sha256Hex(bytes);
  store::NoteIntent(session, IntentOf(core, digest, bytes.size()));
  ZG_TRY(core.vault->Put(bytes));
  store::ClearIntent(session, digest);
  return digest;
}

}  // namespace zg
