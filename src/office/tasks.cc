#include "office/tasks.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json_writer.h"
#include "extract/json.h"
#include "ledger/correction.h"
#include "ledger/proof.h"
#include "office/core.h"
#include "office/draft.h"
#include "office/json.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/links.h"
#include "store/sight.h"
#include "store/task_index.h"
#include "store/task_list.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kMostEvents = 20;
constexpr size_t kMostVersions = 10;
constexpr size_t kMostReason = 2000;

Error NotFound() {
  return {Code::kNotFound, "没有这项任务，请回到任务清单重新选择。", "", "task.not_found"};
}

// What is out of sight is not told of, not even as a neighbour.
json RefOrNull(store::Session& s, const std::optional<store::TaskHead>& head, const Scope& scope) {
  if (head && head->is_task && !store::SeesTask(s, scope, head->id)) return json();
  return head ? RefJson(*head) : json();
}

// What the other versions of its document said of the task, newest first.
json VersionsJson(store::Session& s, std::vector<store::DocumentVersion> rows, DocId document,
                  const std::string& path) {
  json versions = json::array();
  if (rows.size() < 2) return versions;
  std::reverse(rows.begin(), rows.end());
  for (const auto& row : rows) {
    if (row.id == document || versions.size() >= kMostVersions) continue;
    json draft = ValueOf(store::LoadCommittedDraft(s, row.id));
    for (const auto& entry : draft.value("tasks", json::array())) {
      if (entry.value("path", "") != path) continue;
      versions.push_back({{"document_id", row.id.value},
                          {"version", row.version},
                          {"committed_at", row.committed_at},
                          {"path", path},
                          {"problem", entry.value("problem", "")},
                          {"deadline", entry.value("deadline", json())},
                          {"status", entry.value("status", json())}});
      break;
    }
  }
  return versions;
}

// A link that is seen, and the task at its other end.
struct Linked {
  Link link;
  std::optional<store::TaskHead> head;
};

std::string EventsText(store::Session& s, TaskId id) {
  JsonWriter w;
  w.Array();
  for (const auto& event : store::FindEvents(s, {id, std::nullopt, 0, kMostEvents})) WriteEvent(w, event);
  return w.End().Take();
}

JsonText TaskText(store::Session& s, const Task& task, const Scope& scope, Date today) {
  const Entry& e = task.entry;
  store::TaskHead head = store::HeadOf(task);
  std::vector<Linked> links;
  for (auto& link : store::LinksOf(s, task.id)) links.push_back({std::move(link), std::nullopt});
  auto end_of = [&](const Linked& one) { return one.link.from == task.id ? one.link.to : one.link.from; };
  s.Ahead([&] {
    if (task.parent) store::LoadHead(s, task.parent);
    store::Neighbours(s, head);
    for (const auto& one : links) store::SeesTask(s, scope, end_of(one)), store::LoadHead(s, end_of(one));
  });
  auto family = store::VersionsBeside(s, task.document);
  auto document =
      std::find_if(family.begin(), family.end(), [&](const auto& row) { return row.id == task.document; });
  std::erase_if(links, [&](const Linked& one) { return !store::SeesTask(s, scope, end_of(one)); });
  for (auto& one : links) one.head = store::LoadHead(s, end_of(one));
  auto [previous, next] = store::Neighbours(s, head);
  auto children = store::ChildrenOf(s, task.id);
  s.Ahead([&] {
    for (const auto& one : links)
      if (one.head) store::LoadDocument(s, one.head->document);
    for (const auto* beside : {&previous, &next})
      if (*beside && (*beside)->is_task) store::SeesTask(s, scope, (*beside)->id);
    for (const auto& child : children)
      if (child.is_task) store::SeesTask(s, scope, child.id);
    if (task.parent) store::SeesTask(s, scope, task.parent);
  });
  std::optional<Date> due = e.deadline ? e.deadline->date : std::nullopt;
  json out = EntryToJson(e);
  out["id"] = task.id.value;
  out["revision"] = task.revision;
  out["document_id"] = task.document.value;
  out["document"] = {{"id", task.document.value},
                     {"title", document->title},
                     {"name", document->name},
                     {"kind", document->kind}};
  out["round"] = {{"id", document->round.value}, {"name", document->round_name}};
  out["due"] = due ? json(due->Iso()) : json();
  out["deadline_text"] = e.deadline ? e.deadline->text : "";
  out["state"] = TaskStateName(StateOf(e));
  out["overdue"] = IsOverdue(due, StateOf(e), today);
  out["behind_schedule"] = e.status && e.status->behind_schedule;
  out["immediate"] = e.deadline && e.deadline->immediate;
  out["long_term"] = (e.deadline && e.deadline->long_term) || (e.status && e.status->long_term);
  out["corrected"] = task.corrected;
  out["gone"] = task.gone;
  out["updated_at"] = task.updated_at;
  out["parent"] = RefOrNull(s, task.parent ? store::LoadHead(s, task.parent) : std::nullopt, scope);
  out["children"] = json::array();
  for (const auto& child : children) {
    if (!child.is_task || store::SeesTask(s, scope, child.id)) out["children"].push_back(RefJson(child));
  }
  out["links"] = json::array();
  for (const auto& one : links) out["links"].push_back(LinkJson(s, one.link, task.id, one.head));
  out["versions"] = VersionsJson(s, family, task.document, e.path);
  out["previous"] = RefOrNull(s, previous, scope);
  out["next"] = RefOrNull(s, next, scope);
  return {
      WithItems(out.dump(-1, ' ', false, json::error_handler_t::replace), "events", EventsText(s, task.id))};
}

Status CheckRequest(const TaskChange& change) {
  if (Trim(ToUtf32(change.reason)).empty()) {
    return Error{Code::kInvalid, "请写明更正的理由。", "reason", "task.no_reason"};
  }
  if (change.reason.size() > kMostReason) {
    return Error{Code::kInvalid, "理由太长，请压到六百字以内。", "reason", "correction.value"};
  }
  return {};
}

}  // namespace

Result<JsonText> Tasks::List(const TaskFilter& filter, const TaskSort& sort, const PageRequest& page) const {
  Date as_of = filter.as_of.value_or(core_.Today());
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    ZG_ASSIGN(store::ListPage found,
              store::ListTasks(s, core_.store->text_index(), filter, sort, page, as_of));
    json list = ListJson(json::array(), found.total, found.next);
    list["capped"] = found.capped;
    list.erase("items");
    return JsonText{WithItems(list.dump(), "items", ItemsText(found.rows))};
  });
}

Result<JsonText> Tasks::Get(TaskId id, const Scope& scope) const {
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    s.Ahead([&] {
      store::ChildrenOf(s, id);
      store::LinksOf(s, id);
      EventsText(s, id);
    });
    auto task = store::LoadTask(s, id);
    if (!task || !store::SeesTask(s, scope, id)) return NotFound();
    return TaskText(s, *task, scope, core_.Today());
  });
}

Result<JsonText> Tasks::Change(TaskId id, const TaskChange& change, const Actor& actor) {
  ZG_TRY(CheckRequest(change));
  ZG_ASSIGN(json value, ReadFieldValue(core_, change.field, change.value_json));
  auto changed = core_.store->Write([&](store::Session& s) -> Result<JsonText> {
    auto task = store::LoadTask(s, id);
    if (!task || !store::SeesTask(s, actor.scope(), id)) return NotFound();
    if (task->revision != change.revision) {
      return Error{Code::kConflict, "这项任务刚被别人改过，请刷新后再改。", "任务" + task->entry.path,
                   "task.changed"};
    }
    ZG_ASSIGN(json before, FieldOf(task->entry, change.field));
    ZG_TRY(SetField(task->entry, change.field, value));
    auto after = FieldOf(task->entry, change.field);
    std::string mark = MarkOf(change.field);
    if (std::find(task->corrected.begin(), task->corrected.end(), mark) == task->corrected.end()) {
      task->corrected.push_back(mark);
    }
    task->revision += 1;
    task->updated_at = core_.Now();
    store::UnitDirectory units(s, core_.regions, task->updated_at);
    store::UpdateTask(s, *task, units);
    store::TaskIndex index(s, core_.store->text_index(), units);
    index.Refresh(*task, store::LoadDocument(s, task->document)->family);
    index.Flush();
    Event event =
        core_.EventOf(actor, "task.corrected", "task:" + std::to_string(id.value) + " field:" + change.field);
    event.document = task->document;
    event.task = id;
    event.before = before.dump();
    event.after = value.is_null() || !after.ok() ? "null" : after->dump();
    event.note = change.reason;
    event.proof = ProofLine(id, TaskDigest(*task));
    store::AppendEvent(s, event);
    return TaskText(s, *task, actor.scope(), core_.Today());
  });
  if (changed.ok()) core_.checks->Wake();
  return changed;
}

}  // namespace zg
