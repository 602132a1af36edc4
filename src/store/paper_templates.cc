#include "store/paper_templates.h"

namespace zg::store {
namespace {

#define ZG_TEMPLATE_SELECT \
  "SELECT id, kind, name, sha256, sm3, bytes, in_use, uploaded_by, uploaded_at FROM paper_templates "
const Query kAll{"paper_templates", ZG_TEMPLATE_SELECT "ORDER BY id DESC LIMIT 200"};
const Query kOfKind{"paper_templates_kind",
                    ZG_TEMPLATE_SELECT "WHERE kind = :kind ORDER BY id DESC LIMIT 200"};
const Query kRetire{"paper_templates_retire",
                    "UPDATE paper_templates SET in_use = 0 WHERE kind = :kind AND in_use = 1"};
const Query kInsert{
    "paper_template_insert",
    "INSERT INTO paper_templates (kind, name, sha256, sm3, bytes, in_use, uploaded_by, uploaded_at) "
    "VALUES (:kind, :name, :sha256, :sm3, :bytes, 1, :by, :at) RETURNING id"};

template <class... A>
std::vector<PaperTemplate> Rows(Session& session, const Query& query, const A&... args) {
  std::vector<PaperTemplate> out;
  session.Each<int64_t, std::string, std::string, std::string, std::string, int64_t, bool, std::string,
               std::string>(
      query,
      [&](int64_t id, const std::string& kind, const std::string& name, const std::string& sha256,
          const std::string& sm3, int64_t bytes, bool in_use, const std::string& by, const std::string& at) {
        out.push_back({id, kind, name, sha256, sm3, bytes, in_use, by, at});
      },
      args...);
  return out;
}

}  // namespace

std::vector<PaperTemplate> PaperTemplates(Session& session, const std::string& kind) {
  return kind.empty() ? Rows(session, kAll) : Rows(session, kOfKind, kind);
}

std::optional<PaperTemplate> TemplateInUse(Session& session, const std::string& kind) {
  for (auto& one : PaperTemplates(session, kind))
    if (one.in_use) return std::move(one);
  return std::nullopt;
}

void RetireTemplates(Session& session, const std::string& kind) {
  session.Run(kRetire, kind);
}

int64_t InsertTemplate(Session& session, const PaperTemplate& one) {
  RetireTemplates(session, one.kind);
  return session.Insert(kInsert, one.kind, one.name, one.sha256, one.sm3, one.bytes, one.uploaded_by,
                        one.uploaded_at);
}

}  // namespace zg::store
