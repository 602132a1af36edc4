// Somebody changes the ledger behind the program's back, with a tool for databases or byte by byte. The proof
// (zhenggai verify) must say so whatever was changed, except for what means nothing and is told here.
//   ZG_TAMPER=1000   how many bytes of database and vault each (default 60)
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <random>

#include "http/articles_use.h"
#include "http/breakdown_use.h"
#include "http/cases_use.h"
#include "http/dispatch_use.h"
#include "http/evidence_use.h"
#include "http/publish_use.h"
#include "office/core.h"
#include "office/keeping.h"
#include "office/notices.h"
#include "store/vault_intents.h"

namespace zg::http::test {
namespace {

namespace fs = std::filesystem;

// What the proof does not hold, and why that is no loss.
const std::map<std::string, const char*> kMeansNothing = {
    {"nodes", "programs that were running when the copy was made"},
    {"jobs", "which of them did what: made again from what the ledger says"},
    {"limits", "how often somebody came lately"},
};

std::string Slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void Spill(const fs::path& file, const std::string& bytes) {
  fs::remove(file);  // it may be linked to the untouched one
  std::ofstream(file, std::ios::binary) << bytes;
}

using Row = std::vector<std::string>;
using Rows = std::vector<Row>;

class Sql {
 public:
  explicit Sql(const fs::path& file) { sqlite3_open(file.c_str(), &db_); }
  ~Sql() { sqlite3_close(db_); }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;
  // False where the database refuses; nothing is a value of its own.
  bool Run(const std::string& sql, const std::function<void(const Row&)>& take = {}) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return false;
    int rc;
    while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
      Row row;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const void* value = sqlite3_column_blob(statement, i);
        std::string bytes(static_cast<const char*>(value), size_t(sqlite3_column_bytes(statement, i)));
        row.push_back(std::to_string(sqlite3_column_type(statement, i)) + bytes);
      }
      if (take) take(row);
    }
    sqlite3_finalize(statement);
    return rc == SQLITE_DONE;
  }
  Rows All(const std::string& sql) {
    Rows rows;
    Run(sql, [&](const Row& row) { rows.push_back(row); });
    for (auto& row : rows)
      for (auto& value : row) value.erase(0, 1);
    return rows;
  }
  int changes() const { return sqlite3_changes(db_); }

 private:
  sqlite3* db_ = nullptr;
};

// Everything that the database says: all rows of all tables, and whether its indexes say the same.
std::string Contents(const fs::path& file) {
  Sql sql(file);
  Digester digester;
  auto add = [&](const Row& row) {
    for (const auto& value : row) digester.Add(std::to_string(value.size()) + ":" + value);
  };
  std::string said;
  for (const auto& row :
       sql.All("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"))
    if (!sql.Run("SELECT * FROM \"" + row[0] + "\"", add)) said += row[0] + " ";
  sql.Run("SELECT type, name, tbl_name, sql FROM sqlite_master", add);
  sql.Run("PRAGMA user_version", add);
  for (const auto& row : sql.All("PRAGMA integrity_check")) said += row[0] + " ";
  return said + digester.Finish().sha256;
}

// The built-in letter, taken as the office's own.
void UploadTemplate(Api& api) {
  Reply file = api.Call(Get("/api/papers/template.docx?kind=supervision"));
  json now = api.Json({.method = "POST",
                       .target = "/api/papers/template?kind=supervision&name=a.docx",
                       .body = file.body,
                       .content_type = "application/octet-stream"});
  EXPECT_EQ(now["builtin"], false);
}

// A ledger in which something of everything has happened, made once; each test alters a copy.
class Tampering : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    fs::remove_all(Folder());
    {
      Api api("proof-tamper");
      json province = api.Commit(api.Import("01-province-tasklist/tasklist.txt", "省整改任务清单.txt"));
      api.Commit(api.Import("03-prefecture-progress/progress.txt", "霁川市整改进展.txt"));
      api.Import("06-three-levels-progress/progress.txt", "三级进展.txt");  // stays a draft
      std::string task = api.Json(Get("/api/tasks"))["items"][0]["id"].dump();
      UseEvidence(api, task);
      UseDispatch(api);
      UseCases(api, task);
      UsePublishing(api);
      UseArticles(api);
      UseBreakdown(api, task);
      UploadTemplate(api);
      api.Json(Post("/api/contacts", R"({"unit_id":null,"name":"李四","email":"a@example.cn"})"), 201);
      api.Json(
          Post("/api/visits", R"({"team":"第一督导组","unit_id":1,"from":"2024-07-01","to":"2024-07-02"})"),
          201);
      EXPECT_FALSE(api.office().signing_in().SignIn("nobody", "wrong", {}).ok());
      EXPECT_TRUE(api.office().notices().Remind().ok());
      ASSERT_TRUE(api.office()
                      .core()
                      .store
                      ->Write([](store::Session& s) {
                        store::NoteIntent(s, {std::string(64, 'a'), 5, "2024-06-30T09:00:00+08:00", 1});
                      })
                      .ok());
      json open = api.Json(Post("/api/uploads", R"({"name":"半个.bin","bytes":9})"), 201);
      api.Json({.method = "PATCH",
                .target = "/api/uploads/" + open["id"].dump() + "?offset=0",
                .body = "half",
                .content_type = "application/octet-stream"});
      api.Json(Post("/api/notices/read", ""));
      json now = api.Json(Get("/api/tasks/" + task));
      api.Json(Patch("/api/tasks/" + task, json{{"field", "goal"},
                                                {"value", "目标改定。"},
                                                {"reason", "会议决定"},
                                                {"revision", now["revision"]}}
                                               .dump()));
      for (int i = 0; i < 500 && api.Json(Get("/api/findings"))["pending"] != 0; ++i)
        std::this_thread::sleep_for(20ms);
      json findings = api.Json(Get("/api/findings"))["items"];
      ASSERT_FALSE(findings.empty());
      api.Json(Post("/api/findings/" + findings[0]["id"].dump() + "/explain", R"({"reason":"口径不同"})"));
    }
    fs::rename(fs::path(testing::TempDir()) / "api-proof-tamper", Folder());
    ASSERT_FALSE(fs::exists(Folder() / "ledger.sqlite-wal")) << "what is altered is all there is";
    whole_ = Slurp(Folder() / "ledger.sqlite");
    ASSERT_EQ(Prove(Folder()), "") << "before anything is altered";
  }
  static void TearDownTestSuite() {
    fs::remove_all(Folder());
    fs::remove_all(Copy());
  }
  static fs::path Folder() { return fs::path(testing::TempDir()) / "zg-proof-tamper"; }
  static fs::path Copy() { return fs::path(testing::TempDir()) / "zg-proof-tampered"; }
  static fs::path Database() { return Copy() / "ledger.sqlite"; }

  // An untouched copy; the vault's files are linked, not copied.
  static void Fresh() {
    fs::remove_all(Copy());
    fs::create_directories(Copy());
    fs::copy(Folder() / "vault", Copy() / "vault",
             fs::copy_options::recursive | fs::copy_options::create_hard_links);
    Spill(Database(), whole_);
  }
  // What the proof says; empty: that all is well.
  static std::string Prove(const fs::path& data) {
    static FixedClock clock(*Date::Make(2024, 7, 1));  // later: what is made again is not what it was
    OfficeOptions options;
    options.data = data;
    options.clock = &clock;
    options.background = false;
    auto office = Office::Open(std::move(options));
    if (!office.ok()) return office.error().where + " " + office.error().message;
    auto report = (*office)->keeping().Verify();
    if (!report.ok()) return report.error().where + " " + report.error().message;
    if ((*report)["ok"] == true) return "";
    std::string said;
    for (const auto& b : (*report)["breaks"])
      said += b["where"].get<std::string>() + " " + b["message"].get<std::string>() + "\n";
    return said.empty() ? "not ok, but no word of what" : said;
  }
  static int Times() {
    const char* asked = std::getenv("ZG_TAMPER");
    return asked ? std::atoi(asked) : 60;
  }
  static std::string whole_;
};
std::string Tampering::whole_;

// Every column of every table, in its last row, and every last row taken away.
TEST_F(Tampering, EveryColumnIsHeld) {
  std::vector<std::string> passed;
  std::set<std::string> empty;
  int tried = 0;
  Sql untouched(Folder() / "ledger.sqlite");
  for (const auto& table :
       untouched.All("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                     "'sqlite_%' AND name NOT LIKE '%_search%'")) {
    if (untouched.All("SELECT 1 FROM " + table[0] + " LIMIT 1").empty()) {
      empty.insert(table[0]);
      continue;
    }
    Rows columns = untouched.All("SELECT name, pk FROM pragma_table_info('" + table[0] + "')");
    std::string key, last;
    for (const auto& column : columns) {
      if (column[1] == "0") continue;
      key += (key.empty() ? "" : ", ") + column[0];
      last += (last.empty() ? "" : ", ") + column[0] + " DESC";
    }
    if (key.empty()) key = "rowid", last = "rowid DESC";
    std::string row =
        " WHERE (" + key + ") = (SELECT " + key + " FROM " + table[0] + " ORDER BY " + last + " LIMIT 1)";
    auto alter = [&](const std::string& sql, const std::string& what) {
      if (kMeansNothing.count(what) || kMeansNothing.count(table[0])) return;
      Fresh();
      {
        Sql tool(Database());
        if (!tool.Run(sql) || tool.changes() == 0) return;  // refused: a key that must stay
      }
      ++tried;
      if (Prove(Copy()).empty()) passed.push_back(what);
    };
    for (const auto& column : columns) {
      std::string c = column[0];
      alter("UPDATE " + table[0] + " SET " + c + " = CASE typeof(" + c + ") WHEN 'integer' THEN " + c +
                " + 1 WHEN 'real' THEN " + c + " + 1 WHEN 'null' THEN '2024-01-01' ELSE " + c +
                " || '改' END" + row,
            table[0] + "." + c);
    }
    alter("DELETE FROM " + table[0] + row, table[0] + " row");
  }
  for (const auto& what : passed) ADD_FAILURE() << "altered, and not named: " << what;
  EXPECT_THAT(empty, testing::IsSubsetOf({"jobs", "limits", "nodes", "notice_reads", "notices", "outbox",
                                          "setup_links", "unit_aliases"}))
      << "nothing was altered in these";
  RecordProperty("tried", tried);
  printf("%d alterations by SQL, %d not named\n", tried, int(passed.size()));
}

TEST_F(Tampering, AnyByteOfTheDatabase) {
  std::mt19937 random(20240630);
  std::string untouched = Contents(Folder() / "ledger.sqlite");
  int named = 0, nothing = 0;
  for (int i = 0; i < Times(); ++i) {
    size_t at = random() % whole_.size();
    std::string bytes = whole_;
    bytes[at] = char(bytes[at] ^ (1 + random() % 255));
    Fresh();
    Spill(Database(), bytes);
    if (!Prove(Copy()).empty()) {
      ++named;
      continue;
    }
    Spill(Database(), bytes);  // a start may have written to it
    EXPECT_EQ(Contents(Database()), untouched)
        << "byte " << at << " says something else now, and is not named";
    ++nothing;
  }
  EXPECT_GT(named, Times() / 10);
  printf("%d bytes of the database: %d named, %d where nothing is kept\n", Times(), named, nothing);
}

TEST_F(Tampering, AnyByteOfTheVault) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(Folder() / "vault"))
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), Folder()));
  ASSERT_GE(files.size(), 5u);
  std::sort(files.begin(), files.end());
  std::mt19937 random(20240630);
  for (int i = 0; i < Times(); ++i) {
    const fs::path& file = files[size_t(i) % files.size()];
    std::string bytes = Slurp(Folder() / file);
    size_t at = random() % bytes.size();
    bytes[at] = char(bytes[at] ^ (1 + random() % 255));
    Fresh();
    Spill(Copy() / file, bytes);
    EXPECT_NE(Prove(Copy()), "") << "byte " << at << " of " << file;
    fs::remove(Copy() / file);
    EXPECT_NE(Prove(Copy()), "") << file << " taken away";
  }
}

}  // namespace
}  // namespace zg::http::test
