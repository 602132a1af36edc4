#pragma once
// One question about many rows: for what stands on a page, so that a page of 50 lines is one question more
// and not 50. Inside of store/ only.

#include <algorithm>
#include <string>
#include <vector>

#include "store/sql.h"

namespace zg::store {

// SQL with one {ids} where they go, after IN. Two statements and not one for each number of ids: what is
// missing to 8 or 51 is filled up with the last one.
class Many {
 public:
  Many(const char* name, const std::string& sql)
      : few_(Make(name, sql, kFew)), many_(Make(name, sql, kMany)) {}

  // f(columns…) for each row, as Session::Each; each id once, in groups of at most 51 by their size. `more`:
  // arguments that stand behind the ids.
  template <class... Columns, class F, class... A>
  void Each(Session& session, std::vector<int64_t> ids, F f, const A&... more) const {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    for (size_t from = 0; from < ids.size(); from += kMany) {
      size_t left = std::min(ids.size() - from, kMany), room = left <= kFew ? kFew : kMany;
      std::vector<AnyArg> args;
      for (size_t i = 0; i < room; ++i) args.emplace_back(ids[from + std::min(i, left - 1)]);
      session.Each<Columns...>(room == kFew ? few_ : many_, f, args, more...);
    }
  }

 private:
  static constexpr size_t kFew = 8, kMany = 51;  // a page and the one that tells whether there is another
  static Query Make(const char* name, std::string sql, size_t n) {
    std::string ids = "(";
    for (size_t i = 0; i < n; ++i) ids += (i ? ", :i" : ":i") + std::to_string(i);
    sql.replace(sql.find("{ids}"), 5, ids + ")");
    return {name, sql};
  }
  Query few_, many_;
};

}  // namespace zg::store
