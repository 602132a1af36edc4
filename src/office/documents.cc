#include "office/documents.h"

#include <nlohmann/json.hpp>

#include "office/core.h"
#include "office/json.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/sight.h"
#include "store/tasks.h"
#include "store/texts.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kMostListed = 1000;
constexpr size_t kShown = 60;

Result<store::DocumentRow> Load(store::Session& s, DocId id, const Scope& scope) {
  auto row = store::LoadDocument(s, id);
  if (row && store::SeesFamily(s, scope, row->family)) return *row;
  return Error{Code::kNotFound, "没有这份文件，请回到文件列表重新选择。", "", "document.not_found"};
}

json EntryRow(TaskId task, const std::string& path, const std::string& label, const std::string& problem,
              Span span, bool is_task) {
  return {{"task_id", task.value}, {"path", path},
          {"label", label},        {"problem", Shortened(problem, kShown)},
          {"begin", span.begin},   {"end", span.end},
          {"is_task", is_task}};
}

}  // namespace

Result<JsonText> Documents::List(const Scope& scope) const {
  return core_.store->Read([&](store::Session& s) {
    const std::string key = scope.all ? "" : std::to_string(scope.unit.value);
    std::string state = store::LastEventDigest(s);
    if (auto kept = kept_.Find(key, state)) return *kept;
    json items = json::array();
    for (const auto& row : store::NewestDocuments(s, kMostListed, scope)) items.push_back(DocumentJson(row));
    int64_t total = scope.all ? store::CountDocuments(s) : int64_t(items.size());
    JsonText answer{ListJson(std::move(items), total).dump(-1, ' ', false, json::error_handler_t::replace)};
    kept_.Keep(key, state, answer);
    return answer;
  });
}

Result<json> Documents::Get(DocId id, const Scope& scope) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(store::DocumentRow row, Load(s, id, scope));
    json document = DocumentJson(row);
    json versions = json::array();
    for (const auto& v : store::VersionsOf(s, row.family)) {
      versions.push_back({{"id", v.id.value},
                          {"title", v.head.title},
                          {"name", v.name},
                          {"version", v.version},
                          {"newest", v.newest},
                          {"committed_at", v.committed_at}});
    }
    document["versions"] = std::move(versions);
    return document;
  });
}

Result<json> Documents::Text(DocId id, const Scope& scope) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(store::DocumentRow row, Load(s, id, scope));
    return TextJson(store::LoadText(s, row.text_id));
  });
}

Result<json> Documents::Entries(DocId id, const Scope& scope) const {
  return core_.store->Read([&](store::Session& s) -> Result<json> {
    ZG_ASSIGN(store::DocumentRow row, Load(s, id, scope));
    json entries = json::array();
    if (row.newest) {
      for (const auto& h : store::HeadsOf(s, id)) {
        entries.push_back(EntryRow(h.id, h.path, h.label, h.problem, h.span, h.is_task));
      }
      return entries;
    }
    // An older version: where its entries stood then, and the tasks they have become, found by number.
    std::map<std::string, TaskId> now;
    for (const auto& v : store::VersionsOf(s, row.family)) {
      for (const auto& h : store::HeadsOf(s, v.id)) now.emplace(h.path, h.id);
    }
    json draft = ValueOf(store::LoadCommittedDraft(s, id));
    for (const auto& entry : draft.value("tasks", json::array())) {
      std::string path = entry.value("path", "");
      json span = entry.value("spans", json::object()).value("entry", json::array({0, 0}));
      entries.push_back(EntryRow(
          now.count(path) ? now[path] : TaskId(), path, entry.value("label", ""), entry.value("problem", ""),
          {span[0].get<uint32_t>(), span[1].get<uint32_t>()}, entry.value("is_task", true)));
    }
    return entries;
  });
}

Result<OriginalFile> Documents::Original(DocId id, const Scope& scope) const {
  ZG_ASSIGN(store::DocumentRow row, core_.store->Read([&](store::Session& s) -> Result<store::DocumentRow> {
    return Load(s, id, scope);
  }));
  ZG_ASSIGN(std::string bytes, core_.vault->Get(row.sha256));
  return OriginalFile{row.name, row.format, std::move(bytes)};
}

}  // namespace zg
