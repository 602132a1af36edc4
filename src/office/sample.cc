#include "office/sample.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "extract/json.h"
#include "office/core.h"
#include "office/draft.h"
#include "office/review.h"
#include "office/sample_dispatch.h"
#include "office/sample_text.h"
#include "store/imports.h"
#include "store/texts.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kTasksPerDocument = 100;
constexpr int kParagraphsPerDocument = 1000;
constexpr int kRounds = 10;
constexpr size_t kDocumentsAtOnce = 100;

// Documents are committed many at a time: one transaction, one flush of the index.
class Batch {
 public:
  explicit Batch(OfficeCore& core) : core_(core) {}

  Status Add(std::string name, SampleDocument sample) {
    Taken taken{std::move(name), std::move(sample), {}};
    std::string bytes = ToUtf8(taken.sample.document.text);
    taken.row.bytes = int64_t(bytes.size());
    taken.row.sm3 = Sm3Hex(bytes);
    ZG_ASSIGN(taken.row.sha256, core_.vault->Put(bytes));
    waiting_.push_back(std::move(taken));
    return waiting_.size() >= kDocumentsAtOnce ? Commit() : Status();
  }

  Status Commit() {
    auto done = core_.store->WriteAlone([&](store::Session& s) -> Status {
      CommitTools tools(core_, s);
      for (auto& taken : waiting_) ZG_TRY(CommitOne(s, tools, taken));
      tools.index.Flush();
      return {};
    });
    waiting_.clear();
    if (done.ok()) core_.checks->Wake();
    return done;
  }

 private:
  struct Taken {
    std::string name;
    SampleDocument sample;
    store::ImportRow row;
  };

  // A draft as reading leaves it, then committed.
  Status CommitOne(store::Session& s, CommitTools& tools, Taken& taken) {
    store::ImportRow& row = taken.row;
    row.name = taken.name;
    row.format = "txt";
    row.actor = "样本";
    row.created_at = row.updated_at = core_.Now();
    row.id = store::InsertImport(s, row);
    row.text_id = store::SaveText(s, taken.sample.document);
    row.state = ImportState::kDraft;
    Describe(taken.sample.draft, 0, row);
    store::UpdateImport(s, row);
    store::SaveDraft(s, row.id, DraftToJson(taken.sample.draft).dump());
    auto committed = CommitImportWith(tools, core_, s, row.id, {}, {"样本"});
    return committed.ok() ? Status() : committed.error();
  }

  OfficeCore& core_;
  std::vector<Taken> waiting_;
};

std::vector<std::string> RegionNames(const OfficeCore& core) {
  std::vector<std::string> names;
  for (const auto& region : core.regions.all()) {
    if (region.level == "prefecture" || region.level == "county") names.push_back(region.name);
  }
  if (names.empty()) names.push_back("本地");
  return names;
}

}  // namespace

Result<json> MakeSample(Office& office, const SampleRequest& request) {
  OfficeCore& core = office.core();
  SampleWriter writer(request.seed, RegionNames(core));
  Batch batch(core);
  int64_t lists = (request.tasks + kTasksPerDocument - 1) / kTasksPerDocument;
  int64_t proses = (request.paragraphs + kParagraphsPerDocument - 1) / kParagraphsPerDocument;
  for (int64_t i = 0; i < lists; ++i) {
    int tasks = int(std::min<int64_t>(kTasksPerDocument, request.tasks - i * kTasksPerDocument));
    int round = 1 + int(i * kRounds / lists);
    ZG_TRY(batch.Add("样本" + std::to_string(i + 1) + ".txt", writer.TaskList(int(i + 1), round, tasks)));
    if (request.progress) request.progress(i + 1, lists + proses);
  }
  for (int64_t i = 0; i < proses; ++i) {
    int n = int(std::min<int64_t>(kParagraphsPerDocument, request.paragraphs - i * kParagraphsPerDocument));
    ZG_TRY(batch.Add("文稿" + std::to_string(i + 1) + ".txt", writer.Prose(int(lists + i + 1), n)));
    if (request.progress) request.progress(lists + i + 1, lists + proses);
  }
  ZG_TRY(batch.Commit());
  ZG_TRY(core.store->WriteAlone([&](store::Session& s) -> Status {
    core.store->database().Optimize(s);
    return {};
  }));
  ZG_ASSIGN(int64_t people, MakePeople(core, request));
  Dispatched made;
  if (request.reports > 0) {
    ZG_ASSIGN(made, MakeDispatch(core, request));
  }
  return json{{"documents", lists + proses}, {"tasks", request.tasks},    {"paragraphs", request.paragraphs},
              {"reports", made.reports},     {"evidence", made.evidence}, {"people", people}};
}

}  // namespace zg
