#include "store/vault_intents.h"

namespace zg::store {
namespace {

using Text = std::string;

const Query kNote{
    "vault_intent_note",
    "INSERT INTO vault_intents (digest, bytes, begun_at, begun_ms) VALUES (:digest, :bytes, :at, "
    ":ms) ON CONFLICT (digest) DO UPDATE SET begun_at = excluded.begun_at, begun_ms = "
    "excluded.begun_ms"};
const Query kClear{"vault_intent_clear", "DELETE FROM vault_intents WHERE digest = :digest"};
const Query kAll{"vault_intents",
                 "SELECT digest, bytes, begun_at, begun_ms FROM vault_intents ORDER BY digest"};
const Query kClaim{
    "vault_intent_claim",
    "INSERT INTO vault_intents (digest, bytes, begun_at, begun_ms) VALUES (:digest, :bytes, :at, "
    ":ms) ON CONFLICT (digest) DO UPDATE SET begun_at = excluded.begun_at, begun_ms = "
    "excluded.begun_ms WHERE vault_intents.begun_ms < :limit_ms RETURNING begun_ms"};

const Query kNamed{"vault_named",
                   "SELECT sha256 AS digest, bytes, 'import' AS what, id FROM imports UNION ALL "
                   "SELECT sha256, bytes, 'document', id FROM documents UNION ALL "
                   "SELECT sha256, bytes, 'evidence', id FROM evidence UNION ALL "
                   "SELECT sha256, bytes, 'template', id FROM paper_templates UNION ALL "
                   "SELECT file_sha256, 0, 'publication', id FROM publications WHERE file_sha256 <> '' "
                   "ORDER BY digest, what, id"};
const Query kOneNamed{"vault_named_one",
                      "SELECT n.digest FROM (SELECT CAST(:digest AS TEXT) AS digest) n WHERE "
                      "EXISTS (SELECT 1 FROM imports i WHERE i.sha256 = n.digest) OR "
                      "EXISTS (SELECT 1 FROM documents d WHERE d.sha256 = n.digest) OR "
                      "EXISTS (SELECT 1 FROM evidence e WHERE e.sha256 = n.digest) OR "
                      "EXISTS (SELECT 1 FROM paper_templates t WHERE t.sha256 = n.digest) OR "
                      "EXISTS (SELECT 1 FROM publications p WHERE p.file_sha256 = n.digest)"};

}  // namespace

void NoteIntent(Session& session, const VaultIntent& i) {
  session.Run(kNote, i.digest, i.bytes, i.begun_at, i.begun_ms);
}

void ClearIntent(Session& session, const std::string& digest) {
  session.Run(kClear, digest);
}

std::vector<VaultIntent> VaultIntents(Session& session) {
  std::vector<VaultIntent> all;
  session.Each<Text, int64_t, Text, int64_t>(
      kAll, [&](const Text& digest, int64_t bytes, const Text& at, int64_t ms) {
        all.push_back({digest, bytes, at, ms});
      });
  return all;
}

bool ClaimIntent(Session& session, const VaultIntent& i, int64_t limit_ms) {
  return session.Value<int64_t>(kClaim, i.digest, i.bytes, i.begun_at, i.begun_ms, limit_ms).has_value();
}

std::vector<NamedBlob> NamedBlobs(Session& session) {
  std::vector<NamedBlob> all;
  session.Each<Text, int64_t, Text, int64_t>(
      kNamed, [&](const Text& digest, int64_t bytes, const Text& what, int64_t id) {
        all.push_back({digest, bytes, what, id});
      });
  return all;
}

bool IsNamed(Session& session, const std::string& digest) {
  return session.Value<Text>(kOneNamed, digest).has_value();
}

}  // namespace zg::store
