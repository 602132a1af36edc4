#pragma once
// This program among those that are at work on the same database (docs/nodes.md): it says that it is there,
// takes out those that are not, and hears what the others ring. Where one program has the database, it is
// alone and nothing runs.

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <thread>

#include "base/result.h"

namespace zg {

struct OfficeCore;

// Thread-safe.
class Nodes {
 public:
  static constexpr int64_t kBeatMs = 5'000;     // it says so that often
  static constexpr int64_t kSilentMs = 15'000;  // who was not seen for so long is taken out

  explicit Nodes(OfficeCore& core);
  ~Nodes();  // goes; what it held is free at once
  // What is to happen when another program rings.
  void On(const std::string& word, std::function<void()> act);
  // From here on it is one of them. store.newer: the ledger is not one for this program any more.
  Status Start();
  // Nothing more happens when others ring: what would happen is about to go.
  void Deafen();

  bool alone() const;
  // 0: not one of them (commands). Another one after it was taken out by mistake.
  int64_t id() const { return id_.load(); }
  // Whether nobody who is there began later: does what must not be done by two versions in turns.
  bool Youngest();
  // The others hear of it within a second; several at once are one.
  void Ring(const std::string& word);

  // {items: [{id, name, version, knows, started_at, seen_at, there, here}]}
  Result<nlohmann::json> List();
  // {items: [{kind, waiting, running, failed, oldest_at}], running: [{kind, subject, node, since, note}]}
  Result<nlohmann::json> Jobs();

 private:
  Status Register();
  void Wake();
  void Beat();
  void Run();
  void SendRings();
  void Act(const std::string& word);
  void Finish();  // of a migration that waits for older programs to end

  OfficeCore& core_;
  std::mutex acts_mutex_;
  std::map<std::string, std::function<void()>> acts_;  // guarded by acts_mutex_
  std::atomic<int64_t> id_{0};
  int wake_ = -1;  // readable: something is to be rung, or it ends
  std::mutex mutex_;
  std::set<std::string> rings_;  // guarded by mutex_
  bool stop_ = false;            // guarded by mutex_
  bool waiting_ = false;         // of the thread: a migration waits
  int64_t beats_ = 0;
  std::thread thread_;
};

}  // namespace zg
