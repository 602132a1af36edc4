// Papers of close-out, read from the ledger.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "office/case_json.h"
#include "office/json.h"
#include "office/paper_models.h"
#include "office/paper_reading.h"
#include "report/closeout_papers.h"
#include "store/cases.h"
#include "store/events.h"
#include "store/evidence.h"
#include "store/rounds.h"

namespace zg {
namespace {

using nlohmann::json;

// The steps of its close-out as its events tell them.
std::vector<paper::StepTaken> StepsOf(store::Session& s, TaskId task) {
  std::vector<paper::StepTaken> out;
  for (const auto& event : store::FindEvents(s, {task, std::nullopt, 0, 2000})) {
    if (event.kind.rfind("case.", 0) != 0) continue;
    json after = ValueOf(event.after);
    if (!after.is_object()) continue;
    out.push_back({event.at.substr(0, 10), after.value("step_title", ""), event.actor,
                   after.value("unit", ""), after.value("text", ""), after.value("opinion", "")});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

class Closeouts {
 public:
  Closeouts(store::Session& s, const OfficeCore& core, Date today) : s_(s), core_(core), today_(today) {}

  paper::CloseoutTask Of(const Task& task) {
    paper::CloseoutTask out;
    out.task = PaperTaskOf(s_, task, today_);
    if (auto row = store::LoadCase(s_, task.id)) {
      const Workflow* workflow = VersionOf(row->version);
      const WorkflowState* state = workflow ? workflow->State(row->state.state) : nullptr;
      out.state = state ? state->title : row->state.state;
      out.entered = row->state.entered.Iso();
      out.closed = state && state->closed;
    }
    out.steps = StepsOf(s_, task.id);
    for (const auto& [kind, n] : store::EvidenceKindCounts(s_, task.id)) {
      const EvidenceKind* known = core_.evidence.plan().Find(kind);
      out.evidence.emplace_back(known ? known->name : kind, n);
    }
    return out;
  }

 private:
  const Workflow* VersionOf(int64_t id) {
    auto it = versions_.find(id);
    if (it == versions_.end()) {
      std::optional<Workflow> parsed;
      if (auto version = store::LoadVersion(s_, id))
        if (auto workflow = ParseWorkflow(version->source, version->workflow + ".toml", nullptr);
            workflow.ok())
          parsed = std::move(*workflow);
      it = versions_.emplace(id, std::move(parsed)).first;
    }
    return it->second ? &*it->second : nullptr;
  }

  store::Session& s_;
  const OfficeCore& core_;
  Date today_;
  std::map<int64_t, std::optional<Workflow>> versions_;
};

Result<PaperSource> Catalogue(store::Session& s, const OfficeCore& core, const Task& task, Date today,
                              const Actor& actor) {
  auto round = store::LoadRound(s, task.round);
  paper::CatalogueModel model{
      round ? round->name : "", PaperTaskOf(s, task, today), today, core.evidence.plan(), {}};
  EvidenceFilter filter;
  filter.task = task.id;
  filter.limit = 200;
  for (bool more = true; more && model.pieces.size() < 5'000;) {
    auto page = store::FindEvidence(s, actor.scope(), filter);
    more = int(page.size()) == filter.limit;
    for (auto& piece : page) {
      filter.before = piece.id.value;
      model.pieces.push_back(std::move(piece));
    }
  }
  std::reverse(model.pieces.begin(), model.pieces.end());
  return SourceOf(std::move(model), paper::CataloguePaper);
}

}  // namespace

Result<PaperSource> OfOneTask(store::Session& s, const OfficeCore& core, const std::string& kind,
                              const PaperRequest& request, const Actor& actor) {
  ZG_ASSIGN(Task task, SeenTask(s, request.tasks.front(), actor));
  Date today = DayOf(core, request);
  if (kind == "catalogue") return Catalogue(s, core, task, today, actor);
  auto round = store::LoadRound(s, task.round);
  auto closeout = Closeouts(s, core, today).Of(task);
  std::string name = round ? round->name : "";
  auto compose = kind == "closeout_application" ? paper::ApplicationPaper : paper::OpinionPaper;
  return PaperSource{
      [=]() -> Result<paper::Paper> { return compose(name, closeout, today); },
      [=] { return paper::DataOf(name, closeout, today); },
  };
}

Result<PaperSource> CloseoutLedger(store::Session& s, const OfficeCore& core, const PaperRequest& request,
                                   const Actor& actor) {
  ZG_ASSIGN(DocumentTasks from, TasksOfDocument(s, request, actor));
  paper::CloseoutLedgerModel model{from.document.round_name, DayOf(core, request), {}};
  Closeouts closeouts(s, core, model.today);
  for (const auto& task : from.tasks)
    if (task.entry.is_task) model.tasks.push_back(closeouts.Of(task));
  return SourceOf(std::move(model), paper::CloseoutLedgerPaper);
}

}  // namespace zg
