#include "store/documents.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "store/facet.h"
#include "store/json.h"
#include "store/known_names.h"

namespace zg::store {
namespace {

using nlohmann::json;

const Query kInsert{
    "document_insert",
    "INSERT INTO documents (family_id, version, newest, round_id, import_id, text_id, name, format, bytes, "
    "sha256, "
    "sm3, title, title_begin, title_end, kind, issuers, doc_date, date_begin, date_end, corrected, doubts, "
    "draft, "
    "committed_at, committed_by) VALUES (:family, :version, 1, :round, :import, :text, :name, :format, "
    ":bytes, "
    ":sha256, :sm3, :title, :title_begin, :title_end, :kind, :issuers, :doc_date, :date_begin, :date_end, "
    ":corrected, :doubts, :draft, :at, :by) RETURNING id"};
const Query kFamily{"document_family", "UPDATE documents SET family_id = id WHERE id = :id"};
const Query kSupersede{"document_supersede", "UPDATE documents SET newest = 0 WHERE id = :id"};
const Query kDraft{"document_draft", "SELECT draft FROM documents WHERE id = :id"};
const Query kCount{"documents_count", "SELECT count(*) FROM documents WHERE newest = 1"};
const Query kTitles{"document_titles", "SELECT id, title FROM documents WHERE id IN (:ids...)"};
const Query kIds{"documents_ids", "SELECT id FROM documents ORDER BY id"};

// Tasks are counted once, for lists (facet_totals); of a version that is not the newest there are few left.
static_assert(int(FacetKind::kDocument) == 2);
#define ZG_DOCUMENT_FACET "2199023255552 + d.family_id"

#define ZG_DOCUMENT_SELECT                                                                                 \
  "SELECT d.id, d.family_id, d.version, d.newest, d.round_id, r.name, d.import_id, d.text_id, d.name, "    \
  "d.format, "                                                                                             \
  "d.bytes, d.sha256, d.sm3, d.title, d.title_begin, d.title_end, d.kind, d.issuers, d.doc_date, "         \
  "d.date_begin, "                                                                                         \
  "d.date_end, d.corrected, d.doubts, d.committed_at, d.committed_by, "                                    \
  "CASE WHEN d.newest = 1 THEN coalesce((SELECT c.n FROM facet_totals c WHERE c.round_id = 0 AND c.facet " \
  "= " ZG_DOCUMENT_FACET                                                                                   \
  "), 0) ELSE "                                                                                            \
  "(SELECT count(*) FROM tasks t WHERE t.document_id = d.id AND t.is_task = 1 AND t.gone = 0) END "        \
  "FROM documents d JOIN rounds r ON r.id = d.round_id "

const Query kLoad{"document_load", ZG_DOCUMENT_SELECT "WHERE d.id = :id"};
const Query kNewest{"documents_newest", ZG_DOCUMENT_SELECT "WHERE d.newest = 1 ORDER BY d.id DESC LIMIT :n"};
const Query kNewestSeen{
    "documents_newest_seen", ZG_DOCUMENT_SELECT
    "WHERE d.newest = 1 AND EXISTS (SELECT 1 FROM task_facets f WHERE f.facet = :facet AND f.ord >= "
    "d.family_id * " ZG_ORDS " AND f.ord < d.family_id * " ZG_ORDS " + " ZG_ORDS
    ") ORDER BY d.id DESC LIMIT :n"};
const Query kVersions{"document_versions",
                      ZG_DOCUMENT_SELECT "WHERE d.family_id = :family ORDER BY d.version"};
const Query kVersionsBeside{"document_versions_beside",
                            "SELECT d.id, d.version, d.round_id, r.name, d.name, d.title, d.kind, "
                            "d.committed_at FROM documents d JOIN rounds r "
                            "ON r.id = d.round_id WHERE d.family_id = (SELECT family_id FROM documents WHERE "
                            "id = :id) ORDER BY d.version"};
const Query kOfRound{"documents_of_round",
                     ZG_DOCUMENT_SELECT "WHERE d.round_id = :round AND d.newest = 1 ORDER BY d.id"};
const Query kByDigest{"document_by_digest",
                      ZG_DOCUMENT_SELECT "WHERE d.sha256 = :sha ORDER BY d.id DESC LIMIT 1"};
const Query kByTitle{
    "documents_by_title", ZG_DOCUMENT_SELECT
    "WHERE d.newest = 1 AND d.kind = :kind AND d.title = :title ORDER BY d.id DESC LIMIT 20"};

json Issuers(const Draft& head) {
  json issuers = json::array();
  for (size_t i = 0; i < head.issuer.size(); ++i) {
    Span span = i < head.issuer_spans.size() ? head.issuer_spans[i] : Span();
    issuers.push_back({{"name", head.issuer[i]}, {"begin", span.begin}, {"end", span.end}});
  }
  return issuers;
}

void ReadIssuers(const std::string& text, Draft& head) {
  for (const auto& issuer : json::parse(text)) {
    head.issuer.push_back(issuer.at("name").get<std::string>());
    head.issuer_spans.push_back({issuer.at("begin").get<uint32_t>(), issuer.at("end").get<uint32_t>()});
  }
}

template <class... A>
std::vector<DocumentRow> Rows(Session& session, const Query& query, const A&... args) {
  using S = std::string;
  std::vector<DocumentRow> rows;
  session.Each<int64_t, int64_t, int, bool, int64_t, S, int64_t, int64_t, S, S, int64_t, S, S, S, uint32_t,
               uint32_t, S, S, std::optional<S>, uint32_t, uint32_t, S, S, S, S, int64_t>(
      query,
      [&](int64_t id, int64_t family, int version, bool newest, int64_t round, S& round_name,
          int64_t import_id, int64_t text, S& name, S& format, int64_t bytes, S& sha256, S& sm3, S& title,
          uint32_t title_begin, uint32_t title_end, S& kind, S& issuers, std::optional<S>& date,
          uint32_t date_begin, uint32_t date_end, S& corrected, S& doubts, S& at, S& by, int64_t tasks) {
        DocumentRow row{{id},   {family}, version, newest, {round}, round_name, {import_id}, text, name,
                        format, bytes,    sha256,  sm3,    {},      {},         at,          by,   tasks};
        row.head.title = title;
        row.head.title_span = {title_begin, title_end};
        row.head.kind = kind;
        ReadIssuers(issuers, row.head);
        if (date) row.head.date = Date::ParseIso(*date);
        row.head.date_span = {date_begin, date_end};
        row.head.doubts = DoubtsFromJson(doubts);
        row.corrected = StringSetFromJson(corrected);
        rows.push_back(std::move(row));
      },
      args...);
  return rows;
}

std::optional<DocumentRow> First(std::vector<DocumentRow> rows) {
  return rows.empty() ? std::nullopt : std::optional<DocumentRow>(std::move(rows[0]));
}

}  // namespace

DocId InsertDocument(Session& session, const DocumentRow& row, const std::string& draft_json) {
  std::optional<std::string> date;
  if (row.head.date) date = row.head.date->Iso();
  int64_t id =
      session.Insert(kInsert, row.family, row.version, row.round, row.import, row.text_id, row.name,
                     row.format, row.bytes, row.sha256, row.sm3, row.head.title, row.head.title_span.begin,
                     row.head.title_span.end, row.head.kind, Issuers(row.head).dump(), date,
                     row.head.date_span.begin, row.head.date_span.end, json(row.corrected).dump(),
                     ToJsonText(row.head.doubts), draft_json, row.committed_at, row.committed_by);
  if (!row.family) session.Run(kFamily, id);
  return {id};
}

void MarkSuperseded(Session& session, DocId id) {
  session.Run(kSupersede, id);
}

std::optional<DocumentRow> LoadDocument(Session& session, DocId id) {
  return First(Rows(session, kLoad, id));
}

std::string LoadCommittedDraft(Session& session, DocId id) {
  return session.Value<std::string>(kDraft, id).value_or("{}");
}

std::vector<DocumentRow> NewestDocuments(Session& session, int limit, const Scope& scope) {
  return scope.all ? Rows(session, kNewest, limit) : Rows(session, kNewestSeen, FacetOf(scope), limit);
}

std::vector<DocumentRow> VersionsOf(Session& session, DocId family) {
  return Rows(session, kVersions, family);
}

std::vector<DocumentVersion> VersionsBeside(Session& session, DocId id) {
  using Text = std::string;
  std::vector<DocumentVersion> versions;
  session.Each<int64_t, int, int64_t, Text, Text, Text, Text, Text>(
      kVersionsBeside,
      [&](int64_t version_id, int version, int64_t round, Text& round_name, Text& name, Text& title,
          Text& kind, Text& at) {
        versions.push_back({{version_id}, version, {round}, round_name, name, title, kind, at});
      },
      id);
  return versions;
}

std::vector<DocumentRow> DocumentsOfRound(Session& session, RoundId round) {
  return Rows(session, kOfRound, round);
}

std::optional<DocumentRow> FindDocumentByDigest(Session& session, const std::string& sha256) {
  return First(Rows(session, kByDigest, sha256));
}

std::vector<DocumentRow> FindDocumentsByTitle(Session& session, const std::string& kind,
                                              const std::string& title) {
  return Rows(session, kByTitle, kind, title);
}

std::string DocumentDigest(const DocumentRow& row) {
  json canonical = {{"family", row.family.value},
                    {"version", row.version},
                    {"round", row.round.value},
                    {"name", row.name},
                    {"sha256", row.sha256},
                    {"sm3", row.sm3},
                    {"title", row.head.title},
                    {"kind", row.head.kind},
                    {"issuers", Issuers(row.head)},
                    {"date", row.head.date ? row.head.date->Iso() : ""},
                    {"committed_at", row.committed_at},
                    {"committed_by", row.committed_by}};
  return Sm3Hex(canonical.dump(-1, ' ', false, json::error_handler_t::replace));
}

int64_t CountDocuments(Session& session) {
  return session.Value<int64_t>(kCount).value_or(0);
}

std::unordered_map<DocId, std::string> TitlesOf(Session& session, const std::vector<DocId>& ids) {
  std::unordered_map<DocId, std::string> titles;
  auto asked = Numbers(ids);
  KnownNames* known = session.names();
  if (known) asked = known->Titles(asked, titles);
  if (asked.empty()) return titles;
  session.Each<int64_t, std::string>(
      kTitles,
      [&](int64_t id, std::string& title) {
        if (known) known->Add(DocId{id}, title);
        titles.emplace(DocId{id}, std::move(title));
      },
      asked);
  return titles;
}

std::vector<DocId> AllDocumentIds(Session& session) {
  std::vector<DocId> ids;
  session.Each<int64_t>(kIds, [&](int64_t id) { ids.push_back({id}); });
  return ids;
}

}  // namespace zg::store
