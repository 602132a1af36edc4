#pragma once
// What a case looks like from outside. Inside of office/ only.

#include <nlohmann/json.hpp>

#include "ledger/case.h"
#include "office/actor.h"
#include "store/cases.h"

namespace zg {

struct OfficeCore;

CaseFacts FactsOf(store::Session& session, const OfficeCore& core, const store::CaseRow& row);
CaseActor StandingOf(store::Session& session, TaskId task, const Actor& actor);

// What `verify` compares again: every lasting member but who and when, keys sorted.
nlohmann::json CaseTold(const store::CaseRow& row);
nlohmann::json CaseJson(store::Session& session, const OfficeCore& core, const Workflow& workflow,
                        const store::CaseRow& row, const Actor& actor);
// States and steps, for drawing. `counts` by state id, as the board gives them.
nlohmann::json WorkflowJson(const Workflow& workflow);
nlohmann::json StateRef(const Workflow& workflow, const std::string& id);  // {id, title}

}  // namespace zg
