// The rights matrix: every route asked by every role and by nobody, over real sockets; what comes of it is
// what rights.txt says. The file is read by people: whoever changes who may do what changes it there.
#include <fstream>

#include "http/api.h"

namespace zg::http::test {
namespace {

// "GET /api/tasks" → names of roles; "*" for anybody, signed in or not; "+" for anybody who is signed in.
std::map<std::string, std::set<std::string>> ReadMatrix() {
  std::map<std::string, std::set<std::string>> matrix;
  std::ifstream in(ZG_SOURCE_DIR "/tests/http/rights.txt");
  EXPECT_TRUE(in);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    size_t colon = line.find(": ");
    std::set<std::string>& roles = matrix[line.substr(0, colon)];
    std::string list = line.substr(colon + 2);
    for (size_t at = 0; at < list.size();) {
      size_t end = std::min(list.find(' ', at), list.size());
      roles.insert(list.substr(at, end - at));
      at = end + 1;
    }
  }
  return matrix;
}

TEST(RightsMatrix, EveryRouteByEveryRole) {
  Api api("rights");
  api.Commit(api.Import("01-province-tasklist/tasklist.txt", "清单.txt"));
  UnitId unit{api.Json(Get("/api/units?limit=1"))["items"][0]["id"].get<int64_t>()};
  std::map<std::string, Session> sessions;
  constexpr RoleSet kOfUnits = RoleBit(Role::kReporter) | RoleBit(Role::kAcceptor);
  for (int i = 0; i < kRoles; ++i) {
    RoleSet role = RoleBit(Role(i));
    sessions[std::string(RoleName(Role(i)))] = api.As(role, role & kOfUnits ? unit : UnitId());
  }
  auto matrix = ReadMatrix();
  std::string actual;
  int cells = 0;
  json description = json::parse(OpenApiJson());
  for (const auto& [path, operations] : description["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      if (path == "/api/sign-out") continue;  // would end the session that asks
      std::string name = method, target = path;
      for (char& c : name) c = char(std::toupper(c));
      while (target.find("{id}") != std::string::npos) target.replace(target.find("{id}"), 4, "987654321");
      Ask ask{.method = name, .target = target};
      if (method == "post" || method == "patch") ask.body = "{}";
      std::set<std::string> may;
      for (const auto& [role, session] : sessions) {
        Reply reply = test::Call(api.port(), [&] {
          Ask signed_in = ask;
          signed_in.headers = session;
          return signed_in;
        }());
        ++cells;
        json body = json::parse(reply.body, nullptr, false);
        bool refused = reply.status == 401 ||
                       (body.is_object() && body.value("/error/code"_json_pointer, "") == "auth.forbidden");
        if (!refused) may.insert(role);
      }
      bool nobody = test::Call(api.port(), ask).status != 401;
      ++cells;
      std::set<std::string> said = may;
      if (may.size() == sessions.size()) said = {nobody ? "*" : "+"};
      EXPECT_TRUE(!nobody || said.count("*"))
          << name << " " << path << " is open to those who are not signed in";
      EXPECT_EQ(matrix[name + " " + path], said) << name << " " << path;
      actual += name + " " + path + ":";
      for (const auto& role : said) actual += " " + role;
      actual += "\n";
      matrix.erase(name + " " + path);
    }
  }
  for (const auto& [route, roles] : matrix) {
    if (route != "POST /api/sign-out") ADD_FAILURE() << route << " is no route any more";
  }
  EXPECT_GT(cells, 1000);
  if (HasFailure()) std::ofstream(std::filesystem::path(testing::TempDir()) / "rights.txt") << actual;
}

}  // namespace
}  // namespace zg::http::test
