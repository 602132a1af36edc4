#pragma once
// How a task goes from its beginning to its close-out: states and steps, as data (workflows/*.toml,
// docs/workflows.md). Pure; constant after loading; any thread.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/calendar.h"
#include "ledger/evidence.h"
#include "ledger/round.h"
#include "ledger/task.h"

namespace zg {

// Who may take a step: a role, and for the first two the side of the task that the user's unit stands on.
enum class Who : uint8_t { kResponsible, kAcceptance, kOffice, kLeader, kInspector, kDiscipline };
std::string_view WhoName(Who who);  // "responsible", …
std::string_view WhoTitle(Who who);  // 责任单位, 验收单位, 整改办, 整改办负责人, 督察督导人员, 纪检监察

enum class StepKind : uint8_t {
  kForward,
  kRecheck,   // from a state into itself: the interval begins anew
  kLookBack,  // aside, to look again at what is closed; "back" leads to where the task was
  kRebound,   // reopens: a new cycle begins, the old file stays
  kReturn,    // back for more work, with a reason
};
std::string_view StepKindName(StepKind kind);  // "forward", "recheck", "look_back", "rebound", "return"

struct WorkflowStep {
  std::string id, title;
  StepKind kind = StepKind::kForward;
  std::vector<std::string> from;
  std::string to;  // a state, or "back"
  std::vector<Who> who;
  std::string text;                     // what must be written, as the form asks for it; empty: nothing
  std::string opinion;                  // the same for the decision's wording
  std::map<std::string, int> evidence;  // kind → how many pieces the task must have
  int notice_days = 0;                  // whole working days in the state before
  bool only_long_term = false;          // only for tasks that are kept up (长期坚持)
  int line = 0;
};

struct WorkflowState {
  std::string id, title;
  bool closed = false;          // 销号 or later
  int within = 0;               // working days that the state may last; 0: no limit
  bool until_deadline = false;  // it may last until the task's own deadline
  int recheck_months = 0;       // a re-check is due that often; 0: none
  std::string return_to;        // a state, "back", or empty where nothing stands before it
  std::string return_title;     // 退回继续整改
  std::vector<Who> return_who;
  int line = 0;
};

inline constexpr const char* kBack = "back";            // as a target: the state before the look-back
inline constexpr const char* kPublishStep = "publish";  // the step that a release (公开) takes by itself
inline constexpr const char* kReturn = "return";        // the id of every return step

struct Workflow {
  std::string id, title;
  std::vector<RoundLevel> applies;           // rounds of these levels
  std::map<std::string, std::string> begin;  // "in_progress", "report.completed" → state
  std::vector<WorkflowState> states;         // in the order in which people read them
  std::vector<WorkflowStep> steps;
  std::string source;  // the file as it was read
  std::string digest;  // SM3 of it: the version

  const WorkflowState* State(std::string_view id) const;
  const WorkflowStep* Step(std::string_view id) const;  // without returns
  // Every step out of that state, its return last.
  std::vector<WorkflowStep> StepsFrom(std::string_view state) const;
  // Where a task begins that a document of that kind (task_list, …) brings with that state.
  const std::string& BeginState(std::string_view document_kind, TaskState state) const;
};

// Reads and checks. kInvalid (workflow.invalid) with `where` "file:line" and a sentence: unknown names with
// their neighbour, states that nothing leads to, states without return, cycles without a way to close-out, …
// Kinds of evidence are looked up in `plan`; null: any will do (a version that is kept).
Result<Workflow> ParseWorkflow(const std::string& toml, const std::string& file, const EvidencePlan* plan);

// All workflows of an office, and its calendar.
struct WorkflowSet {
  std::vector<Workflow> all;  // by id
  WorkCalendar calendar;

  const Workflow& ForLevel(RoundLevel level) const;
  const Workflow* Find(std::string_view id) const;

  static const WorkflowSet& Builtin();
  // Those built in, with the .toml files of the folder (empty: none) laid over them: a file of the same name
  // takes the place of the one built in. Errors as ParseWorkflow and WorkCalendar::ParseYear; workflow.levels
  // where two workflows apply to one level or none does; workflow.folder where it cannot be read.
  static Result<WorkflowSet> Load(const std::filesystem::path& folder, const EvidencePlan& plan);
};

}  // namespace zg
