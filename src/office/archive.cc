#include "office/archive.h"

#include <fcntl.h>
#include <unistd.h>
#include <zip.h>

#include <fstream>
#include <memory>

#include "base/digest.h"
#include "office/core.h"

namespace zg {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLedger = "ledger.sqlite";
constexpr const char* kVault = "vault/";

Error WriteFailed(const fs::path& file, const std::string& cause) {
  return {Code::kUnavailable, "备份文件写不成，请检查磁盘空间和权限后重试。", file.string(), "backup.failed",
          cause};
}

Error NotABackup(const fs::path& file, const std::string& cause) {
  return {Code::kInvalid, "这不是本系统写的备份文件，或者文件已损坏。请换一个备份文件。", file.string(),
          "restore.not_a_backup", cause};
}

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Zip = std::unique_ptr<zip_t, Discard>;

Result<Zip> OpenZip(const fs::path& file, int flags) {
  int code = 0;
  Zip zip(zip_open(file.c_str(), flags, &code));
  if (zip) return zip;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string cause = zip_error_strerror(&error);
  zip_error_fini(&error);
  return NotABackup(file, cause);
}

Status AddFile(zip_t* zip, const std::string& name, const fs::path& path, const fs::path& target) {
  zip_source_t* source = zip_source_file(zip, path.c_str(), 0, -1);
  if (source && zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0) return {};
  if (source) zip_source_free(source);
  return WriteFailed(target, zip_strerror(zip));
}

// Copies a file of the vault in pieces, proving it on the way.
Status Stage(const BlobStore& vault, const std::string& digest, const fs::path& target,
             const fs::path& archive) {
  ZG_ASSIGN(BlobFile blob, vault.OpenFile(digest));
  std::ofstream out(target, std::ios::binary);
  Digester digester;
  std::string buffer(1 << 20, '\0');
  for (uint64_t at = 0; at < blob.size;) {
    ZG_ASSIGN(size_t n, blob.bytes->ReadAt(at, buffer.data(), buffer.size()));
    if (n == 0) return WriteFailed(archive, "read " + digest);
    digester.Add(std::string_view(buffer).substr(0, n));
    out.write(buffer.data(), std::streamsize(n));
    at += n;
  }
  out.close();
  if (!out) return WriteFailed(archive, "stage");
  return digester.Finish().sha256 == digest ? Status() : vault.Check(digest);
}

// Writes one member to `target` in pieces; its SHA-256.
Result<std::string> Extract(zip_t* zip, zip_uint64_t index, const fs::path& target, const fs::path& archive) {
  std::unique_ptr<zip_file_t, CloseFile> member(zip_fopen_index(zip, index, 0));
  std::ofstream out(target, std::ios::binary);
  if (!member || !out) return NotABackup(archive, zip_strerror(zip));
  Digester digester;
  std::string buffer(1 << 16, '\0');
  for (;;) {
    zip_int64_t n = zip_fread(member.get(), buffer.data(), buffer.size());
    if (n < 0) return NotABackup(archive, "read");
    if (n == 0) break;
    digester.Add(std::string_view(buffer).substr(0, size_t(n)));
    out.write(buffer.data(), n);
  }
  out.close();
  if (!out) return WriteFailed(target, "write");
  ZG_TRY(SyncFile(target));
  return digester.Finish().sha256;
}

}  // namespace

Status SyncFile(const fs::path& file) {
  int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  return synced ? Status() : WriteFailed(file, "fsync");
}

Status WriteArchive(const fs::path& file, const fs::path& ledger, const BlobStore& vault) {
  ZG_ASSIGN(Zip zip, OpenZip(file, ZIP_CREATE | ZIP_EXCL));
  ZG_TRY(AddFile(zip.get(), kLedger, ledger, file));
  // The bytes must live until the archive is closed; each is written out and dropped before the next would
  // not fit.
  fs::path staged = file.parent_path() / "vault";
  std::error_code ec;
  fs::create_directories(staged, ec);
  ZG_ASSIGN(std::vector<std::string> digests, vault.List());
  for (const auto& digest : digests) {
    ZG_TRY(Stage(vault, digest, staged / digest, file));
    ZG_TRY(AddFile(zip.get(), kVault + digest, staged / digest, file));
  }
  if (zip_close(zip.get()) != 0) return WriteFailed(file, zip_strerror(zip.get()));
  zip.release();
  fs::remove_all(staged, ec);
  return SyncFile(file);
}

Status ReadArchive(const fs::path& file, const fs::path& data) {
  ZG_ASSIGN(Zip zip, OpenZip(file, ZIP_RDONLY));
  std::error_code ec;
  fs::create_directories(data, ec);
  if (ec) return WriteFailed(data, ec.message());
  ZG_ASSIGN(std::unique_ptr<FolderStore> vault, FolderStore::Open(VaultFolder(data)));
  bool ledger = false;
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip.get(), 0); ++i) {
    std::string name =
        zip_get_name(zip.get(), zip_uint64_t(i), 0) ? zip_get_name(zip.get(), zip_uint64_t(i), 0) : "";
    std::string digest = name.rfind(kVault, 0) == 0 ? name.substr(6) : "";
    if (name != kLedger && !IsDigest(digest)) return NotABackup(file, "member " + name);
    fs::path target = name == kLedger ? LedgerFile(data) : vault->PathOf(digest);
    fs::create_directories(target.parent_path(), ec);
    ZG_ASSIGN(std::string found, Extract(zip.get(), zip_uint64_t(i), target, file));
    if (!digest.empty() && found != digest) return NotABackup(file, "digest of " + name);
    ledger = ledger || name == kLedger;
  }
  return ledger ? Status() : NotABackup(file, "no ledger");
}

}  // namespace zg
