#pragma once
// Pages of tasks, by key. Whatever is asked, the work is bounded by the page and not by the ledger: the
// rarest condition leads through its own index in the order wanted, the others are looked up row by row.

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "ledger/filter.h"
#include "store/database.h"

namespace zg::store {

struct ListRow {
  std::string item;  // JSON (store/task_index.h)
  bool overdue = false;
};
struct ListPage {
  std::vector<ListRow> rows;
  std::string next;  // empty: the last page
  int64_t total = 0;
  bool capped = false;  // there are more than `total`
};

// `as_of` decides what is overdue. kInvalid (parameter.after) for a key that is none of this sort.
Result<ListPage> ListTasks(Session& session, TextIndex& text, const TaskFilter& filter, const TaskSort& sort,
                           const PageRequest& page, Date as_of);

// Ids of all tasks that pass, in that order, at most `limit`.
Result<std::vector<TaskId>> ListTaskIds(Session& session, TextIndex& text, const TaskFilter& filter,
                                        const TaskSort& sort, Date as_of, int64_t limit);

}  // namespace zg::store
