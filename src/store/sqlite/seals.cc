// compiled alone: SQLite shows its hook only where it is asked for.
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "store/sqlite/seals.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <sqlite3.h>

#include <cstring>
#include <functional>
#include <memory>

#include "store/passing.h"
#include "store/seal_words.h"

namespace zg::store::sqlite {

// SHA-256 of one row after the other. Not thread-safe.
class RowDigester {
 public:
  RowDigester()
      : kind_(EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free),
        context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {}

  void Begin(std::string_view table) {
    row_.assign(table);
    row_ += '\0';
  }
  void Add(sqlite3_value* value) {
    switch (value ? sqlite3_value_type(value) : SQLITE_NULL) {
      case SQLITE_NULL:
        row_ += 'n';
        return;
      case SQLITE_INTEGER:
        return AddNumber('i', sqlite3_value_int64(value));
      case SQLITE_FLOAT: {
        double number = sqlite3_value_double(value);
        if (number > -9e15 && number < 9e15 && number == double(int64_t(number)))
          return AddNumber('i', int64_t(number));
        int64_t bits;
        std::memcpy(&bits, &number, sizeof bits);
        return AddNumber('r', bits);
      }
      default: {
        bool text = sqlite3_value_type(value) == SQLITE_TEXT;
        const void* bytes =
            text ? static_cast<const void*>(sqlite3_value_text(value)) : sqlite3_value_blob(value);
        int size = sqlite3_value_bytes(value);
        AddNumber(text ? 't' : 'b', size);
        if (size > 0) row_.append(static_cast<const char*>(bytes), size_t(size));
      }
    }
  }
  // Adds the row to the seal, or takes it away.
  void Finish(Seal& seal, bool add) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_DigestInit_ex2(context_.get(), kind_.get(), nullptr);
    EVP_DigestUpdate(context_.get(), row_.data(), row_.size());
    EVP_DigestFinal_ex(context_.get(), digest, nullptr);
    for (size_t i = 0; i < seal.sum.size(); ++i) {
      uint64_t lane;
      std::memcpy(&lane, digest + 8 * i, 8);
      seal.sum[i] += add ? lane : ~lane + 1;
    }
    seal.rows += add ? 1 : -1;
  }

 private:
  void AddNumber(char kind, int64_t number) {
    row_ += kind;
    row_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> kind_;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
  std::string row_;
};

namespace {

sqlite3* Of(void* connection) {
  return static_cast<sqlite3*>(connection);
}

[[noreturn]] void Fail(void* connection) {
  throw SqlError({Code::kUnavailable, "台账数据库的封签读写不了。请检查磁盘空间，或用备份恢复。", "",
                  "store.seals", sqlite3_errmsg(Of(connection))});
}

using Prepared = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

Prepared Prepare(void* connection, const char* sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v3(Of(connection), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) != SQLITE_OK)
    Fail(connection);
  return Prepared(raw, sqlite3_finalize);
}

// Runs one statement with text bound to it; calls `take` for each row.
void Each(void* connection, const std::string& sql, const std::vector<std::string>& texts,
          const std::function<void(sqlite3_stmt*)>& take = {}) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(Of(connection), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) Fail(connection);
  std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(raw, sqlite3_finalize);
  for (size_t i = 0; i < texts.size(); ++i)
    sqlite3_bind_text(raw, int(i) + 1, texts[i].data(), int(texts[i].size()), SQLITE_TRANSIENT);
  int rc;
  while ((rc = sqlite3_step(raw)) == SQLITE_ROW)
    if (take) take(raw);
  if (rc != SQLITE_DONE) Fail(connection);
}

std::string TextOf(sqlite3_stmt* statement, int column) {
  auto* text = sqlite3_column_text(statement, column);
  return text ? std::string(reinterpret_cast<const char*>(text),
                            size_t(sqlite3_column_bytes(statement, column)))
              : std::string();
}

std::string Hex(const Seal& seal) {
  return fmt::format("{:016x}{:016x}{:016x}{:016x}", seal.sum[0], seal.sum[1], seal.sum[2], seal.sum[3]);
}
Seal SealOf(int64_t rows, const std::string& hex) {
  Seal seal;
  seal.rows = rows;
  for (size_t i = 0; i < 4 && hex.size() == 64; ++i)
    seal.sum[i] = std::strtoull(hex.substr(16 * i, 16).c_str(), nullptr, 16);
  return seal;
}

bool IsSealed(std::string_view table) {
  return table != "seals" && table.rfind("sqlite_", 0) != 0 && !IsPassing(table);
}

std::vector<std::string> Tables(void* connection) {
  std::vector<std::string> tables;
  Each(connection,
       "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
       {}, [&](sqlite3_stmt* s) {
         if (std::string name = TextOf(s, 0); IsSealed(name)) tables.push_back(name);
       });
  return tables;
}

Seal Count(void* connection, RowDigester& digester, std::string_view name, const std::string& sql) {
  Seal seal;
  Each(connection, sql, {}, [&](sqlite3_stmt* s) {
    digester.Begin(name);
    for (int i = 0, n = sqlite3_column_count(s); i < n; ++i) digester.Add(sqlite3_column_value(s, i));
    digester.Finish(seal, true);
  });
  return seal;
}
// "schema" is no table; what SQLite makes for itself (statistics, indexes of keys) is left out.
Seal SealNowOf(void* connection, RowDigester& digester, const std::string& name) {
  if (name == "schema")
    return Count(connection, digester, name,
                 "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'");
  return Count(connection, digester, name, "SELECT * FROM \"" + name + "\"");
}

std::map<std::string, Seal> Kept(void* connection) {
  std::map<std::string, Seal> seals;
  Each(connection, "SELECT name, rows, sum FROM seals", {},
       [&](sqlite3_stmt* s) { seals[TextOf(s, 0)] = SealOf(sqlite3_column_int64(s, 1), TextOf(s, 2)); });
  return seals;
}

void Hook(void* keeper, sqlite3*, int operation, const char*, const char* table, sqlite3_int64,
          sqlite3_int64) {
  static_cast<SealKeeper*>(keeper)->Changed(operation, table);
}

}  // namespace

SealKeeper::SealKeeper(void* connection)
    : connection_(connection), digester_(std::make_unique<RowDigester>()) {
  sqlite3_preupdate_hook(Of(connection_), Hook, this);
}

SealKeeper::~SealKeeper() = default;

void SealKeeper::Begin() {
  changed_.clear();
}

void SealKeeper::Mark() {
  marked_ = changed_;
}

void SealKeeper::BackToMark() {
  changed_ = marked_;
}

void SealKeeper::Changed(int operation, const char* table) {
  if (!IsSealed(table)) return;
  auto it = changed_.find(std::string_view(table));
  if (it == changed_.end()) it = changed_.emplace(table, Seal()).first;
  auto row = [&](int (*get)(sqlite3*, int, sqlite3_value**), bool add) {
    digester_->Begin(table);
    for (int i = 0, n = sqlite3_preupdate_count(Of(connection_)); i < n; ++i) {
      sqlite3_value* value = nullptr;
      get(Of(connection_), i, &value);
      digester_->Add(value);
    }
    digester_->Finish(it->second, add);
  };
  if (operation != SQLITE_INSERT) row(sqlite3_preupdate_old, false);
  if (operation != SQLITE_DELETE) row(sqlite3_preupdate_new, true);
}

// Every commit reads and writes the seals of what it changed: their statements are kept.
struct SealKeeper::Statements {
  explicit Statements(void* connection)
      : connection(connection),
        get(Prepare(connection, "SELECT rows, sum FROM seals WHERE name = ?1")),
        put(Prepare(
            connection,
            "INSERT INTO seals (name, rows, sum) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET "
            "rows = excluded.rows, sum = excluded.sum")) {}

  Seal Get(const std::string& table) {
    sqlite3_bind_text(get.get(), 1, table.data(), int(table.size()), SQLITE_STATIC);
    Seal seal;
    int rc = sqlite3_step(get.get());
    if (rc == SQLITE_ROW) seal = SealOf(sqlite3_column_int64(get.get(), 0), TextOf(get.get(), 1));
    if (sqlite3_reset(get.get()) != SQLITE_OK) Fail(connection);
    return seal;
  }
  void Put(const std::string& table, const Seal& seal) {
    std::string hex = Hex(seal);
    sqlite3_bind_text(put.get(), 1, table.data(), int(table.size()), SQLITE_STATIC);
    sqlite3_bind_int64(put.get(), 2, seal.rows);
    sqlite3_bind_text(put.get(), 3, hex.data(), int(hex.size()), SQLITE_STATIC);
    sqlite3_step(put.get());
    if (sqlite3_reset(put.get()) != SQLITE_OK) Fail(connection);
  }

  void* connection;
  Prepared get, put;
};

void SealKeeper::Write(const std::string& table, const Seal& seal) {
  if (!statements_) statements_ = std::make_unique<Statements>(connection_);
  statements_->Put(table, seal);
}

void SealKeeper::Flush() {
  // The search index keeps back what it has to write; a savepoint makes it write now.
  Each(connection_, "SAVEPOINT seals", {});
  Each(connection_, "RELEASE seals", {});
  if (changed_.empty()) return;
  for (const auto& [table, by] : changed_) {
    if (by == Seal()) continue;
    if (!statements_) statements_ = std::make_unique<Statements>(connection_);
    Seal seal = statements_->Get(table);
    seal.rows += by.rows;
    for (size_t i = 0; i < seal.sum.size(); ++i) seal.sum[i] += by.sum[i];
    Write(table, seal);
  }
  changed_.clear();
}

void SealKeeper::SealNow(const std::vector<std::string>& tables) {
  Each(connection_, "SAVEPOINT seals", {});
  Each(connection_, "RELEASE seals", {});
  for (const auto& table : tables) {
    changed_.erase(table);
    Write(table, SealNowOf(connection_, *digester_, table));
  }
}

void SealKeeper::SealAll(const std::map<std::string, std::string>& broken) {
  std::vector<std::string> tables;
  for (const auto& table : Tables(connection_))
    if (!broken.count(table)) tables.push_back(table);
  if (!broken.count("schema")) tables.push_back("schema");
  SealNow(tables);
}

std::map<std::string, std::string> BrokenSeals(void* connection) {
  auto kept = Kept(connection);
  if (kept.empty()) return {{"seals", NoSealsSentence()}};
  RowDigester digester;
  std::map<std::string, std::string> broken;
  std::vector<std::string> names = Tables(connection);
  names.push_back("schema");
  for (const auto& name : names) {
    Seal now = SealNowOf(connection, digester, name);
    auto was = kept.find(name);
    if (was == kept.end() ? now != Seal() : was->second != now) {
      int64_t rows = was == kept.end() ? 0 : was->second.rows;
      broken[name] = BrokenSealSentence(name, now.rows, rows);
    }
    if (was != kept.end()) kept.erase(was);
  }
  for (const auto& [name, seal] : kept)
    if (seal.rows != 0) broken[name] = MissingTableSentence(name);
  return broken;
}

}  // namespace zg::store::sqlite
