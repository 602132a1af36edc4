// Sixteen people work at the real program, and it is killed at a random moment, again and again. Whatever was
// acknowledged is there after the next start, whatever was not is there wholly or not at all, the chain of
// events is whole, and there are exactly as many events as there were changes.
//   ZG_KILLS=200   how many times (default 12)
#include <atomic>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <random>

#include "proof/program.h"

namespace zg::http::test {
namespace {

constexpr int kTasks = 96, kReporters = 6, kClerks = 3, kCorrectors = 2, kSteppers = 3, kCollectors = 2;

std::string Ordinal(int n) {  // 1–99
  const char* digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string tens = n < 10 ? "" : n < 20 ? "十" : std::string(digits[n / 10]) + "十";
  return tens + digits[n % 10];
}

std::string TasksText() {
  std::string text = "云川省第二轮中央生态环境保护督察报告整改任务清单\n";
  const char* units[] = {"青河市党委、政府", "白石市党委、政府", "云川省住房城乡建设厅", "云川省水利厅"};
  for (int i = 1; i <= kTasks; ++i) {
    std::string n = std::to_string(i);
    text += Ordinal(i) + "、第" + n + "号污水处理厂超标排放。督察发现，第" + n + "号污水处理厂出水总磷超标" +
            n + "次。\n责任单位：" + units[i % 4] +
            "\n验收单位：云川省生态环境厅\n整改目标：出水达标。\n整改时限：2030年底前\n"
            "整改措施：\n1.完成提标改造工程建设。\n";
  }
  return text;
}

// Something that is changed by requests: what the last acknowledged one left behind, and what one that was
// never answered would have.
struct Fact {
  std::string at;    // GET shows it
  std::string kind;  // report, task, case
  json acknowledged;
  json asked;             // null: every request was answered
  std::string asked_for;  // the kind of the event that it would have left
};

json Seen(const std::string& kind, const json& body) {
  if (kind == "report")
    return {{"status", body["status"]}, {"text", body["text"]}, {"revision", body["revision"]}};
  if (kind == "task") return {{"goal", body["goal"]}};
  return {{"state", body["state"]["id"]}, {"revision", body["revision"]}};
}

struct Upload {
  std::string at, bytes;
  json id;  // of the evidence; null: not acknowledged
};

class Killed : public testing::Test {
 protected:
  Killed() : program_(std::filesystem::path(testing::TempDir()) / "zg-proof-kill"), random_(20240630) {}
  ~Killed() override { std::filesystem::remove_all(program_.data()); }

  void SetUp() override {
    ASSERT_TRUE(program_.Start());
    Line line(program_);
    json taken = line.Json({.method = "POST",
                            .target = "/api/imports?name=" + PercentEncode("清单.txt"),
                            .body = TasksText(),
                            .content_type = "application/octet-stream"},
                           202);
    std::string import = "/api/imports/" + taken["id"].dump();
    for (int i = 0; i < 600 && line.Json(Get(import))["state"] == "reading"; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    line.Json(Post(import + "/commit"));
    const json list = line.Json(Get("/api/tasks?limit=200"));
    for (const auto& item : list["items"]) {
      std::string task = item["id"].dump(), at = "/api/tasks/" + task;
      tasks_.push_back({at, "task", Seen("task", line.Json(Get(at))), {}, {}});
      cases_.push_back({at + "/case", "case", Seen("case", line.Json(Get(at + "/case"))), {}, {}});
    }
    ASSERT_EQ(tasks_.size(), size_t(kTasks));
    OpenPeriod(line);
    events_ = line.Json(Post("/api/verify"))["events"].get<int64_t>();
  }

  void OpenPeriod(Line& line) {
    int n = periods_++;
    char code[16];
    snprintf(code, sizeof code, "%d-%02d", 2030 + n / 12, n % 12 + 1);
    json period = line.Json(
        Post("/api/periods", json{{"code", code}, {"due", nullptr}, {"rounds", json::array()}}.dump()), 201);
    std::string at = "/api/periods/" + period["id"].dump(), after;
    for (;;) {
      json page = line.Json(Get(at + "/reports?limit=200" + after));
      for (const auto& item : page["items"]) {
        std::string report = "/api/reports/" + item["id"].dump();
        reports_.push_back({report, "report", Seen("report", line.Json(Get(report))), {}, {}});
        period_of_[report] = at;
      }
      if (page["next"].is_null()) break;
      after = "&after=" + page["next"].get<std::string>();
    }
    if (n > 0) ++events_;
  }

  // Asks for a change. True: acknowledged. False: the program is gone, or somebody else was quicker.
  bool Change(Line& line, Fact& fact, const Ask& ask, json leaves, const std::string& event) {
    fact.asked = std::move(leaves);
    fact.asked_for = event;
    Reply reply = line.Call(ask);
    if (reply.status == 0) return false;
    if (reply.status == 200) {
      fact.acknowledged = fact.asked;
      ++acknowledged_;
      ++events_;
    } else {
      EXPECT_EQ(reply.status, 409) << ask.target << " " << reply.body;
    }
    fact.asked = nullptr;
    return reply.status == 200;
  }

  // One after the other until the program is gone.
  void Report(int who) {
    Line line(program_);
    for (int turn = 0; !gone_; ++turn) {
      Fact* report = Take(owed_[size_t(who)]);
      if (!report) return Rest();
      int64_t revision = report->acknowledged["revision"];
      std::string text = "第" + std::to_string(++serial_) + "次填报，正在施工。";
      json changes = {{"state", "in_progress"}, {"on_schedule", true}, {"text", text}};
      std::string status = report->acknowledged["status"] == "returned" ? "returned" : "draft";
      if (!Change(line, *report, Patch(report->at, json{{"revision", revision}, {"changes", changes}}.dump()),
                  {{"status", status}, {"text", text}, {"revision", revision + 1}}, "report.drafted"))
        return;
      if (turn % 3 == 0) {
        Give(owed_[size_t(who)], report);
        continue;
      }
      if (!Change(line, *report, Post(report->at + "/submit", json{{"revision", revision + 1}}.dump()),
                  {{"status", "submitted"}, {"text", text}, {"revision", revision + 2}}, "report.submitted"))
        return;
      Give(submitted_, report);
    }
  }
  void Decide(int) {
    Line line(program_);
    for (int turn = 0; !gone_; ++turn) {
      Fact* report = Take(submitted_);
      if (!report) {
        Rest();
        continue;
      }
      bool accept = turn % 2 == 0;
      json leaves = report->acknowledged;
      leaves["status"] = accept ? "accepted" : "returned";
      leaves["revision"] = leaves["revision"].get<int64_t>() + 1;
      json body = {{"reports", {json::parse(report->at.substr(report->at.rfind('/') + 1))}}};
      if (!accept) body["remark"] = "请写明数量。";
      if (!Change(line, *report, Post(period_of_[report->at] + (accept ? "/accept" : "/return"), body.dump()),
                  leaves, accept ? "report.accepted" : "report.returned"))
        return;
      if (!accept) Give(owed_[size_t(turn) % kReporters], report);
    }
  }
  void Correct(int who) {
    Line line(program_);
    for (size_t i = size_t(who); !gone_; i = (i + kCorrectors) % tasks_.size()) {
      Fact& task = tasks_[i];
      Reply now = line.Call(Get(task.at));
      if (now.status == 0) return;
      std::string goal = "目标第" + std::to_string(++serial_) + "次改定。";
      json body = {{"field", "goal"},
                   {"value", goal},
                   {"reason", "会议决定"},
                   {"revision", json::parse(now.body)["revision"]}};
      Change(line, task, Patch(task.at, body.dump()), {{"goal", goal}}, "task.corrected");
      if (!task.asked.is_null()) return;
    }
  }
  void Step(int who) {
    Line line(program_);
    for (size_t i = size_t(who); !gone_; i = (i + kSteppers) % cases_.size()) {
      Fact& one = cases_[i];
      std::string state = one.acknowledged["state"];
      int64_t revision = one.acknowledged["revision"];
      bool first = state == "not_started", back = state == "self_check";
      json body = {{"step", first  ? "start"
                            : back ? "return"
                                   : "finish"},
                   {"text", "已办理。"},
                   {"revision", revision}};
      json leaves = {{"state", first || back ? "rectifying" : "self_check"}, {"revision", revision + 1}};
      if (!Change(line, one, Post(one.at + "/steps", body.dump()), leaves, "case")) return;
    }
  }
  void Collect(int) {
    Line line(program_);
    for (size_t i = 0; !gone_; i = (i + 7) % tasks_.size()) {
      std::string bytes = "监测记录 " + std::to_string(++serial_) + std::string(size_t(serial_ % 5000), 'x');
      json start = {{"name", "记录.txt"}, {"bytes", bytes.size()}};
      Reply made = line.Call(Post("/api/uploads", start.dump()));
      if (made.status != 201) return Unless(made);
      auto upload = std::make_shared<Upload>();
      upload->at = "/api/uploads/" + json::parse(made.body)["id"].dump();
      upload->bytes = bytes;
      Reply sent = line.Call({.method = "PATCH",
                              .target = upload->at + "?offset=0",
                              .body = bytes,
                              .content_type = "application/octet-stream"});
      if (sent.status != 200) return Unless(sent);
      {
        std::lock_guard lock(mutex_);
        uploads_.push_back(upload);
      }
      Reply done = line.Call(Finish(*upload, i));
      if (done.status != 201) return Unless(done);
      upload->id = json::parse(done.body)["id"];
      ++acknowledged_;
    }
  }
  Ask Finish(const Upload& upload, size_t task) const {
    json form = {
        {"kind", "monitoring"},
        {"tie",
         {{"kind", "task"}, {"id", json::parse(tasks_[task].at.substr(tasks_[task].at.rfind('/') + 1))}}}};
    return Post(upload.at + "/finish", form.dump());
  }
  static void Unless(const Reply& reply) { EXPECT_EQ(reply.status, 0) << reply.body; }
  static void Rest() { std::this_thread::sleep_for(std::chrono::milliseconds(2)); }

  Fact* Take(std::deque<Fact*>& from) {
    std::lock_guard lock(mutex_);
    if (from.empty()) return nullptr;
    Fact* fact = from.front();
    from.pop_front();
    return fact;
  }
  void Give(std::deque<Fact*>& to, Fact* fact) {
    std::lock_guard lock(mutex_);
    to.push_back(fact);
  }

  // Who has what to do, from how the reports stand.
  void Deal() {
    submitted_.clear();
    for (auto& queue : owed_) queue.clear();
    size_t n = 0;
    for (auto& report : reports_) {
      const std::string status = report.acknowledged["status"];
      if (status == "submitted") submitted_.push_back(&report);
      if (status == "empty" || status == "draft" || status == "returned")
        owed_[n++ % kReporters].push_back(&report);
    }
    left_ = n;
  }

  void WorkUntilKilled() {
    gone_ = false;
    std::vector<std::thread> people;
    auto add = [&](int n, void (Killed::*work)(int)) {
      for (int i = 0; i < n; ++i) people.emplace_back([this, work, i] { (this->*work)(i); });
    };
    add(kReporters, &Killed::Report);
    add(kClerks, &Killed::Decide);
    add(kCorrectors, &Killed::Correct);
    add(kSteppers, &Killed::Step);
    add(kCollectors, &Killed::Collect);
    ASSERT_EQ(people.size(), 16u);
    std::this_thread::sleep_for(std::chrono::milliseconds(10 + random_() % 400));
    program_.Kill();
    gone_ = true;
    for (auto& person : people) person.join();
  }

  // Everything acknowledged is there; what was never answered has happened or has not.
  void Settle(Line& line, Fact& fact) {
    json body = line.Json(Get(fact.at));
    json seen = Seen(fact.kind, body);
    if (!fact.asked.is_null() && seen == fact.asked) {
      fact.acknowledged = seen;
      ++events_;
      ++happened_;
    }
    EXPECT_EQ(seen, fact.acknowledged) << fact.at << " after " << fact.asked_for << " asked: " << fact.asked;
    unanswered_ += !fact.asked.is_null();
    fact.asked = nullptr;
  }
  void Settle(Line& line, std::vector<Fact>& facts) {
    for (auto& fact : facts) Settle(line, fact);
  }
  void Settle(Line& line, std::deque<Fact>& facts) {
    for (auto& fact : facts)
      if (fact.kind != "report" || fact.acknowledged["status"] != "accepted" || !fact.asked.is_null())
        Settle(line, fact);
  }
  void SettleUploads(Line& line) {
    for (auto& upload : uploads_) {
      json before = upload->id;
      if (before.is_null()) ++unanswered_;
      json piece = line.Json(Finish(*upload, 0), 201);  // once more gives the same piece
      upload->id = piece["id"];
      ++events_;
      if (!before.is_null()) EXPECT_EQ(before, upload->id);
      EXPECT_EQ(line.Call(Get("/api/evidence/" + upload->id.dump() + "/file")).body, upload->bytes);
    }
    settled_.insert(settled_.end(), uploads_.begin(), uploads_.end());
    uploads_.clear();
  }

  Program program_;
  std::mt19937 random_;
  std::vector<Fact> tasks_, cases_;
  std::deque<Fact> reports_;  // pointers to them stay good
  std::map<std::string, std::string> period_of_;
  std::vector<std::shared_ptr<Upload>> uploads_, settled_;
  std::mutex mutex_;
  std::deque<Fact*> owed_[kReporters], submitted_;
  size_t left_ = 0;
  int periods_ = 0;
  std::atomic<bool> gone_{false};
  // How many events there are of each kind.
  static std::map<std::string, int64_t> Kinds(Line& line) {
    std::map<std::string, int64_t> n;
    std::string after;
    do {
      json page = line.Json(Get("/api/audit?limit=200" + after));
      for (const auto& e : page["items"]) ++n[e["kind"].get<std::string>()];
      after = page["next"].is_null() ? "" : "&after=" + page["next"].get<std::string>();
    } while (!after.empty());
    return n;
  }

  std::atomic<int64_t> serial_{0}, events_{0}, acknowledged_{0};
  int64_t unanswered_ = 0, happened_ = 0;
};

TEST_F(Killed, LosesNothingThatWasAcknowledged) {
  const char* asked = std::getenv("ZG_KILLS");
  int kills = asked ? std::atoi(asked) : 12;
  for (int i = 1; i <= kills; ++i) {
    Deal();
    WorkUntilKilled();
    ASSERT_TRUE(program_.Start());
    Line line(program_);
    Settle(line, reports_);
    Settle(line, tasks_);
    Settle(line, cases_);
    SettleUploads(line);
    json proof = line.Json(Post("/api/verify"));
    EXPECT_TRUE(proof["ok"].get<bool>()) << proof["breaks"];
    int64_t looked_at = Kinds(line)["export.made"];  // files of evidence that this test reads
    EXPECT_EQ(proof["events"].get<int64_t>(), events_ + looked_at)
        << "one event for each change, after kill " << i;
    if (HasFailure()) return;
    Deal();
    if (left_ < kTasks / 2) OpenPeriod(line);
  }
  Line line(program_);
  for (auto& report : reports_) Settle(line, report);
  for (auto& upload : settled_)
    EXPECT_EQ(line.Call(Get("/api/evidence/" + upload->id.dump() + "/file")).body, upload->bytes);
  std::string said;
  EXPECT_EQ(program_.Run("verify", said), 0) << said;
  EXPECT_GT(acknowledged_, kills * 16) << "too little was going on";
  RecordProperty("kills", kills);
  printf("%d kills: %ld changes acknowledged, %ld unanswered, of which %ld had happened; %s", kills,
         long(acknowledged_), long(unanswered_), long(happened_), said.c_str());
}

}  // namespace
}  // namespace zg::http::test
