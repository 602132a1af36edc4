// The description and the routes are one list: src/http/openapi/ names what the router knows, and nothing
// else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "http/description.h"
#include "http/routes.h"
#include "office/office.h"

namespace zg::http {
namespace {

using nlohmann::json;

std::set<std::string> Described() {
  std::set<std::string> out;
  json document = json::parse(OpenApiJson());
  for (const auto& [path, operations] : document["paths"].items())
    for (const auto& [method, unused] : operations.items()) {
      std::string name = method;
      for (char& c : name) c = char(std::toupper(c));
      out.insert(name + " " + path);
    }
  return out;
}

std::set<std::string> Bound() {
  auto folder = std::filesystem::path(testing::TempDir()) / "openapi-office";
  std::filesystem::remove_all(folder);
  OfficeOptions options;
  options.data = folder;
  auto office = Office::Open(std::move(options));
  EXPECT_TRUE(office.ok()) << (office.ok() ? "" : office.error().message + office.error().cause);
  Router router;
  BindAll(router, **office);
  std::set<std::string> out;
  for (const Route& route : router.routes()) {
    std::string name = std::string(MethodName(route.method)) + " " + route.pattern;
    EXPECT_TRUE(out.insert(name).second) << name << " is bound twice";
  }
  return out;
}

TEST(OpenApi, NamesEveryRouteAndNoOther) {
  EXPECT_EQ(Described(), Bound());
}

// Every $ref leads somewhere, and every schema is used.
TEST(OpenApi, HasNoLooseEnds) {
  json document = json::parse(OpenApiJson());
  std::set<std::string> used;
  std::vector<const json*> todo = {&document};
  while (!todo.empty()) {
    const json& node = *todo.back();
    todo.pop_back();
    if (node.is_object() && node.contains("$ref") && node["$ref"].is_string()) {
      std::string ref = node["$ref"];
      used.insert(ref);
      EXPECT_TRUE(document.contains(json::json_pointer(ref.substr(1)))) << ref;
    }
    if (node.is_structured())
      for (const json& child : node) todo.push_back(&child);
  }
  for (const char* kind : {"schemas", "parameters", "responses"})
    for (const auto& [name, unused] : document["components"][kind].items())
      EXPECT_TRUE(used.count("#/components/" + std::string(kind) + "/" + name)) << name << " is not used";
}

// An {id} in a path is described as a parameter, and only there.
TEST(OpenApi, DescribesTheIdsOfItsPaths) {
  json document = json::parse(OpenApiJson());
  const json id = {{"$ref", "#/components/parameters/id"}};
  for (const auto& [path, operations] : document["paths"].items())
    for (const auto& [method, operation] : operations.items()) {
      json parameters = operation.value("parameters", json::array());
      bool has = std::find(parameters.begin(), parameters.end(), id) != parameters.end();
      EXPECT_EQ(has, path.find("{id}") != std::string::npos) << method << " " << path;
    }
}

}  // namespace
}  // namespace zg::http
