#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "store/postgres/postgres.h"

namespace zg::store::postgres {
namespace {

// Types of arguments are said, not guessed from where they stand (pg_type.dat).
constexpr Oid kInt8 = 20, kText = 25, kFloat8 = 701;

constexpr int kMostWaiting = 200;  // answers of so many fit the buffers between the two programs

struct ResultCloser {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Rows = std::unique_ptr<PGresult, ResultCloser>;

std::string Trimmed(const char* text) {
  std::string s = text ? text : "";
  while (!s.empty() && (s.back() == '\n' || s.back() == ' ')) s.pop_back();
  return s;
}

// A prepared statement with its arguments, as libpq takes them; borrowed for the call.
struct Call {
  const char* name;
  int n;
  const char* const* values;
  const int* lengths;
  const int* formats;
};
bool Says(const std::string& why, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* w) { return why.find(w) != why.npos; });
}

// `why` has a line for each host that was tried; libpq's own words are English (nobody calls setlocale).
Error NotConnected(const std::string& url, Node node, const std::string& why) {
  Error error{Code::kUnavailable, "", WithoutPassword(url), "store.down", why};
  if (Says(why, {"certificate", "SSL"})) {
    error.id = "store.tls";
    error.message =
        "数据库服务器的证书没有通过验证，没有连接。请检查 sslrootcert "
        "指的是不是签发它的 CA 证书，地址里的主机名和证书上的是否一致，数据库是否开着 TLS。";
  } else if (Says(why, {"session is read-only", "hot standby", "starting up", "shutting down"})) {
    error.message = node == Node::kPrimary
                        ? "数据库正在切换主库，这一步没有做成。一般半分钟内就好，请稍后再试。"
                        : "数据库的副本还没有准备好，请稍后再试。";
  } else {
    error.message = "连不上数据库。请检查数据库是否在运行、地址和密码是否正确，稍后再试。";
  }
  return error;
}

class PostgresConnection : public Connection {
 public:
  PostgresConnection(const std::string& url, Node node) {
    // Those in the URL come last and win. A machine without power does not say no: the next host is tried
    // after connect_timeout, and whoever waits for its answer is told after tcp_user_timeout, while a replica
    // is taking over.
    std::vector<std::pair<const char*, const char*>> options = {
        {"connect_timeout", "3"},
        {"keepalives_idle", "5"},
        {"keepalives_interval", "2"},
        {"keepalives_count", "3"},
        {"tcp_user_timeout", "10000"},
        {"fallback_application_name", "zhenggai"},
        {"client_encoding", "UTF8"},
        {"target_session_attrs", node == Node::kPrimary ? "read-write" : "standby"},
        {"dbname", url.c_str()},
        {nullptr, nullptr}};
    std::vector<const char*> keys, values;
    for (const auto& [key, value] : options) {
      keys.push_back(key);
      values.push_back(value);
    }
    connection_ = PQconnectdbParams(keys.data(), values.data(), 1);
    if (PQstatus(connection_) != CONNECTION_OK) {
      std::string why = Trimmed(PQerrorMessage(connection_));
      PQfinish(connection_);
      throw SqlError(NotConnected(url, node, why));
    }
    PQsetNoticeProcessor(
        connection_, [](void*, const char*) {}, nullptr);
    Execute(
        "SET client_min_messages = warning; SET jit = off; SET TimeZone = 'UTC'; "
        "SET idle_in_transaction_session_timeout = '120s'; SET standard_conforming_strings = on");
  }
  ~PostgresConnection() override { PQfinish(connection_); }
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  std::unique_ptr<Prepared> Prepare(const std::string& sql) override;
  void Execute(const std::string& sql) override {
    try {
      Settle();
    } catch (const std::exception&) {
      if (sql.rfind("ROLLBACK", 0) != 0) throw;  // what is undone need not have worked
    }
    Check(PQexec(connection_, sql.c_str()));
  }
  bool Broken() const override { return PQstatus(connection_) != CONNECTION_OK; }
  void* native() override { return connection_; }

  Rows Check(PGresult* raw) {
    Rows rows(raw);
    ExecStatusType status = PQresultStatus(raw);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY ||
        status == PGRES_COPY_IN)
      return rows;
    throw std::runtime_error(Trimmed(raw ? PQresultErrorMessage(raw) : PQerrorMessage(connection_)));
  }
  // Statements without columns are sent one after the other, and what came of them is asked once: with the
  // first that has columns, or at the end of the transaction. One that fails makes the whole transaction
  // fail.
  void Send(const Call& call) {
    if (waiting_ >= kMostWaiting) Settle();
    Put(call);
    ++waiting_;
  }
  // One that has columns: its rows, in one round with those that waited.
  Rows Ask(const Call& call) {
    if (waiting_ == 0) {
      Settle();
      return Check(
          PQexecPrepared(connection_, call.name, call.n, call.values, call.lengths, call.formats, 0));
    }
    Put(call);
    if (PQpipelineSync(connection_) != 1) Lost();
    ++syncs_;
    waiting_ = 0;
    return Check(Collect());
  }
  void Settle() override {
    if (waiting_ > 0) {
      bool synced = PQpipelineSync(connection_) == 1;
      waiting_ = 0;
      if (!synced) Lost();
      ++syncs_;
    }
    if (syncs_ > 0) PQclear(Collect());
  }
  // What came of it is asked for before the next statement.
  void Flush() override {
    if (waiting_ == 0) return;
    bool synced = PQpipelineSync(connection_) == 1;
    waiting_ = 0;
    if (!synced) Lost();
    ++syncs_;
  }
  // Asks the system, not the server: one that went away has closed its end.
  bool Gone() override {
    if (PQstatus(connection_) != CONNECTION_OK) return true;
    pollfd end{PQsocket(connection_), POLLIN, 0};
    for (int i = 0; i < 8 && poll(&end, 1, 0) > 0; ++i)  // its last words come before the end
      if (PQconsumeInput(connection_) != 1 || PQstatus(connection_) != CONNECTION_OK) return true;
    return false;
  }
  [[noreturn]] void Lost() const { throw std::runtime_error(Trimmed(PQerrorMessage(connection_))); }

  std::string NextName() { return "s" + std::to_string(++last_name_); }
  void Drop(const std::string& name) { dropped_ += "DEALLOCATE " + name + ";"; }
  // Those that are needed no more go with the next one that is made: a round less for each.
  void SweepDropped() {
    if (dropped_.empty()) return;
    std::string sql;
    sql.swap(dropped_);
    Execute(sql);
  }
  PGconn* get() { return connection_; }

 private:
  void Put(const Call& call) {
    if (waiting_ == 0) {
      if (syncs_ > 0) PQclear(Collect());
      if (PQenterPipelineMode(connection_) != 1) Lost();
    }
    if (PQsendQueryPrepared(connection_, call.name, call.n, call.values, call.lengths, call.formats, 0) !=
        1) {
      ++waiting_;
      Settle();
      Lost();
    }
  }
  // The result of the last statement before the last sync; the others are read too, and the first failure is
  // thrown.
  PGresult* Collect() {
    std::string failed;
    PGresult* last = nullptr;
    while (syncs_ > 0) {
      PGresult* result = PQgetResult(connection_);
      if (!result) {  // between the results of two statements
        if (PQstatus(connection_) != CONNECTION_OK) break;
        continue;
      }
      ExecStatusType status = PQresultStatus(result);
      if (status == PGRES_PIPELINE_SYNC) {
        PQclear(result);
        --syncs_;
        continue;
      }
      if (status == PGRES_FATAL_ERROR && failed.empty()) failed = Trimmed(PQresultErrorMessage(result));
      PQclear(last);
      last = result;
    }
    syncs_ = 0;
    bool there = PQexitPipelineMode(connection_) == 1 && PQstatus(connection_) == CONNECTION_OK;
    if (failed.empty() && there) return last;
    PQclear(last);
    if (failed.empty()) Lost();
    throw std::runtime_error(failed);
  }

  PGconn* connection_;
  int waiting_ = 0;  // statements sent and not asked after
  int syncs_ = 0;    // ends of such groups that were sent and not read yet
  int64_t last_name_ = 0;
  std::string dropped_;
};

// :name → $1, $2, … in order; '…' and :: are left alone.
std::string Numbered(const std::string& sql) {
  std::string out;
  out.reserve(sql.size() + 16);
  bool quoted = false;
  int n = 0;
  for (size_t i = 0; i < sql.size(); ++i) {
    char c = sql[i];
    quoted = quoted != (c == '\'');
    bool argument = !quoted && c == ':' && i + 1 < sql.size() &&
                    std::isalpha(static_cast<unsigned char>(sql[i + 1])) && (i == 0 || sql[i - 1] != ':');
    if (!argument) {
      out += c;
      continue;
    }
    out += '$' + std::to_string(++n);
    while (i + 1 < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[i + 1])) || sql[i + 1] == '_'))
      ++i;
  }
  return out;
}

class PostgresPrepared : public Prepared {
 public:
  PostgresPrepared(PostgresConnection& connection, std::string sql)
      : connection_(connection), sql_(std::move(sql)) {}
  ~PostgresPrepared() override {
    if (!name_.empty()) connection_.Drop(name_);
  }

  void Execute(std::deque<ArgSlot>& args, std::deque<OutSlot>&, bool rows) override {
    if (name_.empty()) Parse(args);
    size_t n = args.size();
    numbers_.resize(n);
    values_.resize(n);
    lengths_.resize(n);
    formats_.assign(n, 1);  // binary: text may hold anything, a zero byte is an error and not its end
    for (size_t i = 0; i < n; ++i) Encode(args[i], i);
    Call call{name_.c_str(), int(n), values_.data(), lengths_.data(), formats_.data()};
    if (!rows) return connection_.Send(call);
    rows_ = connection_.Ask(call);
    next_ = 0;
  }

  bool Fetch(std::deque<OutSlot>& outs) override {
    if (!rows_ || next_ >= PQntuples(rows_.get())) {
      rows_.reset();
      return false;
    }
    if (PQnfields(rows_.get()) < int(outs.size())) throw std::logic_error("more columns than the SQL has");
    for (size_t i = 0; i < outs.size(); ++i) Decode(outs[i], int(i));
    ++next_;
    return true;
  }

 private:
  void Parse(const std::deque<ArgSlot>& args) {
    connection_.Settle();
    connection_.SweepDropped();
    std::vector<Oid> types;
    for (const auto& arg : args)
      types.push_back(arg.type == SlotType::kInt ? kInt8 : arg.type == SlotType::kDouble ? kFloat8 : kText);
    std::string name = connection_.NextName();
    connection_.Check(
        PQprepare(connection_.get(), name.c_str(), Numbered(sql_).c_str(), int(types.size()), types.data()));
    name_ = name;
  }
  void Encode(const ArgSlot& arg, size_t i) {
    lengths_[i] = 8;
    if (arg.null) {
      values_[i] = nullptr;
    } else if (arg.type == SlotType::kText) {
      values_[i] = arg.text.data();
      lengths_[i] = int(arg.text.size());
    } else {
      uint64_t bits = uint64_t(arg.number);
      if (arg.type == SlotType::kDouble) std::memcpy(&bits, &arg.real, sizeof bits);
      numbers_[i] = htobe64(bits);
      values_[i] = reinterpret_cast<const char*>(&numbers_[i]);
    }
  }
  void Decode(OutSlot& out, int column) {
    out.null = PQgetisnull(rows_.get(), next_, column) != 0;
    if (out.null) return;
    const char* text = PQgetvalue(rows_.get(), next_, column);
    size_t size = size_t(PQgetlength(rows_.get(), next_, column));
    switch (out.type) {
      case SlotType::kText:
        out.text.assign(text, size);
        return;
      case SlotType::kDouble:
        std::from_chars(text, text + size, out.real);
        return;
      case SlotType::kInt:
        out.number = *text == 't' ? 1 : 0;  // true and false; what is no number stays 0
        std::from_chars(text, text + size, out.number);
        return;
    }
  }

  PostgresConnection& connection_;
  std::string sql_, name_;
  Rows rows_;
  int next_ = 0;
  std::vector<uint64_t> numbers_;
  std::vector<const char*> values_;
  std::vector<int> lengths_, formats_;
};

std::unique_ptr<Prepared> PostgresConnection::Prepare(const std::string& sql) {
  return std::make_unique<PostgresPrepared>(*this, sql);
}

}  // namespace

std::unique_ptr<Connection> Connect(const std::string& url, Node node) {
  return std::make_unique<PostgresConnection>(url, node);
}

}  // namespace zg::store::postgres
