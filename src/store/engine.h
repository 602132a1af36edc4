#pragma once
// What a database's own library has to do: prepare, run, fetch. Inside of store/ only; sql.h is what the
// nouns use.

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "store/sql.h"

namespace zg::store {

enum class SlotType { kInt, kDouble, kText, kInts };

// A bound argument.
struct ArgSlot {
  SlotType type;
  long long number = 0;
  double real = 0;
  std::string text;
  bool null = false;
  std::vector<int64_t> numbers;
};

// A column of the row that was fetched last.
struct OutSlot {
  SlotType type;
  long long number = 0;
  double real = 0;
  std::string text;
  bool null = false;
};

// One prepared statement. Deques, so that the slots stay where they are while it lives; their types do not
// change from call to call. Failures are thrown as std::exception.
class Prepared {
 public:
  virtual ~Prepared() = default;
  // `rows`: columns are wanted, Fetch follows until it says false.
  virtual void Execute(std::deque<ArgSlot>& args, std::deque<OutSlot>& outs, bool rows) = 0;
  virtual bool Fetch(std::deque<OutSlot>& outs) = 0;
  // The next Execute with the same arguments is already on its way, where the engine is far enough away for
  // that to be worth something (Connection::Far).
  virtual void Ahead(std::deque<ArgSlot>&) {}
};

// One connection. Not thread-safe.
class Connection {
 public:
  virtual ~Connection() = default;
  // `sql` with :arguments in the order they are bound.
  virtual std::unique_ptr<Prepared> Prepare(const std::string& sql) = 0;
  virtual void Execute(const std::string& sql) = 0;  // without arguments, not kept
  virtual void Settle() {}                  // throws what came of statements that were not asked after yet
  virtual void Flush() {}                   // what was not sent yet goes out; nobody waits
  virtual bool Gone() { return Broken(); }  // as far as can be told without asking the other end
  virtual bool Broken() const { return false; }  // it will never answer again
  virtual bool Unsent() const { return false; }  // something was run and not sent yet
  virtual bool Far() const { return false; }     // each question costs a way there and back
  virtual void* native() = 0;                    // the library's own handle, for the engine's folder only
};

// For metrics and the log of slow queries: what an engine ran past Session.
void Took(const std::string& name, std::chrono::nanoseconds time);

// Chinese sentence and code for what went wrong with the query of that name.
Error FailureOf(const std::string& query, const std::string& cause, bool broken);

// Lists of numbers, `IN (:ids...)` in SQL, as the engine has them: `before`, the argument, `after`.
std::string WithLists(std::string sql, const std::string& before, const std::string& after);

// `IN (LIST SELECT … LISTED)`: the same rows as without the two words; as a list, where the engine makes one
// first.
std::string WithListsOfRows(std::string sql, const std::string& before, const std::string& after);

// How many :arguments the SQL has; a colon in quotes, or doubled, is none.
size_t CountArguments(const std::string& sql);

}  // namespace zg::store
