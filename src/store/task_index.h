#pragma once
// Keeps what is derived from tasks (0002_derived.sql) true, in the transaction that changes them: the ready
// line, the facets, the counts, the words searched for.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "document/document.h"
#include "ledger/task.h"
#include "store/database.h"
#include "store/facet.h"
#include "store/units.h"

namespace zg::store {

// For one transaction. Flush before its end, or nothing is counted and no word is found. Words wait for Flush
// because the text index writes out what it has gathered as soon as another statement needs a savepoint.
class TaskIndex {
 public:
  TaskIndex(Session& session, TextIndex& text, UnitDirectory& units)
      : session_(session), text_(text), units_(units) {}
  ~TaskIndex();
  TaskIndex(const TaskIndex&) = delete;
  TaskIndex& operator=(const TaskIndex&) = delete;

  // Makes what is derived of the task fit what it is now. Headings and tasks that are gone have none.
  // `family` is the first version of its document.
  void Refresh(const Task& task, DocId family);
  void Remove(TaskId id);
  // What is searched for in the document's text: its paragraphs.
  void AddPassages(DocId document, const Document& text);
  void RemovePassages(DocId document, const std::u32string& text);
  // Tasks of these units are seen by others than before: the tree above them changed.
  void SeenAnew(const std::vector<UnitId>& units);
  // Other units than before have steps of this task's breakdown; those see the task, too.
  void StepsChanged(TaskId task);
  void Flush();
  // Takes everything away, of all tasks and documents.
  void Clear();

 private:
  struct Line {
    int64_t ord, due, state, updated;
    RoundId round;
    std::vector<std::pair<int64_t, int64_t>> facets;  // facet, bits
    std::vector<int64_t> counted;                     // facets without rows
  };
  Line LineOf(const Task& task, DocId family);
  std::set<UnitId> AddUnits(const Task& task, int64_t flags, Line& line);
  struct Words {
    bool add;  // false: take away
    TextIndex::Kind kind;
    int64_t key;
    std::string text;
  };
  struct FacetRow {
    int64_t facet, ord, due, state, updated, bits;
  };
  void Count(const Line& line, int64_t by);
  void FlushFacets();
  void AddSeen(TaskId task, const std::set<UnitId>& stand, int64_t flags, Line& line);
  void SeenAnew(TaskId task);
  const std::string& NameOf(RoundId round);

  Session& session_;
  TextIndex& text_;
  UnitDirectory& units_;
  std::map<std::tuple<int64_t, int64_t, int64_t, int64_t>, int64_t> counts_;  // round, facet, due, state
  std::map<RoundId, std::string> round_names_;
  std::map<std::pair<int64_t, int64_t>, int64_t> totals_;  // round, facet
  std::vector<FacetRow> facets_;
  std::unordered_set<int64_t> waiting_;  // ord of those in facets_
  std::vector<Words> words_;             // in the order they came
};

// The part of a list's line that does not depend on the day: JSON text.
std::string ItemJson(const Task& task, const std::string& round_name);
// Words of a task that a list or a search looks through.
std::string TaskWords(const Task& task);
// Paragraphs of a text as they are searched: lines that a hard wrap cut are joined. Spans ascending.
std::vector<Span> PassagesOf(const Document& text);
// The passage's words as they are indexed, without the white space that stands between Han characters.
std::string PassageWords(const std::u32string& text, Span span);

}  // namespace zg::store
