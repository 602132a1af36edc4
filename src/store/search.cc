#include "store/search.h"

#include <algorithm>
#include <map>

#include "store/documents.h"
#include "store/facet.h"
#include "store/sight.h"
#include "store/tasks.h"

namespace zg::store {
namespace {

constexpr int64_t kCap = 1000;

const Query kTaskRow{
    "search_task",
    "SELECT r.task_id, t.document_id, d.title, t.path, t.span_begin, t.span_end, r.words FROM "
    "task_rows r JOIN tasks t ON t.id = r.task_id JOIN documents d ON d.id = t.document_id WHERE "
    "r.ord = :ord"};
// substr counts characters, as spans do.
const Query kPassage{
    "search_passage",
    "SELECT p.document_id, d.title, p.span_begin, p.span_end, substr(x.text, CAST(p.span_begin + 1 AS "
    "INTEGER), CAST(p.span_end - p.span_begin AS INTEGER)) FROM passages p JOIN documents d ON d.id = "
    "p.document_id JOIN texts x "
    "ON x.id = d.text_id WHERE p.id = :id"};

const Query kOrdSeen{"search_seen", "SELECT 1 FROM task_facets WHERE facet = :facet AND ord = :ord"};
const Query kPassageDocument{"search_passage_document", "SELECT document_id FROM passages WHERE id = :id"};

void AddTask(Session& session, int64_t ord, SearchResult& result) {
  session.Each<int64_t, int64_t, std::string, std::string, uint32_t, uint32_t, std::string>(
      kTaskRow,
      [&](int64_t task, int64_t document, std::string& title, std::string& path, uint32_t begin, uint32_t end,
          std::string& words) {
        result.hits.push_back({true, {task}, {document}, title, path, {begin, end}, words});
      },
      ord);
}

void AddPassage(Session& session, int64_t id, SearchResult& result) {
  session.Each<int64_t, std::string, uint32_t, uint32_t, std::string>(
      kPassage,
      [&](int64_t document, std::string& title, uint32_t begin, uint32_t end, std::string& words) {
        SearchHit hit{false, {}, {document}, title, "", {begin, end}, words};
        if (auto head = HeadAt(session, {document}, begin)) {
          hit.task = head->is_task ? head->id : TaskId();
          hit.path = head->path;
        }
        result.hits.push_back(std::move(hit));
      },
      id);
}

// Of the newest kCap tasks and kCap paragraphs with the words, those that are seen.
SearchResult FindSeen(Session& session, TextIndex& text, const std::string& expression, int limit,
                      const Scope& scope) {
  SearchResult result;
  int64_t facet = FacetOf(scope);
  auto tasks = text.Find(session, TextIndex::kTasks, expression, 0, kCap);
  for (int64_t ord : tasks) {
    if (!session.Value<int64_t>(kOrdSeen, facet, ord)) continue;
    ++result.total;
    if (int(result.hits.size()) < limit) AddTask(session, ord, result);
  }
  auto passages = text.Find(session, TextIndex::kParagraphs, expression, 0, kCap);
  std::map<int64_t, bool> seen;  // by document
  for (int64_t id : passages) {
    int64_t document = session.Value<int64_t>(kPassageDocument, id).value_or(0);
    auto [it, fresh] = seen.try_emplace(document);
    if (fresh) it->second = SeesDocument(session, scope, {document});
    if (!it->second) continue;
    ++result.total;
    if (int(result.hits.size()) < limit) AddPassage(session, id, result);
  }
  result.capped = tasks.size() >= size_t(kCap) || passages.size() >= size_t(kCap) || result.total > kCap;
  result.total = std::min(result.total, kCap);
  return result;
}

}  // namespace

SearchResult FindWords(Session& session, TextIndex& text, const std::string& q, int limit,
                       const Scope& scope) {
  SearchResult result;
  std::string expression = text.Expression(q);
  if (expression.empty()) return result;
  if (!scope.all) return FindSeen(session, text, expression, limit, scope);
  // Where fewer are found than were asked for, they are counted too.
  auto found = text.Find(session, TextIndex::kTasks, expression, 0, limit);
  for (int64_t ord : found) AddTask(session, ord, result);
  int64_t tasks = int(found.size()) < limit ? int64_t(found.size())
                                            : text.Count(session, TextIndex::kTasks, expression, kCap + 1);
  int64_t passages = 0;
  int left = limit - int(result.hits.size());
  if (left > 0) {
    found = text.Find(session, TextIndex::kParagraphs, expression, 0, left);
    for (int64_t id : found) AddPassage(session, id, result);
    passages = int64_t(found.size());
  }
  if (tasks <= kCap && (left <= 0 || passages == left))
    passages = text.Count(session, TextIndex::kParagraphs, expression, kCap + 1 - tasks);
  result.capped = tasks + passages > kCap;
  result.total = std::min(tasks + passages, kCap);
  return result;
}

}  // namespace zg::store
