// What the ledger names against what the vault keeps: missing, extra, damaged, and what was on its way.
#include "office/reconcile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "office/core.h"
#include "office/desk.h"
#include "office/uploads.h"
#include "office/vaulting.h"
#include "store/vault_intents.h"
#include "support/s3_process.h"
#include "vault/s3/store.h"

namespace zg {
namespace {

class ReconcileTest : public testing::Test {
 protected:
  ReconcileTest() {
    desk_.clock.Set(*Date::Make(2035, 1, 1));  // long after whatever this machine keeps now
    desk_.Import(TaskListText());
  }
  json Reconcile(const ReconcileOptions& options = {}) {
    auto report = desk_.office().keeping().Reconcile(options);
    EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().message + report.error().cause);
    return report.ok() ? *report : json();
  }
  OfficeCore& core() { return desk_.office().core(); }
  size_t Intents() {
    return core().store->Read([](store::Session& s) { return store::VaultIntents(s).size(); }).value();
  }
  static std::shared_ptr<BlobStore> Bucket(const S3Process& server) {
    return std::shared_ptr<BlobStore>(std::move(S3Store::Open(server.settings())).value());
  }

  S3Process server_;
  std::shared_ptr<BlobStore> vault_ = Bucket(server_);
  Desk desk_{"reconcile", vault_};
};

TEST_F(ReconcileTest, WhatIsWholeIsWhole) {
  json r = Reconcile({.deep = true});
  EXPECT_EQ(r["ok"], true);
  EXPECT_EQ(r["named"], 1);
  EXPECT_EQ(r["kept"], 1);
  EXPECT_EQ(r["extra_count"], 0);
  EXPECT_EQ(Intents(), 0u) << "cleared by the commit";
}

TEST_F(ReconcileTest, WhatIsMissingIsNamedWithWhatNeedsIt) {
  std::string digest = vault_->List().value().at(0);
  ASSERT_TRUE(vault_->Remove(digest).ok());
  json r = Reconcile();
  EXPECT_EQ(r["ok"], false);
  ASSERT_EQ(r["missing_count"], 1);
  EXPECT_EQ(r["missing"][0]["digest"], digest);
  EXPECT_EQ(r["missing"][0]["for"], json({"document:1", "import:1"}));
}

TEST_F(ReconcileTest, PartsOfUploadsThatAreOverGo) {
  std::string bytes = "left by a node that hung";
  auto open = desk_->uploads().Start({"a.bin", 100, ""}, desk_.me).value()["id"].get<int64_t>();
  ASSERT_TRUE(desk_->uploads().Append(open, 0, "12345", desk_.me).ok());
  auto inside = core().staging->Enter(987'654);
  ASSERT_TRUE(core().staging->Put(987'654, {0, bytes.size(), Sha256Hex(bytes)}, bytes).ok());
  inside = Error{};
  json r = Reconcile();
  EXPECT_EQ(r["ok"], true);
  EXPECT_EQ(r["staged"], (json{{{"upload", 987'654}, {"bytes", bytes.size()}, {"removed", true}}}));
  auto left = core().staging->List().value();
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].upload, open) << "somebody goes on with that one";
}

TEST_F(ReconcileTest, RotIsFoundByReadingOnly) {
  std::string digest = vault_->List().value().at(0);
  server_.Control({{"rot", "zg/" + digest.substr(0, 2) + "/" + digest}});
  EXPECT_EQ(Reconcile()["ok"], true);
  json r = Reconcile({.deep = true});
  EXPECT_EQ(r["ok"], false);
  EXPECT_EQ(r["damaged"][0]["digest"], digest);
}

TEST_F(ReconcileTest, WhatNothingNamesIsKeptUnlessToldOtherwise) {
  std::string extra = vault_->Put("没有人要").value();
  json r = Reconcile();
  EXPECT_EQ(r["ok"], true);
  EXPECT_EQ(r["extra"][0]["digest"], extra);
  EXPECT_TRUE(vault_->Check(extra).ok());
  EXPECT_EQ(Reconcile({.remove_extra = true})["removed"], json({extra}));
  json last = desk_->events().List({}).value().Value()["items"][0];
  EXPECT_EQ(last["kind"], "vault.extra_removed");
  EXPECT_EQ(last["subject"], "blob:" + extra);
  EXPECT_EQ(vault_->List().value().size(), 1u);
  EXPECT_EQ(Reconcile({.deep = true})["ok"], true);
}

TEST_F(ReconcileTest, WhatIsYoungOrOnItsWayIsNotTakenAway) {
  vault_->Put("刚放下").value();
  std::string coming = KeepBytes(core(), "正在存").value();
  EXPECT_EQ(Reconcile({.remove_extra = true, .older_hours = 24 * 365 * 100})["removed_count"], 0);
  json r = Reconcile({.remove_extra = true});
  EXPECT_EQ(r["removed_count"], 1) << "the one that nobody noted";
  EXPECT_EQ(r["intents"]["waiting"], 1);
  EXPECT_TRUE(vault_->Check(coming).ok());
  desk_.clock.Advance(std::chrono::hours(25));
  r = Reconcile({.remove_extra = true});
  EXPECT_EQ(r["removed"], json({coming})) << "whoever kept it never came to name it";
  EXPECT_EQ(Intents(), 0u);
}

TEST_F(ReconcileTest, KilledBetweenVaultAndCommitLeavesANote) {
  KeepBytes(core(), "只到一半").value();
  desk_.Close();
  desk_.Open();
  EXPECT_EQ(Reconcile()["intents"]["waiting"], 1);
  ASSERT_TRUE(desk_.office().imports().Take("只到一半", "又来.txt", desk_.me).ok());  // named now
  EXPECT_EQ(Intents(), 0u);
  EXPECT_EQ(Reconcile({.remove_extra = true})["removed_count"], 0);
}

TEST_F(ReconcileTest, AStoreThatIsDownLosesNothingAndIsTold) {
  server_.Arm("503", 1000);
  auto taken = desk_.office().imports().Take("新的一份清单", "新.txt", desk_.me);
  EXPECT_EQ(taken.error().id, "vault.down");
  EXPECT_EQ(desk_.office().keeping().Reconcile({}).error().id, "vault.down");
  server_.Control({{"clear", true}});
  EXPECT_EQ(Reconcile()["intents"]["waiting"], 1);
  EXPECT_TRUE(desk_.office().imports().Take("新的一份清单", "新.txt", desk_.me).ok());
  EXPECT_EQ(Reconcile({.deep = true})["ok"], true);
  EXPECT_EQ(Intents(), 0u);
}

TEST_F(ReconcileTest, UploadsThatNeverEndedAreGivenUp) {
  server_.Arm("503", 1000, "PUT");
  server_.Arm("503", 1000, "DELETE");
  EXPECT_FALSE(vault_->Put(std::string(6u << 20, 'q')).ok());
  server_.Control({{"clear", true}});
  EXPECT_EQ(Reconcile({.older_hours = 24 * 365 * 100})["unfinished"][0]["abandoned"], false);
  EXPECT_EQ(Reconcile()["unfinished"][0]["abandoned"], true);
  EXPECT_TRUE(Reconcile()["unfinished"].empty());
}

}  // namespace
}  // namespace zg
