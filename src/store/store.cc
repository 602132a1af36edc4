#include "store/store.h"

#include "store/migrate.h"

namespace zg::store {

Result<std::unique_ptr<Store>> Store::Open(std::unique_ptr<Database> database, const Clock& clock,
                                           int readers) {
  std::unique_ptr<Store> store(new Store(std::move(database), clock, readers < 1 ? 1 : readers));
  try {
    store->writer_ = store->database_->Connect(true);
    ZG_TRY(Migrate(*store->database_, *store->writer_, BuiltinMigrations(), clock.NowIso()));
  } catch (const SqlError& e) {
    return e.error();
  }
  return store;
}

Store::~Store() = default;

Error Store::ErrorOf(const std::exception& e) {
  if (auto* sql = dynamic_cast<const SqlError*>(&e)) return sql->error();
  return {Code::kUnavailable, "台账里有一处内容读不出来，这一步没有做成。请运行 zhenggai verify 查看。", "",
          "store.failed", e.what()};
}

Store::Reading::Reading(const Store& store) : store_(store) {
  std::unique_lock lock(store_.pool_mutex_);
  store_.pool_free_.wait(lock, [&] { return !store_.pool_.empty() || store_.readers_left_ > 0; });
  if (!store_.pool_.empty()) {
    session_ = std::move(store_.pool_.back());
    store_.pool_.pop_back();
  } else {
    --store_.readers_left_;
    lock.unlock();
    try {
      session_ = store_.database_->Connect(false);
    } catch (...) {
      lock.lock();
      ++store_.readers_left_;
      store_.pool_free_.notify_one();
      throw;
    }
  }
  static const Query kBegin{"read_begin", "BEGIN"};
  session_->Run(kBegin);
  open_ = true;
}

void Store::Reading::Done() {
  static const Query kEnd{"read_end", "COMMIT"};
  session_->Run(kEnd);
  open_ = false;
}

// A connection on which something failed is not used again.
Store::Reading::~Reading() {
  if (!session_) return;
  std::unique_lock lock(store_.pool_mutex_);
  if (open_) {
    ++store_.readers_left_;
    lock.unlock();
    session_.reset();
  } else {
    store_.pool_.push_back(std::move(session_));
  }
  store_.pool_free_.notify_one();
}

Store::Writing::Writing(Store& store) : store_(store) {
  store_.database_->BeginWrite(*store_.writer_);
  open_ = true;
}

void Store::Writing::Commit() {
  store_.database_->CommitWrite(*store_.writer_);
  open_ = false;
}

Store::Writing::~Writing() {
  if (!open_) return;
  try {
    store_.writer_->Execute("ROLLBACK");
  } catch (const SqlError&) {
    // The database has rolled back by itself (disk full, for one).
  }
}

}  // namespace zg::store
