// A year of an office by script, through the API: lists taken in, periods opened, answered, returned,
// accepted and closed, tasks led to their close-out with evidence and a public notice, some looked back at,
// one rebound. The script keeps its own books; at the end the lists, boards, periods, evidence, events and
// the proof must all agree with them.
//   ZG_YEAR_MONTHS=12   how many months (default 3, on two of the examples), on the lists of ../shared
#include <cstdlib>
#include <map>

#include "http/api.h"
#include "support/files.h"

namespace zg::http::test {
namespace {

class Year {
 public:
  explicit Year(Api& api) : api_(api) {}

  // `whole`: the two central lists of the corpus, where it is there; else two of the examples.
  void TakeIn(bool whole) {
    api_.clock().Set(*Date::Make(2025, 1, 2));
    const std::filesystem::path shared = zg::test::SharedDir();
    if (whole && !shared.empty()) {
      for (const auto& entry : std::filesystem::directory_iterator(shared / "corpus")) {
        std::string name = entry.path().filename().string();
        if (name.find("central") != std::string::npos)
          api_.Commit(api_.Upload(zg::test::ReadFile(entry.path()), name));
      }
    } else {
      api_.Commit(api_.Import("01-province-tasklist/tasklist.txt", "整改任务清单.txt"));
      api_.Commit(api_.Import("05-round1-report-with-annex/report.txt", "整改情况报告.txt"));
    }
    for (const auto& item : Pages("/api/tasks?limit=200")) {
      int64_t id = item["id"];
      Book& book = books_[id];
      book.state = item["state"];
      std::set<std::string> units(item["responsible"].begin(), item["responsible"].end());
      book.units = units.size();
      units_.insert(units.begin(), units.end());
      book.stage = Case(id)["state"]["id"];
    }
    ASSERT_GE(books_.size(), 10u);
  }

  void Month(int month, int months) {
    Go(month, 5);
    char code[16];
    snprintf(code, sizeof code, "2025-%02d", month);
    std::string due = std::string(code) + "-25";
    json body = {{"code", code}, {"due", due}, {"rounds", json::array()}};
    json period = api_.Json(Post("/api/periods", body.dump()), 201);
    ++events_["period.opened"];
    std::string at = "/api/periods/" + period["id"].dump();
    std::set<int64_t> done = Answer(at, month, months);
    api_.Json(Post(at + "/close", ""));
    ++events_["period.closed"];
    Pages(at + "/board?limit=50");
    LockedAfterClose(at);
    CloseOut(done, month);
  }

  // Of those that are public: two looked back at and found sound, one rebound, which goes the way once more.
  void LookBack(int month) {
    Go(month, 29);
    json drawn = api_.Json(Post("/api/cases/look-back", R"({"count":2,"seed":7,"text":"年度抽查。"})"));
    ASSERT_EQ(drawn["chosen"].size(), 2u);
    for (const auto& one : drawn["chosen"]) {
      int64_t id = one["task_id"];
      std::string back = books_[id].stage;
      ++events_["case.look_back"];
      Step(id, {{"step", "sound"}, {"text", "现场核查，未发现反弹。"}}, back, "case.step");
    }
    for (auto& [id, book] : books_) {
      if (book.stage != "public") continue;
      Step(id, {{"step", "rebound"}, {"text", "群众反映异味，现场核实属实。"}}, "rectifying", "case.rebound");
      EXPECT_EQ(Case(id)["cycle"], 2);
      json finish = {{"step", "finish"}, {"text", "已重新整改。"}, {"revision", Case(id)["revision"]}};
      Step(id, finish, "self_check", "case.step");
      json apply = {{"step", "apply"}, {"text", "自验合格。"}, {"revision", Case(id)["revision"]}};
      json refused = api_.Json(Post(CaseAt(id) + "/steps", apply.dump()), 409);
      EXPECT_EQ(refused["error"]["code"], "case.evidence")
          << "what was shown before the rebound no longer counts";
      return;
    }
    FAIL() << "nothing was public";
  }

  void Compare() {
    std::map<std::string, int64_t> states, stages;
    for (const auto& [id, book] : books_) ++states[book.state], ++stages[book.stage];
    for (const auto& [state, n] : states)
      EXPECT_EQ(int64_t(Pages("/api/tasks?limit=200&state=" + state).size()), n) << state;
    json overview = api_.Json(Get("/api/overview"));
    EXPECT_EQ(overview["total"], books_.size());
    for (const auto& [state, n] : overview["by_state"].items()) EXPECT_EQ(n, states[state]) << state;
    json board = api_.Json(Get("/api/cases/board"));
    for (const auto& workflow : board["items"]) {
      for (const auto& state : workflow["states"])
        if (workflow["workflow"] == "region") EXPECT_EQ(state["n"], stages[state["id"]]) << state["id"];
    }
    for (const auto& period : api_.Json(Get("/api/periods"))["items"].get<std::vector<json>>())
      EXPECT_EQ(period["counts"]["accepted"], accepted_[period["code"]]) << period["code"];
    EXPECT_EQ(int64_t(Pages("/api/evidence?limit=200").size()), events_["evidence.added"]);
    // The office works by itself meanwhile (reminders, checks): what it adds after the proof is not in it.
    json proof = api_.Json(Post("/api/verify"));
    EXPECT_TRUE(proof["ok"].get<bool>()) << proof["breaks"];
    std::map<std::string, int64_t> told;
    int64_t all = 0;
    for (const auto& event : Pages("/api/events?limit=200")) {
      if (event["seq"] > proof["events"]) {
        EXPECT_TRUE(ByItself(event["kind"])) << event;
        continue;
      }
      ++told[event["kind"]], ++all;
    }
    EXPECT_EQ(proof["events"], all);
    for (const auto& [kind, n] : events_) EXPECT_EQ(told[kind], n) << kind;
    for (const auto& [kind, n] : told)
      if (!ByItself(kind)) EXPECT_EQ(events_[kind], n) << kind;
    EXPECT_GE(proof["tasks"], books_.size()) << "and headings that only hold tasks";
    printf("%zu tasks, %zu units, %ld answers accepted, %ld returned, %ld steps, %ld events\n", books_.size(),
           units_.size(), long(events_["report.accepted"]), long(events_["report.returned"]),
           long(events_["case.step"]), long(all));
  }

 private:
  struct Book {
    std::string state, stage;
    size_t units = 0;
  };

  // What the script did not do itself, or takes for granted.
  static bool ByItself(const std::string& kind) {
    for (const char* area : {"import.", "cases.", "round.", "user.", "auth.", "reminders.", "export."})
      if (kind.rfind(area, 0) == 0) return true;
    return false;
  }
  void Go(int month, int day) { api_.clock().Set(*Date::Make(2025, month, day)); }
  // All pages of a list.
  std::vector<json> Pages(const std::string& target) {
    std::vector<json> all;
    std::string after;
    for (int page = 0; page < 1000; ++page) {
      json got = api_.Json(Get(target + after));
      for (auto& item : got["items"]) all.push_back(item);
      if (got["next"].is_null()) return all;
      after = "&after=" + PercentEncode(got["next"].get<std::string>());
    }
    ADD_FAILURE() << target << " has no end";
    return all;
  }
  static std::string CaseAt(int64_t id) { return "/api/tasks/" + std::to_string(id) + "/case"; }
  json Case(int64_t id) { return api_.Json(Get(CaseAt(id))); }

  // Every unit says it is done in this month; spread over the year, some later than it.
  static bool IsDone(int64_t task, int month, int months) { return task % (months + 2) < month; }

  // All that is asked is answered and accepted. → the tasks that are completed by it.
  std::set<int64_t> Answer(const std::string& period, int month, int months) {
    std::set<int64_t> asked, done;
    size_t expected = 0;
    auto lines = Pages(period + "/reports?limit=200");
    for (const auto& line : lines) asked.insert(line["task"]["id"].get<int64_t>());
    for (const auto& [id, book] : books_) {
      bool open = book.state != "completed" && book.state != "ongoing" && book.units > 0;
      EXPECT_EQ(open, asked.count(id) == 1) << "task " << id << " in state " << book.state;
      if (open) expected += book.units;
    }
    EXPECT_EQ(lines.size(), expected);
    Go(month, 10);
    json all = json::array(), back = json::array();
    for (const auto& line : lines) {
      Write(line, month, months, line["revision"], "");
      all.push_back(line["id"]);
      if (++written_ % 7 == 0) back.push_back(line["id"]);
    }
    Go(month, 12);
    if (!back.empty()) {
      Decide(period + "/return", back, "请写明数量和地点。", "report.returned");
      Go(month, 13);
      for (const auto& line : lines) {
        if (std::find(back.begin(), back.end(), line["id"]) == back.end()) continue;
        json now = api_.Json(Get("/api/reports/" + line["id"].dump()));
        EXPECT_EQ(now["status"], "returned");
        Write(line, month, months, now["revision"], "补充：");
      }
    }
    Decide(period + "/accept", all, "", "report.accepted");
    accepted_[api_.Json(Get(period))["code"]] = int64_t(all.size());
    for (int64_t id : asked) {
      bool finished = IsDone(id, month, months);
      books_[id].state = finished ? "completed" : "in_progress";
      if (finished) done.insert(id);
    }
    return done;
  }

  void Write(const json& line, int month, int months, const json& revision, const std::string& lead) {
    bool finished = IsDone(line["task"]["id"], month, months), late = !finished && written_ % 5 == 0;
    json changes = {{"state", finished ? "completed" : "in_progress"},
                    {"on_schedule", !late},
                    {"text", lead + std::to_string(month) + "月整改工作按计划进行。"},
                    {"figures", {{{"name", "完成工程量"}, {"value", month * 10}, {"unit", "项"}}}}};
    if (late) changes["reason"] = "汛期施工受阻。";
    std::string at = "/api/reports/" + line["id"].dump();
    json saved = api_.Json(Patch(at, json{{"revision", revision}, {"changes", changes}}.dump()));
    api_.Json(Post(at + "/submit", json{{"revision", saved["revision"]}}.dump()));
    ++events_["report.drafted"], ++events_["report.submitted"];
  }

  void Decide(const std::string& target, const json& reports, const std::string& remark, const char* kind) {
    for (size_t i = 0; i < reports.size(); i += 200) {
      json some(reports.begin() + long(i), reports.begin() + long(std::min(i + 200, reports.size())));
      json body = {{"reports", some}};
      if (!remark.empty()) body["remark"] = remark;
      EXPECT_EQ(api_.Json(Post(target, body.dump()))["decided"], some.size());
    }
    events_[kind] += int64_t(reports.size());
  }

  void LockedAfterClose(const std::string& period) {
    json line = api_.Json(Get(period + "/reports?limit=1"))["items"][0];
    json body = {{"revision", line["revision"]}, {"changes", {{"text", "再改。"}}}};
    api_.Json(Patch("/api/reports/" + line["id"].dump(), body.dump()), 409);
  }

  void Step(int64_t id, json body, const std::string& to, const char* kind) {
    body["revision"] = Case(id)["revision"];
    json taken = api_.Json(Post(CaseAt(id) + "/steps", body.dump()));
    EXPECT_EQ(taken["state"]["id"], to) << id << " " << body;
    books_[id].stage = to;
    ++events_[kind];
  }

  void Show(int64_t task, const std::string& kind) {
    std::string bytes = kind + " " + std::to_string(task) + " " + std::to_string(events_["evidence.added"]);
    json start = {{"name", kind + ".txt"}, {"bytes", bytes.size()}};
    std::string upload = "/api/uploads/" + api_.Json(Post("/api/uploads", start.dump()), 201)["id"].dump();
    api_.Json({.method = "PATCH",
               .target = upload + "?offset=0",
               .body = bytes,
               .content_type = "application/octet-stream"});
    json form = {{"kind", kind}, {"tie", {{"kind", "task"}, {"id", task}}}};
    api_.Json(Post(upload + "/finish", form.dump()), 201);
    ++events_["evidence.added"];
  }

  // From wherever they are to the public, with everything that is asked for on the way.
  void CloseOut(const std::set<int64_t>& tasks, int month) {
    std::vector<int64_t> noticed;
    Go(month, 15);
    for (int64_t id : tasks) {
      if (books_[id].stage == "not_started")
        Step(id, {{"step", "start"}, {"text", "已部署。"}}, "rectifying", "case.step");
      if (books_[id].stage != "rectifying") continue;
      Step(id, {{"step", "finish"}, {"text", "已完成。"}}, "self_check", "case.step");
      Show(id, "self_check");
      Show(id, "summary");
      Step(id, {{"step", "apply"}, {"text", "自验合格。"}}, "local_acceptance", "case.step");
      Show(id, "acceptance");
      Step(id, {{"step", "accept"}, {"opinion", "同意通过。"}}, "notice", "case.step");
      Show(id, "public_notice");
      noticed.push_back(id);
    }
    if (!noticed.empty()) {
      Go(month, 17);
      json early = {{"step", "submit"}, {"text", "无异议。"}, {"revision", Case(noticed[0])["revision"]}};
      json refused = api_.Json(Post(CaseAt(noticed[0]) + "/steps", early.dump()), 409);
      EXPECT_EQ(refused["error"]["code"], "case.notice") << "five working days are not over";
    }
    Go(month, 26);
    for (int64_t id : noticed) {
      Step(id, {{"step", "submit"}, {"text", "公示无异议。"}}, "upper_acceptance", "case.step");
      Step(id, {{"step", "close"}, {"opinion", "准予销号。"}}, "closed", "case.step");
      Step(id, {{"step", "publish"}, {"text", "政府网站公开。"}}, "public", "case.step");
    }
  }

  Api& api_;
  std::map<int64_t, Book> books_;
  std::set<std::string> units_;
  std::map<std::string, int64_t> events_, accepted_;
  int64_t written_ = 0;
};

TEST(ScriptedYear, LedgerEventsAndProofAgreeWithTheScript) {
  const char* asked = std::getenv("ZG_YEAR_MONTHS");
  int months = asked ? std::atoi(asked) : 3;
  Api api("proof-year", true);
  Year year(api);
  year.TakeIn(asked != nullptr);
  for (int month = 1; month <= months && !testing::Test::HasFailure(); ++month) year.Month(month, months);
  if (testing::Test::HasFailure()) return;
  year.LookBack(months);
  year.Compare();
}

}  // namespace
}  // namespace zg::http::test
