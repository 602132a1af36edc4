// Tasks enter their workflow: with the document that brings them, or at the first start over an older ledger.
#include <nlohmann/json.hpp>

#include "ledger/case.h"
#include "office/cases.h"
#include "office/core.h"
#include "store/cases.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/rounds.h"

namespace zg {
namespace {

constexpr std::pair<const char*, TaskState> kStates[] = {{"", TaskState::kNotStated},
                                                         {"not_started", TaskState::kNotStarted},
                                                         {"in_progress", TaskState::kInProgress},
                                                         {"completed", TaskState::kCompleted},
                                                         {"ongoing", TaskState::kOngoing}};

// Told in the proof of the event that began them.
std::string ProofLineOf(const std::string& digest) {
  return digest.empty() ? "" : "cases " + digest + "\n";
}

void BeginDocument(store::Session& s, const OfficeCore& core, DocId id, const std::string& actor,
                   int64_t seq) {
  auto document = store::LoadDocument(s, id);
  auto round = store::LoadRound(s, document->round);
  const Workflow& workflow = core.workflows.ForLevel(round ? round->level : RoundLevel::kOther);
  std::string now = core.Now();
  int64_t version = store::EnsureVersion(s, workflow, now);
  for (const auto& [kind, state] : kStates) {
    store::CaseBeginning b;
    b.document = id;
    b.status_kind = kind;
    b.version = version;
    b.state = workflow.BeginState(document->head.kind, state);
    b.day = core.Today();
    b.seq = seq;
    b.by_deadline = workflow.State(b.state)->until_deadline;
    CaseState begun;
    begun.state = b.state;
    begun.entered = b.day;
    if (!b.by_deadline) b.due = CaseDue(workflow, begun, std::nullopt, core.workflows.calendar);
    b.actor = actor;
    b.now = now;
    store::BeginCases(s, b);
  }
}

}  // namespace

std::string Cases::Begin(store::Session& s, DocId document, const std::string& actor, int64_t seq) {
  BeginDocument(s, core_, document, actor, seq);
  store::IndexBegun(s, seq);
  return ProofLineOf(store::BegunDigest(s, seq));
}

Status Cases::BeginMissing() {
  ZG_ASSIGN(auto documents,
            core_.store->Read([](store::Session& s) { return store::DocumentsWithoutCases(s); }));
  if (documents.empty()) return {};
  return core_.store->WriteAlone([&](store::Session& s) -> Status {
    auto last = store::LastEvent(s);
    int64_t seq = last ? last->seq + 1 : 1;
    for (DocId id : documents) BeginDocument(s, core_, id, "系统", seq);
    store::IndexBegun(s, seq);
    Event event = core_.EventOf(Actor{"系统"}, "cases.begun", "cases");
    event.after = nlohmann::json{{"documents", documents.size()}}.dump();
    event.proof = ProofLineOf(store::BegunDigest(s, seq));
    store::AppendEvent(s, std::move(event));
    return {};
  });
}

}  // namespace zg
