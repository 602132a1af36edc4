#pragma once
// The only door to the ledger's tables: reads see one state, writes are one transaction each.
//
//   auto n = store.Read([&](Session& s) { return CountTasks(s); });
//   auto id = store.Write([&](Session& s) -> Result<TaskId> { …; return id; });   // an Error rolls back
//
// Writes that wait for each other share a transaction: each has a savepoint of its own, and all of them are
// told when the last one has been committed. So under load many changes cost one synchronised write. Long
// work (WriteAlone) keeps nobody waiting in the same transaction.
//
// An Error store.unknown of a write: it may be kept or not, and nobody can say before the database answers
// again. It must never be tried again without looking; every other Error means that nothing was kept.
//
// The nouns stand beside it: tasks.h, documents.h, units.h, … take the Session.

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "store/along.h"
#include "store/database.h"
#include "store/known_names.h"
#include "store/migrate.h"
#include "store/reader_pool.h"
#include "store/replica.h"
#include "store/write_queue.h"

namespace zg::store {

namespace detail {
template <class T>
struct AsResult {
  using type = Result<T>;
};
template <>
struct AsResult<void> {
  using type = Status;
};
template <class T>
struct AsResult<Result<T>> {
  using type = Result<T>;
};
}  // namespace detail

// Thread-safe. One writer at a time in this process, and in all processes on the same file.
class Store {
 public:
  // Opens, migrates. `readers`: read connections at most; they are opened when needed. `most_lag`: how old
  // what ReadStale sees may be. `migrations`: what this program knows, ascending; empty: those built in.
  // Where an older program is at work on the ledger, what it could not live with is left for FinishMigration.
  static Result<std::unique_ptr<Store>> Open(std::unique_ptr<Database> database, const Clock& clock,
                                             int readers = 16, std::chrono::milliseconds most_lag = kMostLag,
                                             std::vector<Migration> migrations = {});
  ~Store();
  // Applies what Open left, where nobody keeps it from that any more. → the migrations that are still left
  Result<std::vector<std::string>> FinishMigration();
  const std::vector<Migration>& migrations() const { return migrations_; }

  // f(Session&) → T or Result<T>, all its queries on one state of the ledger.
  template <class F>
  auto Read(F f) const -> typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    return ReadIn(f, true);
  }
  // The same where f asks one question only: without a transaction around it, which costs as much as a
  // question that an index answers.
  template <class F>
  auto ReadOne(F f) const -> typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    return ReadIn(f, false);
  }
  // The same as Read for what may be a little old: asked of a replica, where there is one that is not further
  // behind than the store was opened with. Where it is down, too old, breaks off or answers with an Error (it
  // may not know yet what was just written), f is called once more, as in Read: it must be able to bear that.
  template <class F>
  auto ReadStale(F f) const -> typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    using R = typename detail::AsResult<std::invoke_result_t<F, Session&>>::type;
    if (auto session = replica_.Begin([this] { return Position(); })) {
      try {
        R result = Call<R>(f, *session);
        replica_.Done(std::move(session));
        if (result.ok()) return result;
      } catch (const std::exception&) {
        session.reset();  // whatever it was: the database itself will tell
      }
    }
    return Read(std::move(f));
  }
  // f(Session&) → T or Result<T>, all of it or nothing: committed, and on disk, when this returns a value;
  // undone otherwise. f may see what others in the same transaction have changed before it; when that is not
  // committed in the end, neither is f, and the answer is an error.
  template <class F>
  auto Write(F f) -> typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    return WriteIn(f, true);
  }
  // The same, in a transaction of its own: for what takes long.
  template <class F>
  auto WriteAlone(F f) -> typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    return WriteIn(f, false);
  }

  // f(Session&) → T or Result<T>, on a connection of its own and without the turn to write, each statement by
  // itself: for what is no part of the ledger (passing.h). Where one program has the database, as Write.
  template <class F>
  auto Beside(F f) -> typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    if (!database_->shared()) return WriteIn(f, true);
    using R = typename detail::AsResult<std::invoke_result_t<F, Session&>>::type;
    std::lock_guard lock(beside_mutex_);
    try {
      R result = Call<R>(f, BesideSession());
      beside_->Settle();
      return result;
    } catch (const std::exception& e) {
      beside_.reset();
      return ErrorOf(e);
    }
  }

  Database& database() const { return *database_; }
  TextIndex& text_index() const { return database_->text_index(); }
  const Clock& clock() const { return clock_; }

 private:
  static Error ErrorOf(const std::exception& e);
  template <class F>
  auto ReadIn(F& f, bool transaction) const ->
      typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    using R = typename detail::AsResult<std::invoke_result_t<F, Session&>>::type;
    try {
      Reading reading(*this, transaction);
      R result = Call<R>(f, reading.session());
      reading.Done();
      if (Along::Fell()) return Along::Refusal();
      return result;
    } catch (const std::exception& e) {
      return ErrorOf(e);
    }
  }
  template <class F>
  auto WriteIn(F& f, bool shares) -> typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    using R = typename detail::AsResult<std::invoke_result_t<F, Session&>>::type;
    try {
      if (Along::Unasked()) (void)ReadOne([](Session&) {});
      if (Along::Fell()) return Along::Refusal();
      Writing writing(*this, shares);
      R result = Call<R>(f, *writer_);
      writing.Finish(result.ok());
      return result;
    } catch (const std::exception& e) {
      return ErrorOf(e);
    }
  }
  template <class R, class F>
  static R Call(F& f, Session& session) {
    if constexpr (std::is_void_v<std::invoke_result_t<F, Session&>>) {
      f(session);
      return R();
    } else {
      return f(session);
    }
  }
  std::unique_ptr<Session> ConnectReader() const;
  class Reading {
   public:
    Reading(const Store& store, bool transaction);
    ~Reading();
    Session& session() { return *session_; }
    void Done();

   private:
    void Begin();
    const Store& store_;
    const bool transaction_;
    Along* const along_;  // what goes with it; null: nothing
    std::unique_ptr<Session> session_;
    bool open_ = false;
  };
  // Those who are in one transaction.
  struct Group {
    int kept = 0;  // members whose changes are in it; by who has the turn
    std::mutex mutex;
    std::condition_variable over;
    bool done = false;
    std::optional<Error> failed;  // all of it was undone
  };
  class Writing {
   public:
    Writing(Store& store, bool shares);  // waits for the turn
    ~Writing();
    // Returns when the change is on disk, or undone. Throws SqlError where it should be kept and is not.
    void Finish(bool keep);

   private:
    void Undo();
    void RollBack();
    void Close();  // commits, or rolls back what is left, and tells all
    void Wait();
    Store& store_;
    const bool shares_;
    bool first_ = false, open_ = false;
    std::shared_ptr<Group> group_;
  };

  Store(std::unique_ptr<Database> database, const Clock& clock, int readers,
        std::chrono::milliseconds most_lag)
      : database_(std::move(database)),
        clock_(clock),
        replica_(*database_, most_lag, readers),
        pool_(readers) {}

  std::optional<int64_t> Position() const;
  void BeginWrite();
  Session& BesideSession();

  std::unique_ptr<Database> database_;
  const Clock& clock_;
  mutable Replica replica_;
  WriteQueue queue_;
  std::unique_ptr<Session> writer_;  // null: lost; used by who has the turn, as is all up to …
  std::shared_ptr<Group> group_;     // the transaction that is open
  std::optional<Error> down_;        // why there is no writer
  std::chrono::steady_clock::time_point down_until_{};  // … here
  std::vector<Migration> migrations_;

  std::mutex beside_mutex_;
  std::unique_ptr<Session> beside_;  // null: not connected; guarded by beside_mutex_

  mutable KnownNames names_;
  mutable ReaderPool pool_;
};

}  // namespace zg::store
