#pragma once
// The office: everything that can be done with a ledger, as use cases. Each one that changes something is one
// transaction and at least one event, on disk before it returns. All of it may be called from any thread.
//
// Read views come as JSON documents in the shape of docs/api.md; errors carry an id of the API
// ("import.not_found").

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "mail/smtp.h"
#include "office/notices.h"

namespace zg {

class Vocabulary;
class BlobStore;
namespace store {
class Store;
struct Migration;
}  // namespace store

struct OfficeOptions {
  std::filesystem::path data = "var";  // made where it is not there
  std::string database;                // postgresql://…; empty: ledger.sqlite in data
  std::string read_database;           // replicas of it for what may be a little old; empty: none
  int64_t read_lag_seconds = 10;       // how old that may be
  std::filesystem::path vocabulary;    // folder laid over the built-in words; empty: none
  std::filesystem::path workflows;     // the same for workflows and calendar; empty: none
  const Clock* clock = nullptr;        // borrowed; null: the wall clock
  int readers = 16;                    // read connections at most
  bool background = true;  // false: nothing happens by itself (commands): it is none of the nodes, and
                           // Imports::Take leaves reading to Imports::ReadNow
  std::function<void(const Error&)> log;  // causes that no client sees; may be empty; any thread
  std::shared_ptr<BlobStore> vault;       // null: the folder data/vault
  std::string node;                       // what people call this program; empty: machine and process
  std::string version;                    // of this program
  std::shared_ptr<const std::vector<store::Migration>> migrations;  // null: those built in; for tests

  SmtpSettings smtp;          // url empty: no letters go out
  ReminderOptions reminders;  // when people are told what

  uint64_t max_evidence_bytes = 2ull << 30;    // one file
  uint64_t upload_user_bytes = 16ull << 30;    // declared by one person and not finished
  uint64_t upload_total_bytes = 100ull << 30;  // … by all
  int password_megabytes = 64;  // that reckoning one password takes (Argon2id); tests take fewer
  int64_t idle_minutes = 120;   // a session nobody uses ends then
  int64_t session_hours = 12;   // … and every session then

  int upload_hours = 72;  // an unfinished upload nobody touches is taken away then
};

class Imports;
class Documents;
class Tasks;
class Links;
class Units;
class Rounds;
class Overview;
class Search;
class Events;
class Exports;
class Keeping;
class Checks;
class Uploads;
class EvidenceLedger;
class Periods;
class Reporting;
class Cases;
class People;
class Audit;
class SigningIn;
class Breakdowns;
class Forms;
class Schedule;
class Todo;
class Charts;
class Visits;
class Issuing;
class Publishing;
class Articles;
class Clockwork;
class Pulse;
class Nodes;
class Limits;
struct OfficeCore;

class Office {
 public:
  // Opens or makes the ledger in options.data, migrating it where it is older. Imports whose reading was cut
  // off go on. kUnavailable where the folder cannot be written, kConflict (store.newer) where a newer version
  // wrote it.
  static Result<std::unique_ptr<Office>> Open(OfficeOptions options);
  ~Office();  // waits for the reading that is under way

  Imports& imports();
  Documents& documents();
  Tasks& tasks();
  Links& links();
  Units& units();
  Rounds& rounds();
  Overview& overview();
  Search& search();
  Events& events();
  Exports& exports();
  Keeping& keeping();
  Checks& checks();
  Uploads& uploads();
  EvidenceLedger& evidence();
  Periods& periods();
  Reporting& reporting();
  Cases& cases();
  People& people();
  Audit& audit();
  SigningIn& signing_in();
  Breakdowns& breakdowns();
  Forms& forms();
  Schedule& schedule();
  Notices& notices();
  Contacts& contacts();
  Outbox& outbox();
  Todo& todo();
  Charts& charts();
  Visits& visits();
  Issuing& issuing();
  Publishing& publishing();
  Articles& articles();
  Pulse& pulse();
  // Does nothing by itself where options.background is false: tests call RunDue.
  Clockwork& clockwork();
  Nodes& nodes();
  Limits& limits();
  Date Today() const;
  void LogError(const Error& error) const;
  int64_t session_seconds() const;       // after which a session ends
  OfficeCore& core() { return *core_; }  // for office/ only: nobody else sees what it is

 private:
  explicit Office(std::unique_ptr<OfficeCore> core);
  std::unique_ptr<OfficeCore> core_;
};

}  // namespace zg
