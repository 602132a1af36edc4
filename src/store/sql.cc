#include "store/sql.h"

#include <cassert>
#include <cctype>
#include <chrono>

#include "measure/metrics.h"
#include "measure/slow_query.h"
#include "store/engine.h"

namespace zg::store {
namespace {

constexpr size_t kMostStatements = 400;
constexpr size_t kMostCause = 300;

// Where a column goes.
struct Target {
  enum To {
    kInt64,
    kOptInt64,
    kInt32,
    kUint32,
    kBool,
    kReal,
    kOptReal,
    kString,
    kOptString,
    kCell
  } to = kInt64;
  void* at = nullptr;
};

template <class T, class V>
void Put(void* at, bool null, V value) {
  *static_cast<T*>(at) = null ? T() : T(value);
}

void Deliver(OutSlot& slot, const Target& target) {
  bool null = slot.null;
  switch (target.to) {
    case Target::kInt64:
      return Put<int64_t>(target.at, null, slot.number);
    case Target::kInt32:
      return Put<int>(target.at, null, slot.number);
    case Target::kUint32:
      return Put<uint32_t>(target.at, null, slot.number);
    case Target::kBool:
      return Put<bool>(target.at, null, slot.number != 0);
    case Target::kReal:
      return Put<double>(target.at, null, slot.real);
    case Target::kOptInt64:
      return Put<std::optional<int64_t>>(target.at, null, slot.number);
    case Target::kOptReal:
      return Put<std::optional<double>>(target.at, null, slot.real);
    case Target::kString: {
      auto& to = *static_cast<std::string*>(target.at);
      if (null)
        to.clear();
      else
        to.swap(slot.text);  // the slot is written anew with the next row
      return;
    }
    case Target::kCell:  // FetchCells takes it
      return;
    case Target::kOptString:
      return Put<std::optional<std::string>>(target.at, null, slot.text);
  }
}

using Time = std::chrono::steady_clock;

measure::Histogram& SecondsOf(const std::string& query) {
  return measure::HistogramOf("zhenggai_store_query_seconds",
                              "Time a query spent in the database, its rows fetched; by the query's name.",
                              {{"query", query}}, measure::QueryBounds(), measure::kNanoseconds);
}

// Adds the time in which it stands to `sum`, `weight` times; 0: does not look at the clock.
class Lap {
 public:
  explicit Lap(int64_t& sum, int weight = 1)
      : sum_(sum), weight_(weight), began_(weight ? Time::now() : Time::time_point()) {}
  ~Lap() {
    if (weight_) sum_ += std::chrono::nanoseconds(Time::now() - began_).count() * weight_;
  }

 private:
  int64_t& sum_;
  const int weight_;
  const Time::time_point began_;
};

// Looking at the clock costs as much as some rows do: beyond the first ones one in eight stands for all
// eight.
constexpr int64_t kEachTimed = 8;
constexpr int kOneIn = 8;

int WeightOf(int64_t row) {
  return row < kEachTimed ? 1 : row % kOneIn == 0 ? kOneIn : 0;
}

// Statements without a name of their own: the words that begin and end transactions, and the rest.
std::string NameOf(const std::string& sql) {
  for (const char* word : {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"})
    if (sql.rfind(word, 0) == 0) return word;
  return "other";
}

}  // namespace

// The statement and its arguments may stand in the cause, whole documents among them: the log gets the
// beginning only.
Error FailureOf(const std::string& query, const std::string& said, bool broken) {
  std::string cause = said.substr(0, said.find(" while "));
  if (cause.size() > kMostCause) cause.resize(kMostCause);
  bool full = cause.find("full") != cause.npos || cause.find("I/O") != cause.npos ||
              cause.find("No space") != cause.npos;
  bool busy = cause.find("locked") != cause.npos || cause.find("busy") != cause.npos ||
              cause.find("timeout") != cause.npos;
  std::string message = broken ? "和数据库的连接断了，这一步没有做成。请稍等片刻再试。"
                        : full ? "台账写不进去，请检查磁盘空间后重试。"
                        : busy ? "台账正被另一个操作占用，请稍后再试。"
                               : "台账数据库出错，这一步没有做成。请重试；再不行请查看日志。";
  std::string id = broken ? "store.down" : busy ? "store.busy" : "store.failed";
  return {Code::kUnavailable, message, "", id, query + ": " + cause};
}

size_t CountArguments(const std::string& sql) {
  size_t n = 0;
  bool quoted = false;
  for (size_t i = 0; i + 1 < sql.size(); ++i) {
    quoted = quoted != (sql[i] == '\'');
    if (quoted || sql[i] != ':') continue;
    if (sql[i + 1] == ':')
      ++i;
    else if (std::isalpha(static_cast<unsigned char>(sql[i + 1])))
      ++n;
  }
  return n;
}

std::string WithLists(std::string sql, const std::string& before, const std::string& after) {
  const std::string in = "IN (:", end = "...)";
  for (size_t at = 0; (at = sql.find(in, at)) != sql.npos; at += before.size()) {
    size_t stop = sql.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789", at + in.size());
    if (stop == sql.npos || sql.compare(stop, end.size(), end) != 0) continue;
    sql.replace(stop, end.size(), after);
    sql.replace(at, in.size() - 1, before);
  }
  return sql;
}

std::string WithListsOfRows(std::string sql, const std::string& before, const std::string& after) {
  const std::string begin = "IN (LIST ", end = " LISTED)";
  for (size_t at = 0; (at = sql.find(begin, at)) != sql.npos; at += before.size()) {
    sql.replace(sql.find(end, at), end.size(), after);
    sql.replace(at, begin.size(), before);
  }
  return sql;
}

struct Statement::Parts {
  Parts(Connection& c, std::string text) : connection(c), sql(std::move(text)) {}
  Connection& connection;
  std::string sql;
  std::deque<ArgSlot> args;
  std::deque<OutSlot> outs;
  std::vector<Target> targets;
  size_t next_arg = 0, next_out = 0;
  std::unique_ptr<Prepared> prepared;

  ArgSlot& Next(SlotType type) {
    if (next_arg == args.size()) args.push_back({type, 0, 0, {}, false, {}});
    ArgSlot& slot = args[next_arg++];
    assert(slot.type == type);
    slot.null = false;
    return slot;
  }
  void Next(SlotType type, Target::To to, void* target) {
    if (next_out == outs.size()) {
      outs.push_back({type, 0, 0, {}, false});
      targets.push_back({});
    }
    assert(outs[next_out].type == type);
    targets[next_out++] = {to, target};
  }
};

Statement::Statement(Connection& connection, const Query& query)
    : parts_(std::make_unique<Parts>(connection, query.sql)), name_(query.name) {}
Statement::~Statement() = default;

void Statement::Begin() {
  took_ = rows_ = 0;
  parts_->next_arg = parts_->next_out = 0;
}

void Statement::Arg(int64_t value) {
  parts_->Next(SlotType::kInt).number = value;
}
void Statement::Arg(double value) {
  parts_->Next(SlotType::kDouble).real = value;
}
void Statement::Arg(std::string_view value) {
  parts_->Next(SlotType::kText).text.assign(value);
}
void Statement::Arg(const std::vector<int64_t>& list) {
  parts_->Next(SlotType::kInts).numbers = list;
}
void Statement::ArgNull(int64_t) {
  parts_->Next(SlotType::kInt).null = true;
}
void Statement::ArgNull(double) {
  parts_->Next(SlotType::kDouble).null = true;
}
void Statement::ArgNull(std::string_view) {
  parts_->Next(SlotType::kText).null = true;
}

void Statement::Out(int64_t& to) {
  parts_->Next(SlotType::kInt, Target::kInt64, &to);
}
void Statement::Out(double& to) {
  parts_->Next(SlotType::kDouble, Target::kReal, &to);
}
void Statement::Out(std::string& to) {
  parts_->Next(SlotType::kText, Target::kString, &to);
}
void Statement::Out(std::optional<int64_t>& to) {
  parts_->Next(SlotType::kInt, Target::kOptInt64, &to);
}
void Statement::Out(std::optional<double>& to) {
  parts_->Next(SlotType::kDouble, Target::kOptReal, &to);
}
void Statement::Out(std::optional<std::string>& to) {
  parts_->Next(SlotType::kText, Target::kOptString, &to);
}
void Statement::Out(int& to) {
  parts_->Next(SlotType::kInt, Target::kInt32, &to);
}
void Statement::Out(bool& to) {
  parts_->Next(SlotType::kInt, Target::kBool, &to);
}
void Statement::Out(uint32_t& to) {
  parts_->Next(SlotType::kInt, Target::kUint32, &to);
}

void Statement::Out(const std::vector<ColumnType>& types) {
  for (ColumnType type : types)
    parts_->Next(type == ColumnType::kInt    ? SlotType::kInt
                 : type == ColumnType::kReal ? SlotType::kDouble
                                             : SlotType::kText,
                 Target::kCell, nullptr);
}

void Statement::Arg(const Cell& cell, ColumnType type) {
  if (auto* n = std::get_if<int64_t>(&cell)) return Arg(*n);
  if (auto* d = std::get_if<double>(&cell)) return Arg(*d);
  if (auto* s = std::get_if<std::string>(&cell)) return Arg(std::string_view(*s));
  if (type == ColumnType::kInt) return ArgNull(int64_t());
  if (type == ColumnType::kReal) return ArgNull(double());
  ArgNull(std::string_view());
}

void Statement::Prepare() {
  if (parts_->prepared) return;
  if (CountArguments(parts_->sql) != parts_->args.size())
    throw std::logic_error("arguments do not fit the SQL");
  parts_->prepared = parts_->connection.Prepare(parts_->sql);
}

void Statement::Count() {
  if (!seconds_) seconds_ = &SecondsOf(name_);
  std::chrono::nanoseconds took(took_);
  seconds_->Observe(took);
  measure::QueryTook({name_, took, rows_});
}

void Statement::Run() {
  try {
    {
      Lap lap(took_);
      Prepare();
      parts_->prepared->Execute(parts_->args, parts_->outs, false);
    }
    Count();
  } catch (const std::exception& e) {
    Fail(e);
  }
}

void Statement::Open() {
  try {
    Lap lap(took_);
    Prepare();
    parts_->prepared->Execute(parts_->args, parts_->outs, true);
    busy_ = true;
  } catch (const std::exception& e) {
    Fail(e);
  }
}

void Statement::Ahead() {
  try {
    Prepare();
    parts_->prepared->Ahead(parts_->args);
  } catch (const std::exception& e) {
    Fail(e);
  }
}

bool Statement::Fetch() {
  try {
    Lap lap(took_, WeightOf(rows_));
    busy_ = parts_->prepared->Fetch(parts_->outs);
  } catch (const std::exception& e) {
    busy_ = false;
    Fail(e);
  }
  if (!busy_) {
    Count();
    return false;
  }
  ++rows_;
  for (size_t i = 0; i < parts_->outs.size(); ++i) Deliver(parts_->outs[i], parts_->targets[i]);
  return true;
}

bool Statement::FetchCells(std::vector<Cell>& row) {
  if (!Fetch()) return false;
  row.resize(parts_->outs.size());
  for (size_t i = 0; i < row.size(); ++i) {
    OutSlot& out = parts_->outs[i];
    if (out.null)
      row[i] = Cell();
    else if (out.type == SlotType::kInt)
      row[i] = int64_t(out.number);
    else if (out.type == SlotType::kDouble)
      row[i] = out.real;
    else
      row[i] = out.text;
  }
  return true;
}

void Statement::Fail(const std::exception& e) const {
  throw SqlError(FailureOf(name_, e.what(), parts_->connection.Broken()));
}

Session::Session(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Session::~Session() {
  Forget();
}

bool Session::broken() const {
  return connection_->Broken();
}

void Session::Settle() {
  static measure::Histogram& seconds = SecondsOf("settle");
  try {
    int64_t took = 0;
    {
      Lap lap(took);
      connection_->Settle();
    }
    seconds.Observe(std::chrono::nanoseconds(took));
  } catch (const std::exception& e) {
    throw SqlError(FailureOf("settle", e.what(), broken()));
  }
}

void Session::Flush() {
  try {
    connection_->Flush();
  } catch (const std::exception& e) {
    throw SqlError(FailureOf("flush", e.what(), broken()));
  }
}

bool Session::Gone() {
  return connection_->Gone();
}

void* Session::native() {
  return connection_->native();
}

void Session::Forget() {
  statements_.clear();
}

Statement& Session::Get(const Query& query) {
  auto it = statements_.find(query.sql);
  if (it == statements_.end()) {
    if (statements_.size() >= kMostStatements) Forget();
    it = statements_.emplace(query.sql, std::make_unique<Statement>(*connection_, query)).first;
  }
  return *it->second;
}

bool Session::Unsent() const {
  return connection_->Unsent();
}
bool Session::Far() const {
  return connection_->Far();
}

Statement* Session::GetAhead(const Query& query) {
  auto it = statements_.find(query.sql);
  if (it == statements_.end() && statements_.size() >= kMostStatements) return nullptr;
  Statement& statement = it == statements_.end() ? Get(query) : *it->second;
  return statement.busy() ? nullptr : &statement;
}

Statement& Session::GetIdle(const Query& query, std::unique_ptr<Statement>& own) {
  auto it = statements_.find(query.sql);
  // A query inside the callback of itself, or one more while others are open and the cache is full.
  bool nested = it != statements_.end() && it->second->busy();
  if (nested || (it == statements_.end() && statements_.size() >= kMostStatements)) {
    own = std::make_unique<Statement>(*connection_, query);
    return *own;
  }
  return Get(query);
}

void Session::RunAll(const Query& query, const std::vector<ColumnType>& types,
                     const std::vector<std::vector<Cell>>& rows) {
  Statement statement(*connection_, query);
  for (const auto& row : rows) {
    statement.Begin();
    for (size_t i = 0; i < row.size(); ++i) statement.Arg(row[i], types[i]);
    statement.Run();
  }
}

void Took(const std::string& name, std::chrono::nanoseconds time) {
  SecondsOf(name).Observe(time);
  measure::QueryTook({name, time, 0});
}

void Session::Execute(const std::string& sql) {
  std::string name = NameOf(sql);
  try {
    int64_t took = 0;
    {
      Lap lap(took);
      connection_->Execute(sql);
    }
    Took(name, std::chrono::nanoseconds(took));
  } catch (const std::exception& e) {
    throw SqlError(FailureOf(sql.substr(0, 60), e.what(), broken()));
  }
}

}  // namespace zg::store
