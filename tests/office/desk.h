#pragma once
// A desk to test at: an office in a folder of its own, a clock that stands still, documents made by hand.

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/date.h"
#include "base/text.h"
#include "office/directory.h"
#include "office/documents.h"
#include "office/exports.h"
#include "office/imports.h"
#include "office/keeping.h"
#include "office/links.h"
#include "office/office.h"
#include "office/tasks.h"
#include "office/views.h"
#include "store/place.h"
#include "vault/blob_store.h"

namespace zg {

using nlohmann::json;

class Desk {
 public:
  explicit Desk(const std::string& name, std::shared_ptr<BlobStore> vault = nullptr)
      : vault_(std::move(vault)) {
    folder_ = std::filesystem::temp_directory_path() / ("zg-desk-" + name + "-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    place_ = std::make_unique<test::Place>(data() / "ledger.sqlite", zg::test::Place::kMigrated);
    Open();
  }
  ~Desk() {
    office_.reset();
    std::filesystem::remove_all(folder_);
  }
  // `workflows`: a folder laid over those built in.
  void Open(const std::filesystem::path& workflows = {}) {
    office_.reset();
    OfficeOptions options;
    options.data = folder_ / "data";
    options.database = place_->url();
    options.clock = &clock;
    options.background = false;
    options.password_megabytes = 1;
    options.workflows = workflows;
    options.vault = vault_;
    options.vocabulary = vocabulary;
    options.smtp = smtp;
    office_ = std::move(Office::Open(std::move(options))).value();
  }
  void Close() { office_.reset(); }
  // As a stranger would, past the program. → rows changed
  int Tamper(const std::string& sql) {
    Close();
    int rows = place_->Sql(sql);
    Open();
    return rows;
  }

  Office& office() { return *office_; }
  Office* operator->() { return office_.get(); }
  const std::filesystem::path& folder() const { return folder_; }
  const std::string& database() const { return place_->url(); }
  std::filesystem::path data() const { return folder_ / "data"; }

  // Takes a text in and reads it: a draft.
  json Draft(const std::string& text, const std::string& name = "清单.txt") {
    json taken = office_->imports().Take(text, name, me).value();
    return office_->imports().ReadNow({taken["id"].get<int64_t>()}).value();
  }
  Result<json> Commit(const json& import, const CommitRequest& request = {}) {
    return office_->imports().Commit({import["id"].get<int64_t>()}, request, me);
  }
  // … and commits it: the document's id.
  int64_t Import(const std::string& text, const std::string& name = "清单.txt") {
    return Commit(Draft(text, name)).value()["document_id"].get<int64_t>();
  }
  json List(const TaskFilter& filter = {}, const std::string& sort = "", int limit = 50,
            const std::string& after = "") {
    return json::parse(
        office_->tasks().List(filter, ParseTaskSort(sort).value(), {after, limit}).value().text);
  }
  // The task with that number in the document.
  json Task(int64_t document, const std::string& path) {
    json entries = office_->documents().Entries({document}).value();
    for (const auto& entry : entries) {
      if (entry["path"] == path)
        return office_->tasks().Get({entry["task_id"].get<int64_t>()}).value().Value();
    }
    return json();
  }
  json Verify() { return office_->keeping().Verify().value(); }

  FixedClock clock{*Date::Make(2024, 6, 30)};
  Actor me{"张三"};
  SmtpSettings smtp;                 // from the next Open on
  std::filesystem::path vocabulary;  // of the office, from the next Open on; empty: none

 private:
  std::filesystem::path folder_;
  std::unique_ptr<test::Place> place_;
  std::shared_ptr<BlobStore> vault_;
  std::unique_ptr<Office> office_;
};

// A task list as offices write it. The made-up province of the examples.
inline std::string TaskListText(const std::string& first_deadline = "2024年底前",
                                const std::string& extra = "") {
  return "云川省第二轮中央生态环境保护督察报告整改任务清单\n"
         "一、青河污水处理厂长期超标排放。督察发现，2023年青河污水处理厂出水总磷超标，群众反映强烈。\n"
         "责任单位：云川省住房城乡建设厅，青河市党委、政府\n"
         "验收单位：云川省生态环境厅\n"
         "整改目标：2024年底前出水水质达到一级A标准。\n"
         "整改时限：" +
         first_deadline +
         "\n"
         "整改措施：\n"
         "1.2024年6月底前完成提标改造工程建设。\n"
         "2.加强日常运行监管，落实巡查制度。\n"
         "二、白石矿区生态修复进展缓慢。白石矿区历史遗留矿坑38处未修复，林地破坏面积1200亩。\n"
         "责任单位：白石市党委、政府\n"
         "验收单位：云川省自然资源厅\n"
         "整改目标：完成38处矿坑修复。\n"
         "整改时限：立行立改，长期坚持\n"
         "整改措施：\n"
         "1.编制修复方案并组织实施。\n"
         "三、城乡生活垃圾处理能力不足。部分乡镇垃圾填埋场渗滤液直排。\n"
         "责任单位：各地（州、市）党委、政府\n"
         "验收单位：云川省住房城乡建设厅\n"
         "整改目标：渗滤液全部达标处理。\n"
         "整改时限：2023年底前\n"
         "整改措施：\n"
         "1.新建渗滤液处理设施6座。\n" +
         extra;
}

}  // namespace zg
