#include "store/notices.h"

namespace zg::store {
namespace {

const Query kAddNotice{"notice_add",
                       "INSERT INTO notices (unit_id, day, kind, title, lines, at) VALUES (:unit, :day, "
                       ":kind, :title, :lines, :at) ON CONFLICT DO NOTHING RETURNING id"};
const std::string kNoticeSelect =
    "SELECT n.id, n.unit_id, n.day, n.kind, n.title, n.lines, n.at, CASE WHEN r.notice_id IS NULL THEN 0 "
    "ELSE "
    "1 END FROM notices n LEFT JOIN notice_reads r ON r.user_id = :user AND r.notice_id = n.id ";
const Query kNotices{"notices", kNoticeSelect +
                                    "WHERE n.unit_id = :unit AND n.id < :before ORDER BY n.id DESC "
                                    "LIMIT :n"};
const Query kNotice{"notice", kNoticeSelect + "WHERE n.id = :id"};
const Query kUnread{
    "notices_unread",
    "SELECT count(*) FROM (SELECT id FROM notices WHERE unit_id = :unit ORDER BY id DESC LIMIT "
    "200) AS n WHERE NOT EXISTS (SELECT 1 FROM notice_reads r WHERE r.user_id = :user AND "
    "r.notice_id = n.id)"};
const Query kRead{
    "notice_read",
    "INSERT INTO notice_reads (user_id, notice_id, at) VALUES (:user, :notice, :at) ON CONFLICT "
    "DO NOTHING"};
const Query kReadAll{
    "notices_read",
    "INSERT INTO notice_reads (user_id, notice_id, at) SELECT :user, n.id, :at FROM (SELECT id "
    "FROM notices WHERE unit_id = :unit ORDER BY id DESC LIMIT 200) AS n WHERE 1 = 1 ON "
    "CONFLICT DO NOTHING"};

const std::string kLetterSelect =
    "SELECT id, notice_id, name, email, subject, body, state, tries, next_try, made, said, done_at FROM "
    "outbox ";
const Query kAddLetter{"letter_add",
                       "INSERT INTO outbox (notice_id, name, email, subject, body, state, tries, next_try, "
                       "made, said, done_at) VALUES (:notice, :name, :email, :subject, :body, 0, 0, :next, "
                       ":made, '', '') ON CONFLICT DO NOTHING"};
const Query kDue{"letters_due",
                 kLetterSelect + "WHERE state = 0 AND next_try <= :now ORDER BY next_try, id LIMIT :n"};
const Query kIn{"letters_in",
                kLetterSelect + "WHERE state = :state AND id < :before ORDER BY id DESC LIMIT :n"};
const Query kCutOff{"letters_cut_off",
                    kLetterSelect +
                        "WHERE state = 1 AND NOT EXISTS (SELECT 1 FROM jobs j JOIN nodes n ON n.id = "
                        "j.node_id WHERE j.kind = 'letter' AND j.subject = CAST(outbox.id AS TEXT)) ORDER BY "
                        "id LIMIT 1000"};
const Query kLetter{"letter", kLetterSelect + "WHERE id = :id"};
const Query kCountLetters{
    "letters_count", "SELECT count(*) FROM (SELECT id FROM outbox WHERE state = :state LIMIT 1000) AS few"};
const Query kUpdateLetter{"letter_update",
                          "UPDATE outbox SET state = :state, tries = :tries, next_try = :next, made = :made, "
                          "said = :said, done_at = :done WHERE id = :id"};

const Query kMark{"clock_mark", "SELECT day FROM clock_marks WHERE name = :name"};
const Query kSetMark{"clock_mark_set",
                     "INSERT INTO clock_marks (name, day) VALUES (:name, :day) ON CONFLICT (name) DO UPDATE "
                     "SET day = excluded.day"};
constexpr int64_t kNoBound = int64_t(1) << 62;

template <class... A>
std::vector<Notice> ReadNotices(Session& session, const Query& query, const A&... args) {
  std::vector<Notice> all;
  using Text = std::string;
  session.Each<int64_t, int64_t, Text, Text, Text, Text, Text, bool>(
      query,
      [&](int64_t id, int64_t unit, const Text& day, const Text& kind, const Text& title, const Text& lines,
          const Text& at, bool read) {
        all.push_back({id, {unit}, Date::ParseIso(day).value_or(Date()), kind, title, lines, at, read});
      },
      args...);
  return all;
}

template <class... A>
std::vector<OutLetter> ReadLetters(Session& session, const Query& query, const A&... args) {
  std::vector<OutLetter> all;
  using Text = std::string;
  session.Each<int64_t, int64_t, Text, Text, Text, Text, int, int64_t, int64_t, int64_t, Text, Text>(
      query,
      [&](int64_t id, int64_t notice, const Text& name, const Text& email, const Text& subject,
          const Text& body, int state, int64_t tries, int64_t next, int64_t made, const Text& said,
          const Text& done) {
        all.push_back(
            {id, notice, name, email, subject, body, LetterState(state), tries, next, made, said, done});
      },
      args...);
  return all;
}

}  // namespace

std::optional<int64_t> AddNotice(Session& session, const Notice& n) {
  return session.Value<int64_t>(kAddNotice, n.unit, n.day.Iso(), n.kind, n.title, n.lines, n.at);
}

std::vector<Notice> ListNotices(Session& session, UnitId unit, UserId user, int64_t before, int limit) {
  return ReadNotices(session, kNotices, user, unit, before > 0 ? before : kNoBound, limit);
}

int64_t CountUnread(Session& session, UnitId unit, UserId user) {
  return session.Value<int64_t>(kUnread, unit, user).value_or(0);
}

std::optional<Notice> LoadNotice(Session& session, int64_t id, UserId user) {
  auto found = ReadNotices(session, kNotice, user, id);
  return found.empty() ? std::nullopt : std::optional<Notice>(found[0]);
}

void MarkRead(Session& session, int64_t notice, UserId user, const std::string& at) {
  session.Run(kRead, user, notice, at);
}

void MarkAllRead(Session& session, UnitId unit, UserId user, const std::string& at) {
  session.Run(kReadAll, user, at, unit);
}

void AddLetter(Session& session, const OutLetter& l) {
  session.Run(kAddLetter, l.notice, l.name, l.email, l.subject, l.body, l.next_try, l.made);
}

std::vector<OutLetter> LettersDue(Session& session, int64_t now, int limit) {
  return ReadLetters(session, kDue, now, limit);
}

std::vector<OutLetter> LettersCutOff(Session& session) {
  return ReadLetters(session, kCutOff);
}

std::vector<OutLetter> LettersIn(Session& session, LetterState state, int64_t before, int limit) {
  return ReadLetters(session, kIn, int(state), before > 0 ? before : kNoBound, limit);
}

int64_t CountLetters(Session& session, LetterState state) {
  return session.Value<int64_t>(kCountLetters, int(state)).value_or(0);
}

std::optional<OutLetter> LoadLetter(Session& session, int64_t id) {
  auto found = ReadLetters(session, kLetter, id);
  return found.empty() ? std::nullopt : std::optional<OutLetter>(found[0]);
}

void UpdateLetter(Session& session, const OutLetter& l) {
  session.Run(kUpdateLetter, int(l.state), l.tries, l.next_try, l.made, l.said, l.done_at, l.id);
}

std::string ClockMark(Session& session, const std::string& name) {
  return session.Value<std::string>(kMark, name).value_or("");
}

void SetClockMark(Session& session, const std::string& name, const std::string& day) {
  session.Run(kSetMark, name, day);
}

}  // namespace zg::store
