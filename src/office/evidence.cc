#include "office/evidence.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "document/reader.h"
#include "office/evidence_json.h"
#include "office/json.h"
#include "office/uploading.h"
#include "office/vaulting.h"
#include "store/events.h"
#include "store/tasks.h"
#include "store/units.h"
#include "store/vault_intents.h"

namespace zg {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr uint64_t kSniffWhole = 64u << 20;  // larger files are sniffed by their beginning

Error Bad(const char* id, const char* where, std::string message) {
  return {Code::kInvalid, std::move(message), where, id};
}

// What the bytes of the file are. Pictures of the web are told apart by their first bytes.
std::string FormatOf(const fs::path& file, const std::string& name) {
  int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return "unknown";
  struct stat info {};
  ::fstat(fd, &info);
  uint64_t all = uint64_t(info.st_size);
  size_t size = size_t(all <= kSniffWhole ? all : 65'536);
  void* map = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  ::close(fd);
  if (map == MAP_FAILED) return "unknown";
  std::string_view bytes(static_cast<const char*>(map), size);
  std::string format;
  if (bytes.substr(0, 6) == "GIF87a" || bytes.substr(0, 6) == "GIF89a")
    format = "gif";
  else if (size > 12 && bytes.substr(0, 4) == "RIFF" && bytes.substr(8, 4) == "WEBP")
    format = "webp";
  else
    format = SniffFormat(bytes, name);
  ::munmap(map, size);
  return format;
}

Result<EvidenceTie> Resolve(store::Session& s, const TieWish& wish, const Actor& actor) {
  if (!IsTieKind(wish.kind) || wish.id <= 0)
    return Bad("evidence.tie", "ties", "资料只能关联到任务、措施、报送、步骤或台账条目。");
  std::optional<TaskId> task;
  if (wish.kind == "task")
    task = TaskId{wish.id};
  else if (wish.kind == "measure")
    task = store::TaskOfMeasure(s, wish.id);
  else if (wish.task)
    task = TaskId{*wish.task};
  if (!task || !store::TaskVisibleForEvidence(s, actor.scope(), *task))
    return Bad("evidence.tie", "ties", "要关联的任务不存在或不归您管，请刷新后重新选择。");
  return EvidenceTie{wish.kind, wish.id, *task};
}

std::string Stem(const std::string& name) {
  size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

// Lays what a person said over the piece.
Status Apply(store::Session& s, const EvidencePlan& plan, const EvidenceForm& form, const Actor& actor,
             Evidence& e) {
  if (form.kind) e.kind = *form.kind;
  if (!plan.Find(e.kind)) return Bad("evidence.kind", "kind", "没有这个资料种类，请从列表中选择。");
  if (form.title) e.title = *form.title;
  if (e.title.empty()) e.title = Stem(e.name);
  if (form.place) e.place = *form.place;
  if (form.author) e.author = *form.author;
  if (form.note) e.note = *form.note;
  if (form.fact_day) {
    e.fact_day = Date::ParseIso(*form.fact_day);
    if (!form.fact_day->empty() && !e.fact_day)
      return Bad("evidence.day", "fact_day", "日期不对，应写作2024-06-30。");
  }
  if (form.unit) e.unit = UnitId{*form.unit};
  if (e.unit && !store::LoadUnit(s, e.unit))
    return Bad("evidence.unit", "unit_id", "没有这个单位，请重新选择。");
  for (const auto& wish : form.ties) {
    ZG_ASSIGN(EvidenceTie tie, Resolve(s, wish, actor));
    if (!std::count(e.ties.begin(), e.ties.end(), tie)) e.ties.push_back(tie);
  }
  std::sort(e.ties.begin(), e.ties.end(), [](const EvidenceTie& a, const EvidenceTie& b) {
    return std::tie(a.kind, a.ref) < std::tie(b.kind, b.ref);
  });
  return {};
}

Event EventFor(const OfficeCore& core, const Actor& actor, const char* kind, const Evidence& e) {
  Event event = core.EventOf(actor, kind, "evidence:" + std::to_string(e.id.value));
  if (!e.ties.empty()) event.task = e.ties.front().task;
  event.after = EvidenceTold(e).dump();
  return event;
}

// Whether one person would decide on what the same person asked for.
bool SamePerson(const store::EvidenceRemoval& removal, const Actor& actor) {
  if (removal.asked_user || actor.user) return removal.asked_user == actor.user;
  return removal.asked_by == actor.name;
}

Result<std::shared_ptr<const StagedFile>> WholeOf(const OfficeCore& core, int64_t upload) {
  ZG_ASSIGN(std::vector<StagedPart> parts, core.store->Read([&](store::Session& s) {
    std::vector<StagedPart> staged;
    for (const auto& part : store::UploadParts(s, upload))
      staged.push_back({uint64_t(part.at), uint64_t(part.bytes), part.sha256});
    return staged;
  }));
  return core.staging->Whole(upload, parts);
}

}  // namespace

std::string CleanFileName(const std::string& name) {
  std::u32string out;
  for (char32_t c : ToUtf32(name.substr(name.find_last_of("/\\") + 1))) {
    bool turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);  // would disguise the ending
    if (c >= 0x20 && c != 0x7F && !turns) out += c;
  }
  if (out == U"." || out == U"..") out.clear();
  return ToUtf8(out.substr(0, 200));
}

EvidenceLedger::EvidenceLedger(OfficeCore& core) : core_(core), plan_(EvidencePlan::Builtin()) {}

Status EvidenceLedger::LoadPlan() {
  fs::path file = core_.options.vocabulary / "evidence.toml";
  std::error_code ec;
  if (core_.options.vocabulary.empty() || !fs::exists(file, ec)) return {};
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  ZG_ASSIGN(plan_, ParseEvidencePlan(text, file.string()));
  return {};
}

Result<json> EvidenceLedger::Finish(int64_t id, const EvidenceForm& form, const Actor& actor) {
  ZG_ASSIGN(store::Upload upload,
            core_.store->Read([&](store::Session& s) { return OwnUpload(s, id, actor); }));
  if (upload.evidence) return Get(upload.evidence, actor);
  if (upload.received != upload.bytes) {
    return Error{Code::kConflict, "文件还没有传完，请续传后再提交。", std::to_string(upload.received),
                 "upload.unfinished"};
  }
  ZG_ASSIGN(std::shared_ptr<const StagedFile> file, WholeOf(core_, id));
  ZG_ASSIGN(Digester::Hex hex, KeepFile(core_, file->path()));
  if (!upload.sha256.empty() && upload.sha256 != hex.sha256) {
    ZG_TRY(core_.uploads.Drop(id, actor));
    return Bad("upload.digest", "sha256", "收到的内容与文件不一致，可能传输中出错或文件改过。请重新上传。");
  }
  std::string format = FormatOf(file->path(), upload.name);
  auto made = core_.store->Write([&](store::Session& s) -> Result<EvidenceId> {
    ZG_ASSIGN(store::Upload now, OwnUpload(s, id, actor));
    if (now.evidence) return now.evidence;
    Evidence e;
    e.kind = "other";
    e.unit = actor.unit;
    e.author = actor.name;
    const char* kind = "evidence.added";
    std::string before;
    if (form.supersedes) {
      ZG_ASSIGN(e, SeenEvidence(s, EvidenceId{*form.supersedes}, actor));
      if (!e.newest || e.state != EvidenceState::kThere) {
        return Error{Code::kConflict, "这份资料已有新版本，或正在办理移除，请刷新后再传新版本。", e.title,
                     "evidence.changed"};
      }
      before = EvidenceTold(e).dump();
      e.version += 1;
      e.revision = 1;
      kind = "evidence.replaced";
    }
    e.name = upload.name;
    e.format = format;
    e.bytes = upload.bytes;
    e.sha256 = hex.sha256;
    e.sm3 = hex.sm3;
    e.uploaded_at = core_.Now();
    e.uploaded_by = actor.name;
    e.user = actor.user;
    ZG_TRY(Apply(s, plan_, form, actor, e));
    store::InsertEvidence(s, e);
    store::FinishUpload(s, id, e.id, NowMs(core_));
    store::ClearIntent(s, e.sha256);
    Event event = EventFor(core_, actor, kind, e);
    event.before = before;
    store::AppendEvent(s, event);
    return e.id;
  });
  if (!made.ok()) return made.error();
  core_.uploads.LetGo(id);
  return Get(*made, actor);
}

Result<json> EvidenceLedger::Describe(EvidenceId id, const EvidenceForm& form, int64_t revision,
                                      const Actor& actor) {
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    ZG_ASSIGN(Evidence e, SeenEvidence(s, id, actor));
    if (e.revision != revision || !e.newest || e.state == EvidenceState::kRemoved) {
      return Error{Code::kConflict, "这份资料刚被别人改过，请看过最新内容后再改。",
                   std::to_string(e.revision), "evidence.changed"};
    }
    std::string before = EvidenceTold(e).dump();
    ZG_TRY(Apply(s, plan_, form, actor, e));
    ++e.revision;
    store::UpdateEvidence(s, e);
    Event event = EventFor(core_, actor, "evidence.described", e);
    event.before = before;
    store::AppendEvent(s, event);
    return {};
  }));
  return Get(id, actor);
}

Result<json> EvidenceLedger::Tie(EvidenceId id, const TieWish& wish, const Actor& actor) {
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    ZG_ASSIGN(Evidence e, SeenEvidence(s, id, actor));
    if (!e.newest || e.state == EvidenceState::kRemoved)
      return Error{Code::kConflict, "这份资料已有新版本或已移除，请刷新。", e.title, "evidence.changed"};
    std::string before = EvidenceTold(e).dump();
    size_t had = e.ties.size();
    EvidenceForm form;
    form.ties = {wish};
    ZG_TRY(Apply(s, plan_, form, actor, e));
    if (e.ties.size() == had) return {};
    ++e.revision;
    store::UpdateEvidence(s, e);
    Event event = EventFor(core_, actor, "evidence.tied", e);
    event.task = Resolve(s, wish, actor)->task;
    event.before = before;
    store::AppendEvent(s, event);
    return {};
  }));
  return Get(id, actor);
}

Result<json> EvidenceLedger::AskRemoval(EvidenceId id, const std::string& reason, const Actor& actor) {
  if (reason.empty()) return Bad("evidence.no_reason", "reason", "请写明移除的理由。");
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    ZG_ASSIGN(Evidence e, SeenEvidence(s, id, actor));
    if (e.state != EvidenceState::kThere) {
      return Error{Code::kConflict, "这份资料已经申请移除或已移除，请刷新。", e.title,
                   "evidence.removal_state"};
    }
    std::string before = EvidenceTold(e).dump();
    store::EvidenceRemoval removal{0, id, reason, actor.name, actor.user, core_.Now()};
    store::InsertRemoval(s, removal);
    e.state = EvidenceState::kRemovalAsked;
    ++e.revision;
    store::UpdateEvidence(s, e);
    Event event = EventFor(core_, actor, "evidence.removal_asked", e);
    event.before = before;
    event.note = reason;
    store::AppendEvent(s, event);
    return {};
  }));
  return Get(id, actor);
}

Result<json> EvidenceLedger::DecideRemoval(EvidenceId id, bool confirm, const std::string& note,
                                           const Actor& actor) {
  ZG_TRY(core_.store->Write([&](store::Session& s) -> Status {
    ZG_ASSIGN(Evidence e, SeenEvidence(s, id, actor));
    auto removals = store::RemovalsOf(s, id);
    if (e.state != EvidenceState::kRemovalAsked || removals.empty()) {
      return Error{Code::kConflict, "这份资料没有待批的移除申请，请刷新。", e.title,
                   "evidence.removal_state"};
    }
    store::EvidenceRemoval removal = removals.front();
    if (confirm && SamePerson(removal, actor)) {
      return Error{Code::kForbidden, "移除须由两个人决定：申请人不能自己批准，请另一位有权限的人办理。",
                   e.title, "evidence.same_person"};
    }
    std::string before = EvidenceTold(e).dump();
    removal.decision = confirm ? "confirmed" : "refused";
    removal.decided_by = actor.name;
    removal.decided_user = actor.user;
    removal.decided_at = core_.Now();
    removal.note = note;
    store::DecideRemoval(s, removal);
    e.state = confirm ? EvidenceState::kRemoved : EvidenceState::kThere;
    ++e.revision;
    store::UpdateEvidence(s, e);
    Event event = EventFor(core_, actor, confirm ? "evidence.removed" : "evidence.removal_refused", e);
    event.before = before;
    event.note = confirm && note.empty() ? removal.reason : note;
    store::AppendEvent(s, event);
    return {};
  }));
  return Get(id, actor);
}

}  // namespace zg
