#pragma once
// Holds JSON values against the subset of JSON Schema that openapi.json uses, more strictly than the
// standard: a member that the schema does not name is a fault unless it says "additionalProperties".

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"

namespace zg::http::test {

class Schema {
 public:
  explicit Schema(const nlohmann::json& document) : document_(document) {}

  // "" where `value` fits; else the first fault, as "$.items[3].due: …".
  std::string Fault(const nlohmann::json& schema, const nlohmann::json& value) const {
    return Check(schema, value, "$");
  }
  const nlohmann::json& Resolve(const nlohmann::json& schema) const {
    if (!schema.contains("$ref")) return schema;
    std::string ref = schema["$ref"];
    return Resolve(document_.at(nlohmann::json::json_pointer(ref.substr(1))));
  }

 private:
  using json = nlohmann::json;

  static bool IsType(const std::string& type, const json& v) {
    if (type == "object") return v.is_object();
    if (type == "array") return v.is_array();
    if (type == "string") return v.is_string();
    if (type == "boolean") return v.is_boolean();
    if (type == "null") return v.is_null();
    if (type == "number") return v.is_number();
    if (type == "integer") return v.is_number_integer();
    ADD_FAILURE() << "unknown type " << type;
    return false;
  }
  static bool FitsType(const json& types, const json& v) {
    if (types.is_string()) return IsType(types, v);
    return std::any_of(types.begin(), types.end(), [&](const json& t) { return IsType(t, v); });
  }

  // Members that a schema names, through allOf and $ref; nullopt-like "*" where it lets others in.
  std::set<std::string> Named(const json& raw) const {
    const json& schema = Resolve(raw);
    std::set<std::string> names;
    json properties = schema.value("properties", json::object());
    for (const auto& [name, unused] : properties.items()) names.insert(name);
    if (schema.contains("additionalProperties") && schema["additionalProperties"] != false) names.insert("*");
    for (const char* key : {"allOf", "anyOf", "oneOf"})
      for (const json& part : schema.value(key, json::array())) names.merge(Named(part));
    return names;
  }

  std::string Check(const json& raw, const json& v, const std::string& at) const {
    const json& schema = Resolve(raw);
    if (schema.contains("type") && !FitsType(schema["type"], v))
      return at + ": " + v.dump().substr(0, 80) + " is not of type " + schema["type"].dump();
    if (schema.contains("const") && v != schema["const"]) return at + ": is not " + schema["const"].dump();
    if (schema.contains("enum")) {
      const json& choices = schema["enum"];
      if (std::find(choices.begin(), choices.end(), v) == choices.end())
        return at + ": " + v.dump().substr(0, 80) + " is none of " + choices.dump();
    }
    if (std::string fault = CheckParts(schema, v, at); !fault.empty()) return fault;
    if (v.is_object()) return CheckObject(schema, v, at);
    if (v.is_array()) return CheckArray(schema, v, at);
    if (v.is_number()) return CheckNumber(schema, v, at);
    if (v.is_string() && schema.value("format", "") == "date" && !Date::ParseIso(v.get<std::string>()))
      return at + ": " + v.dump() + " is no date";
    return "";
  }
  std::string CheckParts(const json& schema, const json& v, const std::string& at) const {
    for (const json& part : schema.value("allOf", json::array()))
      if (std::string fault = CheckPart(part, v, at); !fault.empty()) return fault;
    for (const char* key : {"anyOf", "oneOf"}) {
      if (!schema.contains(key)) continue;
      std::string faults;
      int fits = 0;
      for (const json& part : schema[key]) {
        std::string fault = Check(part, v, at);
        fits += fault.empty();
        faults += "\n  or " + fault;
      }
      bool one = std::string(key) == "oneOf";
      if (one ? fits != 1 : fits == 0) return at + ": fits " + std::to_string(fits) + " of " + key + faults;
    }
    return "";
  }
  // A part of allOf: its members are checked, but others may be named by the parts beside it.
  std::string CheckPart(const json& raw, const json& v, const std::string& at) const {
    json part = Resolve(raw);
    part["additionalProperties"] = true;
    return Check(part, v, at);
  }
  std::string CheckObject(const json& schema, const json& v, const std::string& at) const {
    for (const json& name : schema.value("required", json::array()))
      if (!v.contains(name.get<std::string>())) return at + ": lacks " + name.get<std::string>();
    json named = schema.value("properties", json::object());
    json more = schema.value("additionalProperties", json());
    bool composed = schema.contains("allOf") || schema.contains("anyOf") || schema.contains("oneOf");
    std::set<std::string> known = Named(schema);
    for (const auto& [name, member] : v.items()) {
      std::string where = at + "." + name;
      std::string fault;
      if (named.contains(name)) {
        fault = Check(named[name], member, where);
      } else if (more.is_object()) {
        fault = Check(more, member, where);
      } else if (!known.contains(name) && !known.contains("*") &&
                 (composed || !named.empty() || more == false)) {
        fault = where + ": is not described";
      }
      if (!fault.empty()) return fault;
    }
    return "";
  }
  std::string CheckArray(const json& schema, const json& v, const std::string& at) const {
    if (v.size() < schema.value("minItems", size_t{0})) return at + ": has too few items";
    if (v.size() > schema.value("maxItems", v.size())) return at + ": has too many items";
    json first = schema.value("prefixItems", json::array());
    for (size_t i = 0; i < v.size(); ++i) {
      json item = i < first.size() ? first[i] : schema.value("items", json::object());
      std::string fault = Check(item, v[i], at + "[" + std::to_string(i) + "]");
      if (!fault.empty()) return fault;
    }
    return "";
  }
  static std::string CheckNumber(const json& schema, const json& v, const std::string& at) {
    double n = v;
    if (schema.contains("minimum") && n < schema["minimum"].get<double>()) return at + ": is too small";
    if (schema.contains("maximum") && n > schema["maximum"].get<double>()) return at + ": is too large";
    return std::isfinite(n) ? "" : at + ": is no finite number";
  }

  const json& document_;
};

}  // namespace zg::http::test
