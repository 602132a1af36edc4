#include "store/known_names.h"

#include <random>

namespace zg::store {
namespace {

const Query kStamp{"task_names_stamp", "SELECT stamp FROM changes WHERE what = 'task_names'"};
const Query kChange{"task_names_change",
                    "UPDATE changes SET stamp = :stamp WHERE what = 'task_names' AND EXISTS (SELECT 1 FROM "
                    "tasks WHERE id = :id AND "
                    "(path <> :path OR problem <> :problem OR is_task <> :is_task OR document_id <> "
                    ":document OR span_begin <> "
                    ":span_begin OR span_end <> :span_end))"};

// Never one that was there before: what was undone, or lost with a machine, does not come again with other
// names.
int64_t AnotherStamp() {
  thread_local std::mt19937_64 numbers = [] {
    std::random_device random;
    std::seed_seq seed{random(), random(), random(), random()};
    return std::mt19937_64(seed);
  }();
  return int64_t(numbers() >> 1);
}

template <class Key, class V>
std::vector<int64_t> Take(Remembered<V>& known, const std::vector<int64_t>& ids,
                          std::unordered_map<Key, V>& found) {
  std::vector<int64_t> others;
  for (int64_t id : ids) {
    if (const V* name = known.Find(id))
      found.emplace(Key{id}, *name);
    else
      others.push_back(id);
  }
  return others;
}

}  // namespace

void KnownNames::AsOf(int64_t stamp) {
  if (stamp_ == stamp) return;
  tasks_.Clear();
  stamp_ = stamp;
}

std::vector<int64_t> KnownNames::Tasks(int64_t stamp, const std::vector<int64_t>& ids,
                                       std::unordered_map<TaskId, TaskName>& found) {
  std::lock_guard lock(mutex_);
  AsOf(stamp);
  return Take(tasks_, ids, found);
}

void KnownNames::Add(int64_t stamp, TaskId id, const TaskName& name) {
  std::lock_guard lock(mutex_);
  if (stamp_ == stamp) tasks_.Add(id.value, name);
}

std::vector<int64_t> KnownNames::Units(const std::vector<int64_t>& ids,
                                       std::unordered_map<UnitId, std::string>& found) {
  std::lock_guard lock(mutex_);
  return Take(units_, ids, found);
}

void KnownNames::Add(UnitId id, const std::string& name) {
  std::lock_guard lock(mutex_);
  units_.Add(id.value, name);
}

std::vector<int64_t> KnownNames::Titles(const std::vector<int64_t>& ids,
                                        std::unordered_map<DocId, std::string>& found) {
  std::lock_guard lock(mutex_);
  return Take(documents_, ids, found);
}

void KnownNames::Add(DocId id, const std::string& title) {
  std::lock_guard lock(mutex_);
  documents_.Add(id.value, title);
}

bool KnownNames::Marked(const std::string& mark) {
  std::lock_guard lock(mutex_);
  return marks_.count(mark) > 0;
}

void KnownNames::Mark(const std::string& mark) {
  std::lock_guard lock(mutex_);
  marks_.insert(mark);
}

bool IsMarked(Session& session, const Query& query) {
  KnownNames* known = session.names();
  if (known && known->Marked(query.name)) return true;
  bool is = session.Value<int64_t>(query).has_value();
  if (is && known) known->Mark(query.name);
  return is;
}

void KnownNames::Clear() {
  std::lock_guard lock(mutex_);
  stamp_.reset();
  tasks_.Clear();
  units_.Clear();
  documents_.Clear();
  marks_.clear();
}

std::optional<int64_t> TaskNamesStamp(Session& session) {
  return session.Value<int64_t>(kStamp);
}

void TaskNamesChange(Session& session, TaskId id, const TaskName& name) {
  session.Run(kChange, AnotherStamp(), id, name.path, name.problem, name.is_task, name.document,
              name.span.begin, name.span.end);
}

}  // namespace zg::store
