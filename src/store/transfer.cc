#include "store/transfer.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "store/rebuild.h"

namespace zg::store {
namespace {

using nlohmann::json;

constexpr int kMostRows = 5'000;
constexpr int kFirstRows = 50;
constexpr int64_t kPieceBytes = 8 << 20;

// Of the target: which rows of which table are there already, and of which state of which ledger.
constexpr const char* kMakeState =
    "CREATE TABLE IF NOT EXISTS transfer_state (name TEXT PRIMARY KEY, last TEXT NOT NULL, rows BIGINT NOT "
    "NULL, sum TEXT NOT NULL, done BIGINT NOT NULL)";
const Query kState{"transfer_state", "SELECT last, rows, sum, done FROM transfer_state WHERE name = :name"};
const Query kPutState{
    "transfer_put",
    "INSERT INTO transfer_state (name, last, rows, sum, done) VALUES (:name, :last, :rows, :sum, :done) ON "
    "CONFLICT (name) DO UPDATE SET last = excluded.last, rows = excluded.rows, sum = excluded.sum, done = "
    "excluded.done"};
const Query kHead{"transfer_head", "SELECT seq, digest FROM events ORDER BY seq DESC LIMIT 1"};
const Query kAnyUser{"transfer_any", "SELECT 1 FROM users LIMIT 1"};

// The sum of the rows' SHA-256 digests, in four lanes of 64 bits: the order does not matter.
class RowSum {
 public:
  void Add(const std::vector<Cell>& row) {
    text_.clear();
    for (const auto& cell : row) {
      text_ += char('0' + cell.index());
      if (auto* n = std::get_if<int64_t>(&cell)) {
        text_ += std::to_string(*n);
      } else if (auto* d = std::get_if<double>(&cell)) {
        uint64_t bits;
        std::memcpy(&bits, d, sizeof bits);
        text_ += std::to_string(bits);
      } else if (auto* s = std::get_if<std::string>(&cell)) {
        text_ += std::to_string(s->size()) + ":" + *s;
      }
      text_ += ';';
    }
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_Digest(text_.data(), text_.size(), digest, nullptr, EVP_sha256(), nullptr);
    for (size_t i = 0; i < lanes_.size(); ++i) {
      uint64_t lane;
      std::memcpy(&lane, digest + 8 * i, 8);
      lanes_[i] += lane;
    }
  }
  std::string Hex() const {
    return fmt::format("{:016x}{:016x}{:016x}{:016x}", lanes_[0], lanes_[1], lanes_[2], lanes_[3]);
  }
  static RowSum Of(const std::string& hex) {
    RowSum sum;
    for (size_t i = 0; i < 4 && hex.size() == 64; ++i)
      sum.lanes_[i] = std::strtoull(hex.substr(16 * i, 16).c_str(), nullptr, 16);
    return sum;
  }

 private:
  std::array<uint64_t, 4> lanes_{};
  std::string text_;
};

std::string Joined(const std::vector<std::string>& names, const std::string& before = "") {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + before + name;
  return out;
}

std::string ColumnsOf(const TableShape& table) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  return Joined(names);
}

size_t Place(const TableShape& table, const std::string& name) {
  auto it =
      std::find_if(table.columns.begin(), table.columns.end(), [&](const auto& c) { return c.name == name; });
  return size_t(it - table.columns.begin());
}

json KeyOf(const TableShape& table, const std::vector<Cell>& row) {
  json key = json::array();
  for (const auto& name : table.key) {
    const Cell& cell = row[Place(table, name)];
    if (auto* n = std::get_if<int64_t>(&cell))
      key.push_back(*n);
    else
      key.push_back(std::get<std::string>(cell));
  }
  return key;
}

int64_t BytesOf(const std::vector<Cell>& row) {
  int64_t bytes = 0;
  for (const auto& cell : row)
    bytes += std::holds_alternative<std::string>(cell) ? int64_t(std::get<std::string>(cell).size()) : 8;
  return bytes;
}

// Rows of a table by its key, in pieces whose size follows that of the rows.
class Reader {
 public:
  Reader(Session& session, const TableShape& table, const std::string& last)
      : session_(session), table_(table) {
    if (!last.empty()) last_ = json::parse(last);
    std::string sql = "SELECT " + ColumnsOf(table) + " FROM " + table.name,
                order = " ORDER BY " + Joined(table.key);
    std::string row = "(" + Joined(table.key) + ")", args;
    for (size_t i = 0; i < table.key.size(); ++i) args += (i ? ", :k" : ":k") + std::to_string(i);
    first_ = {"transfer_first", sql + order + " LIMIT :n"};
    next_ = {"transfer_next", sql + " WHERE " + row + " > (" + args + ")" + order + " LIMIT :n"};
  }
  std::vector<std::vector<Cell>> Next() {
    std::vector<AnyArg> args;
    for (const auto& part : last_) {
      if (part.is_number())
        args.push_back(part.get<int64_t>());
      else
        args.push_back(part.get<std::string>());
    }
    std::vector<std::vector<Cell>> rows;
    int64_t bytes = 0;
    session_.EachCells(
        args.empty() ? first_ : next_, table_.Types(),
        [&](std::vector<Cell>& row) {
          bytes += BytesOf(row);
          rows.push_back(std::move(row));
        },
        args, int64_t(limit_));
    if (rows.empty()) return rows;
    last_ = KeyOf(table_, rows.back());
    limit_ = int(
        std::clamp<int64_t>(kPieceBytes / std::max<int64_t>(1, bytes / int64_t(rows.size())), 1, kMostRows));
    return rows;
  }
  std::string last() const { return last_.dump(); }

 private:
  Session& session_;
  const TableShape& table_;
  json last_ = json::array();
  Query first_, next_;
  int limit_ = kFirstRows;
};

Error Stopped() {
  return {Code::kUnavailable, "迁移在中途停下了，已搬过去的部分还在。再运行一次同样的命令就接着搬。", "",
          "transfer.stopped"};
}

// What the target says of an earlier transfer; "" where there was none.
Status Prepare(Session& from, Database& to_database, Session& to, bool again, bool& resumed) {
  auto head = from.Row<int64_t, std::string>(kHead);
  std::string state = head ? std::to_string(std::get<0>(*head)) + " " + std::get<1>(*head) : "empty";
  to.Execute(kMakeState);
  auto before = to.Row<std::string, int64_t, std::string, int64_t>(kState, "");
  if (!before && (to.Row<int64_t, std::string>(kHead) || to.Value<int64_t>(kAnyUser))) {
    to.Execute("DROP TABLE transfer_state");
    return Error{Code::kConflict, "目标数据库里已有台账，不会覆盖。请换一个空的数据库或空的模式（schema）。",
                 "", "transfer.not_empty"};
  }
  if (before && std::get<2>(*before) == state) {
    resumed = true;
    to_database.BeginLoad(to);
    return {};
  }
  if (before && !again) {
    return Error{Code::kConflict, "上次迁移停下以后，原来的台账又变过。请加 --again 从头再搬一遍。", "",
                 "transfer.changed"};
  }
  to.Execute("DELETE FROM transfer_state");
  to_database.BeginLoad(to);
  to.Run(kPutState, "", "", int64_t(0), state, int64_t(0));
  return {};
}

struct Piece {
  Session& from;
  Database& to_database;
  Session& to;
  const std::function<bool(const TransferStep&)>& tell;
};

Result<int64_t> Copy(const Piece& p, const TableShape& table, TransferStep step) {
  step.table = table.name;
  step.of = p.from.Value<int64_t>({"transfer_count", "SELECT count(*) FROM " + table.name}).value_or(0);
  auto there = p.to.Row<std::string, int64_t, std::string, int64_t>(kState, table.name);
  if (there && std::get<3>(*there) != 0) return std::get<1>(*there);
  if (!there) p.to.Execute("DELETE FROM " + table.name);  // what a new ledger begins with
  RowSum sum = there ? RowSum::Of(std::get<2>(*there)) : RowSum();
  step.rows = there ? std::get<1>(*there) : 0;
  Reader reader(p.from, table, there ? std::get<0>(*there) : "");
  for (bool done = false; !done;) {
    auto rows = reader.Next();
    done = rows.empty();
    for (const auto& row : rows) sum.Add(row);
    step.rows += int64_t(rows.size());
    p.to_database.BeginWrite(p.to);
    try {
      if (!done) p.to_database.LoadRows(p.to, table, rows);
      p.to.Run(kPutState, table.name, done ? "" : reader.last(), step.rows, sum.Hex(), int64_t(done));
      p.to_database.CommitWrite(p.to);
    } catch (...) {
      p.to.Execute("ROLLBACK");
      throw;
    }
    if (p.tell && !p.tell(step)) return Stopped();
  }
  return step.rows;
}

Status Compare(Session& to, const TableShape& table) {
  auto was = to.Row<std::string, int64_t, std::string, int64_t>(kState, table.name);
  RowSum sum;
  int64_t n = 0;
  Reader reader(to, table, "");
  for (auto rows = reader.Next(); !rows.empty(); rows = reader.Next())
    for (const auto& row : rows) sum.Add(row), ++n;
  if (was && std::get<1>(*was) == n && std::get<2>(*was) == sum.Hex()) return {};
  return Error{Code::kUnavailable,
               fmt::format("表 {} 搬过去以后对不上：应有{}行，现有{}行。请加 --again 从头再搬一遍。",
                           table.name, was ? std::get<1>(*was) : 0, n),
               "", "transfer.differs"};
}

}  // namespace

Result<Transferred> Transfer(Database& from_database, Session& from, Database& to_database, Session& to,
                             bool again, const std::function<bool(const TransferStep&)>& tell) {
  try {
    Transferred done;
    ZG_TRY(Prepare(from, to_database, to, again, done.resumed));
    std::vector<TableShape> tables = from_database.Tables(from);
    done.tables = int64_t(tables.size());
    TransferStep step{"", 0, 0, 0, int(tables.size())};
    for (const auto& table : tables) {
      ++step.number;
      ZG_ASSIGN(int64_t rows, Copy({from, to_database, to, tell}, table, step));
      done.rows += rows;
    }
    for (const auto& table : tables) ZG_TRY(Compare(to, table));
    to_database.BeginWrite(to);
    try {
      FillSearch(to, to_database.text_index());
      to.Forget();
      to.Execute("DROP TABLE transfer_state");
      to_database.FinishLoad(to);
      to_database.CommitWrite(to);
    } catch (...) {
      to.Execute("ROLLBACK");
      throw;
    }
    to_database.Optimize(to);
    if (auto head = to.Row<int64_t, std::string>(kHead)) std::tie(done.events, done.digest) = *head;
    return done;
  } catch (const SqlError& e) {
    return e.error();
  }
}

}  // namespace zg::store
