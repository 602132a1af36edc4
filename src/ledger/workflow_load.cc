// workflows/*.toml → Workflow.
#include <algorithm>
#include <cassert>
#include <fstream>
#include <iterator>
#include <span>

#include "base/digest.h"
#include "base/embedded.h"
#include "ledger/toml_table.h"
#include "ledger/workflow.h"
#include "ledger/workflow_parse.h"

extern const zg::EmbeddedFile zg_workflow_files[];
extern const unsigned zg_workflow_files_count;

namespace zg {
namespace {

namespace fs = std::filesystem;
constexpr const char* kId = "workflow.invalid";
constexpr TaskState kStates[] = {TaskState::kNotStated, TaskState::kNotStarted, TaskState::kInProgress,
                                 TaskState::kOngoing, TaskState::kCompleted};
constexpr size_t kMostBytes = 256 * 1024;

int LineOf(const toml::node& node) {
  return std::max(1, int(node.source().begin.line));
}

std::vector<std::string> WhoNames() {
  std::vector<std::string> names;
  for (int i = 0; i <= int(Who::kDiscipline); ++i) names.emplace_back(WhoName(Who(i)));
  return names;
}

// One file being read.
class Reader {
 public:
  Reader(std::string file, const EvidencePlan* plan) : file_(std::move(file)), plan_(plan) {}

  Result<Workflow> Read(const std::string& text) {
    ZG_ASSIGN(toml::table table, ParseTomlText(text, file_, kId));
    TomlTable t(table, file_, kId);
    w_.id = t.Text("id", true);
    w_.title = t.Text("title", true);
    auto levels = t.Texts("applies", true);
    const toml::table* begin = t.Inner("begin");
    auto states = t.Each("state");
    auto steps = t.Each("step");
    ZG_TRY(t.Finish());
    ZG_TRY(Levels(levels, table));
    if (!begin) return Mistake(1, "缺少 [begin]：各种状态的任务从哪个环节开始。");
    for (const toml::table* state : states) ZG_TRY(State(*state));
    for (const toml::table* step : steps) ZG_TRY(Step(*step));
    ZG_TRY(Begin(*begin));
    w_.source = text;
    w_.digest = Sm3Hex(text);
    ZG_TRY(CheckWorkflow(w_, file_));
    return std::move(w_);
  }

 private:
  Error Mistake(int line, const std::string& message) const { return WorkflowMistake(file_, line, message); }

  Status Levels(const std::vector<std::string>& names, const toml::table& table) {
    for (const auto& name : names) {
      auto level = ParseRoundLevel(name);
      if (!level) {
        return Mistake(LineOf(*table.get("applies")),
                       fmt::format("不认识督察层级“{}”{}", name,
                                   OrNearest(name, {"central", "region", "prefecture", "other"})));
      }
      w_.applies.push_back(*level);
    }
    return {};
  }

  Status Begin(const toml::table& table) {
    std::vector<std::string> known;
    for (const char* kind : {"", "task_list.", "progress_report.", "report."})
      for (TaskState state : kStates) known.push_back(kind + std::string(TaskStateName(state)));
    for (const auto& [key, node] : table) {
      std::string name(key.str());
      if (std::find(known.begin(), known.end(), name) == known.end())
        return Mistake(LineOf(node), fmt::format("[begin] 里不认识“{}”{}", name, OrNearest(name, known)));
      if (!node.is_string()) return Mistake(LineOf(node), fmt::format("“{}”应是引号里的环节。", name));
      std::string state = *node.value<std::string>();
      if (!w_.State(state))
        return Mistake(LineOf(node), fmt::format("没有环节“{}”{}", state, OrNearest(state, StateIds())));
      w_.begin[name] = state;
    }
    for (TaskState state : kStates) {
      std::string name(TaskStateName(state));
      if (!w_.begin.count(name))
        return Mistake(LineOf(table), fmt::format("[begin] 缺少“{}”（{}）。", name, TaskStateChinese(state)));
    }
    return {};
  }

  Status State(const toml::table& table) {
    TomlTable t(table, file_, kId);
    WorkflowState s;
    s.line = LineOf(table);
    s.id = t.Text("id", true);
    s.title = t.Text("title", true);
    s.closed = t.Flag("closed");
    s.within = t.Whole("within", 1, 1000);
    std::string until = t.Text("until");
    s.recheck_months = t.Whole("recheck_months", 1, 120);
    s.return_to = t.Text("return_to");
    s.return_title = t.Text("return_title");
    auto who = t.Texts("return_who");
    if (!until.empty() && until != "deadline")
      t.Complain(*table.get("until"), "“until”只能写 \"deadline\"（到整改时限为止）。");
    ZG_TRY(t.Finish());
    s.until_deadline = !until.empty();
    if (s.return_title.empty()) s.return_title = "退回继续整改";
    ZG_TRY(ReadWho(who, s.line, s.return_who));
    if (!s.return_to.empty() && s.return_who.empty())
      return Mistake(s.line, fmt::format("“{}”写了 return_to，还要写 return_who（谁可以退回）。", s.title));
    if (w_.State(s.id)) return Mistake(s.line, fmt::format("环节“{}”写了两次。", s.id));
    w_.states.push_back(std::move(s));
    return {};
  }

  Status Step(const toml::table& table) {
    TomlTable t(table, file_, kId);
    WorkflowStep s;
    s.line = LineOf(table);
    s.id = t.Text("id", true);
    s.title = t.Text("title", true);
    std::string kind = t.Text("kind");
    s.from = t.Texts("from", true);
    s.to = t.Text("to", true);
    auto who = t.Texts("who", true);
    s.text = t.Text("text");
    s.opinion = t.Text("opinion");
    s.notice_days = t.Whole("notice_days", 1, 250);
    std::string only = t.Text("only");
    const toml::table* evidence = t.Inner("evidence");
    if (!only.empty() && only != "long_term")
      t.Complain(*table.get("only"), "“only”只能写 \"long_term\"（只用于长期坚持的任务）。");
    ZG_TRY(t.Finish());
    s.only_long_term = !only.empty();
    ZG_TRY(ReadKind(kind, s));
    ZG_TRY(ReadWho(who, s.line, s.who));
    if (evidence) ZG_TRY(ReadEvidence(*evidence, s));
    if (s.id == kReturn)
      return Mistake(s.line, "“return”留给退回，请换一个 id；退回写在环节的 return_to 里。");
    if (w_.Step(s.id)) return Mistake(s.line, fmt::format("步骤“{}”写了两次。", s.id));
    w_.steps.push_back(std::move(s));
    return {};
  }

  Status ReadKind(const std::string& kind, WorkflowStep& s) {
    if (kind.empty()) return {};
    for (StepKind k : {StepKind::kForward, StepKind::kRecheck, StepKind::kLookBack, StepKind::kRebound}) {
      if (kind != StepKindName(k)) continue;
      s.kind = k;
      return {};
    }
    return Mistake(s.line, fmt::format("不认识步骤种类“{}”{}", kind,
                                       OrNearest(kind, {"forward", "recheck", "look_back", "rebound"})));
  }

  Status ReadWho(const std::vector<std::string>& names, int line, std::vector<Who>& out) {
    auto known = WhoNames();
    for (const auto& name : names) {
      auto it = std::find(known.begin(), known.end(), name);
      if (it == known.end())
        return Mistake(line, fmt::format("不认识办理人“{}”{}", name, OrNearest(name, known)));
      out.push_back(Who(it - known.begin()));
    }
    return {};
  }

  Status ReadEvidence(const toml::table& table, WorkflowStep& s) {
    std::vector<std::string> known;
    if (plan_)
      for (const auto& kind : plan_->kinds) known.push_back(kind.id);
    for (const auto& [key, node] : table) {
      std::string kind(key.str());
      if (plan_ && !plan_->Find(kind))
        return Mistake(LineOf(node), fmt::format("资料种类里没有“{}”{}", kind, OrNearest(kind, known)));
      auto n = node.value<int64_t>();
      if (!node.is_integer() || *n < 1 || *n > 99)
        return Mistake(LineOf(node), fmt::format("资料“{}”应写要几份，1到99。", kind));
      s.evidence[kind] = int(*n);
    }
    return {};
  }

  std::vector<std::string> StateIds() const {
    std::vector<std::string> ids;
    for (const auto& state : w_.states) ids.push_back(state.id);
    return ids;
  }

  std::string file_;
  const EvidencePlan* plan_;
  Workflow w_;
};

// Files by name, laid over each other.
Result<WorkflowSet> Make(const std::map<std::string, std::string>& files, const EvidencePlan& plan) {
  WorkflowSet set;
  for (const auto& [name, text] : files) {
    if (name.rfind("calendar-", 0) == 0) {
      ZG_ASSIGN(CalendarYear year, WorkCalendar::ParseYear(text, name));
      set.calendar.Lay(std::move(year));
      continue;
    }
    ZG_ASSIGN(Workflow workflow, ParseWorkflow(text, name, &plan));
    if (set.Find(workflow.id))
      return WorkflowMistake(name, 1, fmt::format("另一个文件里已有流程“{}”，请换一个 id。", workflow.id));
    set.all.push_back(std::move(workflow));
  }
  for (RoundLevel level :
       {RoundLevel::kCentral, RoundLevel::kRegion, RoundLevel::kPrefecture, RoundLevel::kOther}) {
    auto n = std::count_if(set.all.begin(), set.all.end(), [&](const Workflow& w) {
      return std::count(w.applies.begin(), w.applies.end(), level) > 0;
    });
    if (n != 1) {
      return Error{Code::kInvalid,
                   fmt::format("督察层级“{}”{}，请核对各流程的 applies。", RoundLevelName(level),
                               n ? "有不止一个流程" : "没有流程"),
                   "", "workflow.levels", ""};
    }
  }
  return set;
}

std::map<std::string, std::string> BuiltinFiles() {
  std::map<std::string, std::string> files;
  for (const EmbeddedFile& file : std::span(zg_workflow_files, zg_workflow_files_count))
    files[file.name] = std::string(file.bytes());
  return files;
}

}  // namespace

Error WorkflowMistake(const std::string& file, int line, const std::string& message) {
  return {Code::kInvalid, message, fmt::format("{}:{}", file, line), kId, ""};
}

Result<Workflow> ParseWorkflow(const std::string& text, const std::string& file, const EvidencePlan* plan) {
  return Reader(file, plan).Read(text);
}

const Workflow* WorkflowSet::Find(std::string_view id) const {
  auto it = std::find_if(all.begin(), all.end(), [&](const Workflow& w) { return w.id == id; });
  return it == all.end() ? nullptr : &*it;
}

const Workflow& WorkflowSet::ForLevel(RoundLevel level) const {
  auto it = std::find_if(all.begin(), all.end(), [&](const Workflow& w) {
    return std::count(w.applies.begin(), w.applies.end(), level) > 0;
  });
  assert(it != all.end());  // Make asks for every level
  return *it;
}

const WorkflowSet& WorkflowSet::Builtin() {
  static const WorkflowSet set = [] {
    auto made = Make(BuiltinFiles(), EvidencePlan::Builtin());
    assert(made.ok());
    return std::move(*made);
  }();
  return set;
}

Result<WorkflowSet> WorkflowSet::Load(const fs::path& folder, const EvidencePlan& plan) {
  auto files = BuiltinFiles();
  if (folder.empty()) return Make(files, plan);
  std::error_code ec;
  fs::directory_iterator entries(folder, ec);
  if (ec) {
    return Error{Code::kInvalid, "读不到流程目录，请检查配置里的 workflows。", folder.string(),
                 "workflow.folder", ec.message()};
  }
  for (const auto& entry : entries) {
    if (entry.path().extension() != ".toml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    std::string name = entry.path().filename().string();
    if (text.size() > kMostBytes) return WorkflowMistake(name, 1, "流程文件太大，应在256KB以内。");
    files[name] = std::move(text);
  }
  return Make(files, plan);
}

}  // namespace zg
