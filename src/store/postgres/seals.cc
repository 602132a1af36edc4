#include <algorithm>
#include <cctype>

#include "store/passing.h"
#include "store/postgres/postgres.h"
#include "store/seal_words.h"

namespace zg::store::postgres {
namespace {

// A row's digest is the first 64 bits of SHA-256 over the table's name and the row as text; the seal is the
// number of rows and the sum of the digests modulo 2^64.
constexpr const char* kRowDigest =
    "CREATE OR REPLACE FUNCTION zg_row_digest(name text, line text) RETURNS numeric LANGUAGE sql IMMUTABLE "
    "PARALLEL SAFE AS $body$ SELECT CAST(CAST(CAST('x' || substr(encode(sha256(convert_to(name || E'\\n' || "
    "line, 'UTF8')), 'hex'), 1, 16) AS bit(64)) AS bigint) AS numeric) $body$";
// What a transaction changes is added up in settings of its own (they go back with a savepoint), and written
// once, at its commit: a row that one transaction changes thousands of times gets slower with each.
// `added` and `removed` are the rows of one statement.
constexpr const char* kKeep =
    "CREATE OR REPLACE FUNCTION zg_keep_seal() RETURNS trigger LANGUAGE plpgsql AS $body$ "
    "DECLARE n bigint := 0; total numeric := 0; more bigint; change numeric; was text; touched text; "
    "BEGIN "
    "IF current_setting('zhenggai.writer', true) IS DISTINCT FROM 'on' THEN RETURN NULL; END IF; "
    "IF TG_OP <> 'DELETE' THEN "
    "SELECT count(*), coalesce(sum(zg_row_digest(TG_ARGV[0], CAST(r AS text))), 0) INTO more, change FROM "
    "added r; n := n + more; total := total + change; END IF; "
    "IF TG_OP <> 'INSERT' THEN "
    "SELECT count(*), coalesce(sum(zg_row_digest(TG_ARGV[0], CAST(r AS text))), 0) INTO more, change FROM "
    "removed r; n := n - more; total := total - change; END IF; "
    "IF n = 0 AND total = 0 THEN RETURN NULL; END IF; "
    "was := coalesce(current_setting('zhenggai.seal_' || TG_ARGV[0], true), ''); "
    "IF was = '' THEN "
    "touched := coalesce(current_setting('zhenggai.touched', true), ''); "
    "IF touched = '' THEN INSERT INTO seals (name, rows, sum) VALUES ('', 0, '0') ON CONFLICT (name) DO "
    "UPDATE SET rows = 0; END IF; "
    "PERFORM set_config('zhenggai.touched', touched || TG_ARGV[0] || ' ', true); was := '0 0'; "
    "END IF; "
    "PERFORM set_config('zhenggai.seal_' || TG_ARGV[0], CAST(CAST(split_part(was, ' ', 1) AS bigint) + n AS "
    "text) || ' ' || CAST(mod(CAST(split_part(was, ' ', 2) AS numeric) + total, 18446744073709551616) AS "
    "text), true); "
    "RETURN NULL; END $body$";
constexpr const char* kWrite =
    "CREATE OR REPLACE FUNCTION zg_write_seals() RETURNS trigger LANGUAGE plpgsql AS $body$ "
    "DECLARE touched text := coalesce(current_setting('zhenggai.touched', true), ''); one text; was text; "
    "BEGIN "
    "FOREACH one IN ARRAY string_to_array(trim(touched), ' ') LOOP "
    "was := current_setting('zhenggai.seal_' || one); "
    "INSERT INTO seals (name, rows, sum) VALUES (one, CAST(split_part(was, ' ', 1) AS bigint), "
    "split_part(was, ' ', 2)) ON CONFLICT (name) DO UPDATE SET rows = seals.rows + excluded.rows, sum = "
    "CAST(mod(CAST(seals.sum AS numeric) + CAST(excluded.sum AS numeric), 18446744073709551616) AS text); "
    "PERFORM set_config('zhenggai.seal_' || one, '', true); "
    "END LOOP; "
    "PERFORM set_config('zhenggai.touched', '', true); "
    "RETURN NULL; END $body$";
constexpr const char* kAtCommit =
    "DROP TRIGGER IF EXISTS zg_seals_at_commit ON seals; "
    "CREATE CONSTRAINT TRIGGER zg_seals_at_commit AFTER INSERT OR UPDATE ON seals DEFERRABLE INITIALLY "
    "DEFERRED FOR EACH ROW WHEN (NEW.name = '') EXECUTE FUNCTION zg_write_seals()";
constexpr const char* kWriteNow = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED";

const Query kTables{"seal_tables",
                    "SELECT CAST(c.relname AS text) FROM pg_class c WHERE c.relnamespace = "
                    "CAST(current_schema() AS regnamespace) AND c.relkind IN ('r', 'p') AND NOT "
                    "c.relispartition AND c.relname <> 'seals' ORDER BY c.relname COLLATE \"C\""};
const Query kTriggered{"seal_triggered",
                       "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE "
                       "c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relname = :name AND "
                       "t.tgname = 'zg_seal_insert'"};
const Query kKept{"seals_kept", "SELECT name, rows, sum FROM seals"};
const Query kPut{"seals_put",
                 "INSERT INTO seals (name, rows, sum) VALUES (:name, :rows, :sum) ON CONFLICT (name) DO "
                 "UPDATE SET rows = excluded.rows, sum = excluded.sum"};
// Columns, indexes, rules between tables, triggers and functions: what pg_dump would write of the schema.
const Query kSchema{
    "seal_schema",
    "SELECT count(*), CAST(coalesce(mod(sum(zg_row_digest('schema', line)), 18446744073709551616), 0) AS "
    "text) FROM ("
    "SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' "
    "|| CAST(a.attnotnull AS text) AS line FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE "
    "c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind IN ('r', 'p') AND NOT "
    "c.relispartition AND a.attnum > 0 AND NOT a.attisdropped "
    "UNION ALL SELECT 'index ' || pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = "
    "i.indrelid WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND NOT c.relispartition AND "
    "c.relkind IN ('r', 'p') "
    "UNION ALL SELECT 'rule ' || c.relname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN "
    "pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND NOT "
    "c.relispartition AND k.conparentid = 0 "
    "UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) || CAST(t.tgenabled AS text) FROM pg_trigger t "
    "JOIN pg_class "
    "c ON c.oid = t.tgrelid WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND NOT "
    "t.tgisinternal AND NOT c.relispartition "
    "UNION ALL SELECT 'function ' || p.proname || ' ' || p.prosrc FROM pg_proc p WHERE p.pronamespace = "
    "CAST(current_schema() AS regnamespace)) AS lines"};

struct Seal {
  int64_t rows = 0;
  std::string sum = "0";
  friend bool operator==(const Seal&, const Seal&) = default;
};

std::string Quoted(const std::string& name) {
  return "\"" + name + "\"";
}

// Names of tables come from the catalogue.
Seal SealNowOf(Session& session, const std::string& table) {
  Query query =
      table == "schema"
          ? kSchema
          : Query{"seal_count", "SELECT count(*), CAST(coalesce(mod(sum(zg_row_digest('" + table +
                                    "', CAST(r AS text))), 18446744073709551616), 0) AS text) FROM " +
                                    Quoted(table) + " r"};
  auto row = session.Row<int64_t, std::string>(query);
  return row ? Seal{std::get<0>(*row), std::get<1>(*row)} : Seal();
}

// Remainders of negative sums are negative: the same seal is written one way.
std::string Positive(Session& session, const std::string& sum) {
  static const Query kPositive{"seal_positive",
                               "SELECT CAST(mod(mod(CAST(:sum AS numeric), 18446744073709551616) + "
                               "18446744073709551616, 18446744073709551616) AS text)"};
  return session.Value<std::string>(kPositive, sum).value_or("");
}

}  // namespace

void SayWriter(Session& session) {
  session.Execute("SET zhenggai.writer = 'on'");
}

std::vector<std::string> SealedTables(Session& session) {
  std::vector<std::string> tables;
  session.Each<std::string>(kTables, [&](const std::string& name) {
    if (!IsPassing(name)) tables.push_back(name);
  });
  return tables;
}

void MakeSealTriggers(Session& session) {
  session.Execute(kRowDigest);
  session.Execute(kKeep);
  session.Execute(kWrite);
  session.Execute(kAtCommit);
  for (const auto& table : SealedTables(session)) {
    if (session.Value<int64_t>(kTriggered, table).value_or(0) > 0) continue;
    const char* kinds[][3] = {{"insert", "INSERT", "NEW TABLE AS added"},
                              {"update", "UPDATE", "OLD TABLE AS removed NEW TABLE AS added"},
                              {"delete", "DELETE", "OLD TABLE AS removed"}};
    for (const auto& kind : kinds)
      session.Execute(std::string("CREATE TRIGGER zg_seal_") + kind[0] + " AFTER " + kind[1] + " ON " +
                      Quoted(table) + " REFERENCING " + kind[2] +
                      " FOR EACH STATEMENT EXECUTE FUNCTION zg_keep_seal('" + table + "')");
  }
}

void SealNow(Session& session, const std::vector<std::string>& tables) {
  session.Execute(kWriteNow);
  for (const auto& table : tables) {
    Seal seal = SealNowOf(session, table);
    session.Run(kPut, table, seal.rows, seal.sum);
  }
}

// Said of a statement by its words: a name that stands in it may mean the table. Indexes and new tables leave
// the rows of others as they are.
std::set<std::string> TablesTouched(const std::vector<std::string>& statements,
                                    const std::vector<std::string>& tables) {
  std::set<std::string> touched;
  for (const auto& sql : statements) {
    std::vector<std::string> words;
    std::string word;
    for (char c : sql + " ") {
      if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
        word += char(std::tolower(static_cast<unsigned char>(c)));
      } else if (!word.empty()) {
        words.push_back(std::move(word));
        word.clear();
      }
    }
    if (words.empty()) continue;
    bool makes = words[0] == "create" && std::find(words.begin(), words.end(), "select") == words.end();
    bool drops_index = words[0] == "drop" && words.size() > 1 && words[1] == "index";
    if (makes || drops_index) continue;
    for (const auto& table : tables)
      if (std::find(words.begin(), words.end(), table) != words.end()) touched.insert(table);
  }
  return touched;
}

std::map<std::string, std::string> BrokenSeals(Session& session, const std::set<std::string>* only) {
  session.Execute(kWriteNow);
  std::map<std::string, Seal> kept;
  session.Each<std::string, int64_t, std::string>(
      kKept, [&](const std::string& name, int64_t rows, const std::string& sum) {
        kept[name] = {rows, sum};
      });
  if (kept.empty()) return {{"seals", NoSealsSentence()}};
  std::map<std::string, std::string> broken;
  std::vector<std::string> tables = SealedTables(session);
  tables.push_back("schema");
  for (const auto& table : tables) {
    if (only && !only->count(table)) continue;
    Seal now = SealNowOf(session, table);
    now.sum = Positive(session, now.sum);
    auto was = kept.find(table);
    Seal then = was == kept.end() ? Seal() : was->second;
    then.sum = Positive(session, then.sum);
    if (now != then) broken[table] = BrokenSealSentence(table, now.rows, then.rows);
    if (was != kept.end()) kept.erase(was);
  }
  if (only) return broken;
  for (const auto& [name, seal] : kept)
    if (seal.rows != 0) broken[name] = MissingTableSentence(name);
  return broken;
}

}  // namespace zg::store::postgres
