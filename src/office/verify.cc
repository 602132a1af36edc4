#include "office/verify.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "ledger/proof.h"
#include "ledger/provenance.h"
#include "office/core.h"
#include "office/json.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/findings.h"
#include "store/links.h"
#include "store/rebuild.h"
#include "store/tasks.h"
#include "store/texts.h"

namespace zg {
namespace {

constexpr size_t kMostBreaks = 100;

// Walks one state of the ledger.
class Verifier {
 public:
  Verifier(const OfficeCore& core, store::Session& session) : core_(core), s_(session) {}

  VerifyReport Run() {
    Database();
    Chain();
    for (DocId id : store::AllDocumentIds(s_)) {
      if (Full()) break;
      DocumentAndTasks(id);
    }
    for (const auto& [task, digest] : tasks_)
      Break("task", "任务号" + std::to_string(task.value),
            "事件里有这项任务，台账里却没有了，应是被绕过系统删除。请用备份恢复。");
    for (const auto& [document, digest] : documents_) {
      Break("document", "文件号" + std::to_string(document.value),
            "事件里有这份文件，台账里却没有了，应是被绕过系统删除。请用备份恢复。");
    }
    Links();
    Marks();
    for (const auto& message : store::RecountBreaks(s_, kMostBreaks)) Break("count", "计数", message);
    return std::move(report_);
  }

 private:
  bool Full() const { return report_.breaks.size() >= kMostBreaks; }
  void Break(std::string what, std::string where, std::string message) {
    if (!Full()) report_.breaks.push_back({std::move(what), std::move(where), std::move(message)});
  }

  void Database() {
    Status status = core_.store->database().Inspect(s_);
    if (!status.ok()) Break("database", "数据库", status.error().message);
  }

  void Chain() {
    std::string previous = kFirstPrevious;
    store::EachEvent(s_, [&](const Event& event) {
      int64_t expected = report_.events + 1;
      std::string where = fmt::format("事件{}（{} {}）", event.seq, event.at.substr(0, 16), event.kind);
      if (event.seq != expected) {
        Break("event", where,
              fmt::format("事件编号断了：应为第{}号。中间的事件被删除或改号，请用备份核对。", expected));
      } else if (event.previous != previous) {
        Break("event", where, "这条事件与前一条接不上，前一条被改过或替换过，请用备份核对。");
      } else if (EventDigest(event) != event.digest) {
        Break("event", where, "这条事件的内容与它的摘要不符，被改过，请用备份核对。");
      } else {
        Note(event);
        ++report_.events;
        previous = event.digest;
        return true;
      }
      Note(event);
      return false;  // whatever follows cannot be trusted
    });
  }

  void Note(const Event& event) {
    ReadProof(
        event.proof, [&](TaskId id, std::string_view digest) { tasks_[id] = digest; },
        [&](DocId id, std::string_view digest) { documents_[id] = digest; });
    if (event.kind.rfind("link.", 0) == 0) links_[event.subject] = ValueOf(event.after);
    if (event.kind == "finding.explained") marks_[event.subject] = event.note;
    if (event.kind == "finding.reopened") marks_.erase(event.subject);
  }

  void DocumentAndTasks(DocId id) {
    auto row = store::LoadDocument(s_, id);
    ++report_.documents;
    std::string where = fmt::format("文件{}《{}》", id.value, row->head.title);
    auto proof = documents_.find(id);
    if (proof == documents_.end()) {
      Break("document", where, "没有任何事件记载这份文件入账，应是绕过系统加进来的。");
    } else {
      if (proof->second != store::DocumentDigest(*row)) {
        Break("document", where, "文件的标题、日期等登记内容与入账时不符，被绕过系统改过。");
      }
      documents_.erase(proof);
    }
    if (!store::TextIsIntact(s_, row->text_id)) {
      Break("text", where, "保存的原文与读入时不一致，被改过。请用备份恢复。");
    }
    Status file = core_.vault->Check(row->sha256);
    if (!file.ok()) Break("file", where + " " + row->name, file.error().message);
    std::u32string text = store::LoadPlainText(s_, row->text_id);
    Spans(where, CheckDocumentSpans(row->head, text, row->corrected, &report_.spans));
    for (const auto& task : store::LoadTasks(s_, id, true)) OneTask(task, text, where);
  }

  void OneTask(const Task& task, const std::u32string& text, const std::string& document) {
    ++report_.tasks;
    std::string where = fmt::format("{} 任务{}（任务号{}）", document, task.entry.path, task.id.value);
    auto proof = tasks_.find(task.id);
    if (proof == tasks_.end()) {
      Break("task", where, "没有任何事件记载这项任务，应是绕过系统加进来的。");
    } else {
      if (proof->second != TaskDigest(task)) {
        Break("task", where, "任务内容与最后一次留痕不符，被绕过系统改过。请对照原文和事件核对。");
      }
      tasks_.erase(proof);
    }
    std::set<std::string> corrected(task.corrected.begin(), task.corrected.end());
    Spans(where, CheckSpans(task.entry, text, corrected, &report_.spans));
  }

  void Spans(const std::string& where, const std::vector<SpanBreak>& breaks) {
    for (const auto& b : breaks) Break("span", where, Describe(b));
  }

  // Every decision on a link is what its last event says, and there is none without an event.
  // What people said of findings is what the last event says they said.
  void Marks() {
    for (const auto& mark : store::AllMarks(s_)) {
      auto said = marks_.find("finding:" + mark.key);
      if (said == marks_.end() || said->second != mark.reason)
        Break("finding", "核验说明（" + mark.actor + " " + mark.at.substr(0, 16) + "）",
              "这条说明与留痕不符，被绕过系统改过或加进来。");
      if (said != marks_.end()) marks_.erase(said);
    }
    for (const auto& [subject, reason] : marks_)
      Break("finding", "核验说明",
            "留痕里有一条说明（" + reason + "），台账里却没有了，应是被绕过系统删除。");
  }

  void Links() {
    for (const auto& link : store::DecidedLinks(s_)) {
      if (links_.count("link:" + std::to_string(link.id.value))) continue;
      Break("link", fmt::format("关联{}", link.id.value),
            "没有任何事件记载这条关联的确认，应是绕过系统改的。");
    }
    for (const auto& [subject, after] : links_) {
      int64_t id = std::atoll(subject.substr(subject.find(':') + 1).c_str());
      auto link = store::LoadLink(s_, {id});
      bool same = link && after.is_object() && after.value("state", "") == LinkStateName(link->state) &&
                  after.value("from", int64_t(0)) == link->from.value &&
                  after.value("to", int64_t(0)) == link->to.value;
      if (!same)
        Break("link", fmt::format("关联{}", id), "这条关联与最后一次留痕不符，被绕过系统改过或删除。");
    }
  }

  const OfficeCore& core_;
  store::Session& s_;
  VerifyReport report_;
  std::map<TaskId, std::string> tasks_;  // what the last event says; taken out when found
  std::map<DocId, std::string> documents_;
  std::map<std::string, std::string> marks_;  // finding:<key> → reason
  std::map<std::string, nlohmann::json> links_;
};

}  // namespace

Result<VerifyReport> VerifyLedger(const OfficeCore& core) {
  return core.store->Read([&](store::Session& s) { return Verifier(core, s).Run(); });
}

}  // namespace zg
