#include "store/sql.h"

#include <soci/soci.h>

#include <cctype>
#include <deque>

namespace zg::store {
namespace {

constexpr size_t kMostStatements = 400;
constexpr size_t kMostCause = 300;

// SOCI adds the statement and its arguments, whole documents among them: the log gets the beginning only.
Error Failed(const std::string& query, std::string cause) {
  cause = cause.substr(0, cause.find(" while "));
  if (cause.size() > kMostCause) cause.resize(kMostCause);
  bool full = cause.find("full") != cause.npos || cause.find("I/O") != cause.npos;
  bool busy = cause.find("locked") != cause.npos || cause.find("busy") != cause.npos;
  std::string message = full   ? "台账写不进去，请检查磁盘空间后重试。"
                        : busy ? "台账正被另一个操作占用，请稍后再试。"
                               : "台账数据库出错，这一步没有做成。请重试；再不行请查看日志。";
  return {Code::kUnavailable, message, "", busy ? "store.busy" : "store.failed", query + ": " + cause};
}

struct ArgSlot {
  enum Type { kInt, kDouble, kText } type;
  long long number = 0;
  double real = 0;
  std::string text;
  soci::indicator state = soci::i_ok;
};

struct OutSlot {
  enum Type { kInt, kDouble, kText } type;
  long long number = 0;
  double real = 0;
  std::string text;
  soci::indicator state = soci::i_ok;
  enum To { kInt64, kOptInt64, kInt32, kUint32, kBool, kReal, kOptReal, kString, kOptString } to = kInt64;
  void* target = nullptr;
};

void Deliver(OutSlot& slot) {
  bool null = slot.state == soci::i_null;
  switch (slot.to) {
    case OutSlot::kInt64:
      *static_cast<int64_t*>(slot.target) = null ? 0 : slot.number;
      break;
    case OutSlot::kInt32:
      *static_cast<int*>(slot.target) = null ? 0 : int(slot.number);
      break;
    case OutSlot::kUint32:
      *static_cast<uint32_t*>(slot.target) = null ? 0 : uint32_t(slot.number);
      break;
    case OutSlot::kBool:
      *static_cast<bool*>(slot.target) = !null && slot.number != 0;
      break;
    case OutSlot::kReal:
      *static_cast<double*>(slot.target) = null ? 0 : slot.real;
      break;
    case OutSlot::kOptInt64: {
      auto& to = *static_cast<std::optional<int64_t>*>(slot.target);
      if (null)
        to.reset();
      else
        to = slot.number;
      break;
    }
    case OutSlot::kOptReal: {
      auto& to = *static_cast<std::optional<double>*>(slot.target);
      if (null)
        to.reset();
      else
        to = slot.real;
      break;
    }
    case OutSlot::kString: {
      auto& to = *static_cast<std::string*>(slot.target);
      if (null)
        to.clear();
      else
        to = slot.text;
      break;
    }
    case OutSlot::kOptString: {
      auto& to = *static_cast<std::optional<std::string>*>(slot.target);
      if (null)
        to.reset();
      else
        to = slot.text;
      break;
    }
  }
}

}  // namespace

struct Statement::Parts {
  explicit Parts(soci::session& session, std::string text) : sql(std::move(text)), statement(session) {}
  std::string sql;
  std::deque<ArgSlot> args;
  std::deque<OutSlot> outs;
  size_t next_arg = 0, next_out = 0;
  bool prepared = false;
  soci::statement statement;

  ArgSlot& Next(ArgSlot::Type type) {
    if (next_arg == args.size()) args.push_back({type, 0, 0, {}, soci::i_ok});
    ArgSlot& slot = args[next_arg++];
    assert(slot.type == type);
    return slot;
  }
  void Next(OutSlot::Type type, OutSlot::To to, void* target) {
    if (next_out == outs.size()) outs.push_back({type, 0, 0, {}, soci::i_ok, to, target});
    OutSlot& slot = outs[next_out++];
    assert(slot.type == type);
    slot.to = to;
    slot.target = target;
  }
};

Statement::Statement(soci::session& session, const Query& query)
    : parts_(std::make_unique<Parts>(session, query.sql)), name_(query.name) {}
Statement::~Statement() = default;

void Statement::Begin() {
  parts_->next_arg = parts_->next_out = 0;
}

void Statement::Arg(int64_t value) {
  auto& slot = parts_->Next(ArgSlot::kInt);
  slot.number = value;
  slot.state = soci::i_ok;
}
void Statement::Arg(double value) {
  auto& slot = parts_->Next(ArgSlot::kDouble);
  slot.real = value;
  slot.state = soci::i_ok;
}
void Statement::Arg(std::string_view value) {
  auto& slot = parts_->Next(ArgSlot::kText);
  slot.text.assign(value);
  slot.state = soci::i_ok;
}
void Statement::ArgNull(int64_t) {
  parts_->Next(ArgSlot::kInt).state = soci::i_null;
}
void Statement::ArgNull(double) {
  parts_->Next(ArgSlot::kDouble).state = soci::i_null;
}
void Statement::ArgNull(std::string_view) {
  parts_->Next(ArgSlot::kText).state = soci::i_null;
}

void Statement::Out(int64_t& to) {
  parts_->Next(OutSlot::kInt, OutSlot::kInt64, &to);
}
void Statement::Out(double& to) {
  parts_->Next(OutSlot::kDouble, OutSlot::kReal, &to);
}
void Statement::Out(std::string& to) {
  parts_->Next(OutSlot::kText, OutSlot::kString, &to);
}
void Statement::Out(std::optional<int64_t>& to) {
  parts_->Next(OutSlot::kInt, OutSlot::kOptInt64, &to);
}
void Statement::Out(std::optional<double>& to) {
  parts_->Next(OutSlot::kDouble, OutSlot::kOptReal, &to);
}
void Statement::Out(std::optional<std::string>& to) {
  parts_->Next(OutSlot::kText, OutSlot::kOptString, &to);
}
void Statement::Out(int& to) {
  parts_->Next(OutSlot::kInt, OutSlot::kInt32, &to);
}
void Statement::Out(bool& to) {
  parts_->Next(OutSlot::kInt, OutSlot::kBool, &to);
}
void Statement::Out(uint32_t& to) {
  parts_->Next(OutSlot::kInt, OutSlot::kUint32, &to);
}

namespace {

// How many :arguments the SQL has; a colon in quotes is none.
size_t CountArguments(const std::string& sql) {
  size_t n = 0;
  bool quoted = false;
  for (size_t i = 0; i + 1 < sql.size(); ++i) {
    quoted = quoted != (sql[i] == '\'');
    if (!quoted && sql[i] == ':' && std::isalpha(static_cast<unsigned char>(sql[i + 1]))) ++n;
  }
  return n;
}

}  // namespace

void Statement::Prepare() {
  if (parts_->prepared) return;
  if (CountArguments(parts_->sql) != parts_->args.size())
    throw std::logic_error("arguments do not fit the SQL");
  auto& st = parts_->statement;
  st.alloc();
  st.prepare(parts_->sql);
  for (auto& slot : parts_->args) {
    if (slot.type == ArgSlot::kInt)
      st.exchange(soci::use(slot.number, slot.state));
    else if (slot.type == ArgSlot::kDouble)
      st.exchange(soci::use(slot.real, slot.state));
    else
      st.exchange(soci::use(slot.text, slot.state));
  }
  for (auto& slot : parts_->outs) {
    if (slot.type == OutSlot::kInt)
      st.exchange(soci::into(slot.number, slot.state));
    else if (slot.type == OutSlot::kDouble)
      st.exchange(soci::into(slot.real, slot.state));
    else
      st.exchange(soci::into(slot.text, slot.state));
  }
  st.define_and_bind();
  parts_->prepared = true;
}

void Statement::Run() {
  try {
    Prepare();
    parts_->statement.execute(true);
  } catch (const std::exception& e) {
    Fail(e);
  }
}

void Statement::Open() {
  try {
    Prepare();
    parts_->statement.execute(false);
    busy_ = true;
  } catch (const std::exception& e) {
    Fail(e);
  }
}

bool Statement::Fetch() {
  try {
    if (!parts_->statement.fetch()) return busy_ = false;
  } catch (const std::exception& e) {
    busy_ = false;
    Fail(e);
  }
  for (auto& slot : parts_->outs) Deliver(slot);
  return true;
}

void Statement::Fail(const std::exception& e) const {
  throw SqlError(Failed(name_, e.what()));
}

Session::Session(std::unique_ptr<soci::session> session) : session_(std::move(session)) {}
Session::~Session() {
  Forget();
}

void Session::Forget() {
  statements_.clear();
}

Statement& Session::Get(const Query& query) {
  auto it = statements_.find(query.sql);
  if (it == statements_.end()) {
    if (statements_.size() >= kMostStatements) Forget();
    it = statements_.emplace(query.sql, std::make_unique<Statement>(*session_, query)).first;
  }
  return *it->second;
}

Statement& Session::GetIdle(const Query& query, std::unique_ptr<Statement>& own) {
  auto it = statements_.find(query.sql);
  // A query inside the callback of itself, or one more while others are open and the cache is full.
  bool nested = it != statements_.end() && it->second->busy();
  if (nested || (it == statements_.end() && statements_.size() >= kMostStatements)) {
    own = std::make_unique<Statement>(*session_, query);
    return *own;
  }
  return Get(query);
}

void Session::Execute(const std::string& sql) {
  try {
    session_->once << sql;
  } catch (const std::exception& e) {
    throw SqlError(Failed(sql.substr(0, 60), e.what()));
  }
}

}  // namespace zg::store
