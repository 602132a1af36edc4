#include "office/links.h"

#include <nlohmann/json.hpp>

#include "ledger/link.h"
#include "office/core.h"
#include "office/json.h"
#include "store/events.h"
#include "store/findings.h"
#include "store/links.h"
#include "store/sight.h"
#include "store/tasks.h"

namespace zg {
namespace {

using nlohmann::json;

json Told(const Link& link) {
  return {{"kind", LinkKindName(link.kind)},
          {"from", link.from.value},
          {"to", link.to.value},
          {"state", LinkStateName(link.state)}};
}

Event LinkEvent(const OfficeCore& core, const Actor& actor, const char* kind, const Link& link,
                DocId document) {
  Event event = core.EventOf(actor, kind, "link:" + std::to_string(link.id.value));
  event.task = link.from;
  event.document = document;
  event.after = Told(link).dump();
  return event;
}

// Documents of one round are held against each other anyhow; a link ties others (office/checks.h).
void CheckAgain(store::Session& s, const store::TaskHead& lower, TaskId upper) {
  auto head = store::LoadHead(s, upper);
  if (head && head->round != lower.round) store::ForgetChecked(s, lower.document);
}

Result<json> AndWake(OfficeCore& core, Result<json> done) {
  if (done.ok()) core.checks->Wake();
  return done;
}

Result<json> Decide(OfficeCore& core, LinkId id, LinkState state, const char* kind, const Actor& actor) {
  return core.store->Write([&](store::Session& s) -> Result<json> {
    auto link = store::LoadLink(s, id);
    bool seen =
        link && store::SeesTask(s, actor.scope(), link->from) && store::SeesTask(s, actor.scope(), link->to);
    if (!seen) return Error{Code::kNotFound, "没有这条关联，可能已经撤回，请刷新。", "", "link.not_found"};
    auto from = store::LoadHead(s, link->from);
    std::string before = Told(*link).dump();
    link->state = state;
    store::DecideLink(s, id, state, actor.name, core.Now());
    Event event = LinkEvent(core, actor, kind, *link, from->document);
    event.before = before;
    store::AppendEvent(s, event);
    CheckAgain(s, *from, link->to);
    return LinkJson(s, *link, link->from);
  });
}

}  // namespace

Result<json> Links::Confirm(LinkId id, const Actor& actor) {
  return AndWake(core_, Decide(core_, id, LinkState::kConfirmed, "link.confirmed", actor));
}

Result<json> Links::Reject(LinkId id, const Actor& actor) {
  return AndWake(core_, Decide(core_, id, LinkState::kRejected, "link.rejected", actor));
}

Result<json> Links::Make(TaskId from, const std::string& kind_name, TaskId to, const Actor& actor) {
  auto kind = ParseLinkKind(kind_name);
  if (!kind) {
    return Error{Code::kInvalid, "关联只有 cascades_from（落实上级任务）和 follows_up（延续上一轮）两种。",
                 "kind", "link.kind"};
  }
  if (from == to) return Error{Code::kInvalid, "任务不能与自己关联，请另选一项。", "to", "link.self"};
  return AndWake(core_, core_.store->Write([&](store::Session& s) -> Result<json> {
    auto lower = store::LoadHead(s, from);
    bool seen = store::SeesTask(s, actor.scope(), from) && store::SeesTask(s, actor.scope(), to);
    if (!lower || !store::LoadHead(s, to) || !seen) {
      return Error{Code::kNotFound, "没有这项任务，请刷新后重新选择。", "", "task.not_found"};
    }
    auto there = store::FindLink(s, *kind, from, to);
    if (there && there->state == LinkState::kConfirmed) {
      return Error{Code::kConflict, "这两项任务已经关联。", "", "link.exists"};
    }
    Link link{{}, *kind, from, to, LinkState::kConfirmed, 1.0, "人工关联"};
    link.id = store::InsertLink(s, link, actor.name, core_.Now());
    store::AppendEvent(s, LinkEvent(core_, actor, "link.made", link, lower->document));
    CheckAgain(s, *lower, to);
    return LinkJson(s, link, from);
  }));
}

}  // namespace zg
