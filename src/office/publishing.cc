// Proposing, masking and moving; what is only read stands in publishing_views.cc.
#include "office/publishing.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/json.h"
#include "office/publication_json.h"
#include "office/publish_content.h"
#include "store/events.h"
#include "store/publications.h"

namespace zg {
namespace {

using nlohmann::json;
constexpr size_t kMostAtOnce = 500;
constexpr size_t kMostText = 50'000;  // characters
constexpr size_t kMostReason = 500;

Error NotFound() {
  return {Code::kNotFound, "没有这一条公开内容，请刷新后重新选择。", "", "publication.not_found"};
}
Status CheckCount(size_t n) {
  if (n >= 1 && n <= kMostAtOnce) return {};
  return Error{Code::kInvalid, "请选择1到500项。", "items", "publication.count"};
}

Event EventFor(const OfficeCore& core, const Actor& actor, const char* kind, const Publication& p) {
  Event event = core.EventOf(actor, kind, "publication:" + std::to_string(p.id.value));
  if (p.kind == PublicationKind::kTask) event.task = {p.subject};
  if (p.kind == PublicationKind::kDocument) event.document = {p.subject};
  event.after = PublicationTold(p).dump();
  return event;
}

PublicField* FieldOf(Publication& p, const std::string& name) {
  for (auto& field : p.fields)
    if (field.name == name) return &field;
  return nullptr;
}

// Keeps or hides a place that is marked; a place that is not is hidden by hand, and shown again by taking the
// mark away.
Status ChangeMask(PublicField& field, const MaskChange& change) {
  auto it = std::find_if(field.masks.begin(), field.masks.end(),
                         [&](const Mask& m) { return m.span == change.span; });
  if (it == field.masks.end()) {
    if (change.hide) return AddHandMask(field.masks, change.span, ToUtf32(field.text).size());
    return Error{Code::kConflict, "这一处没有隐去，请刷新。", field.name, "mask.none"};
  }
  if (it->rule == kHandMask && !change.hide)
    field.masks.erase(it);
  else
    it->keep = !change.hide;
  return {};
}

}  // namespace

Status Publishing::LoadRules() {
  ZG_ASSIGN(rules_, LoadMaskRules(core_.options.vocabulary));
  return {};
}

Signed Publishing::SignedBy(const Actor& actor) const {
  return {actor.name, actor.user, core_.Now()};
}

Result<Publication> Publishing::Load(store::Session& s, PublicationId id, int64_t revision) const {
  auto p = store::LoadPublication(s, id);
  if (!p) return NotFound();
  if (p->revision != revision) {
    return Error{Code::kConflict, "“" + p->title + "”刚被别人改过，请看过最新内容后再办。", p->title,
                 "publication.changed"};
  }
  return std::move(*p);
}

namespace {

// A draft that was changed by the actor: written, with the event that tells of it.
json WriteChange(store::Session& s, const OfficeCore& core, Publication& p, std::string before,
                 const char* kind, const Actor& actor, const Signed& who) {
  SetTitle(p, core);
  p.revision += 1;
  if (!HasHand(p.hands, who)) p.hands.push_back(who);
  store::UpdatePublication(s, p);
  Event event = EventFor(core, actor, kind, p);
  event.before = std::move(before);
  store::AppendEvent(s, std::move(event));
  return PublicationWhole(s, core, p, who);
}

}  // namespace

Result<json> Publishing::Propose(store::Session& s, Publication p, const Actor& actor) {
  if (store::OpenPublication(s, p.kind, p.subject)) {
    return Error{Code::kConflict, "“" + p.title + "”已经在拟公开或待复核中，请到那里办理。", p.title,
                 "publication.open"};
  }
  if (auto before = store::ReleasedPublication(s, p.kind, p.subject))
    CarryMasks(*store::LoadPublication(s, *before), p);
  SetTitle(p, core_);
  p.made = SignedBy(actor);
  p.hands = {p.made};
  store::InsertPublication(s, p);
  store::AppendEvent(s, EventFor(core_, actor, "publication.proposed", p));
  return PublicationJson(s, p, p.made);
}

Result<json> Publishing::ProposeTasks(const std::vector<TaskId>& tasks, const Actor& actor) {
  ZG_TRY(CheckCount(tasks.size()));
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    json items = json::array();
    for (TaskId task : tasks) {
      ZG_ASSIGN(Publication draft, DraftOfTask(s, core_, task));
      ZG_ASSIGN(json item, Propose(s, std::move(draft), actor));
      items.push_back(std::move(item));
    }
    return json{{"items", std::move(items)}};
  });
}

Result<json> Publishing::ProposeRound(RoundId round, const std::string& text, const Actor& actor) {
  if (ToUtf32(text).size() > kMostText)
    return Error{Code::kInvalid, "文字太长，请压到五万字以内。", "text", "publication.too_long"};
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Publication draft, DraftOfRound(s, core_, round, text));
    ZG_ASSIGN(json item, Propose(s, std::move(draft), actor));
    return json{{"items", json::array({std::move(item)})}};
  });
}

Result<json> Publishing::ProposeDocument(DocId document, const std::string& note, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Publication draft, DraftOfDocument(s, core_, document, note));
    ZG_ASSIGN(json item, Propose(s, std::move(draft), actor));
    return json{{"items", json::array({std::move(item)})}};
  });
}

Result<json> Publishing::ProposeCoverage(RoundId round, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Publication draft, DraftOfCoverage(s, core_, round));
    ZG_ASSIGN(json item, Propose(s, std::move(draft), actor));
    return json{{"items", json::array({std::move(item)})}};
  });
}

Result<json> Publishing::SetMask(PublicationId id, const MaskChange& change, const Actor& actor) {
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Publication p, Load(s, id, change.revision));
    if (p.state != PublicationState::kDraft) {
      return Error{Code::kConflict, "只有“拟公开”的内容可以修改。要改已提交的，请先退回。", p.title,
                   "publication.state"};
    }
    PublicField* field = FieldOf(p, change.field);
    if (!field) return Error{Code::kInvalid, "没有这一栏，请刷新。", "field", "mask.field"};
    std::string before = PublicationTold(p).dump();
    ZG_TRY(ChangeMask(*field, change));
    return WriteChange(s, core_, p, std::move(before), "publication.masked", actor, SignedBy(actor));
  });
}

Result<json> Publishing::SetText(PublicationId id, const std::string& text, int64_t revision,
                                 const Actor& actor) {
  if (ToUtf32(text).size() > kMostText)
    return Error{Code::kInvalid, "文字太长，请压到五万字以内。", "text", "publication.too_long"};
  return core_.store->Write([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(Publication p, Load(s, id, revision));
    if (p.state != PublicationState::kDraft || p.kind == PublicationKind::kTask ||
        p.kind == PublicationKind::kCoverage) {
      return Error{Code::kConflict, "这里的文字不能改：任务以台账为准，已提交的要先退回。", p.title,
                   "publication.state"};
    }
    std::string before = PublicationTold(p).dump();
    auto fresh = p.kind == PublicationKind::kRound ? DraftOfRound(s, core_, RoundId{p.subject}, text)
                                                   : DraftOfDocument(s, core_, DocId{p.subject}, text);
    if (!fresh.ok()) return fresh.error();
    CarryMasks(p, *fresh);
    p.facts = fresh->facts;
    p.fields = std::move(fresh->fields);
    return WriteChange(s, core_, p, std::move(before), "publication.changed", actor, SignedBy(actor));
  });
}

// What was released of the same subject before steps aside.
Status Publishing::Replace(store::Session& s, const Publication& by, const Actor& actor) {
  auto id = store::ReleasedPublication(s, by.kind, by.subject);
  if (!id || *id == by.id) return {};
  Publication old = *store::LoadPublication(s, *id);
  std::string before = PublicationTold(old).dump();
  old.state = PublicationState::kReplaced;
  old.ended = SignedBy(actor);
  old.revision += 1;
  Event event = EventFor(core_, actor, "publication.replaced", old);
  event.before = before;
  old.public_seq = store::AppendEvent(s, std::move(event)).seq;
  store::UpdatePublication(s, old);
  return {};
}

Status Publishing::MoveOne(store::Session& s, Publication& p, PublicationMove move, const std::string& reason,
                           const Actor& actor) {
  std::string before = PublicationTold(p).dump();
  Signed who = SignedBy(actor);
  ZG_TRY(MovePublication(p, move, who, reason));
  if (move == PublicationMove::kSubmit) {
    if (p.fields.empty()) {
      return Error{Code::kInvalid, "“" + p.title + "”还没有可公开的文字，请先填写。", p.title,
                   "publication.empty"};
    }
    Freeze(p, rules_);
  }
  if (move == PublicationMove::kReturn) p.snapshot = p.sm3 = p.sha256 = "";
  if (move == PublicationMove::kRelease) ZG_TRY(Replace(s, p, actor));
  Event event = EventFor(core_, actor, PublicationEvent(move), p);
  event.before = before;
  event.note = reason;
  int64_t seq = store::AppendEvent(s, std::move(event)).seq;
  if (move == PublicationMove::kRelease || move == PublicationMove::kWithdraw) p.public_seq = seq;
  store::UpdatePublication(s, p);
  if (move == PublicationMove::kRelease && p.kind == PublicationKind::kTask)
    ZG_TRY(core_.cases.Published(s, TaskId{p.subject}, actor));
  return {};
}

Result<json> Publishing::Move(PublicationMove move, const std::vector<PublicationRef>& refs,
                              const std::string& reason, const Actor& actor) {
  ZG_TRY(CheckCount(refs.size()));
  if (ToUtf32(reason).size() > kMostReason)
    return Error{Code::kInvalid, "理由太长，请压到五百字以内。", "reason", "publication.too_long"};
  int64_t version = 0;
  auto moved = core_.store->Write([&](store::Session& s) -> Result<json> {
    json items = json::array();
    for (const auto& ref : refs) {
      ZG_ASSIGN(Publication p, Load(s, ref.id, ref.revision));
      ZG_TRY(MoveOne(s, p, move, reason, actor));
      items.push_back(PublicationJson(s, p, SignedBy(actor)));
    }
    version = store::PublicVersion(s);
    return json{{"items", std::move(items)}};
  });
  if (moved.ok() && (move == PublicationMove::kRelease || move == PublicationMove::kWithdraw)) {
    Saw(version);
    Changed();
  }
  return moved;
}

}  // namespace zg
