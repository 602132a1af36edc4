#include "store/events.h"

#include <algorithm>

namespace zg::store {
namespace {

#define ZG_EVENT_COLUMNS \
  "seq, at, actor, kind, subject, document_id, task_id, before, after, note, proof, previous, digest"

const Query kInsert{"event_insert",
                    "INSERT INTO events (" ZG_EVENT_COLUMNS
                    ") VALUES (:seq, :at, :actor, :kind, :subject, :document, :task, :before, :after, :note, "
                    ":proof, :previous, :digest)"};
const Query kLastDigest{"event_last_digest", "SELECT digest FROM events ORDER BY seq DESC LIMIT 1"};
const Query kTip{"event_tip", "SELECT seq, digest FROM events ORDER BY seq DESC LIMIT 1"};
const Query kLast{"event_last", "SELECT " ZG_EVENT_COLUMNS " FROM events ORDER BY seq DESC LIMIT 1"};
const Query kNewest{"events_newest",
                    "SELECT " ZG_EVENT_COLUMNS " FROM events WHERE seq < :before ORDER BY seq DESC LIMIT :n"};
const Query kOfTask{"events_of_task",
                    "SELECT " ZG_EVENT_COLUMNS
                    " FROM events WHERE task_id = :task AND seq < :before ORDER BY seq DESC LIMIT :n"};
// The kind is not to lead: a task has few events, the ledger has many of a kind.
const Query kOfTaskArea{"events_of_task_area",
                        "SELECT " ZG_EVENT_COLUMNS
                        " FROM events WHERE task_id = :task AND seq < :before AND substr(kind, 1, CAST(:n AS "
                        "INTEGER)) = :area ORDER BY seq DESC LIMIT :n2"};
const Query kOfDocument{
    "events_of_document",
    "SELECT " ZG_EVENT_COLUMNS
    " FROM events WHERE document_id = :document AND seq < :before ORDER BY seq DESC LIMIT :n"};
const Query kFrom{"events_from",
                  "SELECT " ZG_EVENT_COLUMNS " FROM events WHERE seq > :after ORDER BY seq LIMIT :n"};
const Query kCount{"events_count", "SELECT count(*) FROM (SELECT 1 FROM events LIMIT 1001) AS e"};
const Query kCountTask{"events_count_task",
                       "SELECT count(*) FROM (SELECT 1 FROM events WHERE task_id = :task LIMIT 1001) AS e"};
const Query kCountDocument{
    "events_count_document",
    "SELECT count(*) FROM (SELECT 1 FROM events WHERE document_id = :document LIMIT 1001) AS e"};

template <class F, class... A>
void EachOf(Session& session, const Query& query, F take, const A&... args) {
  session.Each<int64_t, std::string, std::string, std::string, std::string, int64_t, int64_t, std::string,
               std::string, std::string, std::string, std::string, std::string>(
      query,
      [&](int64_t seq, std::string& at, std::string& actor, std::string& kind, std::string& subject,
          int64_t document, int64_t task, std::string& before, std::string& after, std::string& note,
          std::string& proof, std::string& previous, std::string& digest) {
        take(Event{
            seq, at, actor, kind, subject, {document}, {task}, before, after, note, proof, previous, digest});
      },
      args...);
}

const Query kAt{"event_at", "SELECT at FROM events WHERE seq = :seq"};
const Query kLastSeq{"event_last_seq", "SELECT seq FROM events ORDER BY seq DESC LIMIT 1"};
const Query kNextActor{"event_next_actor",
                       "SELECT actor FROM events WHERE actor > :after ORDER BY actor LIMIT 1"};
const Query kNextKind{"event_next_kind", "SELECT kind FROM events WHERE kind > :after ORDER BY kind LIMIT 1"};

// The first event at or after that time; events come in the order of their times.
int64_t FirstSince(Session& session, const std::string& time) {
  int64_t low = 1, high = session.Value<int64_t>(kLastSeq).value_or(0) + 1;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (session.Value<std::string>(kAt, middle).value_or("") < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// Distinct values of an indexed column, one seek for each.
std::vector<std::string> Distinct(Session& session, const Query& next, std::string after, int limit) {
  std::vector<std::string> values;
  while (int(values.size()) < limit) {
    auto value = session.Value<std::string>(next, after);
    if (!value) break;
    values.push_back(*value);
    after = *value;
  }
  return values;
}

}  // namespace

std::vector<std::string> EventActors(Session& session, const std::string& from, int limit) {
  return Distinct(session, kNextActor, from, limit);
}
std::vector<std::string> EventKinds(Session& session) {
  return Distinct(session, kNextKind, "", 200);
}

std::vector<Event> FindAudited(Session& session, const AuditFilter& f) {
  int64_t before = f.before > 0 ? f.before : INT64_MAX;
  int64_t from = f.from.empty() ? 0 : FirstSince(session, f.from);
  if (!f.to.empty()) before = std::min(before, FirstSince(session, f.to + "~"));  // "~" sorts after all of it
  std::string where = " WHERE seq >= :from AND seq < :before";
  std::vector<AnyArg> args = {from, before};
  if (!f.actor.empty()) where += " AND actor = :actor", args.push_back(f.actor);
  if (f.task) where += " AND task_id = :task", args.push_back(f.task->value);
  if (f.document) where += " AND document_id = :document", args.push_back(f.document->value);
  std::vector<Event> events;
  auto take = [&](Event e) { events.push_back(std::move(e)); };
  std::vector<std::string> kinds = f.kinds;
  if (kinds.empty()) kinds.push_back("");
  for (const auto& kind : kinds) {
    std::string sql = "SELECT " ZG_EVENT_COLUMNS " FROM events" + where +
                      (kind.empty() ? "" : " AND kind = :kind") + " ORDER BY seq DESC LIMIT :n";
    std::vector<AnyArg> all = args;
    if (!kind.empty()) all.push_back(kind);
    all.push_back(int64_t(f.limit));
    EachOf(session, {"events_audit", sql}, take, all);
  }
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.seq > b.seq; });
  if (int(events.size()) > f.limit) events.resize(size_t(f.limit));
  return events;
}

Event AppendEvent(Session& session, Event event) {
  auto last = session.Row<int64_t, std::string>(kTip);
  event.seq = last ? std::get<0>(*last) + 1 : 1;
  event.previous = last ? std::get<1>(*last) : kFirstPrevious;
  event.digest = EventDigest(event);
  session.Run(kInsert, event.seq, event.at, event.actor, event.kind, event.subject, event.document,
              event.task, event.before, event.after, event.note, event.proof, event.previous, event.digest);
  return event;
}

std::string LastEventDigest(Session& session) {
  return session.Value<std::string>(kLastDigest).value_or("");
}

std::optional<Event> LastEvent(Session& session) {
  std::optional<Event> last;
  EachOf(session, kLast, [&](Event e) { last = std::move(e); });
  return last;
}

std::vector<Event> FindEvents(Session& session, const EventFilter& filter) {
  std::vector<Event> events;
  auto take = [&](Event e) { events.push_back(std::move(e)); };
  int64_t before = filter.before > 0 ? filter.before : INT64_MAX;
  if (filter.task && !filter.area.empty())
    EachOf(session, kOfTaskArea, take, *filter.task, before, int64_t(filter.area.size()) + 1,
           filter.area + ".", filter.limit);
  else if (filter.task)
    EachOf(session, kOfTask, take, *filter.task, before, filter.limit);
  else if (filter.document)
    EachOf(session, kOfDocument, take, *filter.document, before, filter.limit);
  else
    EachOf(session, kNewest, take, before, filter.limit);
  return events;
}

int64_t CountEvents(Session& session, const EventFilter& filter) {
  if (filter.task) return session.Value<int64_t>(kCountTask, *filter.task).value_or(0);
  if (filter.document) return session.Value<int64_t>(kCountDocument, *filter.document).value_or(0);
  return session.Value<int64_t>(kCount).value_or(0);
}

void EachEvent(Session& session, const std::function<bool(const Event&)>& take) {
  constexpr int kAtOnce = 1000;
  int64_t after = INT64_MIN;
  for (bool more = true; more;) {
    std::vector<Event> events;
    EachOf(
        session, kFrom, [&](Event e) { events.push_back(std::move(e)); }, after, kAtOnce);
    for (const auto& event : events) {
      if (!take(event)) return;
      after = event.seq;
    }
    more = events.size() == kAtOnce;
  }
}

}  // namespace zg::store
