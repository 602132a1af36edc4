#include "office/checks.h"

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "office/core.h"
#include "office/json.h"
#include "office/kept.h"
#include "office/paper.h"
#include "office/period_papers.h"
#include "office/questions.h"
#include "office/scribe.h"
#include "store/events.h"
#include "store/findings.h"
#include "store/imports.h"
#include "store/jobs.h"
#include "store/periods.h"
#include "store/sight.h"
#include "store/texts.h"
#include "store/units.h"

namespace zg {
namespace {

using nlohmann::json;

// Of the rules. Another one, or other words, and everything is checked again.
constexpr const char* kEngine = "1";
constexpr int64_t kNeighbourBytes = 8 << 20;
constexpr int64_t kBatchBytes =
    16 << 20;  // of documents checked in one go; reading them takes some 20 times that
constexpr size_t kMostAnswers = 20'000;  // of one period
constexpr int kMostUnits = 200;
constexpr std::chrono::seconds kSettle{10}, kSettleAtMost{120};
constexpr std::chrono::seconds kLook{3};  // for what other nodes have changed
constexpr int kMostQuestions = 5'000;
constexpr size_t kMostReason = 2000;

Error NotFound() {
  return {Code::kNotFound, "没有这条核验结果，可能刚刚重新核验过，请刷新。", "", "finding.not_found"};
}

std::optional<int> SeverityNumber(const std::string& name) {
  for (Severity s : {Severity::kError, Severity::kWarning, Severity::kNote})
    if (SeverityName(s) == name) return int(s);
  return std::nullopt;
}

json MarkJson(const std::optional<store::FindingMark>& mark) {
  if (!mark) return json();
  return {{"reason", mark->reason}, {"actor", mark->actor}, {"at", mark->at}};
}

json FindingJson(const store::FindingRow& row) {
  json item = ValueOf(row.body);
  item["id"] = row.id;
  item["explained"] = MarkJson(row.mark);
  return item;
}

store::FindingFilter FilterOf(const FindingQuery& query) {
  store::FindingFilter filter;
  filter.scope = query.scope;
  filter.severity = SeverityNumber(query.severity);
  filter.kind = query.kind;
  filter.unit = query.unit;
  filter.task = query.task;
  filter.document = query.document;
  filter.round = query.round;
  filter.explained = query.explained;
  return filter;
}

Error BadAfter() {
  return {Code::kInvalid, "翻页参数 after 不对，请从第一页重新翻起。", "after", "parameter.after"};
}

std::optional<int64_t> Number(std::string_view text) {
  int64_t n = 0;
  auto r = std::from_chars(text.data(), text.data() + text.size(), n);
  return r.ec == std::errc() && r.ptr == text.data() + text.size() && n >= 0 ? std::optional(n)
                                                                             : std::nullopt;
}

// "1.42": severity and id of the last one.
Result<std::optional<std::pair<int, int64_t>>> ReadAfter(const std::string& after) {
  if (after.empty()) return std::optional<std::pair<int, int64_t>>();
  size_t dot = after.find('.');
  auto severity = dot == 1 ? Number(std::string_view(after).substr(0, 1)) : std::nullopt;
  auto id = dot == 1 ? Number(std::string_view(after).substr(2)) : std::nullopt;
  if (!severity || !id) return BadAfter();
  return std::optional(std::pair(int(*severity), *id));
}

json CountsJson(const store::FindingCounts& counts) {
  json by_severity = json::object(), by_kind = json::object();
  for (Severity s : {Severity::kError, Severity::kWarning, Severity::kNote}) {
    auto it = counts.by_severity.find(int(s));
    by_severity[std::string(SeverityName(s))] = it == counts.by_severity.end() ? 0 : it->second;
  }
  for (const auto& [kind, n] : counts.by_kind) by_kind[kind] = n;
  return {{"severity", by_severity}, {"kind", by_kind}, {"explained", counts.explained}};
}

// Counting takes as long as the findings are many; who looks at one task or document looks at few.
std::optional<std::string> CountsKey(const store::FindingFilter& f) {
  if (f.task || f.document) return std::nullopt;
  auto id = [](const auto& optional) { return std::to_string(optional ? optional->value : 0); };
  return std::to_string(f.severity.value_or(-1)) + " " + f.kind + " " + id(f.unit) + " " + id(f.round) + " " +
         std::to_string(f.explained ? int(*f.explained) : -1) +
         (f.scope.all ? "" : " in " + std::to_string(f.scope.unit.value));
}

// {total, counts, units}
json CountedJson(store::Session& s, const store::FindingFilter& filter) {
  json units = json::array();
  for (const auto& u : store::FindingUnits(s, filter, kMostUnits))
    units.push_back({{"unit_id", u.unit.value}, {"name", u.name}, {"n", u.n}});
  store::FindingCounts counts = store::CountFindings(s, filter);
  return {{"total", counts.total}, {"counts", CountsJson(counts)}, {"units", std::move(units)}};
}

Status CheckReason(const std::string& reason) {
  if (Trim(ToUtf32(reason)).empty())
    return Error{Code::kInvalid, "请写明理由，说明这个数据或说法为什么没有问题。", "reason",
                 "finding.no_reason"};
  if (reason.size() > kMostReason)
    return Error{Code::kInvalid, "理由太长，请压到六百字以内。", "reason", "finding.no_reason"};
  return {};
}

}  // namespace

struct Checks::Impl {
  explicit Impl(OfficeCore& c) : core(c) {}

  // The documents of one run: those to be checked come last, so that what two documents say is told of the
  // later one.
  Result<Papers> Gather(const std::vector<store::Unchecked>& batch) const {
    Papers papers;
    std::set<DocId> in_batch;
    for (const auto& wanted : batch) in_batch.insert(wanted.document);
    ZG_TRY(core.store->Read([&](store::Session& s) {
      std::set<DocId> neighbours;
      int64_t bytes = kNeighbourBytes;
      for (const auto& wanted : batch) {
        for (const auto& n : store::CheckNeighbours(s, wanted.document, kNeighbourBytes)) {
          if (in_batch.count(n.document) || neighbours.count(n.document) || bytes < n.bytes) continue;
          bytes -= n.bytes;
          neighbours.insert(n.document);
        }
      }
      for (DocId id : neighbours) papers.Add(s, id);
      for (const auto& wanted : batch) papers.Add(s, wanted.document);
    }));
    return papers;
  }

  // Reads, checks and writes some documents. → how many findings came or went
  Result<int64_t> CheckBatch(const std::vector<store::Unchecked>& batch) {
    ZG_ASSIGN(Papers papers, Gather(batch));
    CheckOptions options;
    options.words = words;
    for (size_t i = papers.size() - batch.size(); i < papers.size(); ++i) options.changed.push_back(i);
    auto inputs = papers.Inputs();
    CheckResult result = Check(inputs, options);
    std::vector<store::FindingRow> all;
    std::map<std::tuple<int64_t, int64_t, std::string>, int> twice;
    for (const auto& f : result.findings) {
      all.push_back(FindingRowOf(papers, f));
      auto& row = all.back();
      if (int n = ++twice[{row.document.value, row.other.value, row.key}]; n > 1)
        row.key += "-" + std::to_string(n);
    }
    std::map<DocId, std::vector<store::RelationRow>> relations;
    for (const auto& r : result.confirmed) {
      auto row = RelationRowOf(papers, r);
      relations[row.document].push_back(std::move(row));
    }
    std::map<DocId, std::vector<store::FindingRow>> findings;
    for (const auto& row : all) {
      findings[row.document].push_back(row);
      if (row.other) findings[row.other].push_back(row);
    }
    return Write([&](store::Session& s) -> Result<int64_t> {
      int64_t changes = 0;
      for (const auto& wanted : batch) {
        changes += store::ReplaceFindings(s, wanted.document, findings[wanted.document]);
        store::ReplaceRelations(s, wanted.document, relations[wanted.document]);
        store::NoteChecked(s, wanted);
      }
      return changes;
    });
  }

  // The answers of one period, against each other and against what the units said before.
  Result<int64_t> CheckPeriod(const store::UncheckedPeriod& wanted) {
    Papers papers;
    size_t now = 0;
    std::string code;
    ZG_TRY(core.store->Read([&](store::Session& s) {
      auto period = store::LoadPeriod(s, wanted.period);
      if (!period) return;
      code = period->code;
      now = AddPeriod(s, *period, kMostAnswers, papers);
    }));
    CheckOptions options;
    options.words = words;
    for (size_t i = papers.size() - now; i < papers.size(); ++i) options.changed.push_back(i);
    std::vector<store::FindingRow> rows;
    if (now > 0) {
      auto inputs = papers.Inputs();
      std::map<std::string, int> twice;
      for (const auto& f : Check(inputs, options).findings) {
        if (f.place.input < papers.size() - now) continue;  // told of the later answer
        rows.push_back(FindingRowOf(papers, f));
        if (int n = ++twice[rows.back().key]; n > 1) rows.back().key += "-" + std::to_string(n);
      }
    }
    return Write([&](store::Session& s) -> Result<int64_t> {
      int64_t changes = store::ReplacePeriodFindings(s, code, rows);
      store::NotePeriodChecked(s, wanted);
      return changes;
    });
  }

  // In the thread of low priority, somebody else writes.
  template <class F>
  auto Write(F f) -> decltype(std::declval<store::Store&>().WriteAlone(f)) {
    if (std::this_thread::get_id() != thread.get_id()) return core.store->WriteAlone(std::move(f));
    std::optional<decltype(core.store->WriteAlone(f))> written;
    scribe->Do([&] { written.emplace(core.store->WriteAlone(std::move(f))); });
    return std::move(*written);
  }

  // Kept until somebody says something or something was checked.
  json Counted(store::Session& s, const store::FindingFilter& filter) const {
    auto key = CountsKey(filter);
    if (!key) return CountedJson(s, filter);
    std::string state = store::LastEventDigest(s) + " " + store::FindingsState(s);
    if (auto answer = kept.Find(*key, state)) return json::parse(answer->text);
    json counted = CountedJson(s, filter);
    kept.Keep(*key, state, {counted.dump(-1, ' ', false, json::error_handler_t::replace)});
    return counted;
  }

  Result<std::vector<store::Unchecked>> Waiting() const {
    return core.store->Read([this](store::Session& s) { return store::UncheckedDocuments(s, engine); });
  }

  Result<json> CheckAll(const std::function<bool()>& stop) {
    std::lock_guard lock(one_at_a_time);
    ZG_ASSIGN(auto waiting, Waiting());
    int64_t changes = 0, documents = 0;
    pending = std::max<int64_t>(1, int64_t(waiting.size()));
    if (!waiting.empty()) {
      ZG_TRY(Write([](store::Session& s) -> Status {
        store::DropSuperseded(s);
        return {};
      }));
    }
    for (size_t at = 0; at < waiting.size() && !stop();) {
      std::vector<store::Unchecked> batch;
      for (int64_t bytes = 0;
           at < waiting.size() && (batch.empty() || bytes + waiting[at].bytes <= kBatchBytes); ++at) {
        bytes += waiting[at].bytes;
        batch.push_back(waiting[at]);
      }
      ZG_ASSIGN(int64_t n, CheckBatch(batch));
      changes += n;
      documents += int64_t(batch.size());
      // None only at the end, when it is known whether something has changed meanwhile.
      pending = std::max<int64_t>(1, int64_t(waiting.size()) - documents);
    }
    ZG_ASSIGN(auto periods,
              core.store->Read([this](store::Session& s) { return store::UncheckedPeriods(s, engine); }));
    for (const auto& wanted : periods) {
      if (stop()) break;
      ZG_ASSIGN(int64_t n, CheckPeriod(wanted));
      changes += n;
    }
    std::lock_guard guard(mutex);
    pending = awake ? 1 : 0;  // something may have changed meanwhile
    return json{{"documents", documents}, {"changes", changes}};
  }

  // Whether it is this node that checks: the youngest, so that two versions with different rules do not check
  // against each other for ever; and no other one is still at it.
  bool TakeTurn() {
    if (core.nodes->alone()) return true;
    if (!core.nodes->Youngest()) return false;
    auto mine = core.store->Beside([&](store::Session& s) {
      if (!store::LoadJob(s, "checks", "all")) store::AddJob(s, {"checks", "all"});
      return store::ClaimTurn(s, "checks", "all", 0, 0, core.nodes->id());
    });
    if (!mine.ok()) core.Log(mine.error());
    return mine.ok() && *mine;
  }
  void GiveTurn(const Status& done) {
    if (core.nodes->alone()) return;
    Status given = core.store->Beside([&](store::Session& s) {
      store::PutOff(s, "checks", "all", core.nodes->id(), 0, 0, done.ok() ? "" : done.error().message);
    });
    if (!given.ok()) core.Log(given.error());
  }
  std::string LedgerState() const {
    auto state = core.store->Read([](store::Session& s) { return store::LastEventDigest(s); });
    return state.ok() ? *state : "";
  }
  void CheckInTurn() {
    checker = TakeTurn();
    if (!checker) return;
    std::string state = LedgerState();
    auto done = CheckAll([this] {
      std::lock_guard guard(mutex);
      return stopping;
    });
    if (done.ok())
      checked = state;
    else
      core.Log(done.error());
    GiveTurn(done.ok() ? Status() : Status(done.error()));
  }
  // Alone it hears of every change. Otherwise another node may have ended before it told of one, or left the
  // checking to this one.
  void WaitForChange(std::unique_lock<std::mutex>& lock) {
    auto called = [this] { return awake || stopping; };
    if (core.nodes->alone()) return wake.wait(lock, called);
    while (!wake.wait_for(lock, kLook, called)) {
      lock.unlock();
      bool changed = LedgerState() != checked && core.nodes->Youngest();
      lock.lock();
      if (changed) break;
    }
  }

  void Run() {
    // Nobody waits for it: people's requests come first. On Linux the priority is the thread's own.
    setpriority(PRIO_PROCESS, id_t(gettid()), 19);
    std::unique_lock lock(mutex);
    while (!stopping) {
      awake = false;
      lock.unlock();
      CheckInTurn();
      lock.lock();
      WaitForChange(lock);
      Settle(lock);
    }
  }
  void Wake(bool soon) {
    {
      std::lock_guard lock(mutex);
      awake = true;
      at_once |= soon;
      ++wakes;
      if (pending == 0) pending = 1;
    }
    wake.notify_all();
  }
  // When many are reporting at once, it looks when they pause, and after a while in any case.
  void Settle(std::unique_lock<std::mutex>& lock) {
    auto latest = std::chrono::steady_clock::now() + kSettleAtMost;
    while (!at_once && !stopping) {
      int seen = wakes;
      auto until = std::min(latest, std::chrono::steady_clock::now() + kSettle);
      bool changed = wake.wait_until(lock, until, [&] { return at_once || stopping || wakes != seen; });
      if (!changed || until == latest) break;
    }
    at_once = false;
  }

  OfficeCore& core;
  std::shared_ptr<const CheckWords> words;
  std::string engine = kEngine;  // what makes every document unchecked when it changes: the rules, the words
  mutable Kept kept{64};         // counts
  std::mutex one_at_a_time;
  std::atomic<int64_t> pending{1};  // documents that the thread has still to look at, at the least

  std::mutex mutex;  // guards what follows
  std::condition_variable wake;
  bool awake = false, stopping = false;
  bool at_once = false;  // without settling
  int wakes = 0;
  std::string checked;               // of the thread: the state of the ledger that was checked last
  std::atomic<bool> checker{false};  // it is this node that checks
  std::unique_ptr<Scribe> scribe;
  std::thread thread;
};

Checks::Checks(OfficeCore& core) : impl_(std::make_unique<Impl>(core)) {
  auto words =
      core.options.vocabulary.empty() ? CheckWords::Builtin() : CheckWords::Load(core.options.vocabulary);
  if (words.ok()) {
    impl_->words = *words;
    impl_->engine += "." + (*words)->digest;
  } else {
    core.Log(words.error());
  }
  if (core.options.background) {
    impl_->scribe = std::make_unique<Scribe>();
    impl_->thread = std::thread([this] { impl_->Run(); });
  }
}

Checks::~Checks() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  if (impl_->thread.joinable()) impl_->thread.join();
}

void Checks::Hear() {
  impl_->Wake(true);
}

void Checks::Wake(bool at_once) {
  impl_->Wake(at_once);
  if (at_once) impl_->core.nodes->Ring("checks");
}

Result<json> Checks::CheckAll() {
  return impl_->CheckAll([] { return false; });
}

Status Checks::TakeAsChecked() {
  return impl_->core.store->WriteAlone([this](store::Session& s) -> Status {
    for (const auto& document : store::UncheckedDocuments(s, impl_->engine)) store::NoteChecked(s, document);
    for (const auto& period : store::UncheckedPeriods(s, impl_->engine)) store::NotePeriodChecked(s, period);
    return {};
  });
}

Result<json> Checks::List(const FindingQuery& query) const {
  ZG_ASSIGN(auto after, ReadAfter(query.after));
  store::FindingFilter filter = FilterOf(query);
  int limit = std::clamp(query.limit, 1, 200);
  return impl_->core.store->Read([&](store::Session& s) {
    auto rows = store::FindFindings(s, filter, after, limit + 1);
    std::string next;
    if (int(rows.size()) > limit) {
      rows.pop_back();
      next = std::to_string(rows.back().severity) + "." + std::to_string(rows.back().id);
    }
    json items = json::array();
    for (const auto& row : rows) items.push_back(FindingJson(row));
    json counted = impl_->Counted(s, filter);
    json list = ListJson(std::move(items), counted["total"].get<int64_t>(), next);
    bool here = impl_->thread.joinable() && (impl_->core.nodes->alone() || impl_->checker);
    list["pending"] =
        here ? impl_->pending.load() : int64_t(store::UncheckedDocuments(s, impl_->engine).size());
    list["counts"] = std::move(counted["counts"]);
    list["units"] = std::move(counted["units"]);
    return list;
  });
}

Result<json> Checks::Get(int64_t id, const Scope& scope) const {
  return impl_->core.store->Read([&](store::Session& s) -> Result<json> {
    auto row = store::LoadFinding(s, id);
    if (!row || !store::SeesTask(s, scope, row->task)) return NotFound();
    return FindingJson(*row);
  });
}

Result<json> Checks::Relations(const RelationQuery& query) const {
  auto after = query.after.empty() ? std::optional<int64_t>(0) : Number(query.after);
  if (!after) return BadAfter();
  int limit = std::clamp(query.limit, 1, 200);
  return impl_->core.store->Read([&](store::Session& s) {
    auto rows = store::FindRelations(s, query.document, query.task, *after, limit + 1, query.scope);
    std::string next;
    if (int(rows.size()) > limit) {
      rows.pop_back();
      next = std::to_string(rows.back().id);
    }
    json items = json::array();
    for (const auto& row : rows) {
      json item = ValueOf(row.body);
      item["id"] = row.id;
      items.push_back(std::move(item));
    }
    return ListJson(std::move(items), store::CountRelations(s, query.document, query.task, query.scope),
                    next);
  });
}

Result<json> Checks::OfImport(ImportId id) const {
  Papers papers;
  ZG_TRY(impl_->core.store->Read([&](store::Session& s) -> Status {
    auto row = store::LoadImport(s, id);
    if (!row) return Error{Code::kNotFound, "没有这次导入，可能已被清除。", "", "import.not_found"};
    if (!row->text_id)
      return Error{Code::kConflict, "文件还没有读完，请稍候。", row->name, "import.not_draft"};
    ZG_ASSIGN(CurrentDraft current, LoadCurrentDraft(s, id));
    Paper paper;
    paper.title = current.draft.title.empty() ? row->name : current.draft.title;
    paper.document = store::LoadText(s, row->text_id);
    paper.draft = std::move(current.draft);
    for (const Entry& e : paper.draft.entries) {
      for (const auto& ref : e.responsible) paper.names[e.path].push_back(ref.name);
    }
    paper.issuers = paper.draft.issuer;
    papers.Add(std::move(paper));
    int64_t bytes = kNeighbourBytes;
    for (const auto& other : store::NewestDocuments(s, 400)) {
      bool itself = other.id == row->supersedes || other.import == id;
      if (!itself && (bytes -= other.bytes) >= 0) papers.Add(s, other.id);
    }
    return {};
  }));
  CheckOptions options;
  options.words = impl_->words;
  options.changed = {0};
  auto inputs = papers.Inputs();
  CheckResult result = Check(inputs, options);
  json items = json::array();
  for (const auto& f : result.findings) {
    if (f.place.input == 0) items.push_back(FindingBody(papers, f));
  }
  return json{{"items", std::move(items)}, {"confirmed", result.confirmed.size()}};
}

Result<json> Checks::Explain(int64_t id, const std::string& reason, const Actor& actor) {
  ZG_TRY(CheckReason(reason));
  OfficeCore& core = impl_->core;
  return core.store->Write([&](store::Session& s) -> Result<json> {
    auto row = store::LoadFinding(s, id);
    if (!row || !store::SeesTask(s, actor.scope(), row->task)) return NotFound();
    json body = ValueOf(row->body);
    Event event = core.EventOf(actor, "finding.explained", "finding:" + row->key);
    event.document = row->document;
    event.task = row->task;
    event.before = row->mark ? MarkJson(row->mark).dump() : "";
    event.after = json{{"kind", row->kind}, {"message", body.value("message", "")}}.dump();
    event.note = reason;
    store::AppendEvent(s, event);
    row->mark = store::FindingMark{row->key, reason, actor.name, event.at};
    store::SaveMark(s, *row->mark);
    return FindingJson(*row);
  });
}

Result<json> Checks::Reopen(int64_t id, const std::string& reason, const Actor& actor) {
  ZG_TRY(CheckReason(reason));
  OfficeCore& core = impl_->core;
  return core.store->Write([&](store::Session& s) -> Result<json> {
    auto row = store::LoadFinding(s, id);
    if (!row || !store::SeesTask(s, actor.scope(), row->task)) return NotFound();
    if (!row->mark) return Error{Code::kConflict, "这条还没有说明，不用撤回。", "", "finding.not_explained"};
    Event event = core.EventOf(actor, "finding.reopened", "finding:" + row->key);
    event.document = row->document;
    event.task = row->task;
    event.before = MarkJson(row->mark).dump();
    event.note = reason;
    store::AppendEvent(s, event);
    store::DropMark(s, row->key);
    row->mark.reset();
    return FindingJson(*row);
  });
}

Result<ExportedFile> Checks::Questions(const FindingQuery& query, const std::string& format) const {
  store::FindingFilter filter = FilterOf(query);
  std::string only;
  ZG_ASSIGN(auto rows, impl_->core.store->Read([&](store::Session& s) {
    if (auto unit = query.unit ? store::LoadUnit(s, *query.unit) : std::nullopt) only = unit->name;
    return store::FindFindings(s, filter, std::nullopt, kMostQuestions + 1);
  }));
  if (int(rows.size()) > kMostQuestions)
    return Error{Code::kInvalid, "一次最多导出5000条，请先加筛选条件。", "", "export.too_many"};
  std::vector<json> findings;
  for (const auto& row : rows) findings.push_back(FindingJson(row));
  return QuestionsFile(impl_->core, findings, only, impl_->core.Today(), format);
}

}  // namespace zg
