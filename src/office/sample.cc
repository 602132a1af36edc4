#include "office/sample.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "extract/json.h"
#include "office/core.h"
#include "office/draft.h"
#include "office/review.h"
#include "office/sample_text.h"
#include "store/imports.h"
#include "store/texts.h"

namespace zg {
namespace {

using nlohmann::json;

constexpr int kTasksPerDocument = 100;
constexpr int kParagraphsPerDocument = 1000;
constexpr int kRounds = 10;

// A draft as reading leaves it, then committed.
Status Take(OfficeCore& core, const std::string& name, const SampleDocument& sample) {
  store::ImportRow row;
  std::string bytes = ToUtf8(sample.document.text);
  row.name = name;
  row.format = "txt";
  row.bytes = int64_t(bytes.size());
  row.sm3 = Sm3Hex(bytes);
  ZG_ASSIGN(row.sha256, core.vault->Put(bytes));
  row.actor = "样本";
  row.created_at = row.updated_at = core.Now();
  ZG_ASSIGN(ImportId id, core.store->Write([&](store::Session& s) -> Result<ImportId> {
    row.id = store::InsertImport(s, row);
    row.text_id = store::SaveText(s, sample.document);
    row.state = ImportState::kDraft;
    Describe(sample.draft, 0, row);
    store::UpdateImport(s, row);
    store::SaveDraft(s, row.id, DraftToJson(sample.draft).dump());
    return row.id;
  }));
  auto committed = CommitImport(core, id, {}, {"样本"}, {.propose_links = false});
  return committed.ok() ? Status() : committed.error();
}

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
  int64_t lists = (request.tasks + kTasksPerDocument - 1) / kTasksPerDocument;
  int64_t proses = (request.paragraphs + kParagraphsPerDocument - 1) / kParagraphsPerDocument;
  for (int64_t i = 0; i < lists; ++i) {
    int tasks = int(std::min<int64_t>(kTasksPerDocument, request.tasks - i * kTasksPerDocument));
    int round = 1 + int(i * kRounds / lists);
    ZG_TRY(Take(core, "样本" + std::to_string(i + 1) + ".txt", writer.TaskList(int(i + 1), round, tasks)));
    if (request.progress) request.progress(i + 1, lists + proses);
  }
  for (int64_t i = 0; i < proses; ++i) {
    int n = int(std::min<int64_t>(kParagraphsPerDocument, request.paragraphs - i * kParagraphsPerDocument));
    ZG_TRY(Take(core, "文稿" + std::to_string(i + 1) + ".txt", writer.Prose(int(lists + i + 1), n)));
    if (request.progress) request.progress(lists + i + 1, lists + proses);
  }
  ZG_TRY(core.store->Write([&](store::Session& s) -> Status {
    core.store->database().Optimize(s);
    return {};
  }));
  return json{{"documents", lists + proses}, {"tasks", request.tasks}, {"paragraphs", request.paragraphs}};
}

}  // namespace zg
