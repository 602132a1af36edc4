// The example of docs/workflows.md runs as it is printed there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "office/cases.h"
#include "office/core.h"
#include "office/desk.h"
#include "store/evidence.h"

namespace zg {
namespace {

// The last block of TOML on the page.
std::string QuotedFile() {
  std::ifstream in(ZG_SOURCE_DIR "/docs/workflows.md", std::ios::binary);
  std::string page{std::istreambuf_iterator<char>(in), {}};
  size_t begin = page.rfind("```toml\n") + 8;
  return page.substr(begin, page.find("```", begin) - begin);
}

TEST(WorkflowDoc, ItsExampleLeadsATaskToCloseOut) {
  Desk desk("workflow-doc");
  auto folder = desk.folder() / "workflows";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "prefecture.toml") << QuotedFile();
  desk.Open(folder);
  desk.clock.Set(*Date::Make(2024, 9, 30));

  CommitRequest county;
  county.make = Round{{}, "第一轮县级督察", RoundLevel::kPrefecture, 1, 2024};
  int64_t document = desk.Commit(desk.Draft(TaskListText()), county).value()["document_id"];
  TaskId task{desk.Task(document, "1")["id"].get<int64_t>()};
  json c = desk->cases().Get(task, desk.me).value();
  ASSERT_EQ(c["workflow"]["title"], "县级督察整改流程");
  EXPECT_EQ(c["state"]["title"], "整改中");

  auto take = [&](const char* step) {
    int64_t revision = desk->cases().Get(task, desk.me).value()["revision"];
    return desk->cases().Take(task, {step, "已完成。", "同意销号。", {}, revision}, desk.me);
  };
  EXPECT_EQ(take("finish").error().id, "case.evidence");
  ASSERT_TRUE(desk->core()
                  .store
                  ->Write([&](store::Session& s) {
                    Evidence photo;
                    photo.kind = "photo_after";
                    photo.title = photo.name = "整改后.jpg";
                    photo.format = "jpeg";
                    photo.sha256 = photo.sm3 = std::string(64, 'a');
                    photo.uploaded_at = desk.clock.NowIso();
                    photo.uploaded_by = "张三";
                    photo.ties = {{"task", task.value, task}};
                    store::InsertEvidence(s, photo);
                  })
                  .ok());
  EXPECT_EQ(take("finish").value()["state"]["title"], "公示");
  desk.clock.Set(*Date::Make(2024, 10, 10));
  EXPECT_EQ(take("close").error().id, "case.notice");
  desk.clock.Set(*Date::Make(2024, 10, 11));
  EXPECT_EQ(take("close").value()["state"]["title"], "销号");
}

}  // namespace
}  // namespace zg
