#pragma once
// What all use cases share. Inside of office/ only.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/date.h"
#include "extract/draft.h"
#include "extract/vocabulary.h"
#include "ledger/event.h"
#include "ledger/pace.h"
#include "ledger/tiles.h"
#include "ledger/unit.h"
#include "ledger/workflow.h"
#include "office/actor.h"
#include "office/articles.h"
#include "office/audit.h"
#include "office/breakdowns.h"
#include "office/cases.h"
#include "office/charts.h"
#include "office/checks.h"
#include "office/clockwork.h"
#include "office/directory.h"
#include "office/documents.h"
#include "office/due_things.h"
#include "office/evidence.h"
#include "office/exports.h"
#include "office/forms.h"
#include "office/imports.h"
#include "office/keeping.h"
#include "office/limits.h"
#include "office/links.h"
#include "office/nodes.h"
#include "office/notices.h"
#include "office/office.h"
#include "office/papers.h"
#include "office/people.h"
#include "office/periods.h"
#include "office/publishing.h"
#include "office/pulse.h"
#include "office/reporting.h"
#include "office/schedule.h"
#include "office/signing_in.h"
#include "office/tasks.h"
#include "office/todo.h"
#include "office/uploads.h"
#include "office/views.h"
#include "office/visits.h"
#include "store/store.h"
#include "vault/blob_store.h"

namespace zg {

struct OfficeCore {
  ~OfficeCore() {
    if (nodes) nodes->Deafen();
  }

  // Constant after construction.
  OfficeOptions options;
  SystemClock wall_clock;
  const Clock* clock = nullptr;
  std::shared_ptr<const Vocabulary> vocabulary;
  WorkflowSet workflows;
  PaceRule pace;
  TileMap tiles;
  RegionIndex regions;
  std::unique_ptr<store::Store> store;
  std::shared_ptr<BlobStore> vault;
  std::unique_ptr<Staging> staging;  // of uploads

  Documents documents{*this};
  Tasks tasks{*this};
  Links links{*this};
  Units units{*this};
  Rounds rounds{*this};
  Overview overview{*this};
  Search search{*this};
  Events events{*this};
  Exports exports{*this};
  Keeping keeping{*this};
  Uploads uploads{*this};
  EvidenceLedger evidence{*this};
  Periods periods{*this};
  Reporting reporting{*this};
  Cases cases{*this};
  People people{*this};
  Audit audit{*this};
  SigningIn signing_in{*this};
  Breakdowns breakdowns{*this};
  Forms forms{*this};
  Schedule schedule{*this};
  Notices notices{*this};
  Contacts contacts{*this};
  Outbox outbox{*this};
  Todo todo{*this};
  mutable KeptPlaces places;
  Charts charts{*this};
  Visits visits{*this};
  Issuing issuing{*this};
  Publishing publishing{*this};
  Articles articles{*this};
  Pulse pulse{*this};
  Limits limits{*this};
  std::unique_ptr<Nodes> nodes;          // its thread uses the next two, until Deafen
  std::unique_ptr<Checks> checks;        // its thread uses all of the above
  std::unique_ptr<Imports> imports;      // its thread uses all of the above
  std::unique_ptr<Turns> turns;          // null: nobody to take turns with
  std::unique_ptr<Clockwork> clockwork;  // last: its thread uses all of the above

  std::string Now() const { return clock->NowIso(); }
  Date Today() const { return clock->Today(); }
  void Log(const Error& error) const {
    if (options.log) options.log(error);
  }
  // An event to be appended; the caller adds what else it knows.
  Event EventOf(const Actor& actor, std::string kind, std::string subject) const {
    Event event;
    event.at = Now();
    event.actor = actor.name;
    event.kind = std::move(kind);
    event.subject = std::move(subject);
    return event;
  }
};

// The ledger's file inside the data folder.
std::filesystem::path LedgerFile(const std::filesystem::path& data);
std::filesystem::path VaultFolder(const std::filesystem::path& data);

// What a person wrote into a field, made ready for SetField (ledger/correction.h): a plain string as deadline
// or status is read by the extractor's own rules. kInvalid (correction.value) for what is no JSON or cannot
// be read.
Result<nlohmann::json> ReadFieldValue(const OfficeCore& core, const std::string& field,
                                      const std::string& value_json);

}  // namespace zg
