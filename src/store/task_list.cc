#include "store/task_list.h"

#include <charconv>

#include "store/documents.h"
#include "store/task_filter.h"

namespace zg::store {
namespace {

constexpr int64_t kCountAtMost = 3000;  // rows of the driver that are counted one by one
constexpr int64_t kCountLooked = 300;   // where their words are looked at

// Where a page ended: the value it is sorted by, and the order by number.
struct Key {
  int64_t value = 0, ord = 0;
};

const char* ColumnOf(TaskSort::Key key) {
  switch (key) {
    case TaskSort::kNumber:
      return "ord";
    case TaskSort::kDue:
      return "due";
    case TaskSort::kState:
      return "state";
    case TaskSort::kUpdated:
      return "updated";
  }
  return "ord";
}

std::string WriteKey(const TaskSort& sort, const Key& key) {
  return std::string(ColumnOf(sort.key)) + "." + std::to_string(key.value) + "." + std::to_string(key.ord);
}

Result<std::optional<Key>> ReadKey(const TaskSort& sort, const std::string& text) {
  if (text.empty()) return std::optional<Key>();
  Error bad{Code::kInvalid, "翻页参数 after 不对，请从第一页重新翻起。", "after", "parameter.after"};
  std::string prefix = std::string(ColumnOf(sort.key)) + ".";
  size_t dot = text.find('.', prefix.size());
  if (text.rfind(prefix, 0) != 0 || dot == text.npos) return bad;
  Key key;
  const char *begin = text.data() + prefix.size(), *middle = text.data() + dot,
             *end = text.data() + text.size();
  auto value = std::from_chars(begin, middle, key.value);
  auto ord = std::from_chars(middle + 1, end, key.ord);
  if (value.ec != std::errc() || value.ptr != middle || ord.ec != std::errc() || ord.ptr != end) return bad;
  return std::optional<Key>(key);
}

// One way through the driver's rows. Sorting by day in descending order takes two: dated tasks, then the
// others.
struct Segment {
  Clause condition;  // " AND …"
  std::optional<Key> after;
};

Clause AfterClause(const TaskSort& sort, const Key& key, bool due_leads) {
  Clause clause;
  const char* than = sort.descending ? "<" : ">";
  std::string plus = due_leads ? "+" : "";
  if (sort.key == TaskSort::kNumber) {
    clause.Add(" AND " + plus + "f.ord " + than + " :after_ord", key.ord);
  } else {
    clause.Add(" AND (" + plus + "f." + ColumnOf(sort.key) + ", f.ord) " + than + " (:after_value",
               key.value);
    clause.Add(", :after_ord)", key.ord);
  }
  return clause;
}

// In order of days, the days that can pass bound the index range, or rows outside of it would be passed over
// one by one.
std::vector<Segment> SegmentsOf(const FilterPlan& plan, const TaskSort& sort,
                                const std::optional<Key>& after) {
  if (sort.key != TaskSort::kDue) return {{{}, after}};
  Segment dated, undated;
  if (plan.due_from > 0) dated.condition.Add(" AND f.due >= " + std::to_string(plan.due_from));
  if (!sort.descending) {
    dated.after = after;
    return {dated};
  }
  if (plan.due_before <= kNoDue) {
    dated.condition.Add(" AND f.due < " + std::to_string(plan.due_before));
    dated.after = after;
    return {dated};
  }
  dated.condition.Add(" AND f.due < " + std::to_string(kNoDue));
  undated.condition.Add(" AND f.due = " + std::to_string(kNoDue));
  if (after && after->value == kNoDue) {
    undated.after = after;
    return {undated};
  }
  dated.after = after;
  return {dated, undated};
}

std::string OrderOf(const TaskSort& sort, bool due_leads) {
  std::string direction = sort.descending ? " DESC" : "";
  std::string plus = due_leads ? "+" : "";
  if (sort.key == TaskSort::kNumber) return " ORDER BY " + plus + "f.ord" + direction;
  return " ORDER BY " + plus + "f." + ColumnOf(sort.key) + direction + ", f.ord" + direction;
}

Clause SelectRows(const FilterPlan& plan, const TaskSort& sort, const Segment& segment, int64_t limit) {
  Clause select;
  // task_rows is joined to the page only, not to what is passed over.
  select.Add(
      "SELECT r.task_id, r.item, f.value, f.ord, f.due, f.state FROM (SELECT f.ord, f.due, f.state, f." +
      std::string(ColumnOf(sort.key)) + " AS value FROM task_facets f WHERE f.facet = :driver");
  select.args.emplace_back(plan.driver);
  select.Add(plan.dated);
  select.Add(plan.rest);
  select.Add(segment.condition);
  if (segment.after) select.Add(AfterClause(sort, *segment.after, plan.due_leads));
  select.Add(OrderOf(sort, plan.due_leads) + " LIMIT :n", limit);
  std::string direction = sort.descending ? " DESC" : "";
  select.Add(") AS f JOIN task_rows r ON r.ord = f.ord ORDER BY f.value" + direction + ", f.ord" + direction);
  return select;
}

struct Found {
  TaskId id;
  Key key;
  ListRow row;
};

std::vector<Found> FindRows(Session& session, const FilterPlan& plan, const TaskSort& sort,
                            const std::optional<Key>& after, Date as_of, int64_t limit) {
  std::vector<Found> found;
  if (plan.nothing) return found;
  for (const auto& segment : SegmentsOf(plan, sort, after)) {
    int64_t left = limit - int64_t(found.size());
    if (left <= 0) break;
    Clause select = SelectRows(plan, sort, segment, left);
    Query query{"task_list", select.sql};
    session.Each<int64_t, std::string, int64_t, int64_t, int64_t, int>(
        query,
        [&](int64_t id, std::string& item, int64_t value, int64_t ord, int64_t due, int state) {
          found.push_back(
              {{id}, {value, ord}, {std::move(item), IsOverdue(DateOfDue(due), TaskState(state), as_of)}});
        },
        select.args);
  }
  return found;
}

void CountRows(Session& session, const FilterPlan& plan, ListPage& page) {
  if (plan.nothing) return;
  if (plan.counted_facet) {
    Query query{
        "task_list_counted",
        "SELECT coalesce(sum(n), 0) FROM task_counts f WHERE f.round_id = :round AND f.facet = :facet" +
            plan.dated.sql};
    page.total =
        session.Value<int64_t>(query, plan.counted_round, *plan.counted_facet, plan.dated.args).value_or(0);
    return;
  }
  Clause count;
  count.Add(
      "SELECT count(*) FROM (SELECT f.ord, f.due, f.state, f.bits FROM task_facets f WHERE f.facet = :driver",
      plan.driver);
  // Where days lead, they are what makes the rows few.
  if (plan.due_leads) count.Add(plan.dated);
  const int64_t most = plan.looks ? kCountLooked : kCountAtMost;
  count.Add(" LIMIT :n) AS f WHERE 1 = 1", most);
  if (!plan.due_leads) count.Add(plan.dated);
  count.Add(plan.rest);
  session.Ahead([&] { DriverSize(session, plan); });
  page.total = session.Value<int64_t>(Query{"task_list_count", count.sql}, count.args).value_or(0);
  page.capped = DriverSize(session, plan) > most;
}

DocId FamilyOf(Session& session, const TaskFilter& filter) {
  if (!filter.document) return {};
  auto document = LoadDocument(session, *filter.document);
  return document ? document->family : DocId();
}

}  // namespace

Result<ListPage> ListTasks(Session& session, TextIndex& text, const TaskFilter& filter, const TaskSort& sort,
                           const PageRequest& request, Date as_of) {
  ZG_ASSIGN(std::optional<Key> after, ReadKey(sort, request.after));
  FilterPlan plan = PlanFilter(session, text, filter, FamilyOf(session, filter), as_of);
  int64_t limit = request.limit < 1 ? 1 : request.limit > 200 ? 200 : request.limit;
  session.Ahead([&] {
    ListPage page;
    CountRows(session, plan, page);
  });
  std::vector<Found> found = FindRows(session, plan, sort, after, as_of, limit + 1);
  ListPage page;
  bool more = int64_t(found.size()) > limit;
  if (more) found.pop_back();
  if (more) page.next = WriteKey(sort, found.back().key);
  for (auto& f : found) page.rows.push_back(std::move(f.row));
  CountRows(session, plan, page);
  // What is on the page is there, however early the counting stopped.
  if (page.total < int64_t(page.rows.size())) page.total = int64_t(page.rows.size());
  if (!more && !after) page.total = int64_t(page.rows.size()), page.capped = false;
  return page;
}

Result<std::vector<TaskId>> ListTaskIds(Session& session, TextIndex& text, const TaskFilter& filter,
                                        const TaskSort& sort, Date as_of, int64_t limit) {
  FilterPlan plan = PlanFilter(session, text, filter, FamilyOf(session, filter), as_of);
  std::vector<TaskId> ids;
  for (const auto& f : FindRows(session, plan, sort, std::nullopt, as_of, limit)) ids.push_back(f.id);
  return ids;
}

}  // namespace zg::store
