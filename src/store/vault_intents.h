#pragma once
// What is about to be kept in the vault: noted before the bytes go up, gone in the transaction that names
// them. Shared by all nodes; no part of the chain. And which bytes the ledger names at all.

#include <string>
#include <vector>

#include "store/sql.h"

namespace zg::store {

struct VaultIntent {
  std::string digest;
  int64_t bytes = 0;
  std::string begun_at;
  int64_t begun_ms = 0;
};

void NoteIntent(Session& session, const VaultIntent& intent);  // again: begun anew
void ClearIntent(Session& session, const std::string& digest);
std::vector<VaultIntent> VaultIntents(Session& session);  // by digest
// Notes it where nobody else has since `limit_ms`: who then takes the bytes away in this transaction is alone
// with them, since whoever wants to keep the same bytes notes them first, and waits. False: somebody has.
bool ClaimIntent(Session& session, const VaultIntent& intent, int64_t limit_ms);

// Bytes that the ledger needs, and for what.
struct NamedBlob {
  std::string digest;
  int64_t bytes = 0;  // 0: not recorded
  std::string what;   // import, document, evidence, template, publication
  int64_t id = 0;
};
std::vector<NamedBlob> NamedBlobs(Session& session);  // by digest
bool IsNamed(Session& session, const std::string& digest);

}  // namespace zg::store
