#include "store/publications.h"

#include <nlohmann/json.hpp>

namespace zg::store {
namespace {

using nlohmann::json;

#define ZG_PUBLICATION                                                                                   \
  "SELECT p.id, p.kind, p.subject, p.round_id, p.title, p.state, p.facts, p.fields, p.snapshot, p.sm3, " \
  "p.sha256, p.people, p.reason, p.public_seq, p.revision FROM publications p "

const Query kInsert{
    "publication_insert",
    "INSERT INTO publications (kind, subject, round_id, title, state, facts, fields, "
    "snapshot, sm3, sha256, file_sha256, people, reason, public_seq, revision) VALUES (:kind, "
    ":subject, :round, :title, :state, :facts, :fields, :snapshot, :sm3, :sha256, :file, "
    ":people, :reason, :public_seq, :revision) RETURNING id"};
const Query kUpdate{"publication_update",
                    "UPDATE publications SET title = :title, state = :state, facts = :facts, fields = "
                    ":fields, snapshot = :snapshot, sm3 = :sm3, sha256 = :sha256, people = :people, reason = "
                    ":reason, public_seq = :public_seq, revision = :revision WHERE id = :id"};
const Query kLoad{"publication", ZG_PUBLICATION "WHERE p.id = :id"};
const Query kAfter{"publications_after", ZG_PUBLICATION "WHERE p.id > :after ORDER BY p.id LIMIT :n"};
const Query kReleasedAll{"publications_released",
                         ZG_PUBLICATION "WHERE p.state = 'released' ORDER BY p.public_seq, p.id"};
const Query kWithdrawnAll{
    "publications_withdrawn", ZG_PUBLICATION
    "WHERE p.state = 'withdrawn' AND NOT EXISTS (SELECT 1 FROM publications r WHERE r.kind = p.kind AND "
    "r.subject = p.subject AND (r.state = 'released' OR (r.state = 'withdrawn' AND r.id > p.id))) "
    "ORDER BY p.id"};
const Query kCount{"publications_count", "SELECT state, count(*) FROM publications GROUP BY state"};
const Query kOpen{"publication_open",
                  "SELECT id FROM publications WHERE kind = :kind AND subject = :subject AND state IN "
                  "('draft', 'review') ORDER BY id DESC LIMIT 1"};
const Query kReleasedOne{"publication_released",
                         "SELECT id FROM publications WHERE kind = :kind AND subject = :subject AND state = "
                         "'released' ORDER BY id DESC LIMIT 1"};
const Query kTaken{"publications_taken",
                   "SELECT subject FROM publications WHERE kind = :kind AND state IN ('draft', 'review', "
                   "'released')"};
const Query kPublicVersion{"public_version", "SELECT coalesce(max(public_seq), 0) FROM publications"};

json SignedJson(const Signed& s) {
  return {{"name", s.name}, {"user", s.user.value}, {"at", s.at}};
}
Signed SignedOf(const json& j) {
  return {j.value("name", ""), UserId{j.value("user", int64_t(0))}, j.value("at", "")};
}

std::string PeopleText(const Publication& p) {
  json hands = json::array();
  for (const auto& hand : p.hands) hands.push_back(SignedJson(hand));
  return json{{"made", SignedJson(p.made)},
              {"submitted", SignedJson(p.submitted)},
              {"released", SignedJson(p.released)},
              {"ended", SignedJson(p.ended)},
              {"hands", std::move(hands)}}
      .dump();
}
void ReadPeople(const std::string& text, Publication& p) {
  json people = json::parse(text);
  p.made = SignedOf(people.at("made"));
  p.submitted = SignedOf(people.at("submitted"));
  p.released = SignedOf(people.at("released"));
  p.ended = SignedOf(people.at("ended"));
  for (const auto& hand : people.at("hands")) p.hands.push_back(SignedOf(hand));
}

std::string FieldsText(const Publication& p) {
  json out = json::array();
  for (const auto& field : p.fields) {
    json masks = json::array();
    for (const auto& m : field.masks)
      masks.push_back({{"rule", m.rule}, {"begin", m.span.begin}, {"end", m.span.end}, {"keep", m.keep}});
    out.push_back({{"name", field.name}, {"title", field.title}, {"text", field.text}, {"masks", masks}});
  }
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}
void ReadFields(const std::string& text, Publication& p) {
  for (const auto& f : json::parse(text)) {
    PublicField field{f.at("name"), f.at("title"), f.at("text"), {}};
    for (const auto& m : f.at("masks"))
      field.masks.push_back({m.at("rule"), {m.at("begin"), m.at("end")}, m.at("keep")});
    p.fields.push_back(std::move(field));
  }
}

// Of a document for download; empty: none.
std::string FileOf(const Publication& p) {
  json facts = json::parse(p.facts);
  return facts.contains("file") ? facts["file"].value("sha256", "") : "";
}

template <class... A>
std::vector<Publication> Rows(Session& session, const Query& query, const A&... args) {
  using T = std::string;
  std::vector<Publication> all;
  session.Each<int64_t, T, int64_t, int64_t, T, T, T, T, T, T, T, T, T, int64_t, int64_t>(
      query,
      [&](int64_t id, const T& kind, int64_t subject, int64_t round, const T& title, const T& state,
          const T& facts, const T& fields, const T& snapshot, const T& sm3, const T& sha256, const T& people,
          const T& reason, int64_t public_seq, int64_t revision) {
        Publication p;
        p.id = {id};
        p.kind = ParsePublicationKind(kind).value_or(PublicationKind::kTask);
        p.subject = subject;
        p.round = {round};
        p.title = title;
        p.state = ParsePublicationState(state).value_or(PublicationState::kDropped);
        p.facts = facts;
        ReadFields(fields, p);
        p.snapshot = snapshot;
        p.sm3 = sm3;
        p.sha256 = sha256;
        ReadPeople(people, p);
        p.reason = reason;
        p.public_seq = public_seq;
        p.revision = revision;
        all.push_back(std::move(p));
      },
      args...);
  return all;
}

std::optional<PublicationId> IdOr(std::optional<int64_t> id) {
  return id ? std::optional(PublicationId{*id}) : std::nullopt;
}

}  // namespace

PublicationId InsertPublication(Session& session, Publication& p) {
  p.id = {session.Insert(kInsert, PublicationKindName(p.kind), p.subject, p.round, p.title,
                         PublicationStateName(p.state), p.facts, FieldsText(p), p.snapshot, p.sm3, p.sha256,
                         FileOf(p), PeopleText(p), p.reason, p.public_seq, p.revision)};
  return p.id;
}

void UpdatePublication(Session& session, const Publication& p) {
  session.Run(kUpdate, p.title, PublicationStateName(p.state), p.facts, FieldsText(p), p.snapshot, p.sm3,
              p.sha256, PeopleText(p), p.reason, p.public_seq, p.revision, p.id);
}

std::optional<Publication> LoadPublication(Session& session, PublicationId id) {
  auto rows = Rows(session, kLoad, id);
  return rows.empty() ? std::nullopt : std::optional(std::move(rows[0]));
}

std::vector<Publication> FindPublications(Session& session, const PublicationFilter& f) {
  std::string where;
  std::vector<AnyArg> args;
  auto add = [&](const std::string& condition, AnyArg arg) {
    where += (where.empty() ? "WHERE " : " AND ") + condition;
    args.push_back(std::move(arg));
  };
  if (f.state) add("p.state = :state", std::string(PublicationStateName(*f.state)));
  if (f.kind) add("p.kind = :kind", std::string(PublicationKindName(*f.kind)));
  if (f.round) add("p.round_id = :round", f.round->value);
  if (f.before) add("p.id < :before", f.before);
  args.emplace_back(int64_t(f.limit));
  Query query{"publications_find", ZG_PUBLICATION + where + " ORDER BY p.id DESC LIMIT :n"};
  return Rows(session, query, args);
}

std::map<std::string, int64_t> CountPublications(Session& session) {
  std::map<std::string, int64_t> counts;
  session.Each<std::string, int64_t>(kCount, [&](const std::string& state, int64_t n) { counts[state] = n; });
  return counts;
}

std::optional<PublicationId> OpenPublication(Session& session, PublicationKind kind, int64_t subject) {
  return IdOr(session.Value<int64_t>(kOpen, PublicationKindName(kind), subject));
}
std::optional<PublicationId> ReleasedPublication(Session& session, PublicationKind kind, int64_t subject) {
  return IdOr(session.Value<int64_t>(kReleasedOne, PublicationKindName(kind), subject));
}

std::set<int64_t> SubjectsTaken(Session& session, PublicationKind kind) {
  std::set<int64_t> taken;
  session.Each<int64_t>(
      kTaken, [&](int64_t subject) { taken.insert(subject); }, PublicationKindName(kind));
  return taken;
}

std::vector<Publication> ReleasedPublications(Session& session) {
  return Rows(session, kReleasedAll);
}
std::vector<Publication> WithdrawnPublications(Session& session) {
  return Rows(session, kWithdrawnAll);
}
int64_t PublicVersion(Session& session) {
  return session.Value<int64_t>(kPublicVersion).value_or(0);
}
std::vector<Publication> PublicationsAfter(Session& session, PublicationId after, int limit) {
  return Rows(session, kAfter, after, limit);
}

}  // namespace zg::store
