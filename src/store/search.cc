#include "store/search.h"

#include "store/documents.h"
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
    "SELECT p.document_id, d.title, p.span_begin, p.span_end, substr(x.text, p.span_begin + 1, "
    "p.span_end - p.span_begin) FROM passages p JOIN documents d ON d.id = p.document_id JOIN texts x "
    "ON x.id = d.text_id WHERE p.id = :id"};

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

}  // namespace

SearchResult FindWords(Session& session, TextIndex& text, const std::string& q, int limit) {
  SearchResult result;
  std::string expression = text.Expression(q);
  if (expression.empty()) return result;
  for (int64_t ord : text.Find(session, TextIndex::kTasks, expression, 0, limit))
    AddTask(session, ord, result);
  int left = limit - int(result.hits.size());
  if (left > 0) {
    for (int64_t id : text.Find(session, TextIndex::kParagraphs, expression, 0, left))
      AddPassage(session, id, result);
  }
  int64_t tasks = text.Count(session, TextIndex::kTasks, expression, kCap + 1);
  int64_t passages = text.Count(session, TextIndex::kParagraphs, expression, kCap + 1);
  result.capped = tasks + passages > kCap;
  result.total = std::min(tasks + passages, kCap);
  return result;
}

}  // namespace zg::store
