#pragma once
// What papers are made of, read from the ledger. Inside of office/ only.

#include <string>

#include "office/core.h"
#include "office/papers.h"
#include "report/circular.h"
#include "report/closeout_papers.h"
#include "report/letters.h"
#include "report/task_papers.h"
#include "store/sql.h"

namespace zg {

// One of these is what a kind needs besides the words of its head.
struct PaperKind {
  const char *id, *title, *about;
  const char* needs;  // "document", "document unit", "period", "unit tasks", "tasks", "task", "finding"
  bool office;        // the office's alone
  bool letter;        // has a template
};
const std::vector<PaperKind>& PaperKinds();

// Everything that a paper of that kind tells, as of now. Errors as in papers.h.
Result<paper::Paper> ComposePaper(store::Session& session, const OfficeCore& core, const PaperKind& kind,
                                  const PaperRequest& request, const Actor& actor);
Result<paper::LetterModel> LetterOf(store::Session& session, const OfficeCore& core, const PaperKind& kind,
                                    const PaperRequest& request, const Actor& actor);

}  // namespace zg
