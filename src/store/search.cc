#include "store/search.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "store/documents.h"
#include "store/facet.h"
#include "store/many.h"
#include "store/sight.h"
#include "store/tasks.h"

namespace zg::store {
namespace {

constexpr int64_t kCap = 200;  // hits that are counted; going through more of them costs more than finding
constexpr int64_t kLooked = 1000;  // of each kind, that are looked through for those that somebody sees

const Many kTaskRows(
    "search_tasks",
    "SELECT r.ord, r.task_id, t.document_id, d.title, t.path, t.span_begin, t.span_end, r.words FROM "
    "task_rows r JOIN tasks t ON t.id = r.task_id JOIN documents d ON d.id = t.document_id WHERE "
    "r.ord IN {ids}");
// The task is the innermost entry around the passage.
const Many kPassages(
    "search_passages",
    "SELECT p.id, p.document_id, d.title, p.span_begin, p.span_end, x.id, x.sm3, (SELECT t.id FROM tasks t "
    "WHERE t.document_id = p.document_id AND t.gone = 0 AND t.span_begin <= p.span_begin AND t.span_end > "
    "p.span_begin ORDER BY t.span_begin DESC, t.span_end LIMIT 1) FROM passages p JOIN documents d ON d.id = "
    "p.document_id JOIN texts x ON x.id = d.text_id WHERE p.id IN {ids}");
const Many kOrdsSeen("search_seen", "SELECT ord FROM task_facets WHERE ord IN {ids} AND facet = :facet");
const Many kPassageDocuments("search_passage_documents",
                             "SELECT id, document_id FROM passages WHERE id IN {ids}");

using Keys = std::vector<int64_t>;
using Text = std::string;

// Behind the hits that are there, in the order of the keys.
void AddInOrder(const Keys& keys, std::unordered_map<int64_t, SearchHit>& found, SearchResult& result) {
  for (int64_t key : keys) {
    auto hit = found.find(key);
    if (hit != found.end()) result.hits.push_back(std::move(hit->second));
  }
}

void AddTasks(Session& session, const Keys& ords, SearchResult& result) {
  std::unordered_map<int64_t, SearchHit> found;
  kTaskRows.Each<int64_t, int64_t, int64_t, Text, Text, uint32_t, uint32_t, Text>(
      session, ords,
      [&](int64_t ord, int64_t task, int64_t document, Text& title, Text& path, uint32_t begin, uint32_t end,
          Text& words) {
        found.emplace(ord, SearchHit{true, {task}, {document}, title, path, {begin, end}, std::move(words)});
      });
  AddInOrder(ords, found, result);
}

void AddPassages(Session& session, KnownTexts& texts, const Keys& ids, SearchResult& result) {
  struct Place {
    int64_t text;
    std::string sm3;
  };
  std::unordered_map<int64_t, SearchHit> found;
  std::unordered_map<int64_t, Place> places;
  std::vector<TaskId> tasks;
  kPassages.Each<int64_t, int64_t, Text, uint32_t, uint32_t, int64_t, Text, int64_t>(
      session, ids,
      [&](int64_t id, int64_t document, Text& title, uint32_t begin, uint32_t end, int64_t text, Text& sm3,
          int64_t task) {
        tasks.push_back({task});
        places.emplace(id, Place{text, std::move(sm3)});
        found.emplace(id, SearchHit{false, {task}, {document}, title, "", {begin, end}, ""});
      });
  auto heads = LoadNames(session, tasks);
  for (auto& [id, hit] : found) {
    auto head = heads.find(hit.task);
    hit.task = head != heads.end() && head->second.is_task ? hit.task : TaskId();
    if (head != heads.end()) hit.path = head->second.path;
    auto text = texts.Get(session, places[id].text, places[id].sm3);
    uint32_t begin = std::min<uint32_t>(hit.span.begin, uint32_t(text->size()));
    hit.words = ToUtf8(std::u32string_view(*text).substr(begin, hit.span.end - hit.span.begin));
  }
  AddInOrder(ids, found, result);
}

// Those of the keys that the scope sees, in their order.
Keys SeenTasks(Session& session, const Scope& scope, const Keys& ords) {
  std::unordered_set<int64_t> seen;
  auto ask = [&] {
    kOrdsSeen.Each<int64_t>(
        session, ords, [&](int64_t ord) { seen.insert(ord); }, FacetOf(scope));
  };
  session.Ahead(ask);
  ask();
  Keys left;
  for (int64_t ord : ords)
    if (seen.count(ord)) left.push_back(ord);
  return left;
}

Keys SeenPassages(Session& session, const Scope& scope, const Keys& ids) {
  std::unordered_map<int64_t, int64_t> document_of;
  auto ask = [&] {
    kPassageDocuments.Each<int64_t, int64_t>(
        session, ids, [&](int64_t id, int64_t document) { document_of[id] = document; });
  };
  session.Ahead(ask);
  ask();
  std::map<int64_t, bool> seen;  // by document
  for (const auto& [id, document] : document_of) seen[document] = false;
  session.Ahead([&] {
    for (const auto& [document, unused] : seen) SeesDocument(session, scope, {document});
  });
  for (auto& [document, sees] : seen) sees = SeesDocument(session, scope, {document});
  Keys left;
  for (int64_t id : ids)
    if (auto document = document_of.find(id); document != document_of.end() && seen[document->second])
      left.push_back(id);
  return left;
}

// Of the newest kLooked tasks and kLooked paragraphs with the words, those that are seen.
SearchResult FindSeen(Session& session, TextIndex& text, KnownTexts& texts, const std::string& expression,
                      int limit, const Scope& scope) {
  SearchResult result;
  Keys tasks = text.Find(session, TextIndex::kTasks, expression, kLooked, 0).keys;
  Keys passages = text.Find(session, TextIndex::kParagraphs, expression, kLooked, 0).keys;
  result.capped = tasks.size() >= size_t(kLooked) || passages.size() >= size_t(kLooked);
  tasks = SeenTasks(session, scope, tasks);
  passages = SeenPassages(session, scope, passages);
  result.total = int64_t(tasks.size() + passages.size());
  result.capped = result.capped || result.total > kCap;
  result.total = std::min(result.total, kCap);
  if (int(tasks.size()) > limit) tasks.resize(size_t(limit));
  passages.resize(std::min(passages.size(), size_t(limit) - tasks.size()));
  AddTasks(session, tasks, result);
  AddPassages(session, texts, passages, result);
  return result;
}

}  // namespace

SearchResult FindWords(Session& session, TextIndex& text, KnownTexts& texts, const std::string& q, int limit,
                       const Scope& scope) {
  SearchResult result;
  std::string expression = text.Expression(q);
  if (expression.empty()) return result;
  if (!scope.all) return FindSeen(session, text, texts, expression, limit, scope);
  auto tasks = text.Find(session, TextIndex::kTasks, expression, limit, kCap);
  result.total = tasks.n;
  result.capped = tasks.more || tasks.n >= kCap;  // paragraphs are not looked for then
  TextIndex::Found passages;
  if (!tasks.more && tasks.n < kCap) {
    int left = limit - int(tasks.keys.size());
    passages = text.Find(session, TextIndex::kParagraphs, expression, std::max(left, 1), kCap - tasks.n);
    passages.keys.resize(std::min(passages.keys.size(), size_t(left)));
    result.total += passages.n;
    result.capped = passages.more;
  }
  AddTasks(session, tasks.keys, result);
  AddPassages(session, texts, passages.keys, result);
  return result;
}

}  // namespace zg::store
