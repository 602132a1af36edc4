#include "check/json.h"

#include <nlohmann/json.hpp>

namespace zg {
namespace {

using nlohmann::json;

json PlaceToJson(const CheckPlace& p) {
  return {{"file", p.file},
          {"path", p.path ? json(*p.path) : json(nullptr)},
          {"quote", p.quote},
          {"span", {p.span.begin, p.span.end}}};
}

json PlacesToJson(const std::vector<CheckPlace>& places) {
  json out = json::array();
  for (const auto& p : places) out.push_back(PlaceToJson(p));
  return out;
}

json TextOrNull(const std::string& s) {
  return s.empty() ? json(nullptr) : json(s);
}

}  // namespace

json CheckFindingToJson(const CheckFinding& f) {
  json out = PlaceToJson(f.place);
  out["kind"] = CheckKindName(f.kind);
  out["severity"] = SeverityName(f.severity);
  out["stated"] = TextOrNull(f.stated);
  out["computed"] = TextOrNull(f.computed);
  out["expression"] = TextOrNull(f.expression);
  out["message"] = f.message;
  out["related"] = PlacesToJson(f.related);
  return out;
}

json CheckRelationToJson(const CheckRelation& r) {
  json out = PlaceToJson(r.place);
  out["kind"] = CheckKindName(r.kind);
  out["expression"] = r.expression;
  out["numbers"] = PlacesToJson(r.numbers);
  return out;
}

json CheckResultToJson(const CheckResult& result) {
  json out = {{"findings", json::array()}, {"confirmed", json::array()}};
  for (const auto& f : result.findings) out["findings"].push_back(CheckFindingToJson(f));
  for (const auto& r : result.confirmed) out["confirmed"].push_back(CheckRelationToJson(r));
  return out;
}

}  // namespace zg
