#include "office/verify.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "ledger/proof.h"
#include "ledger/provenance.h"
#include "office/case_json.h"
#include "office/core.h"
#include "office/json.h"
#include "office/verify_articles.h"
#include "office/verify_dispatch.h"
#include "office/verify_publications.h"
#include "store/documents.h"
#include "store/events.h"
#include "store/evidence.h"
#include "store/findings.h"
#include "store/imports.h"
#include "store/links.h"
#include "store/paper_templates.h"
#include "store/rebuild.h"
#include "store/tasks.h"
#include "store/texts.h"
#include "store/units.h"
#include "store/users.h"

namespace zg {
namespace {

constexpr size_t kMostBreaks = 100;

// Walks one state of the ledger.
class Verifier {
 public:
  Verifier(const OfficeCore& core, store::Session& session, const std::function<bool()>& stop)
      : core_(core), s_(session), stop_(stop) {}

  VerifyReport Run() {
    Database();
    Chain();
    for (DocId id : store::AllDocumentIds(s_)) {
      if (Full() || Stopped()) break;
      DocumentAndTasks(id);
    }
    if (report_.stopped) return std::move(report_);
    for (const auto& [task, digest] : tasks_)
      Break("task", "任务号" + std::to_string(task.value),
            "事件里有这项任务，台账里却没有了，应是被绕过系统删除。请用备份恢复。");
    for (const auto& [document, digest] : documents_) {
      Break("document", "文件号" + std::to_string(document.value),
            "事件里有这份文件，台账里却没有了，应是被绕过系统删除。请用备份恢复。");
    }
    Links();
    Marks();
    Users();
    Places();
    EvidenceRecords();
    CaseBeginnings();
    CaseStates();
    publications_.Check(s_, [this](std::string what, std::string where, std::string message) {
      Break(std::move(what), std::move(where), std::move(message));
    });
    articles_.Check(s_, [this](std::string what, std::string where, std::string message) {
      Break(std::move(what), std::move(where), std::move(message));
    });
    dispatch_.Check(s_, [this](std::string what, std::string where, std::string message) {
      Break(std::move(what), std::move(where), std::move(message));
    });
    for (const auto& message : store::RecountBreaks(s_, kMostBreaks)) Break("count", "计数", message);
    Files();
    if (Stopped()) return std::move(report_);
    for (const auto& message : core_.store->database().BrokenSeals(s_)) Break("database", "数据库", message);
    return std::move(report_);
  }

 public:
  // Bytes that a record speaks of.
  struct Blob {
    std::string sha256, sm3, where;
  };
  std::vector<Blob> TakeBlobs() { return std::move(blobs_); }

 private:
  bool Stopped() { return report_.stopped = report_.stopped || (stop_ && stop_()); }
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
      if (event.seq % 1000 == 0 && Stopped()) return false;
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
    if (event.kind.rfind("evidence.", 0) == 0) evidence_[event.subject] = {ValueOf(event.after), event.seq};
    if (event.kind.rfind("case.", 0) == 0) cases_[event.task] = {ValueOf(event.after), event.seq};
    dispatch_.Note(event);
    publications_.Note(event);
    articles_.Note(event);
    if (size_t at = ("\n" + event.proof).find("\ncases "); at != std::string::npos)
      begun_[event.seq] = event.proof.substr(at + 6, 64);
    if (event.kind.rfind("link.", 0) == 0) links_[event.subject] = ValueOf(event.after);
    if (event.kind.rfind("user.", 0) == 0 && !event.proof.empty()) users_[event.subject] = event.proof;
    if (event.kind == "unit.placed" || event.kind == "unit.made")
      places_[event.subject] = ValueOf(event.after);
    if (event.kind == "finding.explained") marks_[event.subject] = event.note;
    if (event.kind == "finding.reopened") marks_.erase(event.subject);
  }

  void DocumentAndTasks(DocId id) {
    auto row = store::LoadDocument(s_, id);
    ++report_.documents;
    if (!row) {
      Break("document", fmt::format("文件{}", id.value),
            "文件的登记内容读不出来，所属轮次、导入记录或版本被绕过系统改过或删除。请用备份恢复。");
      documents_.erase(id);
      return;
    }
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

  // Who may sign in and do what is what the last event about them proves.
  void Users() {
    for (const auto& user : store::AllUsers(s_)) {
      ++report_.users;
      std::string where = fmt::format("用户“{}”（{}）", user.name, user.login);
      auto last = users_.find("user:" + std::to_string(user.id.value));
      if (last == users_.end()) {
        Break("user", where, "没有任何事件记载这个用户，应是绕过系统加进来的。请立即停用并查明。");
        continue;
      }
      if (last->second != UserProof(user))
        Break("user", where, "用户的角色、单位或密码与最后一次留痕不符，被绕过系统改过。请立即停用并查明。");
      users_.erase(last);
    }
    for (const auto& [subject, proof] : users_)
      Break("user", subject, "事件里有这个用户，台账里却没有了，应是被绕过系统删除。");
  }

  // Units stand where people put them.
  void Places() {
    for (const auto& node : store::LoadUnitNodes(s_)) {
      auto last = places_.find("unit:" + std::to_string(node.id.value));
      if (!node.said && last == places_.end()) continue;
      int64_t told = last == places_.end() ? -1 : last->second.value("parent", int64_t(0));
      if (told == node.parent.value || (told == 0 && !node.said)) continue;
      auto unit = store::LoadUnit(s_, node.id);
      Break("unit", fmt::format("单位{}（{}）", node.id.value, unit ? unit->name : ""),
            "单位的上级与最后一次留痕不符，被绕过系统改过，看得到任务的人会因此不同。");
    }
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

  std::string NameOf(const Evidence& e) {
    std::string task;
    if (!e.ties.empty()) {
      auto head = store::LoadHead(s_, e.ties.front().task);
      task = head ? fmt::format("任务{}（任务号{}）", head->path, head->id.value)
                  : fmt::format("任务号{}", e.ties.front().task.value);
    } else {
      task = "未关联任务";
    }
    return fmt::format("资料{}《{}》 文件“{}” {} {}上传", e.id.value, e.title, e.name, task,
                       e.uploaded_at.substr(0, 10));
  }

  // Every piece of evidence is what its last event says. The bytes are read afterwards (EvidenceBytes).
  void EvidenceRecords() {
    EvidenceId after;
    for (;;) {
      auto batch = store::EvidenceAfter(s_, after, 500);
      for (const auto& e : batch) {
        after = e.id;
        ++report_.evidence;
        std::string where = NameOf(e);
        auto last = evidence_.find("evidence:" + std::to_string(e.id.value));
        if (last == evidence_.end()) {
          Break("evidence", where, "没有任何事件记载这份资料，应是绕过系统加进来的。");
        } else {
          if (last->second.first != EvidenceTold(e)) {
            Break("evidence", where,
                  fmt::format("资料的登记内容与最后一次留痕（事件{}）不符，被绕过系统改过。请对照事件核对。",
                              last->second.second));
          }
          evidence_.erase(last);
        }
        blobs_.push_back({e.sha256, e.sm3, std::move(where)});
      }
      if (batch.empty()) break;
    }
    for (const auto& [subject, last] : evidence_) {
      std::string title = last.first.is_object() ? last.first.value("title", "") : "";
      Break(
          "evidence", fmt::format("资料{}《{}》", subject.substr(subject.find(':') + 1), title),
          fmt::format("事件{}里有这份资料，台账里却没有了，应是被绕过系统删除。请用备份恢复。", last.second));
    }
    if (store::CountWrongShown(s_) > 0)
      Break("evidence", "资料清单", "有资料的版本或移除状态与清单对不上，被绕过系统改过。请对照事件核对。");
  }

  // Files that came and are no documents: drafts, refused, discarded. Bytes are read afterwards.
  void Files() {
    for (auto& one : store::PaperTemplates(s_, ""))
      blobs_.push_back({one.sha256, one.sm3, fmt::format("公文模板{} {}", one.id, one.name)});
    for (auto& row : store::ListImports(s_, false, 10'000'000)) {
      if (row.document) continue;  // its document's file has been read
      blobs_.push_back({row.sha256, row.sm3, fmt::format("导入{} {}", row.id.value, row.name)});
    }
  }

  // Where tasks entered their workflow is what the event of that moment proves.
  void CaseBeginnings() {
    for (int64_t seq : store::BegunSeqs(s_)) {
      auto told = begun_.find(seq);
      if (told == begun_.end() || told->second != store::BegunDigest(s_, seq))
        Break("case", fmt::format("事件{}", seq),
              "任务进入流程时的环节与当时的留痕不符，被绕过系统改过、加过或删过。请用备份核对。");
      if (told != begun_.end()) begun_.erase(told);
    }
    for (const auto& [seq, digest] : begun_)
      Break("case", fmt::format("事件{}", seq), "事件里进入流程的任务，台账里却没有了，应是被绕过系统删除。");
  }

  // Where each task stands is what its last step says; before the first one, where it began.
  void CaseStates() {
    TaskId after;
    for (;;) {
      auto batch = store::CasesAfter(s_, after, 500);
      for (const auto& row : batch) {
        after = row.task;
        nlohmann::json now = CaseTold(row);
        auto last = cases_.find(row.task);
        nlohmann::json then = now;
        if (last != cases_.end()) {
          for (auto& [key, value] : then.items())
            value = last->second.first.is_object() ? last->second.first.value(key, nlohmann::json())
                                                   : nlohmann::json();
          cases_.erase(last);
        } else {
          then["state"] = row.begun_state;
          then["entered"] = row.begun_day.Iso();
          then["cycle"] = 1;
          then["cycle_at"] = then["back"] = then["checked"] = "";
          then["revision"] = 1;
        }
        if (now != then) {
          auto head = store::LoadHead(s_, row.task);
          Break("case", fmt::format("任务{}（任务号{}）", head ? head->path : "", row.task.value),
                "任务所在的环节与最后一次办理的留痕不符，被绕过系统改过。请对照事件核对。");
        }
      }
      if (batch.empty()) break;
    }
    for (const auto& [task, last] : cases_)
      Break("case", fmt::format("任务号{}", task.value),
            fmt::format("事件{}办理过这项任务，流程里却没有它了，应是被绕过系统删除。", last.second));
  }

  const OfficeCore& core_;
  store::Session& s_;
  const std::function<bool()>& stop_;
  VerifyReport report_;
  std::map<std::string, std::pair<nlohmann::json, int64_t>>
      evidence_;                         // what the last event says, and its number
  std::map<TaskId, std::string> tasks_;  // what the last event says; taken out when found
  std::map<TaskId, std::pair<nlohmann::json, int64_t>> cases_;  // the last step, and its event
  DispatchProof dispatch_;
  PublicationProof publications_;
  ArticleProof articles_;
  std::map<int64_t, std::string> begun_;  // event → digest of those that began with it
  std::map<DocId, std::string> documents_;
  std::map<std::string, std::string> marks_;  // finding:<key> → reason
  std::map<std::string, nlohmann::json> links_;
  std::map<std::string, std::string> users_;      // user:<id> → proof
  std::map<std::string, nlohmann::json> places_;  // unit:<id> → where it was put
  std::vector<Blob> blobs_;
};

// Reads every file of evidence again to its end; outside of the transaction, since it may take hours.
void EvidenceBytes(const BlobStore& vault, const std::vector<Verifier::Blob>& blobs,
                   const std::function<bool()>& stop, VerifyReport& report) {
  std::map<std::string, std::string> faults;  // by SHA-256: what is wrong; empty: nothing
  for (const auto& blob : blobs) {
    if (report.breaks.size() >= kMostBreaks) return;
    if (report.stopped = stop && stop(); report.stopped) return;
    auto [it, first] = faults.try_emplace(blob.sha256);
    if (first) {
      auto now = vault.Digests(blob.sha256);
      if (!now.ok())
        it->second = now.error().message;
      else if (now->sha256 != blob.sha256 || now->sm3 != blob.sm3)
        it->second = "文件的内容被改过：摘要与上传时不符。请用备份恢复，并查明是谁动了数据目录。";
    }
    if (!it->second.empty()) report.breaks.push_back({"file", blob.where, it->second});
  }
}

}  // namespace

Result<VerifyReport> VerifyLedger(const OfficeCore& core, const std::function<bool()>& stop) {
  std::vector<Verifier::Blob> blobs;
  ZG_ASSIGN(VerifyReport report, core.store->Read([&](store::Session& s) {
    Verifier verifier(core, s, stop);
    VerifyReport found = verifier.Run();
    blobs = verifier.TakeBlobs();
    return found;
  }));
  if (!report.stopped) EvidenceBytes(*core.vault, blobs, stop, report);
  return report;
}

}  // namespace zg
