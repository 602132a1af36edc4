// The file of a task as one zip: what an inspector takes away and checks without this program.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>

#include "base/text.h"
#include "office/evidence.h"
#include "office/evidence_json.h"
#include "office/uploading.h"
#include "report/table.h"
#include "store/tasks.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

struct Member {
  Evidence evidence;
  const EvidenceKind* kind;
  std::string path;  // inside of the zip
};
struct TaskHeadline {
  std::string path, problem;
};

Error Failed(const std::string& cause) {
  return {Code::kUnavailable, "资料包没有打成，请检查磁盘空间后重试。", "", "evidence.zip_failed", cause};
}

std::string Escape(const std::string& text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// A name that every file system takes: no separators, no characters that Windows refuses.
std::string SafeName(const std::string& name) {
  std::u32string out;
  for (char32_t c : ToUtf32(name)) {
    bool refused = c < 0x20 || std::u32string_view(U"/\\:*?\"<>|").find(c) != std::u32string_view::npos;
    out += refused ? U'_' : c;
  }
  while (!out.empty() && (out.back() == U' ' || out.back() == U'.')) out.pop_back();
  if (out.size() > 80) {
    size_t dot = out.rfind(U'.');
    std::u32string ending = dot != out.npos && out.size() - dot <= 10 ? out.substr(dot) : U"";
    out = out.substr(0, 80 - ending.size()) + ending;
  }
  return out.empty() ? "未命名" : ToUtf8(out);
}

// One blob as a source that libzip reads when its turn comes: one file open at a time, nothing held in
// memory, and the bytes proved on the way.
struct Source {
  const BlobStore* vault;
  std::string digest;
  int64_t bytes;
  std::string* fault;  // set where the bytes are not what was recorded
  BlobFile blob;
  uint64_t at = 0;
  std::unique_ptr<Digester> digester;

  zip_int64_t Read(void* to, zip_uint64_t most) {
    auto got = blob.bytes->ReadAt(at, static_cast<char*>(to), size_t(most));
    if (!got.ok()) {
      *fault = digest;
      return -1;
    }
    size_t n = *got;
    if (n > 0 && digester) digester->Add({static_cast<char*>(to), n});
    at += n;
    if (n == 0 && digester) {
      bool same = digester->Finish().sha256 == digest;
      digester.reset();
      if (!same) {
        *fault = digest;
        return -1;
      }
    }
    return zip_int64_t(n);
  }
};

zip_int64_t Serve(void* user, void* data, zip_uint64_t size, zip_source_cmd_t command) {
  auto* source = static_cast<Source*>(user);
  switch (command) {
    case ZIP_SOURCE_OPEN: {
      auto blob = source->vault->OpenFile(source->digest);
      if (!blob.ok()) {
        *source->fault = source->digest;
        return -1;
      }
      source->blob = std::move(*blob);
      source->at = 0;
      source->digester = std::make_unique<Digester>();
      return 0;
    }
    case ZIP_SOURCE_READ:
      return source->Read(data, size);
    case ZIP_SOURCE_CLOSE:
      source->blob = {};
      return 0;
    case ZIP_SOURCE_STAT: {
      auto* stat = static_cast<zip_stat_t*>(data);
      zip_stat_init(stat);
      stat->size = zip_uint64_t(source->bytes);
      stat->valid = ZIP_STAT_SIZE;
      return sizeof *stat;
    }
    case ZIP_SOURCE_ERROR: {
      int codes[2] = {ZIP_ER_READ, EIO};
      std::memcpy(data, codes, std::min<size_t>(size, sizeof codes));
      return sizeof codes;
    }
    case ZIP_SOURCE_FREE:
      delete source;
      return 0;
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                            ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    default:
      return -1;
  }
}

std::string Text(const TaskHeadline& task, const std::vector<Member>& members, const EvidencePlan& plan,
                 const std::vector<const EvidenceKind*>& missing, const std::string& now) {
  std::string out = fmt::format("任务{} 资料目录\n{}\n\n生成时间：{}  共{}份\n", task.path, task.problem,
                                now.substr(0, 16), members.size());
  for (const auto& heading : plan.headings) {
    out += "\n" + heading.name + "\n";
    for (const auto& m : members) {
      if (!m.kind || m.kind->heading != heading.id) continue;
      out += fmt::format("  {}  《{}》  {}  {}  {}\n", m.kind->name, m.evidence.title,
                         m.evidence.fact_day ? m.evidence.fact_day->Iso() : "未注明日期", m.evidence.author,
                         m.path);
    }
  }
  out += "\n销号尚缺：";
  for (const auto* kind : missing) out += kind->name + "；";
  return out + (missing.empty() ? "无\n" : "\n");
}

std::string Html(const TaskHeadline& task, const std::vector<Member>& members, const EvidencePlan& plan) {
  std::string out =
      "<!doctype html><html lang=\"zh-CN\"><meta "
      "charset=\"utf-8\"><title>资料目录</title><style>body{font:16px/1.6 "
      "serif;margin:2em}table{border-collapse:collapse;width:100%}td,th{border:1px "
      "solid;padding:4px;text-align:left;word-break:break-all}</style><h1>任务" +
      Escape(task.path) + " 资料目录</h1><p>" + Escape(task.problem) + "</p>";
  for (const auto& heading : plan.headings) {
    out += "<h2>" + Escape(heading.name) +
           "</h2><table><tr><th>种类<th>标题<th>日期<th>作者<th>上传<th>文件<th>SHA-256<th>SM3";
    for (const auto& m : members) {
      if (!m.kind || m.kind->heading != heading.id) continue;
      const Evidence& e = m.evidence;
      out += "<tr>";
      for (const std::string& cell :
           {m.kind->name, e.title, e.fact_day ? e.fact_day->Iso() : std::string(), e.author,
            e.uploaded_by + " " + e.uploaded_at.substr(0, 16), m.path, e.sha256, e.sm3})
        out += "<td>" + Escape(cell);
    }
    out += "</table>";
  }
  return out + "</html>\n";
}

Result<std::string> Sheet(const std::vector<Member>& members) {
  Table table{"资料目录",
              {{"kind", "种类", 18},
               {"title", "标题", 36, true},
               {"day", "事实日期", 12},
               {"author", "作者", 16},
               {"place", "地点", 20},
               {"by", "上传人", 14},
               {"at", "上传时间", 18},
               {"bytes", "字节数", 14},
               {"file", "文件", 48, true},
               {"sha256", "SHA-256", 66},
               {"sm3", "SM3", 66}},
              {}};
  for (const auto& m : members) {
    const Evidence& e = m.evidence;
    TableCell day = e.fact_day ? TableCell(*e.fact_day) : TableCell();
    table.rows.push_back({m.kind ? m.kind->name : e.kind, e.title, day, e.author, e.place, e.uploaded_by,
                          e.uploaded_at.substr(0, 16), e.bytes, m.path, e.sha256, e.sm3});
  }
  return WriteXlsx(table);
}

constexpr const char* kHowToCheck =
    "怎样核对这份资料包（不需要本系统）\n\n"
    "SHA256SUMS 列出每个文件的 SHA-256 摘要，一行一个；SM3SUMS 列出 SM3 摘要（GB/T 32905-2016）。\n"
    "文件只要改动一个字节，摘要就不同。\n\n"
    "Linux、麒麟、统信：在解压后的目录里运行\n"
    "    sha256sum -c SHA256SUMS\n"
    "每行显示“成功”或 OK 即为相符。\n\n"
    "macOS：运行\n    shasum -a 256 -c SHA256SUMS\n\n"
    "Windows：在 PowerShell 里运行\n"
    "    Get-FileHash 文件名 -Algorithm SHA256\n"
    "把显示的结果与 SHA256SUMS 中同名的一行比较（不分大小写）。\n\n"
    "SM3：装有 OpenSSL 的机器运行\n    openssl dgst -sm3 文件名\n";

class Package {
 public:
  Package(const OfficeCore& core, fs::path file) : core_(core), file_(std::move(file)) {
    int code = 0;
    zip_ = zip_open(file_.c_str(), ZIP_CREATE | ZIP_EXCL, &code);
  }
  ~Package() {
    if (zip_) zip_discard(zip_);
    std::error_code ec;
    fs::remove(file_, ec);
  }
  bool ok() const { return zip_; }

  Status Add(const std::string& name, std::string bytes) {
    texts_.push_back(std::make_unique<std::string>(std::move(bytes)));
    return Add(name, zip_source_buffer(zip_, texts_.back()->data(), texts_.back()->size(), 0),
               ZIP_CM_DEFLATE);
  }
  Status Add(const Member& m) {
    auto* source =
        new Source{core_.vault.get(), m.evidence.sha256, m.evidence.bytes, &fault_, {}, 0, nullptr};
    return Add(m.path, zip_source_function(zip_, Serve, source), ZIP_CM_STORE);
  }
  // The file, which has no name any more.
  Result<BlobFile> Finish() {
    if (zip_close(zip_) != 0) {
      if (!fault_.empty())
        return Error{Code::kUnavailable,
                     "有一份资料的原件缺失或被改过，资料包没有打成。请运行 zhenggai verify 查看。", fault_,
                     "vault.damaged", zip_strerror(zip_)};
      return Failed(zip_strerror(zip_));
    }
    zip_ = nullptr;
    int fd = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return Failed("open");
    return LocalFile(fd);
  }

 private:
  Status Add(const std::string& name, zip_source_t* source, int method) {
    zip_int64_t index = source ? zip_file_add(zip_, name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index >= 0 && zip_set_file_compression(zip_, zip_uint64_t(index), method, 0) == 0) return {};
    if (index < 0 && source) zip_source_free(source);
    return Failed(zip_strerror(zip_));
  }

  const OfficeCore& core_;
  fs::path file_;
  zip_t* zip_ = nullptr;
  std::vector<std::unique_ptr<std::string>> texts_;  // must live until the zip is closed
  std::string fault_;
};

std::vector<Member> MembersOf(const EvidencePlan& plan, std::vector<Evidence> found) {
  std::vector<Member> members;
  int number = 0;
  for (size_t h = 0; h < plan.headings.size(); ++h) {
    for (auto e = found.rbegin(); e != found.rend(); ++e) {
      const EvidenceKind* kind = plan.Find(e->kind);
      // A kind that the plan no longer has stands under the last heading.
      bool here = kind ? kind->heading == plan.headings[h].id : h + 1 == plan.headings.size();
      if (!here) continue;
      std::string folder = SafeName(plan.headings[h].name);
      members.push_back({*e, kind, fmt::format("资料/{}/{:03}-{}", folder, ++number, SafeName(e->name))});
    }
  }
  return members;
}

}  // namespace

Result<EvidenceFile> EvidenceLedger::TaskFile(TaskId task, const Actor& actor) const {
  TaskHeadline headline;
  std::vector<Member> members;
  std::vector<const EvidenceKind*> missing;
  ZG_TRY(core_.store->Read([&](store::Session& s) -> Status {
    auto head = store::LoadHead(s, task);
    if (!head || !store::TaskVisibleForEvidence(s, actor.scope(), task)) return NoSuchTask();
    headline = {head->path, head->problem};
    EvidenceFilter filter;
    filter.task = task;
    filter.limit = 50'000;
    members = MembersOf(plan_, store::FindEvidence(s, actor.scope(), filter));
    missing = plan_.Missing(store::EvidenceKindCounts(s, task));
    return {};
  }));
  static std::atomic<uint64_t> counter{0};
  std::error_code ec;
  fs::create_directories(UploadFolder(core_), ec);
  Package package(core_, UploadFolder(core_) /
                             fmt::format("zip-{}-{}-{:08x}", ::getpid(), ++counter, std::random_device()()));
  if (!package.ok()) return Failed("zip_open");
  std::string sums, sm3;
  for (const auto& m : members) {
    sums += m.evidence.sha256 + "  " + m.path + "\n";
    sm3 += m.evidence.sm3 + "  " + m.path + "\n";
  }
  auto text = [&](const std::string& name, std::string bytes) -> Status {
    sums += Sha256Hex(bytes) + "  " + name + "\n";
    sm3 += Sm3Hex(bytes) + "  " + name + "\n";
    return package.Add(name, std::move(bytes));
  };
  ZG_ASSIGN(std::string sheet, Sheet(members));
  ZG_TRY(text("目录.txt", Text(headline, members, plan_, missing, core_.Now())));
  ZG_TRY(text("目录.html", Html(headline, members, plan_)));
  ZG_TRY(text("目录.xlsx", std::move(sheet)));
  ZG_TRY(text("核对说明.txt", kHowToCheck));
  ZG_TRY(package.Add("SHA256SUMS", sums));
  ZG_TRY(package.Add("SM3SUMS", sm3));
  for (const auto& m : members) ZG_TRY(package.Add(m));
  ZG_ASSIGN(BlobFile blob, package.Finish());
  return EvidenceFile{SafeName("任务" + headline.path + " 资料") + ".zip", "zip", "", std::move(blob)};
}

}  // namespace zg
