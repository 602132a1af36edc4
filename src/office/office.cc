#include "office/office.h"

#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/turns.h"
#include "office/uploading.h"
#include "store/pace.h"
#include "store/postgres/postgres.h"
#include "store/rebuild.h"
#include "store/sqlite/sqlite.h"
#include "store/units.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

Status MakeFolder(const fs::path& data) {
  std::error_code ec;
  fs::create_directories(data, ec);
  if (!ec && fs::is_directory(data, ec)) return {};
  return Error{Code::kUnavailable, "数据目录建不起来，请检查路径和权限，或用 --data 换一个目录。",
               data.string(), "office.no_folder", ec.message()};
}

Result<std::unique_ptr<store::Database>> OpenDatabase(const OfficeOptions& options) {
  if (options.database.empty()) return store::OpenSqlite(LedgerFile(options.data));
  return store::OpenPostgres({options.database, options.read_database});
}

std::vector<Region> RegionsOf(const Vocabulary& vocabulary) {
  std::vector<Region> regions;
  for (const auto& row : vocabulary.regions()) {
    if (!row.code.empty()) regions.push_back({row.code, row.name, row.level, row.parent, row.short_names});
  }
  return regions;
}

bool Same(const std::vector<Region>& a, const std::vector<Region>& b) {
  auto key = [](const Region& r) { return std::tie(r.code, r.name, r.level, r.parent, r.short_names); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const Region& x, const Region& y) { return key(x) == key(y); });
}

// Regions of the vocabulary go into the ledger; those that an older vocabulary had stay.
Status SeedRegions(OfficeCore& core) {
  std::vector<Region> wanted = RegionsOf(*core.vocabulary);
  std::sort(wanted.begin(), wanted.end(), [](const Region& a, const Region& b) { return a.code < b.code; });
  ZG_ASSIGN(std::vector<Region> there,
            core.store->Read([](store::Session& s) { return store::LoadRegions(s); }));
  if (!Same(wanted, there)) {
    ZG_TRY(core.store->WriteAlone([&](store::Session& s) -> Status {
      store::SaveRegions(s, wanted);
      there = store::LoadRegions(s);
      return {};
    }));
  }
  core.regions = RegionIndex(std::move(there));
  return {};
}

// What happens by itself. `core` stays where it is.
void SetClockwork(OfficeCore& core) {
  if (core.options.background && !core.nodes->alone()) core.turns = std::make_unique<SharedTurns>(core);
  core.clockwork = std::make_unique<Clockwork>(
      *core.clock, [&core](const Error& error) { core.Log(error); }, core.turns.get());
  Clockwork& clockwork = *core.clockwork;
  auto stop = [&clockwork] { return clockwork.stopping(); };
  clockwork.Add("reminders", std::chrono::minutes(5), [&core] { return core.notices.Remind(); });
  clockwork.Add("outbox", std::chrono::seconds(20), [&core, stop] { return core.outbox.Send(stop); });
  clockwork.Add("uploads", std::chrono::hours(1), [&core]() -> Status {
    auto expired = core.uploads.Expire();
    return expired.ok() ? Status() : Status(expired.error());
  });
  clockwork.Add("periods", std::chrono::minutes(10), [&core]() -> Status {
    auto opened = core.schedule.OpenDuePeriods(core.Today());
    return opened.ok() ? Status() : Status(opened.error());
  });
  clockwork.Add("partitions", std::chrono::hours(1), [&core] {
    return core.store->Write([&](store::Session& s) -> Status {
      core.store->database().KeepPartitions(s, core.Today());
      return {};
    });
  });
  clockwork.Add("sessions", std::chrono::hours(1), [&core]() -> Status {
    ZG_TRY(core.limits.Sweep());
    return core.signing_in.Sweep();
  });
  clockwork.Add("verify", std::chrono::minutes(15),
                [&core, stop] { return core.notices.VerifyByNight(stop); });
  if (core.options.background) clockwork.Start();
}

}  // namespace

fs::path LedgerFile(const fs::path& data) {
  return data / "ledger.sqlite";
}
fs::path VaultFolder(const fs::path& data) {
  return data / "vault";
}

Office::Office(std::unique_ptr<OfficeCore> core) : core_(std::move(core)) {}
Office::~Office() = default;

Result<std::unique_ptr<Office>> Office::Open(OfficeOptions options) {
  auto core = std::make_unique<OfficeCore>();
  core->options = std::move(options);
  const OfficeOptions& o = core->options;
  core->clock = o.clock ? o.clock : &core->wall_clock;
  if (!o.smtp.url.empty()) ZG_TRY(CheckSmtp(o.smtp));
  ZG_TRY(MakeFolder(o.data));
  ZG_ASSIGN(core->vocabulary, o.vocabulary.empty() ? Vocabulary::Builtin() : Vocabulary::Load(o.vocabulary));
  ZG_TRY(core->evidence.LoadPlan());
  ZG_ASSIGN(core->pace, LoadPaceRule(o.vocabulary));
  ZG_ASSIGN(core->tiles, LoadTileMap(o.vocabulary));
  ZG_TRY(core->publishing.LoadRules());
  ZG_TRY(core->articles.LoadWords());
  ZG_ASSIGN(core->workflows, WorkflowSet::Load(o.workflows, core->evidence.plan()));
  core->vault = o.vault;
  if (!core->vault) {
    ZG_ASSIGN(core->vault, FolderStore::Open(VaultFolder(o.data)));
  }
  ZG_ASSIGN(auto database, OpenDatabase(o));
  ZG_ASSIGN(core->store, store::Store::Open(std::move(database), *core->clock, o.readers,
                                            std::chrono::seconds(o.read_lag_seconds),
                                            o.migrations ? *o.migrations : std::vector<store::Migration>()));
  // Several programs have the vault in common, and not their data folders.
  if (core->store->database().shared()) core->staging = core->vault->MakeStaging(UploadFolder(*core));
  if (!core->staging) core->staging = MakeFolderStaging(UploadFolder(*core));
  ZG_TRY(SeedRegions(*core));
  ZG_TRY(core->store->WriteAlone([&](store::Session& s) -> Status {
    store::FillSeen(s, core->store->database(), core->regions, core->Now());
    store::FillCounted(s, core->store->database(), core->regions, core->Now());
    store::KeepPaceRule(s, core->pace);
    core->store->database().KeepPartitions(s, core->Today());
    return {};
  }));
  ZG_TRY(core->cases.BeginMissing());
  core->nodes = std::make_unique<Nodes>(*core);
  if (o.background) ZG_TRY(core->nodes->Start());
  core->checks = std::make_unique<Checks>(*core);
  core->imports = std::make_unique<Imports>(*core);
  SetClockwork(*core);
  core->nodes->On("checks", [core = core.get()] { core->checks->Hear(); });
  core->nodes->On("imports", [core = core.get()] { core->imports->Hear(); });
  return std::unique_ptr<Office>(new Office(std::move(core)));
}

Imports& Office::imports() {
  return *core_->imports;
}
Documents& Office::documents() {
  return core_->documents;
}
Tasks& Office::tasks() {
  return core_->tasks;
}
Charts& Office::charts() {
  return core_->charts;
}
Visits& Office::visits() {
  return core_->visits;
}
Links& Office::links() {
  return core_->links;
}
Units& Office::units() {
  return core_->units;
}
Rounds& Office::rounds() {
  return core_->rounds;
}
Overview& Office::overview() {
  return core_->overview;
}
Search& Office::search() {
  return core_->search;
}
Events& Office::events() {
  return core_->events;
}
Exports& Office::exports() {
  return core_->exports;
}
Checks& Office::checks() {
  return *core_->checks;
}
void Office::LogError(const Error& error) const {
  core_->Log(error);
}
int64_t Office::session_seconds() const {
  return core_->options.session_hours * 3600;
}
Audit& Office::audit() {
  return core_->audit;
}
People& Office::people() {
  return core_->people;
}
SigningIn& Office::signing_in() {
  return core_->signing_in;
}
Periods& Office::periods() {
  return core_->periods;
}
Reporting& Office::reporting() {
  return core_->reporting;
}
Notices& Office::notices() {
  return core_->notices;
}
Contacts& Office::contacts() {
  return core_->contacts;
}
Outbox& Office::outbox() {
  return core_->outbox;
}
Issuing& Office::issuing() {
  return core_->issuing;
}
Todo& Office::todo() {
  return core_->todo;
}
Articles& Office::articles() {
  return core_->articles;
}
Publishing& Office::publishing() {
  return core_->publishing;
}
Pulse& Office::pulse() {
  return core_->pulse;
}
Limits& Office::limits() {
  return core_->limits;
}
Nodes& Office::nodes() {
  return *core_->nodes;
}
Clockwork& Office::clockwork() {
  return *core_->clockwork;
}
Cases& Office::cases() {
  return core_->cases;
}
Breakdowns& Office::breakdowns() {
  return core_->breakdowns;
}
Forms& Office::forms() {
  return core_->forms;
}
Schedule& Office::schedule() {
  return core_->schedule;
}
Keeping& Office::keeping() {
  return core_->keeping;
}
Uploads& Office::uploads() {
  return core_->uploads;
}
EvidenceLedger& Office::evidence() {
  return core_->evidence;
}
Date Office::Today() const {
  return core_->Today();
}

}  // namespace zg
