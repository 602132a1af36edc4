// zhenggai user: users from the machine itself, when nobody can sign in.
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "base/nearest.h"
#include "office/directory.h"
#include "office/people.h"

namespace zg::app {
namespace {

using nlohmann::json;

struct Call {
  Place place;
  std::string what, login, name, roles, unit;
  bool whole = false, alone = false, from_stdin = false, outside = false, json = false;
};

Error Bad(std::string message, const char* where) {
  return {Code::kInvalid, std::move(message), where, "parameter.bad"};
}

Result<RoleSet> RolesOf(const std::string& names) {
  RoleSet roles = 0;
  std::vector<std::string> known;
  for (int i = 0; i < kRoles; ++i) known.emplace_back(RoleName(Role(i)));
  for (size_t at = 0; at < names.size();) {
    size_t end = std::min(names.find(',', at), names.size());
    std::string name = names.substr(at, end - at);
    auto role = ParseRole(name);
    if (!role) {
      std::string near = Nearest(name, known);
      return Bad("不认识的角色“" + name + "”" + (near.empty() ? "。" : "，是不是“" + near + "”？"),
                 "--roles");
    }
    roles |= RoleBit(*role);
    at = end + 1;
  }
  return roles;
}

// One line; from the terminal it is not asked for, so that nobody looks on: use the page for that.
Result<std::string> ReadPassword() {
  std::string line;
  if (isatty(STDIN_FILENO) || !std::getline(std::cin, line) || line.empty())
    return Bad("请从标准输入给出密码，如：zhenggai user add zhangsan --password-stdin < 密码文件",
               "--password-stdin");
  return line;
}

Result<UnitId> FindUnit(Office& office, const std::string& name) {
  if (name.empty()) return UnitId();
  ZG_ASSIGN(json found, office.units().Find(name, 20));
  for (const auto& unit : found["items"])
    if (unit["name"] == name) return UnitId{unit["id"].get<int64_t>()};
  return Bad("台账里没有单位“" + name + "”，请核对全称。", "--unit");
}

Result<json> Add(Office& office, const Call& call) {
  User user{.login = call.login, .name = call.name.empty() ? call.login : call.name};
  ZG_ASSIGN(user.roles, RolesOf(call.roles));
  ZG_ASSIGN(user.unit, FindUnit(office, call.unit));
  user.alone = call.alone;
  user.whole = call.whole || call.alone;
  if (call.alone) user.roles = kEveryRole;
  if (call.outside) {
    ZG_ASSIGN(json made, office.people().MakeWhole(user, "", CommandLine()));
    return json{{"user", made}};
  }
  if (!call.from_stdin) {
    if (!call.roles.empty() || call.alone)
      return Bad("请用 --password-stdin 从标准输入给出密码。", "--password-stdin");
    UserForm form{user.name, std::nullopt, user.unit};
    return office.people().Make(user.login, form, CommandLine());
  }
  ZG_ASSIGN(std::string password, ReadPassword());
  ZG_ASSIGN(json made, office.people().MakeWhole(user, password, CommandLine()));
  return json{{"user", made}};
}

Result<json> List(Office& office) {
  json all = json::array();
  UserQuery query;
  query.closed = true;
  query.limit = 200;
  for (bool more = true; more;) {
    ZG_ASSIGN(json page, office.people().List(query));
    for (auto& user : page["items"]) all.push_back(user);
    more = page["next"].is_string();
    if (more) query.after = page["next"].get<std::string>();
  }
  return json{{"users", all}};
}

Result<json> Work(Office& office, const Call& call) {
  if (call.what == "list") return List(office);
  if (call.what != "add" && call.what != "reset" && call.what != "close" && call.what != "unlock")
    return Bad("不认识“" + call.what + "”，可以是 add、list、reset、unlock、close。", "WHAT");
  if (call.login.empty()) return Bad("请写上登录名。", "LOGIN");
  if (call.what == "add") return Add(office, call);
  ZG_ASSIGN(UserId id, office.people().FindLogin(call.login));
  if (call.what == "reset") return office.people().Reset(id, CommandLine());
  if (call.what == "unlock") {
    ZG_ASSIGN(json user, office.people().Unlock(id, CommandLine()));
    return json{{"user", user}};
  }
  ZG_ASSIGN(json now, office.people().Get(id));
  ZG_ASSIGN(json user, office.people().SetClosed(id, true, now["revision"].get<int64_t>(), CommandLine()));
  return json{{"user", user}};
}

std::string Line(const json& user) {
  std::string roles;
  for (const auto& role : user["roles"]) {
    auto known = ParseRole(role.get<std::string>());
    roles += (roles.empty() ? "" : "、") + std::string(known ? RoleTitle(*known) : "");
  }
  if (user["alone"].get<bool>()) roles = "单机使用（全部角色）";
  std::string unit = user["unit"].is_null() ? "" : "，" + user["unit"]["name"].get<std::string>();
  return user["login"].get<std::string>() + "\t" + user["name"].get<std::string>() + unit + "\t" +
         (roles.empty() ? "尚未授权" : roles) + (user["closed"].get<bool>() ? "（已停用）" : "");
}

int Run(Call& call) {
  auto office = call.place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  auto done = Work(**office, call);
  if (!done.ok()) return Fail(done.error(), ExitOf(done.error()));
  if (call.json) {
    Print(done->dump(1) + "\n");
    return kDone;
  }
  for (const auto& user : done->value("users", json::array())) Print(Line(user) + "\n");
  if (done->contains("user")) Print(Line((*done)["user"]) + "\n");
  if (done->contains("password"))
    Print("初始密码（只显示这一次，首次登录要改）：" + (*done)["password"].get<std::string>() + "\n");
  return kDone;
}

}  // namespace

Command UserCommand() {
  return {
      "user", "用户：新建、列出、重置密码、解锁、停用（在服务器上应急用）",
      "zhenggai user add zhangsan --name 张三 --roles clerk --whole --password-stdin --data ./var < 密码文件",
      [](Options& options) -> std::function<int()> {
        auto call = std::make_shared<Call>();
        options.One("WHAT", call->what, "add、list、reset、unlock、close");
        options.Maybe("LOGIN", call->login, "登录名");
        options.Text("--name", call->name, "姓名（默认同登录名）");
        options.Text("--roles", call->roles, "角色，用逗号隔开，如 clerk,leader", "名称");
        options.Text("--unit", call->unit, "所属单位全称");
        options.Flag("--whole", call->whole, "看到全部台账（否则只看本单位及下级）");
        options.Flag("--alone", call->alone, "单机使用：一个人担任全部角色");
        options.Flag("--password-stdin", call->from_stdin, "从标准输入读密码（否则给出一个首次登录要改的）");
        options.Flag("--outside", call->outside, "用统一身份认证登录，不设密码");
        options.Flag("--json", call->json, "输出 JSON");
        call->place.Declare(options);
        return [call] { return Run(*call); };
      }};
}

}  // namespace zg::app
