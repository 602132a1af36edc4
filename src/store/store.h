#pragma once
// The only door to the ledger's tables: reads see one state, writes are one transaction each.
//
//   auto n = store.Read([&](Session& s) { return CountTasks(s); });
//   auto id = store.Write([&](Session& s) -> Result<TaskId> { …; return id; });   // an Error rolls back
//
// The nouns stand beside it: tasks.h, documents.h, units.h, … take the Session.

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "store/database.h"

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
  // Opens, migrates. `readers`: read connections at most; they are opened when needed.
  static Result<std::unique_ptr<Store>> Open(std::unique_ptr<Database> database, const Clock& clock,
                                             int readers = 16);
  ~Store();

  // f(Session&) → T or Result<T>, all its queries on one state of the ledger.
  template <class F>
  auto Read(F f) const -> typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    using R = typename detail::AsResult<std::invoke_result_t<F, Session&>>::type;
    try {
      Reading reading(*this);
      R result = Call<R>(f, reading.session());
      reading.Done();
      return result;
    } catch (const std::exception& e) {
      return ErrorOf(e);
    }
  }
  // f(Session&) → T or Result<T> in one transaction: committed, and on disk, when f gives a value; undone
  // otherwise.
  template <class F>
  auto Write(F f) -> typename detail::AsResult<std::invoke_result_t<F, Session&>>::type {
    using R = typename detail::AsResult<std::invoke_result_t<F, Session&>>::type;
    std::lock_guard lock(write_mutex_);
    try {
      Writing writing(*this);
      R result = Call<R>(f, *writer_);
      if (result.ok()) writing.Commit();
      return result;
    } catch (const std::exception& e) {
      return ErrorOf(e);
    }
  }

  Database& database() const { return *database_; }
  TextIndex& text_index() const { return database_->text_index(); }
  const Clock& clock() const { return clock_; }

 private:
  static Error ErrorOf(const std::exception& e);
  template <class R, class F>
  static R Call(F& f, Session& session) {
    if constexpr (std::is_void_v<std::invoke_result_t<F, Session&>>) {
      f(session);
      return R();
    } else {
      return f(session);
    }
  }
  class Reading {
   public:
    explicit Reading(const Store& store);
    ~Reading();
    Session& session() { return *session_; }
    void Done();

   private:
    const Store& store_;
    std::unique_ptr<Session> session_;
    bool open_ = false;
  };
  class Writing {
   public:
    explicit Writing(Store& store);
    ~Writing();
    void Commit();

   private:
    Store& store_;
    bool open_ = false;
  };

  Store(std::unique_ptr<Database> database, const Clock& clock, int readers)
      : database_(std::move(database)), clock_(clock), readers_left_(readers) {}

  std::unique_ptr<Database> database_;
  const Clock& clock_;
  std::mutex write_mutex_;
  std::unique_ptr<Session> writer_;

  mutable std::mutex pool_mutex_;
  mutable std::condition_variable pool_free_;
  mutable std::vector<std::unique_ptr<Session>> pool_;
  mutable int readers_left_;
};

}  // namespace zg::store
