#pragma once
// What a unit is told, and the letters that tell it.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "store/sql.h"

namespace zg::store {

struct Notice {
  int64_t id = 0;
  UnitId unit;  // none: the office
  Date day;
  std::string kind;  // reminder, verify
  std::string title;
  std::string lines;  // JSON: [{text, link, late}]
  std::string at;
  bool read = false;  // by the user that asked; read only
};
// nullopt: that unit has its notice of that kind and day.
std::optional<int64_t> AddNotice(Session& session, const Notice& notice);
// The newest first; `before`: id of the last one seen, 0: from the newest.
std::vector<Notice> ListNotices(Session& session, UnitId unit, UserId user, int64_t before, int limit);
// Of the newest 200.
int64_t CountUnread(Session& session, UnitId unit, UserId user);
std::optional<Notice> LoadNotice(Session& session, int64_t id, UserId user);
void MarkRead(Session& session, int64_t notice, UserId user, const std::string& at);
void MarkAllRead(Session& session, UnitId unit, UserId user, const std::string& at);  // the newest 200

enum class LetterState : uint8_t { kWaiting, kOnItsWay, kSent, kGivenUp };
struct OutLetter {
  int64_t id = 0, notice = 0;
  std::string name, email, subject, body;
  LetterState state = LetterState::kWaiting;
  int64_t tries = 0, next_try = 0, made = 0;  // Unix seconds
  std::string said, done_at;
};
void AddLetter(Session& session, const OutLetter& letter);  // once for each notice and address
std::vector<OutLetter> LettersDue(Session& session, int64_t now, int limit);
// On their way by a node that is no more (jobs.h). In a transaction of the ledger.
std::vector<OutLetter> LettersCutOff(Session& session);
std::vector<OutLetter> LettersIn(Session& session, LetterState state, int64_t before,
                                 int limit);                // newest first
int64_t CountLetters(Session& session, LetterState state);  // at most 1,000
std::optional<OutLetter> LoadLetter(Session& session, int64_t id);
void UpdateLetter(Session& session, const OutLetter& letter);  // state, tries, next_try, made, said, done_at

std::string ClockMark(Session& session, const std::string& name);  // ISO day; empty: never
void SetClockMark(Session& session, const std::string& name, const std::string& day);

}  // namespace zg::store
