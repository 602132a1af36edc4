#include "office/audit.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/json_writer.h"
#include "ledger/event_title.h"
#include "office/core.h"
#include "office/json.h"
#include "report/table.h"
#include "store/events.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kMostInFile = 50'000;
constexpr int kMostActors = 2'000;

std::string AreaOf(std::string_view kind) {
  return std::string(kind.substr(0, kind.find('.')));
}

Result<store::AuditFilter> FilterOf(store::Session& s, const AuditQuery& query) {
  store::AuditFilter filter;
  filter.actor = query.actor;
  filter.task = query.task;
  filter.document = query.document;
  if (query.from) filter.from = query.from->Iso() + "T00:00:00";
  if (query.to) filter.to = query.to->Iso() + "T23:59:59.999";
  if (!query.kind.empty()) {
    filter.kinds = {query.kind};
  } else if (!query.area.empty()) {
    for (auto& kind : store::EventKinds(s))
      if (AreaOf(kind) == query.area) filter.kinds.push_back(std::move(kind));
    if (filter.kinds.empty()) filter.kinds = {query.area};  // there is none yet
  }
  if (!query.after.empty()) {
    const char* end = query.after.data() + query.after.size();
    auto parsed = std::from_chars(query.after.data(), end, filter.before);
    if (parsed.ec != std::errc() || parsed.ptr != end || filter.before < 1)
      return Error{Code::kInvalid, "翻页参数 after 不对，请从第一页重新翻起。", "after", "parameter.after"};
  }
  return filter;
}

}  // namespace

Result<JsonText> Audit::List(const AuditQuery& query) const {
  return core_.store->Read([&](store::Session& s) -> Result<JsonText> {
    ZG_ASSIGN(store::AuditFilter filter, FilterOf(s, query));
    filter.limit = std::clamp(query.limit, 1, 200) + 1;
    auto events = store::FindAudited(s, filter);
    std::optional<std::string> next;
    if (int(events.size()) == filter.limit) {
      events.pop_back();
      next = std::to_string(events.back().seq);
    }
    JsonWriter w;
    w.Object().Put("next", next).Key("items").Array();
    for (const auto& event : events) {
      std::string title = EventTitle(event.kind);
      WriteEvent(w, event, &title);
    }
    return JsonText{w.End().End().Take()};
  });
}

Result<json> Audit::Choices() const {
  return core_.store->Read([&](store::Session& s) {
    json kinds = json::array();
    for (const auto& kind : store::EventKinds(s))
      kinds.push_back({{"kind", kind},
                       {"title", EventTitle(kind)},
                       {"area", AreaOf(kind)},
                       {"area_title", EventAreaTitle(AreaOf(kind))}});
    return json{{"actors", store::EventActors(s, "", kMostActors)}, {"kinds", std::move(kinds)}};
  });
}

Result<ExportedFile> Audit::File(const AuditQuery& query, const std::string& format) const {
  Table table{"审计日志",
              {{"seq", "序号", 8},
               {"at", "时间", 20},
               {"actor", "人员", 14},
               {"title", "事项", 18},
               {"subject", "对象", 30},
               {"note", "理由", 30, true},
               {"before", "之前", 40, true},
               {"after", "之后", 40, true},
               {"digest", "摘要（SM3）", 30}},
              {}};
  ZG_TRY(core_.store->Read([&](store::Session& s) -> Status {
    ZG_ASSIGN(store::AuditFilter filter, FilterOf(s, query));
    filter.limit = kMostInFile + 1;
    auto events = store::FindAudited(s, filter);
    if (int(events.size()) > kMostInFile)
      return Error{Code::kInvalid, "一次最多导出5万条，请先按时间或事项筛选。", "", "export.too_many"};
    for (const auto& e : events)
      table.rows.push_back({e.seq, e.at.substr(0, 10) + " " + e.at.substr(11, 8), e.actor, EventTitle(e.kind),
                            e.subject, e.note, e.before, e.after, e.digest});
    return {};
  }));
  std::string name = "审计日志-" + core_.Today().Iso() + "." + format;
  if (format == "csv") return ExportedFile{name, "text/csv; charset=utf-8", WriteCsv(table)};
  ZG_ASSIGN(std::string bytes, WriteXlsx(table));
  return ExportedFile{name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                      std::move(bytes)};
}

}  // namespace zg
