#include "office/draft.h"

#include <nlohmann/json.hpp>

#include "extract/json.h"
#include "ledger/correction.h"
#include "ledger/round.h"
#include "office/json.h"

namespace zg {

using nlohmann::json;

const std::set<std::string>& CurrentDraft::CorrectedOf(const std::string& path) const {
  static const std::set<std::string> none;
  auto it = corrected_entry.find(path);
  return it == corrected_entry.end() ? none : it->second;
}

std::string MarkOf(const std::string& field) {
  return field.find('[') != field.npos && field.find('.') == field.npos ? field.substr(0, field.find('['))
                                                                        : field;
}

Entry* FindEntry(Draft& draft, const std::string& path) {
  for (auto& entry : draft.entries) {
    if (entry.path == path) return &entry;
  }
  return nullptr;
}

Result<CurrentDraft> LoadCurrentDraft(store::Session& session, ImportId id) {
  CurrentDraft current;
  current.text = store::LoadDraftJson(session, id);
  json stored = json::parse(current.text, nullptr, false);
  ZG_ASSIGN(current.source, DraftFromJson(stored));
  current.draft = current.source;
  current.corrections = store::Corrections(session, id);
  for (const auto& c : current.corrections) {
    json value = json::parse(c.after, nullptr, false);
    if (!c.path) {
      ZG_TRY(SetField(current.draft, c.field, value));
      current.corrected_head.insert(MarkOf(c.field));
    } else if (Entry* entry = FindEntry(current.draft, *c.path)) {
      ZG_TRY(SetField(*entry, c.field, value));
      current.corrected_entry[*c.path].insert(MarkOf(c.field));
    }
  }
  return current;
}

json HeadJson(const Draft& draft) {
  Draft head = draft;
  head.entries.clear();
  json out = DraftToJson(head);
  out.erase("tasks");
  return out;
}

void Describe(const Draft& draft, size_t corrections, store::ImportRow& row) {
  row.tasks = 0;
  row.doubts = int64_t(draft.doubts.size());
  for (const auto& entry : draft.entries) {
    row.tasks += entry.is_task ? 1 : 0;
    row.doubts += int64_t(entry.doubts.size());
  }
  json round;
  if (auto proposed = ProposeRound(draft.title, draft.date)) {
    round = {{"name", proposed->name},
             {"level", RoundLevelName(proposed->level)},
             {"number", proposed->number},
             {"year", proposed->year ? json(proposed->year) : json()}};
  }
  row.head = json{{"title", draft.title},   {"kind", draft.kind},
                  {"issuer", draft.issuer}, {"date", draft.date ? json(draft.date->Iso()) : json()},
                  {"round", round},         {"corrections", corrections}}
                 .dump(-1, ' ', false, json::error_handler_t::replace);
}

json CorrectionJson(const store::CorrectionRow& row) {
  return {{"path", row.path ? json(*row.path) : json()},
          {"field", row.field},
          {"before", ValueOf(row.before)},
          {"after", ValueOf(row.after)},
          {"at", row.at},
          {"actor", row.actor},
          {"reason", row.reason}};
}

}  // namespace zg
