#include "store/sizes.h"

#include "ledger/import.h"
#include "store/notices.h"

namespace zg::store {
namespace {

// Facet 0 has all tasks, round 0 all rounds (store/facet.h).
const Query kTasks{"sizes_tasks", "SELECT n FROM facet_totals WHERE round_id = 0 AND facet = 0"};
const Query kDocuments{"sizes_documents", "SELECT max(id) FROM documents"};
const Query kEvents{"sizes_events", "SELECT max(seq) FROM events"};
const Query kEvidence{"sizes_evidence", "SELECT max(id) FROM evidence"};
const Query kReports{"sizes_reports", "SELECT max(id) FROM reports"};
const Query kNotices{"sizes_notices", "SELECT max(id) FROM notices"};
const Query kReading{"sizes_reading",
                     "SELECT count(*) FROM (SELECT id FROM imports WHERE state = :state LIMIT 1000) AS few"};
const Query kUploads{"sizes_uploads",
                     "SELECT count(*) FROM (SELECT id FROM uploads WHERE evidence_id = 0 LIMIT 1000) AS few"};

}  // namespace

LedgerSizes ReadSizes(Session& session, Database& database) {
  LedgerSizes sizes;
  auto number = [&](const Query& query) { return session.Value<int64_t>(query).value_or(0); };
  sizes.tasks = number(kTasks);
  sizes.rows = {{"documents", number(kDocuments)},
                {"events", number(kEvents)},
                {"evidence", number(kEvidence)},
                {"reports", number(kReports)},
                {"notices", number(kNotices)}};
  sizes.letters_waiting = CountLetters(session, LetterState::kWaiting);
  sizes.letters_given_up = CountLetters(session, LetterState::kGivenUp);
  sizes.imports_reading =
      session.Value<int64_t>(kReading, ImportStateName(ImportState::kReading)).value_or(0);
  sizes.uploads_open = number(kUploads);
  sizes.database_bytes = database.Bytes(session);
  return sizes;
}

}  // namespace zg::store
