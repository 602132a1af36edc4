#include "store/imports.h"

namespace zg::store {
namespace {

const Query kInsert{
    "import_insert",
    "INSERT INTO imports (name, format, bytes, sha256, sm3, state, error_id, error, head, tasks, doubts, "
    "supersedes_said, actor, created_at, updated_at) VALUES (:name, :format, :bytes, :sha256, :sm3, :state, "
    "'', '', "
    "'{}', 0, 0, 0, :actor, :created, :updated) RETURNING id"};
const Query kUpdate{"import_update",
                    "UPDATE imports SET format = :format, state = :state, error_id = :error_id, error = "
                    ":error, text_id = :text, head = :head, "
                    "tasks = :tasks, doubts = :doubts, supersedes = :supersedes, supersedes_said = :said, "
                    "document_id = :document, "
                    "updated_at = :updated WHERE id = :id"};
const Query kSaveDraft{"import_save_draft", "UPDATE imports SET draft = :draft WHERE id = :id"};
const Query kDraft{"import_draft", "SELECT draft FROM imports WHERE id = :id"};

#define ZG_IMPORT_SELECT                                                                        \
  "SELECT id, name, format, bytes, sha256, sm3, state, error_id, error, text_id, head, tasks, " \
  "doubts, supersedes, "                                                                        \
  "supersedes_said, document_id, actor, created_at, updated_at FROM imports "

const Query kLoad{"import_load", ZG_IMPORT_SELECT "WHERE id = :id"};
const Query kAll{"imports_all", ZG_IMPORT_SELECT "ORDER BY id DESC LIMIT :n"};
const Query kOpen{"imports_open",
                  ZG_IMPORT_SELECT "WHERE state IN ('reading', 'draft', 'failed') ORDER BY id DESC LIMIT :n"};
const Query kInState{"imports_in_state", "SELECT id FROM imports WHERE state = :state ORDER BY id"};
const Query kSameBytes{
    "import_same_bytes", ZG_IMPORT_SELECT
    "WHERE sha256 = :sha AND id <> :self AND state IN ('reading', 'draft') ORDER BY id LIMIT 1"};
const Query kCountAll{"imports_count", "SELECT count(*) FROM imports"};
const Query kCountOpen{"imports_count_open",
                       "SELECT count(*) FROM imports WHERE state IN ('reading', 'draft', 'failed')"};

const Query kCorrections{"corrections",
                         "SELECT ord, path, field, before, after, reason, actor, at FROM corrections "
                         "WHERE import_id = :id AND undone = 0 ORDER BY ord"};
const Query kLastOrd{"correction_last",
                     "SELECT coalesce(max(ord), 0) FROM corrections WHERE import_id = :id"};
const Query kAddCorrection{
    "correction_add",
    "INSERT INTO corrections (import_id, ord, path, field, before, after, reason, actor, at, undone) VALUES "
    "(:import, :ord, :path, :field, :before, :after, :reason, :actor, :at, 0)"};
const Query kUndo{"correction_undo",
                  "UPDATE corrections SET undone = 1 WHERE import_id = :id AND ord = :ord"};

template <class... A>
std::vector<ImportRow> Rows(Session& session, const Query& query, const A&... args) {
  using S = std::string;
  std::vector<ImportRow> rows;
  session.Each<int64_t, S, S, int64_t, S, S, S, S, S, int64_t, S, int64_t, int64_t, int64_t, bool, int64_t, S,
               S, S>(
      query,
      [&](int64_t id, S& name, S& format, int64_t bytes, S& sha256, S& sm3, S& state, S& error_id, S& error,
          int64_t text, S& head, int64_t tasks, int64_t doubts, int64_t supersedes, bool said,
          int64_t document, S& actor, S& created, S& updated) {
        rows.push_back({{id},
                        name,
                        format,
                        bytes,
                        sha256,
                        sm3,
                        ParseImportState(state).value_or(ImportState::kFailed),
                        error_id,
                        error,
                        text,
                        head,
                        tasks,
                        doubts,
                        {supersedes},
                        said,
                        {document},
                        actor,
                        created,
                        updated});
      },
      args...);
  return rows;
}

std::optional<ImportRow> First(std::vector<ImportRow> rows) {
  return rows.empty() ? std::nullopt : std::optional<ImportRow>(std::move(rows[0]));
}

std::optional<int64_t> OrNull(int64_t id) {
  return id ? std::optional<int64_t>(id) : std::nullopt;
}

}  // namespace

ImportId InsertImport(Session& session, const ImportRow& row) {
  return {session.Insert(kInsert, row.name, row.format, row.bytes, row.sha256, row.sm3,
                         std::string(ImportStateName(row.state)), row.actor, row.created_at, row.updated_at)};
}

void UpdateImport(Session& session, const ImportRow& row) {
  session.Run(kUpdate, row.format, std::string(ImportStateName(row.state)), row.error_id, row.error,
              OrNull(row.text_id), row.head, row.tasks, row.doubts, OrNull(row.supersedes.value),
              row.supersedes_said, OrNull(row.document.value), row.updated_at, row.id);
}

void SaveDraft(Session& session, ImportId id, const std::string& draft_json) {
  session.Run(kSaveDraft, draft_json, id);
}

std::optional<ImportRow> LoadImport(Session& session, ImportId id) {
  return First(Rows(session, kLoad, id));
}

std::string LoadDraftJson(Session& session, ImportId id) {
  return session.Value<std::string>(kDraft, id).value_or("");
}

std::vector<ImportRow> ListImports(Session& session, bool open_only, int limit) {
  return Rows(session, open_only ? kOpen : kAll, limit);
}

int64_t CountImports(Session& session, bool open_only) {
  return session.Value<int64_t>(open_only ? kCountOpen : kCountAll).value_or(0);
}

std::vector<ImportId> ImportsInState(Session& session, ImportState state) {
  std::vector<ImportId> ids;
  session.Each<int64_t>(
      kInState, [&](int64_t id) { ids.push_back({id}); }, std::string(ImportStateName(state)));
  return ids;
}

std::optional<ImportRow> FindOpenImport(Session& session, const std::string& sha256, ImportId self) {
  return First(Rows(session, kSameBytes, sha256, self));
}

std::vector<CorrectionRow> Corrections(Session& session, ImportId id) {
  std::vector<CorrectionRow> rows;
  using S = std::string;
  session.Each<int, std::optional<S>, S, S, S, S, S, S>(
      kCorrections,
      [&](int ord, std::optional<S>& path, S& field, S& before, S& after, S& reason, S& actor, S& at) {
        rows.push_back({ord, path, field, before, after, reason, actor, at});
      },
      id);
  return rows;
}

void AddCorrection(Session& session, ImportId id, CorrectionRow row) {
  row.ord = int(session.Value<int64_t>(kLastOrd, id).value_or(0)) + 1;
  session.Run(kAddCorrection, id, row.ord, row.path, row.field, row.before, row.after, row.reason, row.actor,
              row.at);
}

void MarkUndone(Session& session, ImportId id, int ord) {
  session.Run(kUndo, id, ord);
}

}  // namespace zg::store
