#pragma once
// A list of tasks as a file to carry away.

#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/filter.h"

namespace zg {

struct OfficeCore;

struct ExportedFile {
  std::string name;          // 整改任务清单-2024-12-31.xlsx
  std::string content_type;  // for HTTP
  std::string bytes;
};

// Thread-safe.
class Exports {
 public:
  explicit Exports(OfficeCore& core) : core_(core) {}
  // `format`: "xlsx" or "csv". `columns`: of ColumnNames(), in the order wanted; empty: the standard ones.
  // kInvalid (parameter.bad) for another column, with its neighbour; export.too_many beyond 200,000 tasks.
  Result<ExportedFile> Tasks(const TaskFilter& filter, const TaskSort& sort,
                             const std::vector<std::string>& columns, const std::string& format) const;
  static const std::vector<std::string>& ColumnNames();

 private:
  OfficeCore& core_;
};

}  // namespace zg
