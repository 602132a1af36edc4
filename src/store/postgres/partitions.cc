// The tables that grow without end are partitioned (PostgreSQL 15, "Table Partitioning"):
//   events    by their number: a partition ends where a year has ended. Numbers have no gap, so the last
//             partition is open, and it is cut in the first hour of the new year.
//   reports   by their period, twelve periods (a year of months) to a partition, made ahead.
//   evidence  by id, since other tables point to it by that: ten million ids to a partition, made ahead, and
//             with a new year the ids begin a new one.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "store/postgres/postgres.h"

namespace zg::store::postgres {
namespace {

struct Plan {
  const char* table;
  const char* key;      // what it is partitioned by
  const char* primary;  // columns of the primary key, the partition's among them
  const char* identity;
  int64_t block;  // keys to a partition; 0: the last one is open
};
constexpr Plan kPlans[] = {{"events", "seq", "seq", "seq", 0},
                           {"reports", "period_id", "id, period_id", "id", 12},
                           {"evidence", "id", "id", "id", 10'000'000}};
constexpr const char* kFirst = "_first";  // after the table's name: the partition that begins with it

const Query kKind{"partition_kind",
                  "SELECT CAST(relkind AS text) FROM pg_class WHERE relnamespace = CAST(current_schema() AS "
                  "regnamespace) AND relname = :name"};
const Query kIndexesOf{
    "partition_indexes",
    "SELECT CAST(x.relname AS text), pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class x ON "
    "x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = "
    "CAST(current_schema() AS regnamespace) AND c.relname = :name AND NOT EXISTS (SELECT 1 FROM "
    "pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u')) ORDER BY 1"};
// Rules between tables that begin or end at it.
const Query kRulesOf{
    "partition_rules",
    "SELECT CAST(c.relname AS text), CAST(k.conname AS text), pg_get_constraintdef(k.oid) FROM "
    "pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid WHERE "
    "c.relnamespace = CAST(current_schema() AS regnamespace) AND k.contype = 'f' AND k.conparentid = 0 "
    "AND (c.relname = :name OR f.relname = :same) ORDER BY 1, 2"};
const Query kPrimary{"partition_primary",
                     "SELECT CAST(k.conname AS text) FROM pg_constraint k JOIN pg_class c ON c.oid = "
                     "k.conrelid WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relname "
                     "= :name AND k.contype = 'p'"};
// The partition with the greatest lower bound, and that bound; FOR VALUES FROM (…) TO (…).
const Query kParts{"partitions_of",
                   "SELECT CAST(p.relname AS text), pg_get_expr(p.relpartbound, p.oid) FROM pg_inherits h "
                   "JOIN pg_class p ON p.oid = h.inhrelid JOIN pg_class c ON c.oid = h.inhparent WHERE "
                   "c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relname = :name"};
const Query kMaxPeriod{"partition_max_period", "SELECT coalesce(max(id), 0) FROM periods"};
const Query kLastEvidence{"partition_last_evidence",
                          "SELECT id, uploaded_at FROM evidence ORDER BY id DESC LIMIT 1"};
const Query kNextEvidence{"partition_next_evidence",
                          "SELECT setval(pg_get_serial_sequence('evidence', 'id'), :next, false)"};
const Query kLastEvent{"partition_last_event", "SELECT seq, at FROM events ORDER BY seq DESC LIMIT 1"};
const Query kEventAt{"partition_event_at", "SELECT at FROM events WHERE seq = :seq"};

struct Part {
  std::string name;
  std::optional<int64_t> from, to;  // none: without a bound
};

std::optional<int64_t> Bound(const std::string& text, const std::string& word) {
  size_t at = text.find(word + " (");
  if (at == text.npos) return std::nullopt;
  std::string value = text.substr(at + word.size() + 2);
  if (value[0] == '\'') value.erase(0, 1);
  if (value.rfind("M", 0) == 0) return std::nullopt;  // MINVALUE, MAXVALUE
  return std::stoll(value);
}

// By their bounds.
std::vector<Part> PartsOf(Session& session, const std::string& table) {
  std::vector<Part> parts;
  session.Each<std::string, std::string>(
      kParts,
      [&](const std::string& name, const std::string& bound) {
        parts.push_back({name, Bound(bound, "FROM"), Bound(bound, "TO")});
      },
      table);
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
    return a.from.value_or(INT64_MIN) < b.from.value_or(INT64_MIN);
  });
  return parts;
}

std::string BoundText(std::optional<int64_t> bound, const char* none) {
  return bound ? std::to_string(*bound) : none;
}

// Attached rather than made in place: readers go on meanwhile.
void AddPart(Session& session, const std::string& table, int64_t from, std::optional<int64_t> to) {
  std::string name = fmt::format("{}_from_{}", table, from);
  session.Execute(fmt::format("CREATE TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING STORAGE)", name, table));
  session.Execute(fmt::format("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})", table, name,
                              from, BoundText(to, "MAXVALUE")));
}

void Divide(Session& session, const Plan& plan) {
  const std::string table = plan.table, first = table + kFirst;
  std::vector<std::string> after;
  session.Each<std::string, std::string>(
      kIndexesOf, [&](const std::string&, const std::string& sql) { after.push_back(sql); }, table);
  std::vector<std::string> now, rules;
  session.Each<std::string, std::string>(
      kIndexesOf, [&](const std::string& name, const std::string&) { now.push_back("DROP INDEX " + name); },
      table);
  session.Each<std::string, std::string, std::string>(
      kRulesOf,
      [&](const std::string& at, const std::string& name, const std::string& rule) {
        now.push_back("ALTER TABLE " + at + " DROP CONSTRAINT " + name);
        rules.push_back("ALTER TABLE " + at + " ADD CONSTRAINT " + name + " " + rule);
      },
      table, table);
  now.push_back(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", table,
                            session.Value<std::string>(kPrimary, table).value_or(table + "_pkey")));
  for (const char* kind : {"insert", "update", "delete"})
    now.push_back(fmt::format("DROP TRIGGER IF EXISTS zg_seal_{} ON {}", kind, table));
  now.push_back(fmt::format("ALTER TABLE {} ALTER COLUMN {} DROP IDENTITY", table, plan.identity));
  now.push_back(fmt::format("ALTER TABLE {} RENAME TO {}", table, first));
  now.push_back(
      fmt::format("CREATE TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING STORAGE) PARTITION BY RANGE ({})",
                  table, first, plan.key));
  now.push_back(fmt::format("ALTER TABLE {} ALTER COLUMN {} ADD GENERATED BY DEFAULT AS IDENTITY", table,
                            plan.identity));
  now.push_back(
      fmt::format("ALTER TABLE {0} ADD CONSTRAINT {0}_pkey PRIMARY KEY ({1})", table, plan.primary));
  session.Forget();
  for (const auto& sql : now) session.Execute(sql);
  for (const auto& sql : after) session.Execute(sql);
  const Query max{"partition_max", fmt::format("SELECT coalesce(max({}), 0) FROM {}", plan.key, first)};
  std::optional<int64_t> end;
  if (plan.block > 0) end = (session.Value<int64_t>(max).value_or(0) / plan.block + 1) * plan.block;
  session.Forget();
  session.Execute(fmt::format("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES FROM (MINVALUE) TO ({})", table,
                              first, BoundText(end, "MAXVALUE")));
  for (const auto& sql : rules) session.Execute(sql);
  session.Execute(
      fmt::format("SELECT setval(pg_get_serial_sequence('{0}', '{1}'), (SELECT coalesce(max({1}), "
                  "0) + 1 FROM {0}), false)",
                  table, plan.identity));
}

// Times of events and evidence begin with their year, in Beijing.
int YearOf(const std::string& at) {
  return at.size() < 4 ? 9999 : std::atoi(at.substr(0, 4).c_str());
}

// Where the year of the events at its beginning is over, the open partition is closed behind the last event.
// Closing reads it once; nobody sees events meanwhile, so it waits at most some seconds for its turn.
void CutEvents(Session& session, int year) {
  auto last = session.Row<int64_t, std::string>(kLastEvent);
  std::vector<Part> parts = PartsOf(session, "events");
  if (!last || parts.empty() || parts.back().to) return;
  const Part open = parts.back();
  auto begin = session.Value<std::string>(kEventAt, open.from.value_or(1));
  if (!begin || YearOf(*begin) >= year) return;
  int64_t next = std::get<0>(*last) + 1;
  session.Forget();
  session.Execute("SET LOCAL lock_timeout = '3s'");
  session.Execute("ALTER TABLE events DETACH PARTITION " + open.name);
  session.Execute(fmt::format("ALTER TABLE events ATTACH PARTITION {} FOR VALUES FROM ({}) TO ({})",
                              open.name, BoundText(open.from, "MINVALUE"), next));
  AddPart(session, "events", next, std::nullopt);
  session.Execute("SET LOCAL lock_timeout = DEFAULT");
}

}  // namespace

void MakePartitions(Session& session) {
  for (const Plan& plan : kPlans)
    if (session.Value<std::string>(kKind, plan.table).value_or("") == "r") Divide(session, plan);
}

void ReachPartitions(Session& session, const std::string& table, int64_t key) {
  for (const Plan& plan : kPlans) {
    if (plan.table != table || plan.block == 0) continue;
    std::vector<Part> parts = PartsOf(session, table);
    if (parts.empty() || !parts.back().to) return;
    for (int64_t from = *parts.back().to; from <= key; from += plan.block)
      AddPart(session, table, from, from + plan.block);
  }
}

void KeepPartitions(Session& session, Date today) {
  int year = today.year();
  ReachPartitions(session, "reports", session.Value<int64_t>(kMaxPeriod).value_or(0) + 12);
  constexpr int64_t kBlock = 10'000'000;
  auto evidence = session.Row<int64_t, std::string>(kLastEvidence);
  int64_t id = evidence ? std::get<0>(*evidence) : 0;
  ReachPartitions(session, "evidence", id + kBlock);
  if (evidence && YearOf(std::get<1>(*evidence)) < year)
    session.Value<int64_t>(kNextEvidence, (id / kBlock + 1) * kBlock);
  CutEvents(session, year);
}

}  // namespace zg::store::postgres
