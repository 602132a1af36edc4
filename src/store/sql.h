#pragma once
// SQL with a name, bound arguments and typed columns, whatever the database behind it is (engine.h). Used
// inside store/ only; failures are thrown as SqlError and become an Error at the room's door.
//
//   const Query kDue{"tasks_due_before", "SELECT id, due FROM tasks WHERE due < :day ORDER BY id LIMIT :n"};
//   session.Each<int64_t, std::optional<std::string>>(kDue, [&](int64_t id, auto due) { … }, day, 100);

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace zg::measure {
class Histogram;
}

namespace zg::store {

class Connection;
class KnownNames;

// A name for logs, and SQL with :arguments in the order they are bound, each named once. `IN (:ids...)` takes
// a list of numbers, of any length: one statement for all of them, so that a page of 50 lines is one question
// more and not 50.
struct Query {
  const char* name;
  std::string sql;
};

// What stands in a list: each number once, without those that say "none".
template <class Tag>
std::vector<int64_t> Numbers(const std::vector<Id<Tag>>& ids) {
  std::vector<int64_t> numbers;
  for (Id<Tag> id : ids)
    if (id) numbers.push_back(id.value);
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

// An argument of a query that is put together at run time.
using AnyArg = std::variant<int64_t, std::string>;

// A value of a column known at run time only; NULL is the first.
using Cell = std::variant<std::monostate, int64_t, double, std::string>;
enum class ColumnType { kInt, kReal, kText };

class SqlError : public std::runtime_error {
 public:
  explicit SqlError(Error error) : std::runtime_error(error.cause), error_(std::move(error)) {}
  const Error& error() const { return error_; }

 private:
  Error error_;
};

// A prepared statement with room for its arguments and columns. NULL comes and goes as std::optional.
class Statement {
 public:
  Statement(Connection& connection, const Query& query);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void Arg(int64_t value);
  void Arg(double value);
  void Arg(std::string_view value);
  void ArgNull(int64_t);  // a NULL where other calls bind a number …
  void ArgNull(double);
  void ArgNull(std::string_view);  // … or text
  void Arg(int value) { Arg(int64_t(value)); }
  void Arg(uint32_t value) { Arg(int64_t(value)); }
  void Arg(bool value) { Arg(int64_t(value)); }
  void Arg(const char* value) { Arg(std::string_view(value)); }
  void Arg(const std::string& value) { Arg(std::string_view(value)); }
  void Arg(const AnyArg& any) {
    std::visit([&](const auto& value) { Arg(value); }, any);
  }
  void Arg(const std::vector<int64_t>& list);
  void Arg(const std::vector<AnyArg>& all) {
    for (const auto& any : all) Arg(any);
  }
  void Arg(const Cell& cell, ColumnType type);
  template <class Tag>
  void Arg(Id<Tag> id) {
    Arg(id.value);
  }
  template <class T>
  void Arg(const std::optional<T>& value) {
    using Stored = std::conditional_t<std::is_integral_v<T>, int64_t, T>;
    if (value)
      Arg(*value);
    else if constexpr (std::is_same_v<Stored, std::string>)
      ArgNull(std::string_view());
    else
      ArgNull(Stored());
  }

  // Tells where a column goes. NULL into a plain variable gives 0 or "".
  void Out(int64_t& to);
  void Out(double& to);
  void Out(std::string& to);
  void Out(std::optional<int64_t>& to);
  void Out(std::optional<double>& to);
  void Out(std::optional<std::string>& to);
  void Out(int& to);
  void Out(bool& to);
  void Out(uint32_t& to);
  void Out(const std::vector<ColumnType>& types);  // for FetchCells

  void Begin();  // before the arguments of a call
  void Run();    // no columns
  void Open();   // columns: then Fetch until false
  bool Fetch();
  bool FetchCells(std::vector<Cell>& row);
  void Ahead();
  bool busy() const { return busy_; }

 private:
  struct Parts;
  [[noreturn]] void Fail(const std::exception& e) const;
  void Prepare();
  void Count();  // what it took, when it is over
  std::unique_ptr<Parts> parts_;
  std::string name_;
  measure::Histogram* seconds_ = nullptr;  // of all queries of that name; null until it has run
  int64_t took_ = 0, rows_ = 0;            // nanoseconds in the database, rows so far
  bool busy_ = false;
};

// One connection. Not thread-safe: Store hands each thread its own.
class Session {
 public:
  // What a database keeps with a connection; goes before the connection is closed.
  struct Attachment {
    virtual ~Attachment() = default;
  };

  explicit Session(std::unique_ptr<Connection> connection);
  ~Session();

  // Changes something.
  template <class... A>
  void Run(const Query& query, const A&... args) {
    if (ahead_) throw std::logic_error("a change cannot be made ahead");
    Statement& s = Get(query);
    s.Begin();
    (s.Arg(args), ...);
    s.Run();
  }
  // Runs it once for each row, whose values are its arguments.
  void RunAll(const Query& query, const std::vector<ColumnType>& types,
              const std::vector<std::vector<Cell>>& rows);
  // What will be asked in a moment: f asks it, and gets no rows; the questions go out in one round with the
  // next one that is asked outside of f, and whoever asks the same again has the answer at once. For reads
  // whose arguments are known; a change in between makes them be asked again. Where the database is in this
  // program, f is not called.
  //
  //   session.Ahead([&] { LoadUnit(session, unit); ListNotices(session, …); });
  template <class F>
  void Ahead(F f) {
    if (!Far()) return;
    if (ahead_) return void(f());
    ahead_ = true;
    try {
      f();
    } catch (...) {
      ahead_ = false;
      throw;
    }
    ahead_ = false;
  }
  // Calls f(columns…) for each row. f may run other queries (and the same again).
  template <class... Columns, class F, class... A>
  void Each(const Query& query, F f, const A&... args) {
    if (ahead_) {
      if (Statement* early = GetAhead(query)) {
        early->Begin();
        (early->Arg(args), ...);
        early->Ahead();
      }
      return;
    }
    std::unique_ptr<Statement> own;
    Statement& s = GetIdle(query, own);
    std::tuple<Columns...> row;
    s.Begin();
    (s.Arg(args), ...);
    std::apply([&](auto&... column) { (s.Out(column), ...); }, row);
    s.Open();
    while (s.Fetch()) std::apply([&](auto&... column) { f(column...); }, row);
  }
  // The same with columns of types that are known at run time.
  template <class F, class... A>
  void EachCells(const Query& query, const std::vector<ColumnType>& types, F f, const A&... args) {
    if (ahead_) return;
    Statement s(*connection_, query);
    s.Begin();
    (s.Arg(args), ...);
    std::vector<Cell> row;
    s.Out(types);
    s.Open();
    while (s.FetchCells(row)) f(row);
  }
  // The first row, if there is one.
  template <class... Columns, class... A>
  std::optional<std::tuple<Columns...>> Row(const Query& query, const A&... args) {
    std::optional<std::tuple<Columns...>> first;
    Each<Columns...>(
        query,
        [&](const auto&... column) {
          if (!first) first.emplace(column...);
        },
        args...);
    return first;
  }
  template <class T, class... A>
  std::optional<T> Value(const Query& query, const A&... args) {
    auto row = Row<T>(query, args...);
    return row ? std::optional<T>(std::get<0>(*row)) : std::nullopt;
  }
  // INSERT … RETURNING id.
  template <class... A>
  int64_t Insert(const Query& query, const A&... args) {
    return Value<int64_t>(query, args...).value_or(0);
  }
  // One statement without arguments, not kept: DDL, BEGIN, COMMIT.
  void Execute(const std::string& sql);
  void Settle();        // all that was run has happened when it returns
  void Flush();         // all that was run has been sent
  bool Unsent() const;  // something was run that has not been sent
  bool Gone();          // the connection is gone, as far as can be told without asking
  void Forget();        // drops the prepared statements (before DDL)
  bool broken() const;  // the connection is gone; nothing works on it any more
  void* native();       // sqlite3* or PGconn*, for the folder of the engine only
  void Attach(std::unique_ptr<Attachment> attachment) { attachment_ = std::move(attachment); }
  Attachment* attachment() const { return attachment_.get(); }
  // What reads remember (known_names.h), which outlives this; null: nothing, as in writes.
  void Know(KnownNames* names) { names_ = names; }
  KnownNames* names() const { return names_; }

 private:
  Statement& Get(const Query& query);
  Statement* GetAhead(const Query& query);  // null: not now
  bool Far() const;
  Statement& GetIdle(const Query& query, std::unique_ptr<Statement>& own);

  std::unique_ptr<Connection> connection_;
  std::unique_ptr<Attachment> attachment_;
  std::unordered_map<std::string, std::unique_ptr<Statement>> statements_;  // by SQL
  KnownNames* names_ = nullptr;
  bool ahead_ = false;
};

}  // namespace zg::store
