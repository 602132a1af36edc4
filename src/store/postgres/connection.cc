#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>
#include <sched.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <stdexcept>
#include <vector>

#include "store/postgres/postgres.h"

namespace zg::store::postgres {
namespace {

// Types of arguments are said, not guessed from where they stand (pg_type.dat).
constexpr Oid kInt8 = 20, kText = 25, kFloat8 = 701, kInt8s = 1016;

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

// The rows of a question that was asked ahead.
struct Early {
  std::string arguments;
  int64_t state = 0;  // of the connection when it was asked
  bool came = false;
  Rows rows;
};

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
        // A plan is made once and kept: its statements are written so that every value goes the same way.
        "SET plan_cache_mode = force_generic_plan; "
        "SET idle_in_transaction_session_timeout = '120s'; SET standard_conforming_strings = on");
  }
  ~PostgresConnection() override { PQfinish(connection_); }
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  std::unique_ptr<Prepared> Prepare(const std::string& sql) override;
  bool Far() const override { return true; }
  bool Unsent() const override { return waiting_ > 0; }
  void Execute(const std::string& sql) override {
    Changed();
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
  void Send(const Call& call, std::shared_ptr<Early> early = nullptr) {
    if (waiting_ >= kMostWaiting) Settle();
    Put(call, std::move(early));
    ++waiting_;
  }
  // What was asked ahead before this is of no use any more.
  void Changed() { ++state_; }
  int64_t state() const { return state_; }
  // One that has columns: its rows, in one round with those that waited.
  Rows Ask(const Call& call) {
    if (waiting_ == 0) {
      Settle();
      return Check(
          PQexecPrepared(connection_, call.name, call.n, call.values, call.lengths, call.formats, 0));
    }
    Put(call, nullptr);
    if (PQpipelineSync(connection_) != 1) Lost();
    ++syncs_;
    waiting_ = 0;
    // Where all cores are busy the database gets one now, and the answer is there in one piece afterwards:
    // it comes in pieces of 8 kB, and to be woken for each of them costs more than reading it.
    sched_yield();
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
  void Put(const Call& call, std::shared_ptr<Early> early) {
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
    order_.push_back(std::move(early));
  }
  // The result of the last statement before the last sync; the others are read too, those that were asked
  // ahead are kept, and the first failure is thrown.
  PGresult* Collect() {
    std::string failed;
    PGresult* last = nullptr;
    size_t at = 0;
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
      if (at < order_.size() && order_[at]) {
        order_[at]->came = status == PGRES_TUPLES_OK;
        order_[at]->rows.reset(result);
      } else {
        PQclear(last);
        last = result;
      }
      ++at;
    }
    order_.clear();
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
  std::vector<std::shared_ptr<Early>>
      order_;  // of the statements whose results were not read yet; null: not asked ahead
  int64_t state_ = 0;
  int64_t last_name_ = 0;
  std::string dropped_;
};

Oid TypeOf(SlotType type) {
  switch (type) {
    case SlotType::kInt:
      return kInt8;
    case SlotType::kDouble:
      return kFloat8;
    case SlotType::kInts:
      return kInt8s;
    case SlotType::kText:
      return kText;
  }
  return kText;
}

// As array_recv takes it: dimensions, whether there are nulls, type, size and first index, then each with its
// length.
void EncodeList(const std::vector<int64_t>& list, std::string& out) {
  out.clear();
  auto put = [&](auto bits) { out.append(reinterpret_cast<const char*>(&bits), sizeof bits); };
  put(htobe32(list.empty() ? 0 : 1));
  put(htobe32(0));
  put(htobe32(kInt8));
  if (list.empty()) return;
  put(htobe32(uint32_t(list.size())));
  put(htobe32(1));
  for (int64_t n : list) {
    put(htobe32(8));
    put(htobe64(uint64_t(n)));
  }
}

// :name → $1, $2, … in order; '…' and :: are left alone. Those behind LIMIT are written out, where `limits`
// has them: a kept plan is only as good as what is known of how many rows are wanted.
std::string Numbered(const std::string& sql, const std::map<int, int64_t>& limits) {
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
    auto limit = limits.find(++n);
    out += limit == limits.end() ? '$' + std::to_string(n) : std::to_string(limit->second);
    while (i + 1 < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[i + 1])) || sql[i + 1] == '_'))
      ++i;
  }
  return out;
}

// The arguments (from 1) that stand behind LIMIT.
std::vector<int> LimitsIn(const std::string& sql) {
  std::vector<int> limits;
  std::string marked = Numbered(sql, {});
  for (size_t at = 0; (at = marked.find("LIMIT $", at)) != marked.npos; at += 7)
    limits.push_back(std::atoi(marked.c_str() + at + 7));
  return limits;
}

bool OnlyReads(const std::string& sql) {
  auto has = [&](const char* word) { return sql.find(word) != sql.npos; };
  return (sql.rfind("SELECT", 0) == 0 || sql.rfind("WITH", 0) == 0) && !has("INSERT INTO") &&
         !has("UPDATE ") && !has("DELETE FROM");
}

class PostgresPrepared : public Prepared {
 public:
  PostgresPrepared(PostgresConnection& connection, const std::string& sql)
      : connection_(connection),
        sql_(WithListsOfRows(WithLists(sql, "= ANY(", ")"), "= ANY(ARRAY(", "))")),
        reads_(OnlyReads(sql_)),
        limits_(LimitsIn(sql_)) {}
  ~PostgresPrepared() override {
    for (const auto& [limits, name] : names_) connection_.Drop(name);
  }

  void Execute(std::deque<ArgSlot>& args, std::deque<OutSlot>&, bool rows) override {
    Call call = Encoded(args);
    if (!reads_) connection_.Changed();
    if (!rows) return connection_.Send(call);
    next_ = 0;
    if (!early_.empty() && TakeEarly()) return;
    rows_ = connection_.Ask(call);
  }

  void Ahead(std::deque<ArgSlot>& args) override {
    Call call = Encoded(args);
    Sweep();
    auto early = std::make_shared<Early>();
    early->arguments = Arguments();
    early->state = connection_.state();
    connection_.Send(call, early);
    early_.push_back(std::move(early));
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
  // Borrows from this; good until the next call.
  Call Encoded(const std::deque<ArgSlot>& args) {
    const std::string& name = NameFor(args);
    size_t n = args.size();
    numbers_.resize(n);
    lists_.resize(n);
    values_.resize(n);
    lengths_.resize(n);
    formats_.assign(n, 1);  // binary: text may hold anything, a zero byte is an error and not its end
    for (size_t i = 0; i < n; ++i) Encode(args[i], i);
    return {name.c_str(), int(n), values_.data(), lengths_.data(), formats_.data()};
  }
  std::string Arguments() const {
    std::string all;
    for (size_t i = 0; i < values_.size(); ++i) {
      all += values_[i] ? std::to_string(lengths_[i]) + ':' : "-";
      if (values_[i]) all.append(values_[i], size_t(lengths_[i]));
    }
    return all;
  }
  void Sweep() {
    std::erase_if(early_, [&](const auto& e) { return e->state != connection_.state(); });
  }
  // The rows, where these arguments were asked ahead and nothing has changed since.
  bool TakeEarly() {
    Sweep();
    std::string arguments = Arguments();
    auto it =
        std::find_if(early_.begin(), early_.end(), [&](const auto& e) { return e->arguments == arguments; });
    if (it == early_.end()) return false;
    std::shared_ptr<Early> early = *it;
    early_.erase(it);
    if (!early->came) connection_.Settle();
    if (!early->came) return false;
    rows_ = std::move(early->rows);
    return true;
  }
  // Of the statement with these limits; prepared when they come for the first time. Pages have few sizes;
  // where there are many, the limit is an argument like others.
  const std::string& NameFor(const std::deque<ArgSlot>& args) {
    std::map<int, int64_t> limits;
    for (int n : limits_)
      if (const ArgSlot& arg = args[size_t(n) - 1];
          !arg.null && arg.type == SlotType::kInt && arg.number >= 0)
        limits[n] = arg.number;
    auto it = names_.find(limits);
    if (it == names_.end() && names_.size() >= kMostLimits) limits.clear(), it = names_.find(limits);
    if (it == names_.end()) it = names_.emplace(limits, Parse(args, limits)).first;
    return it->second;
  }
  std::string Parse(const std::deque<ArgSlot>& args, const std::map<int, int64_t>& limits) {
    connection_.Settle();
    connection_.SweepDropped();
    std::vector<Oid> types;
    for (const auto& arg : args) types.push_back(TypeOf(arg.type));
    std::string name = connection_.NextName();
    connection_.Check(PQprepare(connection_.get(), name.c_str(), Numbered(sql_, limits).c_str(),
                                int(types.size()), types.data()));
    return name;
  }
  void Encode(const ArgSlot& arg, size_t i) {
    lengths_[i] = 8;
    if (arg.null) {
      values_[i] = nullptr;
    } else if (arg.type == SlotType::kText) {
      values_[i] = arg.text.data();
      lengths_[i] = int(arg.text.size());
    } else if (arg.type == SlotType::kInts) {
      EncodeList(arg.numbers, lists_[i]);
      values_[i] = lists_[i].data();
      lengths_[i] = int(lists_[i].size());
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
  static constexpr size_t kMostLimits = 4;
  std::string sql_;
  const bool reads_;
  const std::vector<int> limits_;
  std::map<std::map<int, int64_t>, std::string> names_;  // by what is written out
  Rows rows_;
  std::vector<std::shared_ptr<Early>> early_;
  int next_ = 0;
  std::vector<uint64_t> numbers_;
  std::vector<std::string> lists_;
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
