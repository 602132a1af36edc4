#pragma once
// A TaskFilter as SQL over task_facets: which facet leads, what is asked of its rows. Inside of task_list.cc.

#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/facet.h"

namespace zg::store {

// SQL and the arguments in it, in order.
struct Clause {
  std::string sql;
  std::vector<AnyArg> args;
  void Add(const std::string& more) { sql += more; }
  void Add(const std::string& more, int64_t arg) {
    sql += more;
    args.emplace_back(arg);
  }
  void Add(const std::string& more, const std::string& arg) {
    sql += more;
    args.emplace_back(arg);
  }
  void Add(const Clause& other) {
    sql += other.sql;
    args.insert(args.end(), other.args.begin(), other.args.end());
  }
};

struct FilterPlan {
  bool nothing = false;                // no task can pass
  int64_t driver = 0;                  // the facet that leads
  std::optional<int64_t> driver_size;  // where it was needed to decide
  Clause dated;  // " AND …" on due and state, of a table called f, in task_facets and task_counts alike
  Clause rest;   // " AND …" on flags, roles, further facets and words
  int64_t due_from = 0,
          due_before = INT64_MAX;  // no row outside of these days passes: for lists in order of days
  bool looks = false;              // at the words of each row, which costs more than its other conditions
  bool due_leads = false;  // few rows of the driver are in the range of days: find those and sort them
  // Set where task_counts knows the exact number: the facet to count there, and the round (0: all).
  std::optional<int64_t> counted_facet;
  int64_t counted_round = 0;
};

// Reads a few counters to decide. `family`: first version of filter.document, where that is set.
FilterPlan PlanFilter(Session& session, TextIndex& text, const TaskFilter& filter, DocId family, Date as_of);
int64_t DriverSize(Session& session, const FilterPlan& plan);  // tasks that the driver has

}  // namespace zg::store
