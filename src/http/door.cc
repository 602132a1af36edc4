#include "http/door.h"

#include "http/buckets.h"
#include "office/password.h"
#include "office/signing_in.h"

namespace zg::http {
namespace {

constexpr std::string_view kCookie = "zg_session";

Error NobodyIsSignedIn() {
  return {Code::kForbidden, "请先登录。登录可能因长时间未操作已经过期。", "", "auth.none"};
}
Error Forbidden() {
  return {Code::kForbidden, "您的角色不能做这件事。如确有需要，请联系安全管理员。", "", "auth.forbidden"};
}
Error TooMany(int seconds) {
  return {Code::kForbidden, "操作太频繁，请过" + std::to_string(seconds) + "秒再试。",
          std::to_string(seconds), "http.too_many"};
}

class OfficeDoor : public Door {
 public:
  OfficeDoor(SigningIn& signing_in, const DoorOptions& options, Limits* limits)
      : signing_in_(signing_in),
        people_(options.per_second, options.burst),
        tries_(options.tries_per_minute / 60.0, std::max(1, options.tries_per_minute)),
        strangers_(options.per_second, options.burst) {
    people_.Share(limits, "person ", Buckets::Counting::kSettled);
    tries_.Share(limits, "try ", Buckets::Counting::kEach);
  }

  Status Admit(Request& request, const Route& route) override {
    request.actor = Actor{"未登录", {}, {}, 0};
    request.actor.whole = false;
    std::string token = SessionToken(request);
    std::optional<Actor> actor;
    if (!token.empty()) {
      auto found = signing_in_.Find(token);
      // While the database is away nobody is sent to the page for signing in: they are signed in.
      if (!found.ok() && route.right != Right::kPublic) return found.error();
      if (found.ok()) actor = std::move(*found);
    }
    if (actor) request.actor = std::move(*actor);
    bool change = request.method != Method::kGet;
    if (!request.actor.user) {
      if (route.right != Right::kPublic) return NobodyIsSignedIn();
      int wait = change ? tries_.Take(request.address) : strangers_.Take(request.address);
      return wait ? Status(TooMany(wait)) : Status();
    }
    if (int wait = people_.Take(std::to_string(request.actor.user.value))) return TooMany(wait);
    if (route.right == Right::kPublic && !change) return {};
    if (change && !SameSecret(request.Find("x-csrf-token"), SigningIn::CsrfOf(token)))
      return Error{Code::kForbidden, "这个请求不是从当前登录的页面发出的，已拒绝。请刷新页面后重试。",
                   "X-CSRF-Token", "auth.csrf"};
    bool own = route.right == Right::kPublic || route.right == Right::kSignedIn;
    if (request.actor.must_change && !own)
      return Error{Code::kForbidden, "请先把初始密码改成自己的密码。", "", "auth.must_change"};
    if (!request.actor.May(route.right)) {
      signing_in_.Refused(request.actor, std::string(MethodName(request.method)) + " " + route.pattern);
      return Forbidden();
    }
    return {};
  }

  std::unique_ptr<Visit> AdmitRemembered(Request& request, const Route& route) override {
    if (request.method != Method::kGet || route.right == Right::kPublic) return nullptr;
    auto remembered = signing_in_.Remember(SessionToken(request));
    if (!remembered) return nullptr;
    const Actor& actor = remembered->actor();
    if (actor.must_change || !actor.May(route.right)) return nullptr;
    if (people_.Take(std::to_string(actor.user.value))) return nullptr;  // Admit says how long to wait
    request.actor = actor;
    return std::make_unique<Recalled>(std::move(remembered));
  }

  void Carried(const Request& request, const Route&) override {
    if (!request.actor.user) return;
    // A browser that goes on with a file after a cut asks for its middle: that is the same carrying away.
    std::string_view range = request.Find("range");
    if (!range.empty() && range.substr(0, 8) != "bytes=0-") return;
    (void)signing_in_.Exported(request.actor, "export:" + request.path, request.query.substr(0, 1000));
  }

 private:
  class Recalled : public Visit {
   public:
    explicit Recalled(std::unique_ptr<SigningIn::Remembered> remembered)
        : remembered_(std::move(remembered)) {}
    bool Stands() override { return remembered_->Stands(); }

   private:
    std::unique_ptr<SigningIn::Remembered> remembered_;
  };

  SigningIn& signing_in_;
  Buckets people_, tries_;
  Buckets strangers_;  // of this node alone: who is nobody costs the database nothing
};

class OpenDoor : public Door {
 public:
  Status Admit(Request& request, const Route&) override {
    request.actor = Actor{"无台账"};
    return {};
  }
  void Carried(const Request&, const Route&) override {}
};

}  // namespace

std::unique_ptr<Door> MakeDoor(SigningIn& signing_in, const DoorOptions& options, Limits* limits) {
  return std::make_unique<OfficeDoor>(signing_in, options, limits);
}
std::unique_ptr<Door> MakeOpenDoor() {
  return std::make_unique<OpenDoor>();
}

std::string Cookie(const Request& request, std::string_view name) {
  std::string_view cookies = request.Find("cookie");
  while (!cookies.empty()) {
    size_t end = std::min(cookies.find(';'), cookies.size());
    std::string_view one = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    size_t equals = one.find('=');
    if (equals != std::string_view::npos && one.substr(0, equals) == name)
      return std::string(one.substr(equals + 1));
  }
  return "";
}

std::string SessionToken(const Request& request) {
  return Cookie(request, kCookie);
}

Header SessionCookie(const Request& request, const std::string& token, int64_t seconds) {
  std::string value = std::string(kCookie) + "=" + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" +
                      std::to_string(token.empty() ? 0 : seconds);
  if (request.secure) value += "; Secure";
  return {"Set-Cookie", value};
}

}  // namespace zg::http
