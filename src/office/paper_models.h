#pragma once
// What papers are made of, read from the ledger. Inside of office/ only.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "office/core.h"
#include "office/papers.h"
#include "report/template.h"
#include "store/sql.h"

namespace zg {

// One of these is what a kind needs besides the words of its head.
struct PaperKind {
  const char *id, *title, *about;
  const char* needs;  // "document", "document unit", "period", "unit tasks", "tasks", "task", "finding"
  bool office;        // the office's alone
  bool letter;        // its words are a template
};
const std::vector<PaperKind>& PaperKinds();

// Kinds that an office may word its own way: every one of these, and 核验问询单.
struct TemplateKind {
  std::string id, title;
};
std::vector<TemplateKind> TemplateKinds();

// What was read for a paper: it composes the paper in the words built in, and gives the fields for a
// template of the office's own.
struct PaperSource {
  std::function<Result<paper::Paper>()> compose;
  std::function<paper::TemplateData()> data;
};
template <class Model>
PaperSource SourceOf(Model model, paper::Paper (*compose)(const Model&)) {
  auto kept = std::make_shared<const Model>(std::move(model));
  return {[=]() -> Result<paper::Paper> { return compose(*kept); }, [=] { return DataOf(*kept); }};
}
// As of now. Errors as in papers.h.
Result<PaperSource> ReadPaper(store::Session& session, const OfficeCore& core, const PaperKind& kind,
                              const PaperRequest& request, const Actor& actor);
// 销号申请表, 验收意见表, 资料目录; and 销号台账.
Result<PaperSource> OfOneTask(store::Session& session, const OfficeCore& core, const std::string& kind,
                              const PaperRequest& request, const Actor& actor);
Result<PaperSource> CloseoutLedger(store::Session& session, const OfficeCore& core,
                                   const PaperRequest& request, const Actor& actor);

}  // namespace zg
