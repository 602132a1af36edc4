#pragma once
// Reminders and what else units are told: made once a day, read in the product, sent as letters. Who gets the
// letters.

#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/result.h"
#include "mail/smtp.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;
namespace store {
struct OutLetter;
}

struct ReminderOptions {
  int hour = 8;         // of the day, Beijing time: not before
  int raise_after = 3;  // working days late after which something goes a level up; 0: never
  int verify_days = 1;  // the ledger is proved every so many nights; 0: never
  std::string site;     // https://zhenggai.example.cn: links of letters begin with it; empty: no links
};

// Thread-safe. Shapes: docs/api.md. A person of a unit sees that unit's notices; an office, those of the
// office.
class Notices {
 public:
  explicit Notices(OfficeCore& core) : core_(core) {}
  // {items, next, unread}
  Result<nlohmann::json> List(const std::string& after, int limit, const Actor& actor) const;
  // → the notice. notice.not_found
  Result<nlohmann::json> Read(int64_t id, const Actor& actor);
  Result<nlohmann::json> ReadAll(const Actor& actor);  // → {unread}

  // Today's summaries and their letters, once a day, in one transaction with one event.
  Status Remind();
  // Proves the ledger in the night, every `verify_days`; what does not hold is told to the office.
  Status VerifyByNight(const std::function<bool()>& stop);

 private:
  OfficeCore& core_;
};

// Thread-safe.
class Contacts {
 public:
  explicit Contacts(OfficeCore& core) : core_(core) {}
  // [{id, unit_id, name, email}]; unit none: the office's.
  Result<nlohmann::json> List(UnitId unit) const;
  // kInvalid contact.name, contact.email; kNotFound unit.not_found; kConflict contact.exists.
  Result<nlohmann::json> Add(UnitId unit, const std::string& name, const std::string& email,
                             const Actor& actor);
  Result<nlohmann::json> Remove(int64_t id, const Actor& actor);  // → what is left. contact.not_found

 private:
  OfficeCore& core_;
};

// Letters on their way. What may have been delivered is never sent again by itself: a person decides.
class Outbox {
 public:
  explicit Outbox(OfficeCore& core) : core_(core) {}
  // {items, next, waiting, given_up, on}; state: waiting, sent, given_up. `on`: a mail server is set.
  Result<nlohmann::json> List(const std::string& state, const std::string& after, int limit) const;
  // One that was given up goes out again. letter.not_found, letter.not_given_up.
  Result<nlohmann::json> Retry(int64_t id, const Actor& actor);
  // Sends what is due; does nothing where no server is set. Several nodes may do so at once: a letter is
  // handed over by the one that marked it.
  Status Send(const std::function<bool()>& stop);

 private:
  Status GiveUpCutOff();
  Result<std::optional<store::OutLetter>> Take(int64_t now);
  Status Keep(const store::OutLetter& letter);

  OfficeCore& core_;
  std::mutex sending_;
};

}  // namespace zg
