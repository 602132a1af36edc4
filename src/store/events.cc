#include "store/events.h"

namespace zg::store {
namespace {

#define ZG_EVENT_COLUMNS \
  "seq, at, actor, kind, subject, document_id, task_id, before, after, note, proof, previous, digest"

const Query kInsert{"event_insert",
                    "INSERT INTO events (" ZG_EVENT_COLUMNS
                    ") VALUES (:seq, :at, :actor, :kind, :subject, :document, :task, :before, :after, :note, "
                    ":proof, :previous, :digest)"};
const Query kLastDigest{"event_last_digest", "SELECT digest FROM events ORDER BY seq DESC LIMIT 1"};
const Query kLast{"event_last", "SELECT " ZG_EVENT_COLUMNS " FROM events ORDER BY seq DESC LIMIT 1"};
const Query kNewest{"events_newest",
                    "SELECT " ZG_EVENT_COLUMNS " FROM events WHERE seq < :before ORDER BY seq DESC LIMIT :n"};
const Query kOfTask{"events_of_task",
                    "SELECT " ZG_EVENT_COLUMNS
                    " FROM events WHERE task_id = :task AND seq < :before ORDER BY seq DESC LIMIT :n"};
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

}  // namespace

Event AppendEvent(Session& session, Event event) {
  auto last = LastEvent(session);
  event.seq = last ? last->seq + 1 : 1;
  event.previous = last ? last->digest : kFirstPrevious;
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
  if (filter.task)
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
