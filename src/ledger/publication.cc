#include "ledger/publication.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/digest.h"

namespace zg {
namespace {

using nlohmann::json;
using S = PublicationState;

struct StateRow {
  std::string_view name, title;
};
constexpr StateRow kStates[] = {{"draft", "拟公开"},     {"review", "待复核"},   {"released", "已公开"},
                                {"withdrawn", "已撤回"}, {"replaced", "已更新"}, {"dropped", "已放弃"}};
constexpr std::string_view kKinds[] = {"task", "round", "document", "coverage"};

struct MoveRow {
  const char *event, *title;
  std::vector<PublicationState> from;
  PublicationState to;
  bool reason;
};
const MoveRow& RowOf(PublicationMove move) {
  static const MoveRow rows[] = {
      {"publication.submitted", "提交复核", {S::kDraft}, S::kReview, false},
      {"publication.returned", "退回修改", {S::kReview}, S::kDraft, true},
      {"publication.released", "复核公开", {S::kReview}, S::kReleased, false},
      {"publication.withdrawn", "撤回", {S::kReleased}, S::kWithdrawn, true},
      {"publication.dropped", "放弃", {S::kDraft, S::kReview}, S::kDropped, false},
  };
  return rows[size_t(move)];
}

Error Refused(const Publication& p, const char* id, Code code, std::string message) {
  return {code, std::move(message), p.title, id};
}

json FieldsTold(const Publication& p) {
  json out = json::array();
  for (const auto& field : p.fields) {
    json masks = json::array();
    for (const auto& m : field.masks) masks.push_back({m.rule, m.span.begin, m.span.end, m.keep});
    out.push_back({field.name, field.text, std::move(masks)});
  }
  return out;
}

}  // namespace

std::string_view PublicationKindName(PublicationKind kind) {
  return kKinds[size_t(kind)];
}
std::optional<PublicationKind> ParsePublicationKind(std::string_view name) {
  for (size_t i = 0; i < std::size(kKinds); ++i)
    if (kKinds[i] == name) return PublicationKind(i);
  return std::nullopt;
}
std::string_view PublicationStateName(PublicationState state) {
  return kStates[size_t(state)].name;
}
std::string_view PublicationStateTitle(PublicationState state) {
  return kStates[size_t(state)].title;
}
std::optional<PublicationState> ParsePublicationState(std::string_view name) {
  for (size_t i = 0; i < std::size(kStates); ++i)
    if (kStates[i].name == name) return PublicationState(i);
  return std::nullopt;
}
const char* PublicationEvent(PublicationMove move) {
  return RowOf(move).event;
}

std::string SnapshotOf(const Publication& p, const MaskRules& rules) {
  json out = json::parse(p.facts);
  out["kind"] = PublicationKindName(p.kind);
  out["id"] = p.subject;
  json fields = json::array();
  for (const auto& field : p.fields) {
    std::string text = ToUtf8(ApplyMasks(rules, ToUtf32(field.text), field.masks));
    fields.push_back({{"name", field.name}, {"title", field.title}, {"text", std::move(text)}});
  }
  out["fields"] = std::move(fields);
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

void Freeze(Publication& p, const MaskRules& rules) {
  p.snapshot = SnapshotOf(p, rules);
  Digester digester;
  digester.Add(p.snapshot);
  Digester::Hex hex = digester.Finish();
  p.sm3 = hex.sm3;
  p.sha256 = hex.sha256;
}

bool HasHand(const std::vector<Signed>& hands, const Signed& who) {
  return std::any_of(hands.begin(), hands.end(), [&](const Signed& hand) {
    return hand.user || who.user ? hand.user == who.user : hand.name == who.name;
  });
}

Status MovePublication(Publication& p, PublicationMove move, const Signed& who, const std::string& reason) {
  const MoveRow& row = RowOf(move);
  if (std::find(row.from.begin(), row.from.end(), p.state) == row.from.end()) {
    return Refused(p, "publication.state", Code::kConflict,
                   "“" + p.title + "”现在是“" + std::string(PublicationStateTitle(p.state)) + "”，不能" +
                       row.title + "。可能刚被别人办过，请刷新。");
  }
  if (row.reason && reason.empty())
    return Refused(p, "publication.no_reason", Code::kInvalid,
                   "请写明" + std::string(row.title) + "的理由。");
  if (move == PublicationMove::kRelease && HasHand(p.hands, who)) {
    return Refused(p, "publication.same_person", Code::kForbidden,
                   "公开须由两个人办理：您参与了“" + p.title + "”的准备，请另一位有复核权限的人公开。");
  }
  p.state = row.to;
  p.revision += 1;
  if (row.reason) p.reason = reason;
  if (move == PublicationMove::kSubmit) {
    p.submitted = who;
    p.reason.clear();
    if (!HasHand(p.hands, who)) p.hands.push_back(who);
  }
  if (move == PublicationMove::kRelease) p.released = who;
  if (row.to == S::kWithdrawn || row.to == S::kDropped) p.ended = who;
  return {};
}

json PublicationTold(const Publication& p) {
  return {{"id", p.id.value},
          {"kind", PublicationKindName(p.kind)},
          {"subject", p.subject},
          {"round", p.round.value},
          {"title", p.title},
          {"state", PublicationStateName(p.state)},
          {"sm3", p.sm3},
          {"sha256", p.sha256},
          {"prepared", Sm3Hex(p.facts + FieldsTold(p).dump(-1, ' ', false, json::error_handler_t::replace))},
          {"made_by", p.made.name},
          {"submitted_by", p.submitted.name},
          {"released_by", p.released.name},
          {"released_at", p.released.at},
          {"ended_at", p.ended.at},
          {"reason", p.reason},
          {"revision", p.revision}};
}

}  // namespace zg
