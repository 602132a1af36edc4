#include "store/store.h"

#include "measure/metrics.h"
#include "store/migrate.h"

namespace zg::store {
namespace {

// In one transaction: more of them would let the first one wait longer than the shared commit saves.
constexpr int kMostMembers = 16;

measure::Gauge& ReadersInUse() {
  static measure::Gauge& gauge =
      measure::GaugeOf("zhenggai_store_readers_in_use", "Read connections that somebody reads on just now.");
  return gauge;
}
measure::Gauge& ReadersWaiting() {
  static measure::Gauge& gauge =
      measure::GaugeOf("zhenggai_store_readers_waiting", "Those who wait for a read connection.");
  return gauge;
}
measure::Histogram& GroupSizes() {
  static measure::Histogram& sizes =
      measure::HistogramOf("zhenggai_store_write_group_size", "Changes committed in one transaction.", {},
                           {1, 2, 4, 8, double(kMostMembers)}, 1);
  return sizes;
}
// A try to reach a database that is gone may cost seconds: those who stand in line behind it are told the
// same, and do not each try after the other.
constexpr std::chrono::milliseconds kDownFor{500};

}  // namespace

Result<std::unique_ptr<Store>> Store::Open(std::unique_ptr<Database> database, const Clock& clock,
                                           int readers, std::chrono::milliseconds most_lag,
                                           std::vector<Migration> migrations) {
  std::unique_ptr<Store> store(new Store(std::move(database), clock, readers < 1 ? 1 : readers, most_lag));
  store->migrations_ = migrations.empty() ? BuiltinMigrations() : std::move(migrations);
  try {
    store->writer_ = store->database_->Connect(true);
    ZG_TRY(Migrate(*store->database_, *store->writer_, store->migrations_, clock.NowIso()));
  } catch (const SqlError& e) {
    return e.error();
  }
  return store;
}

Result<std::vector<std::string>> Store::FinishMigration() {
  try {
    auto session = database_->Connect(true);
    ZG_TRY(Migrate(*database_, *session, migrations_, clock_.NowIso()));
    std::vector<std::string> left;
    for (const auto& step : PlanMigration(*database_, *session, migrations_).steps) left.push_back(step.name);
    return left;
  } catch (const SqlError& e) {
    return e.error();
  }
}

// What is written there may be lost with the database's power without harm: nobody waits for the disk.
Session& Store::BesideSession() {
  if (beside_ && !beside_->broken()) return *beside_;
  beside_ = database_->Connect(true);
  beside_->Execute("SET synchronous_commit = off");
  return *beside_;
}

Store::~Store() = default;

Error Store::ErrorOf(const std::exception& e) {
  if (auto* sql = dynamic_cast<const SqlError*>(&e)) return sql->error();
  return {Code::kUnavailable, "台账里有一处内容读不出来，这一步没有做成。请运行 zhenggai verify 查看。", "",
          "store.failed", e.what()};
}

// nullopt: the database does not answer.
std::optional<int64_t> Store::Position() const {
  auto position = Read([this](Session& s) { return database_->Position(s); });
  return position.ok() ? std::optional(*position) : std::nullopt;
}

std::unique_ptr<Session> Store::ConnectReader() const {
  auto session = database_->Connect(false);
  names_.Clear();  // seldom: it may be another database than the one that was there before
  session->Know(&names_);
  return session;
}

Store::Reading::Reading(const Store& store, bool transaction)
    : store_(store), transaction_(transaction), along_(Along::Unasked()) {
  {
    measure::Held waiting(ReadersWaiting());
    session_ = store_.pool_.Take();
  }
  try {
    if (!session_) session_ = store_.ConnectReader();
    Begin();
    if (along_) along_->Announce(*session_);
  } catch (...) {
    session_.reset();
    store_.pool_.Lost();
    throw;
  }
  open_ = true;
  ReadersInUse().Add(1);
}

void Store::Reading::Begin() {
  try {
    if (!session_->Gone()) {
      if (transaction_) store_.database_->BeginRead(*session_);
      return;
    }
  } catch (const SqlError&) {
    if (!session_->broken()) throw;
  }
  // The database went away while the connection lay in the pool.
  store_.pool_.DropResting();
  session_ = store_.ConnectReader();
  if (transaction_) store_.database_->BeginRead(*session_);
}

// Nobody waits for the end: it goes out with what is read next on the connection (reader_pool.h).
void Store::Reading::Done() {
  static const Query kEnd{"read_end", "COMMIT"};
  if (along_) along_->Ask(*session_);
  if (transaction_) session_->Run(kEnd);
  open_ = false;
}

// A connection on which something failed is not used again.
Store::Reading::~Reading() {
  ReadersInUse().Add(-1);
  if (open_) {
    session_.reset();
    store_.pool_.Lost();
    return;
  }
  store_.pool_.Return(std::move(session_));
}

Store::Writing::Writing(Store& store, bool shares) : store_(store), shares_(shares) {
  store_.queue_.Enter(shares);
  try {
    first_ = !store_.group_;
    if (first_) {
      store_.BeginWrite();
      store_.group_ = std::make_shared<Group>();
    }
    group_ = store_.group_;
    open_ = true;
    if (!first_) store_.database_->BeginMember(*store_.writer_);
  } catch (...) {
    if (group_) Finish(false);  // the others still have to be committed
    if (!group_) store_.queue_.Leave();
    throw;
  }
}

Store::Writing::~Writing() {
  if (!open_) return;
  try {
    Finish(false);
  } catch (const std::exception&) {
    // Nothing of this one was to be kept; the others hear of it by themselves.
  }
}

void Store::Writing::Finish(bool keep) {
  if (!open_) return;
  open_ = false;
  try {
    if (!keep)
      Undo();
    else if (first_)
      store_.writer_->Settle();
    else
      store_.database_->KeepMember(*store_.writer_);
  } catch (const SqlError& e) {
    group_->failed = e.error();
  }
  if (!group_->failed && keep) ++group_->kept;
  bool leave_open = !group_->failed && group_->kept > 0 && group_->kept < kMostMembers && shares_ &&
                    store_.queue_.NextShares();
  if (!leave_open) Close();
  store_.queue_.Leave();
  if (leave_open) Wait();
  if (keep && group_->failed) throw SqlError(*group_->failed);
}

// Where the connection was lost, a new one: to the database that took over, if there is one.
void Store::BeginWrite() {
  if (writer_ && !writer_->broken()) {
    try {
      return database_->BeginWrite(*writer_);
    } catch (const SqlError&) {
      if (!writer_->broken()) throw;
    }
  }
  writer_.reset();
  auto now = std::chrono::steady_clock::now();
  if (down_ && now < down_until_) throw SqlError(*down_);
  try {
    writer_ = database_->Connect(true);
    down_.reset();
  } catch (const SqlError& e) {
    down_ = e.error();
    down_until_ = std::chrono::steady_clock::now() + kDownFor;
    throw;
  }
  database_->BeginWrite(*writer_);
}

void Store::Writing::Undo() {
  if (!first_) store_.database_->UndoMember(*store_.writer_);
}

void Store::Writing::RollBack() {
  try {
    store_.writer_->Execute("ROLLBACK");
  } catch (const SqlError&) {
    // The database has rolled back by itself (disk full, for one).
  }
}

void Store::Writing::Close() {
  try {
    if (!group_->failed && group_->kept > 0) {
      store_.database_->CommitWrite(*store_.writer_);
      GroupSizes().Observe(int64_t(group_->kept));
    } else {
      RollBack();
    }
  } catch (const SqlError& e) {
    RollBack();
    group_->failed = e.error();
  }
  store_.group_.reset();
  std::lock_guard lock(group_->mutex);
  group_->done = true;
  group_->over.notify_all();
}

void Store::Writing::Wait() {
  std::unique_lock lock(group_->mutex);
  group_->over.wait(lock, [&] { return group_->done; });
}

}  // namespace zg::store
