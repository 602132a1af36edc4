#pragma once
// Letters' templates that an office uploaded; their bytes are in the vault.

#include <optional>
#include <string>
#include <vector>

#include "store/sql.h"

namespace zg::store {

struct PaperTemplate {
  int64_t id = 0;
  std::string kind, name, sha256, sm3;
  int64_t bytes = 0;
  bool in_use = false;
  std::string uploaded_by, uploaded_at;
};
// Newest first, at most 200; kind empty: of all kinds.
std::vector<PaperTemplate> PaperTemplates(Session& session, const std::string& kind);
std::optional<PaperTemplate> TemplateInUse(Session& session, const std::string& kind);
// None of the kind is in use any more.
void RetireTemplates(Session& session, const std::string& kind);
// Written as in use; the others of its kind are retired. → its id
int64_t InsertTemplate(Session& session, const PaperTemplate& one);

}  // namespace zg::store
