#include "office/publication_json.h"

#include "office/core.h"
#include "office/json.h"
#include "office/publish_content.h"
#include "store/documents.h"
#include "store/rounds.h"
#include "store/texts.h"

namespace zg {
namespace {

using nlohmann::json;
constexpr size_t kMostWarnings = 50;

json SignedOrNull(const Signed& s) {
  return s.at.empty() ? json() : json{{"name", s.name}, {"at", s.at}};
}

json PartsOf(const MaskRules& rules, const PublicField& field) {
  std::u32string text = ToUtf32(field.text);
  json parts = json::array();
  auto add = [&](size_t begin, size_t end, const Mask* mask) {
    if (begin >= end) return;
    const MaskRule* rule = mask ? rules.Find(mask->rule) : nullptr;
    json part = {{"text", ToUtf8(text.substr(begin, end - begin))},
                 {"begin", begin},
                 {"end", end},
                 {"rule", mask ? json(mask->rule) : json()},
                 {"rule_title", rule   ? json(rule->title)
                                : mask ? json("手工隐去")
                                       : json()},
                 {"with", mask ? json(ToUtf8(rule ? rule->with : rules.by_hand)) : json()},
                 {"keep", mask && mask->keep}};
    parts.push_back(std::move(part));
  };
  size_t at = 0;
  for (const auto& mask : field.masks) {
    add(at, mask.span.begin, nullptr);
    add(mask.span.begin, mask.span.end, &mask);
    at = mask.span.end;
  }
  add(at, text.size(), nullptr);
  return parts;
}

// A file is published as it is: what its text holds that the rules would hide is told before.
json WarningsOf(store::Session& s, const OfficeCore& core, const Publication& p) {
  json out = json::array();
  if (p.kind != PublicationKind::kDocument) return out;
  auto document = store::LoadDocument(s, DocId{p.subject});
  if (!document) return out;
  std::u32string text = store::LoadPlainText(s, document->text_id);
  for (const auto& mask : FindMasks(core.publishing.rules(), text)) {
    if (out.size() >= kMostWarnings) break;
    size_t begin = mask.span.begin < 12 ? 0 : mask.span.begin - 12;
    const MaskRule* rule = core.publishing.rules().Find(mask.rule);
    out.push_back({{"rule_title", rule ? rule->title : mask.rule},
                   {"text", ToUtf8(text.substr(begin, mask.span.end + 6 - begin))}});
  }
  return out;
}

// Whether the ledger now says something else than what was taken from it.
bool LedgerMovedOn(store::Session& s, const OfficeCore& core, const Publication& p) {
  if (p.kind != PublicationKind::kTask && p.kind != PublicationKind::kCoverage) return false;
  auto now = p.kind == PublicationKind::kTask ? DraftOfTask(s, core, TaskId{p.subject})
                                              : DraftOfCoverage(s, core, RoundId{p.subject});
  if (!now.ok()) return true;
  json before = ValueOf(p.facts), after = ValueOf(now->facts);
  before.erase("as_of");
  after.erase("as_of");
  bool same = before == after && p.fields.size() == now->fields.size();
  for (size_t i = 0; same && i < p.fields.size(); ++i)
    same = p.fields[i].name == now->fields[i].name && p.fields[i].text == now->fields[i].text;
  return !same;
}

}  // namespace

json PublicationJson(store::Session& s, const Publication& p, const Signed& who) {
  int64_t hidden = 0, kept = 0;
  for (const auto& field : p.fields)
    for (const auto& mask : field.masks) ++(mask.keep ? kept : hidden);
  auto round = p.round ? store::LoadRound(s, p.round) : std::nullopt;
  json facts = ValueOf(p.facts);
  const char* folder = p.kind == PublicationKind::kTask       ? "/tasks/"
                       : p.kind == PublicationKind::kRound    ? "/rounds/"
                       : p.kind == PublicationKind::kCoverage ? "/coverage/"
                                                              : "/files/";
  return {{"id", p.id.value},
          {"kind", PublicationKindName(p.kind)},
          {"subject", p.subject},
          {"round", round ? json{{"id", p.round.value}, {"name", round->name}} : json()},
          {"path", facts.contains("path") ? facts["path"] : json()},
          {"title", p.title},
          {"status", facts.contains("status") ? facts["status"] : json()},
          {"state", PublicationStateName(p.state)},
          {"state_title", PublicationStateTitle(p.state)},
          {"made", SignedOrNull(p.made)},
          {"submitted", SignedOrNull(p.submitted)},
          {"released", SignedOrNull(p.released)},
          {"ended", SignedOrNull(p.ended)},
          {"reason", p.reason.empty() ? json() : json(p.reason)},
          {"hidden", hidden},
          {"kept", kept},
          {"sm3", p.sm3.empty() ? json() : json(p.sm3)},
          {"sha256", p.sha256.empty() ? json() : json(p.sha256)},
          {"public_path", folder + std::to_string(p.subject)},
          {"prepared_by_me", HasHand(p.hands, who)},
          {"revision", p.revision}};
}

json PublicationWhole(store::Session& s, const OfficeCore& core, const Publication& p, const Signed& who) {
  json out = PublicationJson(s, p, who);
  out["fields"] = json::array();
  for (const auto& field : p.fields)
    out["fields"].push_back(
        {{"name", field.name}, {"title", field.title}, {"parts", PartsOf(core.publishing.rules(), field)}});
  out["warnings"] = WarningsOf(s, core, p);
  out["changed"] = LedgerMovedOn(s, core, p);
  return out;
}

}  // namespace zg
