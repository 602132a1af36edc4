#include "store/json.h"

#include <nlohmann/json.hpp>

namespace zg::store {

using nlohmann::json;

std::string ToJsonText(const std::vector<Doubt>& doubts) {
  if (doubts.empty()) return "[]";
  json list = json::array();
  for (const auto& d : doubts) {
    list.push_back(
        {{"field", d.field}, {"message", d.message}, {"begin", d.span.begin}, {"end", d.span.end}});
  }
  return list.dump();
}

std::vector<Doubt> DoubtsFromJson(const std::string& text) {
  std::vector<Doubt> doubts;
  if (text == "[]") return doubts;
  for (const auto& d : json::parse(text)) {
    doubts.push_back({d.at("field").get<std::string>(),
                      d.at("message").get<std::string>(),
                      {d.at("begin").get<uint32_t>(), d.at("end").get<uint32_t>()}});
  }
  return doubts;
}

std::string ToJsonText(const std::vector<std::string>& list) {
  return list.empty() ? "[]" : json(list).dump();
}

std::vector<std::string> StringsFromJson(const std::string& text) {
  return text == "[]" ? std::vector<std::string>() : json::parse(text).get<std::vector<std::string>>();
}

std::set<std::string> StringSetFromJson(const std::string& text) {
  auto list = StringsFromJson(text);
  return {list.begin(), list.end()};
}

}  // namespace zg::store
