// What is read of publications.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/json.h"
#include "office/publication_json.h"
#include "office/publish_content.h"
#include "office/publishing.h"
#include "store/cases.h"
#include "store/publications.h"
#include "store/rounds.h"
#include "store/task_list.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;
constexpr int64_t kMostTasks = 200'000;

Result<int64_t> ReadKey(const std::string& after) {
  if (after.empty()) return int64_t(0);
  int64_t n = 0;
  auto [end, error] = std::from_chars(after.data(), after.data() + after.size(), n);
  if (error == std::errc() && end == after.data() + after.size() && n > 0) return n;
  return Error{Code::kInvalid, "翻页的位置不对，请从第一页重新打开。", "after", "parameter.after"};
}

json CountsJson(store::Session& s) {
  json counts = json::object();
  for (auto state : {PublicationState::kDraft, PublicationState::kReview, PublicationState::kReleased,
                     PublicationState::kWithdrawn, PublicationState::kReplaced, PublicationState::kDropped})
    counts[std::string(PublicationStateName(state))] = 0;
  for (const auto& [state, n] : store::CountPublications(s)) counts[state] = n;
  return counts;
}

// Ids of tasks that stand at a state that says closed, ascending.
Result<std::vector<TaskId>> ClosedTasks(store::Session& s, const OfficeCore& core,
                                        std::optional<RoundId> round) {
  std::vector<TaskId> all;
  for (int64_t version : store::VersionIds(s)) {
    ZG_ASSIGN(auto workflow, core.cases.VersionOf(s, version));
    for (const auto& state : workflow->states) {
      if (!state.closed) continue;
      store::CaseFilter filter{workflow->id + "/" + state.id, round, std::nullopt, false, core.Today()};
      auto at = store::TasksAt(s, {}, filter);
      all.insert(all.end(), at.begin(), at.end());
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

json CandidateJson(store::Session& s, const OfficeCore& core, const store::TaskHead& head) {
  Closing closing = ClosingOf(s, core, head.id);
  auto round = store::LoadRound(s, head.round);
  return {{"task_id", head.id.value},
          {"path", head.path},
          {"problem", Shortened(head.problem, 120)},
          {"round", {{"id", head.round.value}, {"name", round ? round->name : ""}}},
          {"status", closing.state_title},
          {"closed", closing.closed},
          {"closed_on", closing.on.empty() ? json() : json(closing.on)}};
}

}  // namespace

Result<json> Publishing::List(const PublicationQuery& query, const Actor& actor) const {
  ZG_ASSIGN(int64_t before, ReadKey(query.after));
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    store::PublicationFilter filter{query.state, query.kind, query.round, before, query.limit + 1};
    auto found = store::FindPublications(s, filter);
    bool more = int(found.size()) > query.limit;
    if (more) found.resize(size_t(query.limit));
    json items = json::array();
    for (const auto& p : found) items.push_back(PublicationJson(s, p, SignedBy(actor)));
    return json{{"items", std::move(items)},
                {"next", more ? json(std::to_string(found.back().id.value)) : json()},
                {"counts", CountsJson(s)}};
  });
}

Result<json> Publishing::Candidates(const CandidateQuery& query) const {
  ZG_ASSIGN(int64_t after, ReadKey(query.after));
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    std::vector<TaskId> tasks;
    if (query.closed_only) {
      ZG_ASSIGN(tasks, ClosedTasks(s, core_, query.round));
    } else {
      TaskFilter filter;
      filter.round = query.round;
      ZG_ASSIGN(tasks,
                store::ListTaskIds(s, core_.store->text_index(), filter, {}, core_.Today(), kMostTasks));
      std::sort(tasks.begin(), tasks.end());
    }
    auto taken = store::SubjectsTaken(s, PublicationKind::kTask);
    std::erase_if(tasks, [&](TaskId id) { return taken.count(id.value) > 0; });
    json items = json::array();
    json next;
    for (TaskId id : tasks) {
      if (id.value <= after) continue;
      if (int(items.size()) == query.limit) {
        next = items.back()["task_id"].dump();
        break;
      }
      auto head = store::LoadHead(s, id);
      if (head && !head->gone) items.push_back(CandidateJson(s, core_, *head));
    }
    return json{{"items", std::move(items)}, {"next", std::move(next)}, {"total", tasks.size()}};
  });
}

Result<json> Publishing::Get(PublicationId id, const Actor& actor) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    auto p = store::LoadPublication(s, id);
    if (!p)
      return Error{Code::kNotFound, "没有这一条公开内容，请刷新后重新选择。", "", "publication.not_found"};
    return PublicationWhole(s, core_, *p, SignedBy(actor));
  });
}

Result<gazette::Content> Publishing::Content() const {
  auto read = [&](store::Session& s) -> Result<gazette::Content> {
    gazette::Content content;
    content.version = store::PublicVersion(s);
    for (const auto& p : store::ReleasedPublications(s)) {
      if (!gazette::AddSnapshot(content, p))
        core_.Log({Code::kUnavailable, "公开内容读不出来", "", "publication.broken",
                   "publication " + std::to_string(p.id.value)});
    }
    for (const auto& p : store::WithdrawnPublications(s))
      content.gone.push_back(
          {std::string(PublicationKindName(p.kind)), p.subject, p.ended.at.substr(0, 10), p.reason});
    gazette::Arrange(content);
    return content;
  };
  int64_t known = newest_;
  auto content = core_.store->ReadStale(read);
  if (content.ok() && content->version < known) content = core_.store->Read(read);
  if (content.ok()) Saw(content->version);
  return content;
}

Result<std::pair<gazette::Content, Publication>> Publishing::Preview(PublicationId id) const {
  return core_.store->Read([&](store::Session& s) -> Result<std::pair<gazette::Content, Publication>> {
    auto p = store::LoadPublication(s, id);
    if (!p)
      return Error{Code::kNotFound, "没有这一条公开内容，请刷新后重新选择。", "", "publication.not_found"};
    if (p->snapshot.empty()) Freeze(*p, rules_);
    if (p->released.at.empty()) p->released.at = core_.Now();
    gazette::Content content;
    if (p->kind == PublicationKind::kRound) {
      for (const auto& other : store::ReleasedPublications(s))
        if (other.kind != p->kind || other.subject != p->subject) gazette::AddSnapshot(content, other);
    }
    gazette::AddSnapshot(content, *p);
    gazette::Arrange(content);
    return std::pair(std::move(content), std::move(*p));
  });
}

Result<BlobFile> Publishing::OpenFile(const std::string& sha256) const {
  return core_.vault->OpenFile(sha256);
}

Result<int64_t> Publishing::PublicVersion() const {
  ZG_ASSIGN(int64_t version,
            core_.store->ReadStale([](store::Session& s) { return store::PublicVersion(s); }));
  return Saw(version);
}

int64_t Publishing::Saw(int64_t version) const {
  int64_t newest = newest_;
  while (newest < version && !newest_.compare_exchange_weak(newest, version)) {
  }
  return std::max(newest, version);
}

}  // namespace zg
