#include "store/search.h"

#include <algorithm>
#include <unordered_map>

#include "store/documents.h"
#include "store/tasks.h"

namespace zg::store {
namespace {

constexpr int64_t kCap = 200;  // hits that are counted; going through more of them costs more than finding

const Query kTaskRows{"search_tasks", "SELECT ord, task_id, words FROM task_rows WHERE ord IN (:ids...)"};
// The task is the innermost entry around the passage.
const Query kPassages{
    "search_passages",
    "SELECT p.id, p.document_id, d.title, p.span_begin, p.span_end, x.id, x.sm3, (SELECT t.id FROM tasks t "
    "WHERE t.document_id = p.document_id AND t.gone = 0 AND t.span_begin <= p.span_begin AND t.span_end > "
    "p.span_begin ORDER BY t.span_begin DESC, t.span_end LIMIT 1) FROM passages p JOIN documents d ON d.id = "
    "p.document_id JOIN texts x ON x.id = d.text_id WHERE p.id IN (:ids...)"};

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
  if (ords.empty()) return;
  std::unordered_map<int64_t, SearchHit> found;
  std::vector<TaskId> tasks;
  session.Each<int64_t, int64_t, Text>(
      kTaskRows,
      [&](int64_t ord, int64_t task, Text& words) {
        tasks.push_back({task});
        found.emplace(ord, SearchHit{true, {task}, {}, "", "", {}, std::move(words)});
      },
      ords);
  auto names = LoadNames(session, tasks);
  std::vector<DocId> documents;
  for (const auto& [task, name] : names) documents.push_back(name.document);
  auto titles = TitlesOf(session, documents);
  for (auto& [ord, hit] : found) {
    const TaskName& name = names[hit.task];
    hit.document = name.document;
    hit.document_title = titles[name.document];
    hit.path = name.path;
    hit.span = name.span;
  }
  AddInOrder(ords, found, result);
}

void AddPassages(Session& session, KnownTexts& texts, const Keys& ids, SearchResult& result) {
  if (ids.empty()) return;
  struct Place {
    int64_t text;
    std::string sm3;
  };
  std::unordered_map<int64_t, SearchHit> found;
  std::unordered_map<int64_t, Place> places;
  std::vector<TaskId> tasks;
  session.Each<int64_t, int64_t, Text, uint32_t, uint32_t, int64_t, Text, int64_t>(
      kPassages,
      [&](int64_t id, int64_t document, Text& title, uint32_t begin, uint32_t end, int64_t text, Text& sm3,
          int64_t task) {
        tasks.push_back({task});
        places.emplace(id, Place{text, std::move(sm3)});
        found.emplace(id, SearchHit{false, {task}, {document}, title, "", {begin, end}, ""});
      },
      ids);
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

}  // namespace

SearchResult FindWords(Session& session, TextIndex& text, KnownTexts& texts, const std::string& q, int limit,
                       const Scope& scope) {
  SearchResult result;
  std::string expression = text.Expression(q);
  if (expression.empty()) return result;
  session.Ahead([&] { TaskNamesStamp(session); });
  auto tasks = text.Find(session, TextIndex::kTasks, expression, limit, kCap, scope);
  result.total = tasks.n;
  const int left = limit - int(tasks.keys.size());
  result.capped = tasks.more || left <= 0;
  TextIndex::Found passages;
  if (left > 0) {  // otherwise there is no room for paragraphs, and they are not looked for
    passages = text.Find(session, TextIndex::kParagraphs, expression, left, kCap - tasks.n, scope);
    result.total += passages.n;
    result.capped = result.capped || passages.more;
  }
  AddTasks(session, tasks.keys, result);
  AddPassages(session, texts, passages.keys, result);
  return result;
}

}  // namespace zg::store
