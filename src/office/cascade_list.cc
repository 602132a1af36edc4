#include "office/cascade_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "extract/json.h"
#include "office/cascade_text.h"
#include "office/core.h"
#include "office/draft.h"
#include "office/review.h"
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

// One task on its way down. Lives as long as the transaction.
class Handing {
 public:
  Handing(OfficeCore& core, store::Session& s, const Task& upper, const CascadeRequest& request,
          const Actor& actor)
      : core_(core), s_(s), upper_(upper), request_(request), actor_(actor) {}

  Result<HandedDown> Run(const Breakdown& breakdown) {
    ZG_TRY(ChooseUnit());
    ZG_TRY(ChooseRound());
    ZG_TRY(ChooseSteps(breakdown));
    ZG_TRY(ChooseDay());
    ZG_TRY(WriteList());
    ZG_TRY(CommitList());
    MakeLink();
    return made_;
  }

 private:
  Status ChooseUnit() {
    auto unit = store::LoadUnit(s_, request_.unit);
    if (!unit) return Error{Code::kNotFound, "没有这个单位，请重新选择。", "unit", "unit.not_found"};
    unit_ = {unit->name};
    unit_.known = unit->known;
    for (const auto& own : store::UnitsOf(s_, upper_.id)) {
      if (own.side != 0 || own.measure >= 0 || own.unit != request_.unit) continue;
      return Refused("breakdown.same_unit", unit->name + "就是这项任务的责任单位，请选择下级单位。", "unit");
    }
    for (const auto& link : store::LinksOf(s_, upper_.id)) {
      if (link.kind != LinkKind::kCascadesFrom || link.to != upper_.id || link.state != LinkState::kConfirmed)
        continue;
      for (const auto& lower : store::UnitsOf(s_, link.from)) {
        auto head = store::LoadHead(s_, link.from);
        if (lower.side != 0 || lower.unit != request_.unit || !head || head->gone) continue;
        return Error{
            Code::kConflict,
            "这项任务已经分解给" + unit->name + "（其清单任务" + head->path + "），请直接修改那项任务。",
            "unit", "breakdown.handed_down"};
      }
    }
    return {};
  }

  Status ChooseRound() {
    auto round = store::LoadRound(s_, request_.round ? request_.round : upper_.round);
    if (!round) return Error{Code::kNotFound, "没有这个督察轮次，请重新选择。", "round", "round.not_found"};
    round_ = *round;
    return {};
  }

  Status ChooseSteps(const Breakdown& breakdown) {
    for (const auto& step : breakdown.steps) {
      bool asked = std::count(request_.steps.begin(), request_.steps.end(), step.id) > 0;
      bool own = request_.steps.empty() && step.unit == request_.unit && !step.done;
      if (asked || own) steps_.push_back(step);
    }
    if (steps_.empty() || (!request_.steps.empty() && steps_.size() != request_.steps.size())) {
      return Refused("breakdown.no_steps",
                     "没有分给" + unit_.name + "的步骤，请先分解，或选择要交下去的步骤。", "steps");
    }
    return {};
  }

  Status ChooseDay() {
    std::optional<Date> most = upper_.entry.deadline ? upper_.entry.deadline->date : std::nullopt;
    day_ = request_.due;
    if (!day_) {
      for (const auto& step : steps_)
        if (step.due && (!day_ || *step.due > *day_)) day_ = step.due;
      if (!day_) day_ = most;
    }
    if (day_ && most && *day_ > *most) {
      return Refused("breakdown.lower_late",
                     "下级时限" + day_->Chinese() + "晚于本任务的时限" + most->Chinese() + "，请提前。",
                     "due");
    }
    for (const auto& step : steps_) {
      if (!day_ || !step.due || *step.due <= *day_) continue;
      return Refused("breakdown.lower_late",
                     "步骤“" + step.text + "”的时限" + step.due->Chinese() + "晚于交给下级的时限" +
                         day_->Chinese() + "，请改其一。",
                     "due");
    }
    return {};
  }

  // The unit's list of the round as it stands, or a new one; the task behind it.
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
    auto document = store::LoadDocument(s_, upper_.document);
    std::string source = (document ? "《" + document->head.title + "》" : "") + "任务" + upper_.entry.path;
    AddLowerEntry({number, &upper_, source, unit_, day_, steps_}, text_, draft_);
    made_.path = draft_.entries.back().path;
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
    ZG_ASSIGN(row.sha256, core_.vault->Put(bytes));
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
    made_.document = {committed["document_id"].get<int64_t>()};
    for (const auto& head : store::HeadsOf(s_, made_.document))
      if (head.path == made_.path) made_.task = head.id;
    return {};
  }

  void MakeLink() {
    Link link{{}, LinkKind::kCascadesFrom, made_.task, upper_.id, LinkState::kConfirmed, 1.0, "任务分解"};
    link.id = store::InsertLink(s_, link, actor_.name, core_.Now());
    Event tied = core_.EventOf(actor_, "link.made", "link:" + std::to_string(link.id.value));
    tied.task = link.from;
    tied.document = made_.document;
    tied.after = json{{"kind", LinkKindName(link.kind)},
                      {"from", link.from.value},
                      {"to", link.to.value},
                      {"state", LinkStateName(link.state)}}
                     .dump();
    store::AppendEvent(s_, tied);
    Event event = core_.EventOf(actor_, "task.handed_down", "task:" + std::to_string(upper_.id.value));
    event.task = upper_.id;
    event.document = upper_.document;
    event.after =
        json{{"unit", unit_.name}, {"task", made_.task.value}, {"document", made_.document.value},
             {"path", made_.path}, {"steps", steps_.size()},   {"due", day_ ? json(day_->Iso()) : json()}}
            .dump();
    store::AppendEvent(s_, event);
    // Documents of one round are held against each other anyhow; a link ties others.
    if (round_.id != upper_.round) store::ForgetChecked(s_, made_.document);
  }

  OfficeCore& core_;
  store::Session& s_;
  const Task& upper_;
  const CascadeRequest& request_;
  const Actor& actor_;

  UnitRef unit_;
  Round round_;
  std::vector<BreakdownStep> steps_;
  std::optional<Date> day_;
  std::optional<store::DocumentRow> old_;
  Document text_;
  Draft draft_;
  HandedDown made_;
};

}  // namespace

Result<HandedDown> HandDown(OfficeCore& core, store::Session& s, const Task& upper,
                            const Breakdown& breakdown, const CascadeRequest& request, const Actor& actor) {
  return Handing(core, s, upper, request, actor).Run(breakdown);
}

}  // namespace zg
