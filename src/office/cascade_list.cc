#include "office/cascade_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "extract/json.h"
#include "office/cascade_text.h"
#include "office/core.h"
#include "office/draft.h"
#include "office/review.h"
#include "office/vaulting.h"
#include "store/breakdowns.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/findings.h"
#include "store/imports.h"
#include "store/links.h"
#include "store/rounds.h"
#include "store/tasks.h"
#include "store/texts.h"

namespace zg {
namespace {

using nlohmann::json;

Error Refused(const char* id, const std::string& message, const char* where) {
  return {Code::kInvalid, message, where, id};
}

// One task on its way down.
struct Going {
  const Task* upper;
  std::vector<BreakdownStep> steps;
  std::optional<Date> day;
  HandedDown made;
};

// Tasks on their way into one unit's list. Lives as long as the transaction.
class Handing {
 public:
  Handing(OfficeCore& core, store::Session& s, const Actor& actor) : core_(core), s_(s), actor_(actor) {}

  Status Begin(UnitId unit_id, RoundId round_id) {
    auto unit = store::LoadUnit(s_, unit_id);
    if (!unit) return Error{Code::kNotFound, "没有这个单位，请重新选择。", "unit", "unit.not_found"};
    unit_id_ = unit_id;
    unit_ = {unit->name};
    unit_.known = unit->known;
    auto round = store::LoadRound(s_, round_id);
    if (!round) return Error{Code::kNotFound, "没有这个督察轮次，请重新选择。", "round", "round.not_found"};
    round_ = *round;
    return {};
  }

  // `chosen` none: all steps of the unit that are not done. `upper` is borrowed until the end.
  Status Add(const Task& upper, const Breakdown& breakdown, const std::vector<StepId>& chosen,
             std::optional<Date> due) {
    ZG_TRY(MayTake(upper));
    Going going{&upper, {}, due, {}};
    for (const auto& step : breakdown.steps) {
      bool asked = std::count(chosen.begin(), chosen.end(), step.id) > 0;
      bool own = chosen.empty() && step.unit == unit_id_ && !step.done;
      if (asked || own) going.steps.push_back(step);
    }
    if (going.steps.empty() || (!chosen.empty() && going.steps.size() != chosen.size())) {
      return Refused("breakdown.no_steps",
                     "没有分给" + unit_.name + "的步骤，请先分解，或选择要交下去的步骤。", "steps");
    }
    ZG_TRY(ChooseDay(going));
    going_.push_back(std::move(going));
    return {};
  }

  Result<std::vector<HandedDown>> Commit() {
    ZG_TRY(WriteList());
    ZG_TRY(CommitList());
    std::vector<HandedDown> made;
    for (auto& going : going_) {
      MakeLink(going);
      made.push_back(going.made);
    }
    return made;
  }

 private:
  Status MayTake(const Task& upper) {
    for (const auto& own : store::UnitsOf(s_, upper.id)) {
      if (own.side != 0 || own.measure >= 0 || own.unit != unit_id_) continue;
      return Refused("breakdown.same_unit", unit_.name + "就是这项任务的责任单位，请选择下级单位。", "unit");
    }
    for (const auto& link : store::LinksOf(s_, upper.id)) {
      if (link.kind != LinkKind::kCascadesFrom || link.to != upper.id || link.state != LinkState::kConfirmed)
        continue;
      for (const auto& lower : store::UnitsOf(s_, link.from)) {
        auto head = store::LoadHead(s_, link.from);
        if (lower.side != 0 || lower.unit != unit_id_ || !head || head->gone) continue;
        return Error{
            Code::kConflict,
            "这项任务已经分解给" + unit_.name + "（其清单任务" + head->path + "），请直接修改那项任务。",
            "unit", "breakdown.handed_down"};
      }
    }
    return {};
  }

  Status ChooseDay(Going& going) {
    const auto& deadline = going.upper->entry.deadline;
    std::optional<Date> most = deadline ? deadline->date : std::nullopt;
    std::optional<Date>& day = going.day;
    if (!day) {
      for (const auto& step : going.steps)
        if (step.due && (!day || *step.due > *day)) day = step.due;
      if (!day) day = most;
    }
    if (day && most && *day > *most) {
      return Refused("breakdown.lower_late",
                     "下级时限" + day->Chinese() + "晚于本任务的时限" + most->Chinese() + "，请提前。",
                     "due");
    }
    for (const auto& step : going.steps) {
      if (!day || !step.due || *step.due <= *day) continue;
      return Refused("breakdown.lower_late",
                     "步骤“" + step.text + "”的时限" + step.due->Chinese() + "晚于交给下级的时限" +
                         day->Chinese() + "，请改其一。",
                     "due");
    }
    return {};
  }

  // The unit's list of the round as it stands, or a new one; the tasks behind it.
  Status WriteList() {
    std::string title = unit_.name + round_.name + "整改任务清单";
    for (auto& row : store::FindDocumentsByTitle(s_, "task_list", title))
      if (row.round == round_.id) old_ = std::move(row);
    int number = 1;
    if (old_) {
      ZG_ASSIGN(CurrentDraft before, LoadCurrentDraft(s_, old_->import));
      draft_ = std::move(before.source);
      text_ = store::LoadText(s_, old_->text_id);
      text_.format = "txt";
      for (const auto& entry : draft_.entries) number += entry.path.find('.') == std::string::npos;
    } else {
      BeginList(title, unit_, text_, draft_);
    }
    for (auto& going : going_) {
      auto document = store::LoadDocument(s_, going.upper->document);
      std::string source =
          (document ? "《" + document->head.title + "》" : "") + "任务" + going.upper->entry.path;
      AddLowerEntry({number++, going.upper, source, unit_, going.day, going.steps}, text_, draft_);
      going.made.path = draft_.entries.back().path;
    }
    return {};
  }

  // As reading leaves a file, then committed like any other.
  Status CommitList() {
    store::ImportRow row;
    std::string bytes = ToUtf8(text_.text);
    row.name = draft_.title + ".txt";
    row.format = "txt";
    row.bytes = int64_t(bytes.size());
    row.sm3 = Sm3Hex(bytes);
    ZG_ASSIGN(row.sha256, KeepBytesIn(core_, s_, bytes));
    row.actor = actor_.name;
    row.created_at = row.updated_at = core_.Now();
    row.id = store::InsertImport(s_, row);
    row.text_id = store::SaveText(s_, text_);
    row.state = ImportState::kDraft;
    if (old_) row.supersedes = old_->id;
    row.supersedes_said = true;
    Describe(draft_, 0, row);
    store::UpdateImport(s_, row);
    store::SaveDraft(s_, row.id, DraftToJson(draft_).dump(-1, ' ', false, json::error_handler_t::replace));
    CommitTools tools(core_, s_);
    ZG_ASSIGN(json committed, CommitImportWith(tools, core_, s_, row.id, {round_.id, {}}, actor_));
    tools.index.Flush();
    DocId document{committed["document_id"].get<int64_t>()};
    auto heads = store::HeadsOf(s_, document);
    for (auto& going : going_) {
      going.made.document = document;
      for (const auto& head : heads)
        if (head.path == going.made.path) going.made.task = head.id;
    }
    return {};
  }

  void MakeLink(const Going& going) {
    const HandedDown& made = going.made;
    Link link{{},        LinkKind::kCascadesFrom, made.task, going.upper->id, LinkState::kConfirmed, 1.0,
              "任务分解"};
    link.id = store::InsertLink(s_, link, actor_.name, core_.Now());
    Event tied = core_.EventOf(actor_, "link.made", "link:" + std::to_string(link.id.value));
    tied.task = link.from;
    tied.document = made.document;
    tied.after = json{{"kind", LinkKindName(link.kind)},
                      {"from", link.from.value},
                      {"to", link.to.value},
                      {"state", LinkStateName(link.state)}}
                     .dump();
    store::AppendEvent(s_, tied);
    Event event = core_.EventOf(actor_, "task.handed_down", "task:" + std::to_string(going.upper->id.value));
    event.task = going.upper->id;
    event.document = going.upper->document;
    event.after = json{{"unit", unit_.name},
                       {"task", made.task.value},
                       {"document", made.document.value},
                       {"path", made.path},
                       {"steps", going.steps.size()},
                       {"due", going.day ? json(going.day->Iso()) : json()}}
                      .dump();
    store::AppendEvent(s_, event);
    // Documents of one round are held against each other anyhow; a link ties others.
    if (round_.id != going.upper->round) store::ForgetChecked(s_, made.document);
  }

  OfficeCore& core_;
  store::Session& s_;
  const Actor& actor_;

  UnitId unit_id_;
  UnitRef unit_;
  Round round_;
  std::vector<Going> going_;
  std::optional<store::DocumentRow> old_;
  Document text_;
  Draft draft_;
};

}  // namespace

Result<HandedDown> HandDown(OfficeCore& core, store::Session& s, const Task& upper,
                            const Breakdown& breakdown, const CascadeRequest& request, const Actor& actor) {
  Handing handing(core, s, actor);
  ZG_TRY(handing.Begin(request.unit, request.round ? request.round : upper.round));
  ZG_TRY(handing.Add(upper, breakdown, request.steps, request.due));
  ZG_ASSIGN(std::vector<HandedDown> made, handing.Commit());
  return made.front();
}

Result<std::vector<HandedDown>> HandDownAll(OfficeCore& core, store::Session& s,
                                            const std::vector<Task>& uppers, UnitId unit, RoundId round,
                                            const Actor& actor) {
  Handing handing(core, s, actor);
  ZG_TRY(handing.Begin(unit, round));
  size_t going = 0;
  std::string against;  // which of them cannot, and why
  for (const auto& upper : uppers) {
    Breakdown breakdown = store::LoadBreakdown(s, upper.id);
    bool any = std::any_of(breakdown.steps.begin(), breakdown.steps.end(),
                           [&](const BreakdownStep& step) { return step.unit == unit && !step.done; });
    if (!any) continue;
    Status added = handing.Add(upper, breakdown, {}, {});
    if (added.ok())
      ++going;
    else if (added.error().id == "breakdown.lower_late")
      against += (against.empty() ? "" : "；") + ("任务" + upper.entry.path + "：" + added.error().message);
  }
  if (!against.empty()) return Refused("breakdown.lower_late", "一项也没有交下去。" + against, "unit");
  if (going == 0) {
    return Refused("breakdown.no_steps", "没有可以交给这个单位的任务：没有分给它的步骤，或已经交过。",
                   "unit");
  }
  return handing.Commit();
}

}  // namespace zg
