#pragma once
// How tasks, units and documents are called, kept in memory: a page of evidence, reports or steps names some
// fifty of them, and to read those from their wide rows costs the database more than the rest of the page.
//
// The name of a unit and the title of a document never change. The names of tasks do, with corrections:
// whoever changes one leaves another number in the table `changes`, in the same transaction
// (TaskNamesChanged). A name is used only where the number is still the one it was read with, so a read has
// the names of its own state of the ledger. Where the number is not kept yet (an older program is at work,
// 0023), and in writes, which see what may still be undone, the database is asked.

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/task.h"
#include "store/sql.h"

namespace zg::store {

// What a line tells of a task that it points to; the problem's first 120 characters or so.
struct TaskName {
  std::string path, problem;
  bool is_task = false;
  DocId document;
  Span span;
};

// The newest of two halves; what was not asked for while the young half filled up goes. Not thread-safe.
template <class V>
class Remembered {
 public:
  explicit Remembered(size_t most) : half_(most / 2) {}
  const V* Find(int64_t key) {
    if (auto it = young_.find(key); it != young_.end()) return &it->second;
    auto it = old_.find(key);
    if (it == old_.end()) return nullptr;
    V value = std::move(it->second);
    old_.erase(it);
    return Add(key, std::move(value));
  }
  const V* Add(int64_t key, V value) {
    if (young_.size() >= half_) {
      old_ = std::move(young_);
      young_.clear();
    }
    return &(young_[key] = std::move(value));
  }
  void Clear() {
    young_.clear();
    old_.clear();
  }

 private:
  const size_t half_;
  std::unordered_map<int64_t, V> young_, old_;
};

// Thread-safe. One for each store; the sessions of its reads know it (Session::names).
class KnownNames {
 public:
  // `most`: of each at most; some 400 bytes each.
  explicit KnownNames(size_t most = 100'000) : tasks_(most), units_(most), documents_(most) {}

  // Those of `ids` that are known as of that stamp go to `found`. → the others
  std::vector<int64_t> Tasks(int64_t stamp, const std::vector<int64_t>& ids,
                             std::unordered_map<TaskId, TaskName>& found);
  void Add(int64_t stamp, TaskId id, const TaskName& name);
  std::vector<int64_t> Units(const std::vector<int64_t>& ids, std::unordered_map<UnitId, std::string>& found);
  void Add(UnitId id, const std::string& name);
  std::vector<int64_t> Titles(const std::vector<int64_t>& ids, std::unordered_map<DocId, std::string>& found);
  void Add(DocId id, const std::string& title);
  // Marks of a ledger that are set once and stay.
  bool Marked(const std::string& mark);
  void Mark(const std::string& mark);
  void Clear();

 private:
  void AsOf(int64_t stamp);  // under mutex_

  std::mutex mutex_;
  std::optional<int64_t> stamp_;
  Remembered<TaskName> tasks_;
  Remembered<std::string> units_, documents_;
  std::set<std::string> marks_;
};

// Whether the mark is set, which `query` asks for; not asked again once it is.
bool IsMarked(Session& session, const Query& query);
// Asked ahead by what will name tasks, so that it costs no round of its own.
std::optional<int64_t> TaskNamesStamp(Session& session);
// In the transaction that changes what a TaskName holds of the task, before it does: leaves another stamp
// where it is not called that already.
void TaskNamesChange(Session& session, TaskId id, const TaskName& name);

}  // namespace zg::store
