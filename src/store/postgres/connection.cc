#include <endian.h>
#include <libpq-fe.h>

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

class PostgresConnection : public Connection {
 public:
  explicit PostgresConnection(const std::string& url) {
    // Those in the URL come last and win.
    const char* keys[] = {"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                          "keepalives_count", "tcp_user_timeout", "fallback_application_name",
                          "client_encoding",  "dbname",           nullptr};
    const char* values[] = {"5", "10", "5", "3", "15000", "zhenggai", "UTF8", url.c_str(), nullptr};
    connection_ = PQconnectdbParams(keys, values, 1);
    if (PQstatus(connection_) != CONNECTION_OK) {
      std::string why = Trimmed(PQerrorMessage(connection_));
      PQfinish(connection_);
      throw SqlError({Code::kUnavailable,
                      "连不上数据库。请检查数据库是否在运行、地址和密码是否正确，稍后再试。",
                      WithoutPassword(url), "store.down", why});
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
  // Statements without columns are sent one after the other, and what came of them is asked once: when
  // somebody wants rows, or the end of the transaction. One that fails makes the whole transaction fail.
  void Send(const std::string& name, int n, const char* const* values, const int* lengths,
            const int* formats) {
    if (posted_) Settle();
    if (waiting_ == 0 && PQenterPipelineMode(connection_) != 1) Lost();
    ++waiting_;
    if (PQsendQueryPrepared(connection_, name.c_str(), n, values, lengths, formats, 0) != 1) {
      Settle();
      Lost();
    }
    if (waiting_ >= kMostWaiting) Settle();
  }
  void Post() override {
    if (waiting_ == 0 || posted_) return;
    posted_ = true;
    if (PQpipelineSync(connection_) != 1) Lost();
  }
  void Settle() override {
    if (waiting_ == 0) return;
    waiting_ = 0;
    std::string failed;
    bool synced = posted_ || PQpipelineSync(connection_) == 1;
    posted_ = false;
    while (synced) {
      PGresult* result = PQgetResult(connection_);
      if (!result) {  // between the results of two statements
        if (PQstatus(connection_) != CONNECTION_OK) break;
        continue;
      }
      ExecStatusType status = PQresultStatus(result);
      if (status == PGRES_FATAL_ERROR && failed.empty()) failed = Trimmed(PQresultErrorMessage(result));
      PQclear(result);
      if (status == PGRES_PIPELINE_SYNC) break;
    }
    if (PQexitPipelineMode(connection_) != 1 || PQstatus(connection_) != CONNECTION_OK) Lost();
    if (!failed.empty()) throw std::runtime_error(failed);
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
  PGconn* connection_;
  int waiting_ = 0;      // statements sent and not asked after
  bool posted_ = false;  // … and their end said
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
    if (!rows) return connection_.Send(name_, int(n), values_.data(), lengths_.data(), formats_.data());
    connection_.Settle();
    rows_ = connection_.Check(PQexecPrepared(connection_.get(), name_.c_str(), int(n), values_.data(),
                                             lengths_.data(), formats_.data(), 0));
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

std::unique_ptr<Connection> Connect(const std::string& url) {
  return std::make_unique<PostgresConnection>(url);
}

}  // namespace zg::store::postgres
