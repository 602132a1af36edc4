#pragma once
// Rows of the large tables in numbers that single statements are too slow for: made-up ledgers for
// measurements. As in a transfer, rules between tables, indexes and seals are put in force at the end.

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/dispatch_report.h"
#include "ledger/event.h"
#include "ledger/evidence.h"
#include "store/database.h"

namespace zg::store {

// On a connection of its own: nobody else may write while it lives. Everything throws SqlError. Rows are
// committed in pieces; a load that breaks leaves a ledger that is of no use. Not thread-safe.
class Bulk {
 public:
  explicit Bulk(Database& database);
  ~Bulk();
  Session& session() { return *session_; }  // to read what is there

  EvidenceId NextEvidence() const { return {next_evidence_}; }
  ReportId NextReport() const { return {next_report_}; }
  void Add(Event event);                   // as the next of the chain
  void Add(const DispatchReport& report);  // its id is NextReport()
  // Its id is NextEvidence(), its family itself. Ties and the words of search too.
  void Add(const Evidence& evidence);
  // Counts of the periods, statistics, seals. Minutes for millions of rows: indexes are made here.
  void Finish();

 private:
  struct Rows {
    TableShape shape;
    std::vector<std::vector<Cell>> waiting;
  };
  void Put(Rows& rows, std::vector<Cell> row);
  void Load(Rows& rows);

  Database& database_;
  std::unique_ptr<Session> session_;
  Rows events_, reports_, evidence_, ties_, words_;
  int64_t next_event_ = 1, next_report_ = 1, next_evidence_ = 1;
  std::string last_digest_;
};

// Which unit is asked about which open task, as a period that is opened now would.
std::vector<std::pair<TaskId, UnitId>> AskedNow(Session& session);

}  // namespace zg::store
