// Evidence at a desk: versions, two people, what verify says of a changed byte, kill -9 while uploading.
#include "office/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <fstream>
#include <random>

#include "base/digest.h"
#include "office/core.h"
#include "office/desk.h"
#include "office/uploads.h"

namespace zg {
namespace {

using testing::HasSubstr;

json Add(Desk& desk, const std::string& bytes, EvidenceForm form, const std::string& name = "a.txt",
         const Actor& actor = {"张三"}) {
  int64_t id = desk->uploads().Start({name, int64_t(bytes.size()), ""}, actor).value()["id"];
  EXPECT_TRUE(desk->uploads().Append(id, 0, bytes, actor).ok());
  auto made = desk->evidence().Finish(id, form, actor);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message + made.error().cause);
  return made.ok() ? *made : json();
}

EvidenceForm Of(int64_t task, const char* kind = "plan") {
  EvidenceForm form;
  form.kind = kind;
  form.ties = {{"task", task, {}}};
  return form;
}

EvidenceId IdOf(const json& e) {
  return {e["id"].get<int64_t>()};
}

class EvidenceDesk : public testing::Test {
 protected:
  EvidenceDesk() : desk_(std::string("ev-") + testing::UnitTest::GetInstance()->current_test_info()->name()) {
    document_ = desk_.Import(TaskListText());
    task_ = desk_.Task(document_, "1")["id"];
  }
  void Sql(const std::string& sql) { desk_.Tamper(sql); }
  Desk desk_;
  int64_t document_ = 0, task_ = 0;
};

TEST_F(EvidenceDesk, ANewVersionHidesTheOldOneAndKeepsIt) {
  json first = Add(desk_, "方案一", Of(task_));
  EvidenceForm next;
  next.supersedes = first["id"].get<int64_t>();
  json second = Add(desk_, "方案二", next);
  EXPECT_EQ(second["version"], 2);
  EXPECT_EQ(second["kind"], "plan");
  EXPECT_EQ(second["ties"].size(), 1u);
  EXPECT_EQ(second["versions"].size(), 2u);
  json list = desk_->evidence().List({}, desk_.me).value().Value();
  ASSERT_EQ(list["items"].size(), 1u);
  EXPECT_EQ(list["items"][0]["id"], second["id"]);
  EXPECT_TRUE(desk_->evidence().File(IdOf(first), desk_.me).ok());
  auto again = desk_->evidence().Describe(IdOf(first), {}, 1, desk_.me);
  EXPECT_EQ(again.error().id, "evidence.changed");
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
}

TEST_F(EvidenceDesk, FiltersAndPages) {
  for (int i = 0; i < 5; ++i) {
    EvidenceForm form = Of(task_, i % 2 ? "monitoring" : "plan");
    form.title = "青河断面水质监测第" + std::to_string(i) + "期";
    form.fact_day = "2024-0" + std::to_string(i + 1) + "-10";
    Add(desk_, "内容" + std::to_string(i), form);
  }
  auto count = [&](EvidenceFilter f) {
    return desk_->evidence().List(f, desk_.me).value().Value()["items"].size();
  };
  EvidenceFilter f;
  f.kind = "monitoring";
  EXPECT_EQ(count(f), 2u);
  f = {};
  f.from = Date::Make(2024, 2, 1);
  f.to = Date::Make(2024, 3, 31);
  EXPECT_EQ(count(f), 2u);
  f = {};
  f.text = "水质监测";
  EXPECT_EQ(count(f), 5u);
  f.text = "大气";
  EXPECT_EQ(count(f), 0u);
  f = {};
  f.task = TaskId{task_};
  f.limit = 2;
  std::set<int64_t> seen;
  for (int page = 0; page < 3; ++page) {
    json answer = desk_->evidence().List(f, desk_.me).value().Value();
    for (const auto& e : answer["items"]) seen.insert(e["id"].get<int64_t>());
    EXPECT_EQ(answer["next"].is_null(), page == 2);
    if (page < 2) f.before = std::stoll(answer["next"].get<std::string>());
  }
  EXPECT_EQ(seen.size(), 5u);
}

TEST_F(EvidenceDesk, RemovalIsDecidedByAnother) {
  json e = Add(desk_, "传错", Of(task_));
  EXPECT_EQ(desk_->evidence().AskRemoval(IdOf(e), "", desk_.me).error().id, "evidence.no_reason");
  ASSERT_TRUE(desk_->evidence().AskRemoval(IdOf(e), "传错文件", desk_.me).ok());
  EXPECT_EQ(desk_->evidence().DecideRemoval(IdOf(e), true, "", desk_.me).error().id, "evidence.same_person");
  json removed = desk_->evidence().DecideRemoval(IdOf(e), true, "", {"李四"}).value();
  EXPECT_EQ(removed["state"], "removed");
  EXPECT_EQ(removed["removals"][0]["decided_by"], "李四");
  EXPECT_EQ(desk_->evidence().List({}, desk_.me).value().Value()["items"].size(), 0u);
  json catalogue = desk_->evidence().Catalogue({task_}, desk_.me).value().Value();
  EXPECT_THAT(catalogue["missing"].dump(), HasSubstr("整改方案"));
  Actor reader{"王五", {}, {}, RoleBit(Role::kReader)};
  EXPECT_EQ(desk_->evidence().File(IdOf(e), reader).error().id, "evidence.removed");
  EXPECT_EQ(desk_.Verify()["breaks"], json::array());
}

TEST_F(EvidenceDesk, AUnitSeesItsOwnTasksOnly) {
  json e = Add(desk_, "方案", Of(task_));
  Actor stranger{"外人", {7}, {9999}, RoleBit(Role::kReporter), false};
  EXPECT_EQ(desk_->evidence().Get(IdOf(e), stranger).error().id, "evidence.not_found");
  EXPECT_EQ(desk_->evidence().List({}, stranger).value().Value()["items"].size(), 0u);
  EXPECT_EQ(desk_->evidence().Catalogue({task_}, stranger).error().id, "task.not_found");
  UnitId own;
  json task = desk_.Task(document_, "1");
  own.value = desk_->units().Find("青河市党委", 5).value()["items"][0]["id"].get<int64_t>();
  Actor reporter{"青河", {8}, own, RoleBit(Role::kReporter), false};
  EXPECT_TRUE(desk_->evidence().Get(IdOf(e), reporter).ok());
  int64_t upload = desk_->uploads().Start({"b.txt", 3, ""}, reporter).value()["id"];
  EXPECT_EQ(desk_->uploads().Get(upload, stranger).error().id, "upload.not_found");
}

TEST_F(EvidenceDesk, VerifyNamesFileTaskAndDate) {
  json e = Add(desk_, std::string(100'000, 'k'), Of(task_), "监测报告.txt");
  auto blob =
      desk_.data() / "vault" / e["sha256"].get<std::string>().substr(0, 2) / e["sha256"].get<std::string>();
  std::filesystem::permissions(blob, std::filesystem::perms::owner_all);
  {
    std::fstream file(blob, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(77'777);
    file.put('K');
  }
  json report = desk_.Verify();
  ASSERT_EQ(report["breaks"].size(), 1u) << report.dump(1);
  std::string where = report["breaks"][0]["where"];
  EXPECT_THAT(where, HasSubstr("监测报告.txt"));
  EXPECT_THAT(where, HasSubstr("任务1"));
  EXPECT_THAT(where, HasSubstr("2024-06-30"));
  EXPECT_EQ(desk_->evidence().TaskFile({task_}, desk_.me).error().id, "vault.damaged");
}

TEST_F(EvidenceDesk, VerifyNoticesEveryChangedRecord) {
  Add(desk_, "方案", Of(task_));
  const std::pair<const char*, const char*> changes[] = {
      {"UPDATE evidence SET title = 'x'", "UPDATE evidence SET title = 'a'"},
      {"UPDATE evidence SET fact_day = '2020-01-01'", "UPDATE evidence SET fact_day = NULL"},
      {"UPDATE evidence SET uploaded_by = 'x'", "UPDATE evidence SET uploaded_by = '张三'"},
      {"UPDATE evidence SET shown = 0", "UPDATE evidence SET shown = 1"},
      {"UPDATE evidence_ties SET ref_id = 2, task_id = 2",
       "UPDATE evidence_ties SET ref_id = 1, task_id = 1"},
      {"INSERT INTO evidence_ties VALUES (1, 'item', 5, 1)", "DELETE FROM evidence_ties WHERE kind = 'item'"},
  };
  ASSERT_EQ(desk_.Verify()["breaks"], json::array());
  for (const auto& [change, back] : changes) {
    Sql(change);
    EXPECT_FALSE(desk_.Verify()["ok"].get<bool>()) << change;
    Sql(back);
    EXPECT_TRUE(desk_.Verify()["ok"].get<bool>()) << back;
  }
  Sql("DELETE FROM evidence_ties; DELETE FROM evidence");
  EXPECT_FALSE(desk_.Verify()["ok"].get<bool>());
}

TEST_F(EvidenceDesk, BackupCarriesEvidence) {
  json e = Add(desk_, std::string(3 << 20, 'b'), Of(task_));
  auto backup = desk_->keeping().Backup(desk_.folder() / "b.zip");
  ASSERT_TRUE(backup.ok()) << backup.error().message << " " << backup.error().cause;
  json restored = Keeping::Restore(desk_.folder() / "b.zip", desk_.folder() / "again").value();
  EXPECT_EQ(restored["evidence"], 1);
  EXPECT_TRUE(restored["ok"].get<bool>());
}

TEST_F(EvidenceDesk, UnfinishedUploadsExpireAndAreLimited) {
  int64_t id = desk_->uploads().Start({"a.bin", 100, ""}, desk_.me).value()["id"];
  ASSERT_TRUE(desk_->uploads().Append(id, 0, "12345", desk_.me).ok());
  desk_.clock.Advance(std::chrono::hours(71));
  EXPECT_EQ(desk_->uploads().Expire().value(), 0);
  desk_.clock.Advance(std::chrono::hours(2));
  EXPECT_EQ(desk_->uploads().Expire().value(), 1);
  EXPECT_EQ(desk_->uploads().Get(id, desk_.me).error().id, "upload.not_found");
  EXPECT_TRUE(desk_.office().core().staging->List().value().empty());
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(desk_->uploads().Start({"a.bin", 100, ""}, desk_.me).ok());
  EXPECT_EQ(desk_->uploads().Start({"a.bin", 100, ""}, desk_.me).error().id, "upload.too_many");
}

// Uploads in parts until it is killed; tells each acknowledged part through the pipe.
[[noreturn]] void UploadUntilKilled(const Desk& desk, int pipe, int64_t id, int64_t offset,
                                    const std::string& bytes) {
  OfficeOptions options;
  options.data = desk.data();
  options.database = desk.database();
  options.background = false;
  auto office = Office::Open(std::move(options));
  if (!office.ok()) _exit(3);
  for (; offset < int64_t(bytes.size()); offset += 4'000) {
    auto done = (*office)->uploads().Append(id, offset, std::string_view(bytes).substr(size_t(offset), 4'000),
                                            {"张三"});
    if (!done.ok()) _exit(4);
    int64_t now = (*done)["received"];
    if (write(pipe, &now, sizeof now) != sizeof now) _exit(5);
  }
  auto made = (*office)->evidence().Finish(id, {}, {"张三"});
  int64_t end = made.ok() ? -1 : -2;
  if (write(pipe, &end, sizeof end) != sizeof end) _exit(5);
  _exit(0);
}

TEST_F(EvidenceDesk, KilledAtAnyMomentNothingAcknowledgedIsLost) {
  std::string bytes(400'000, '\0');
  std::mt19937 random(7);
  for (char& c : bytes) c = char(random());
  int64_t id =
      desk_->uploads().Start({"大.bin", int64_t(bytes.size()), Sha256Hex(bytes)}, desk_.me).value()["id"];
  int kills = 0;
  bool finished = false;
  for (; kills < 100 && !finished; ++kills) {
    int64_t received = desk_->uploads().Get(id, desk_.me).value()["received"];
    desk_.Close();
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      UploadUntilKilled(desk_, ends[1], id, received, bytes);
    }
    close(ends[1]);
    usleep(useconds_t(15'000 + random() % 40'000) * unsigned(1 + kills / 8));  // a busy machine gets time
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    int64_t told = 0, last = received;
    while (read(ends[0], &told, sizeof told) == sizeof told) {
      ASSERT_NE(told, -2);
      finished = finished || told == -1;
      if (told > 0) last = told;
    }
    close(ends[0]);
    desk_.Open();
    json now = desk_->uploads().Get(id, desk_.me).value();
    EXPECT_GE(now["received"].get<int64_t>(), last);
    if (!now["evidence_id"].is_null()) finished = true;
  }
  EXPECT_GT(kills, 1);
  json made = desk_->evidence().Finish(id, {}, desk_.me).value();
  EXPECT_EQ(made["sha256"], Sha256Hex(bytes));
  EXPECT_TRUE(desk_.Verify()["ok"].get<bool>());
  std::printf("killed %d times\n", kills);
}

}  // namespace
}  // namespace zg
