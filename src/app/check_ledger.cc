// zhenggai check --data DIR: the same over the whole ledger, kept there.
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "office/checks.h"

namespace zg::app {
namespace {

using nlohmann::json;

// As check.schema.json says it: the document's title stands for the file.
json PlaceJson(const json& body) {
  return {{"file", body["document"]},
          {"path", body["path"]},
          {"quote", body["quote"]},
          {"span", {body["begin"], body["end"]}}};
}

json Places(const json& bodies) {
  json out = json::array();
  for (const auto& body : bodies) out.push_back(PlaceJson(body));
  return out;
}

json Finding(const json& item) {
  json out = PlaceJson(item);
  for (const char* key : {"kind", "severity", "stated", "computed", "expression", "message", "explained"})
    out[key] = item[key];
  out["related"] = Places(item["related"]);
  return out;
}

json Relation(const json& item) {
  json out = PlaceJson(item);
  out["kind"] = item["kind"];
  out["expression"] = item["expression"];
  out["numbers"] = Places(item["numbers"]);
  return out;
}

// All pages of a list.
template <class Query, class List>
Status Each(Query query, List list, const std::function<void(const json&)>& take) {
  query.limit = 200;
  do {
    ZG_ASSIGN(json page, list(query));
    for (const auto& item : page["items"]) take(item);
    query.after = page["next"].is_string() ? page["next"].get<std::string>() : "";
  } while (!query.after.empty());
  return {};
}

}  // namespace

int CheckLedger(Place& place, bool as_json) {
  auto office = place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  Checks& checks = (*office)->checks();
  if (auto done = checks.CheckAll(); !done.ok()) return Fail(done.error());
  json findings = json::array(), confirmed = json::array();
  Status read = Each(
      FindingQuery(), [&](const auto& q) { return checks.List(q); },
      [&](const json& item) { findings.push_back(Finding(item)); });
  if (read.ok())
    read = Each(
        RelationQuery(), [&](const auto& q) { return checks.Relations(q); },
        [&](const json& item) { confirmed.push_back(Relation(item)); });
  if (!read.ok()) return Fail(read.error());
  if (as_json) {
    Print(json{{"findings", findings}, {"confirmed", confirmed}}.dump(1, ' ', false,
                                                                      json::error_handler_t::replace) +
          "\n");
    return kDone;
  }
  for (const auto& f : findings) {
    std::string where =
        f["file"].get<std::string>() + (f["path"].is_string() ? " 任务" + f["path"].get<std::string>() : "");
    Print(f["severity"].get<std::string>() + "\t" + where + "\t" + f["message"].get<std::string>() +
          (f["explained"].is_object() ? "（已说明：" + f["explained"]["reason"].get<std::string>() + "）"
                                      : "") +
          "\n");
  }
  Say("发现" + std::to_string(findings.size()) + "处疑点，核对无误" + std::to_string(confirmed.size()) +
      "处。");
  return kDone;
}

}  // namespace zg::app
