#include "vault/move.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>

namespace zg {
namespace {

namespace fs = std::filesystem;

Error NoRoom(const std::string& what) {
  return {Code::kUnavailable, "搬移用的临时文件写不成。请检查数据目录的磁盘空间和权限后重新运行，会接着搬。",
          "", "vault.no_room", what};
}

// Digests proved in the target, one a line, below the target's name.
class Journal {
 public:
  Status Open(const fs::path& file, const std::string& target) {
    file_ = file;
    std::ifstream in(file);
    std::string line;
    if (in && std::getline(in, line) && line == target) {
      while (std::getline(in, line))
        if (IsDigest(line)) done_.insert(line);
      out_.open(file, std::ios::app);
      out_ << '\n';  // ends a line that was cut off
    } else {
      out_.open(file, std::ios::trunc);
      out_ << target << '\n';
    }
    out_.flush();
    return out_ ? Status() : Status(NoRoom(file.string()));
  }
  bool Has(const std::string& digest) const { return done_.count(digest) > 0; }
  Status Add(const std::string& digest) {
    out_ << digest << '\n' << std::flush;
    return out_ ? Status() : Status(NoRoom(file_.string()));
  }

 private:
  fs::path file_;
  std::set<std::string> done_;
  std::ofstream out_;
};

// A file of this machine that holds the blob: its own, or a copy in `spool`.
Result<fs::path> Staged(const BlobStore& from, const std::string& digest, const fs::path& spool) {
  fs::path own = from.LocalPath(digest);
  if (!own.empty()) return own;
  ZG_ASSIGN(BlobFile file, from.OpenFile(digest));
  std::ofstream out(spool, std::ios::binary | std::ios::trunc);
  std::string buffer(8u << 20, '\0');
  for (uint64_t at = 0; at < file.size;) {
    ZG_ASSIGN(size_t n, file.bytes->ReadAt(at, buffer.data(), buffer.size()));
    if (n == 0) return DamagedBlob(digest, "short");
    out.write(buffer.data(), std::streamsize(n));
    at += n;
  }
  out.close();
  if (!out) return NoRoom(spool.string());
  return spool;
}

// kUnavailable (vault.damaged) where the source is at fault; told apart from the target's own by `source`.
Status Carry(const BlobStore& from, BlobStore& to, const BlobEntry& entry, const fs::path& spool,
             bool& source) {
  source = true;
  ZG_TRY(from.Check(entry.digest));
  ZG_ASSIGN(fs::path file, Staged(from, entry.digest, spool));
  source = false;
  ZG_ASSIGN(Digester::Hex hex, to.PutFile(file));
  if (hex.sha256 != entry.digest) return DamagedBlob(entry.digest, "changed while it was carried");
  return to.Check(entry.digest);  // read back from there
}

}  // namespace

Result<Moved> MoveVault(const BlobStore& from, BlobStore& to, const MoveOptions& options) {
  Journal journal;
  std::error_code ec;
  fs::create_directories(options.work, ec);
  ZG_TRY(journal.Open(options.work / "vault-move.journal", options.target));
  ZG_ASSIGN(std::vector<BlobEntry> source, from.Entries());
  ZG_ASSIGN(std::vector<BlobEntry> target, to.Entries());
  MoveProgress progress;
  progress.all = int64_t(source.size());
  for (const auto& entry : source) progress.all_bytes += entry.size;
  fs::path spool = options.work / "vault-move.file";
  Moved moved;
  for (const auto& entry : source) {
    auto at = std::lower_bound(target.begin(), target.end(), entry.digest,
                               [](const BlobEntry& e, const std::string& d) { return e.digest < d; });
    bool there = at != target.end() && at->digest == entry.digest && at->size == entry.size;
    if (there && journal.Has(entry.digest)) {
      ++moved.there;
    } else {
      bool at_source = false;
      Status carried = Carry(from, to, entry, spool, at_source);
      fs::remove(spool, ec);
      if (!carried.ok() && !(at_source && carried.error().id == "vault.damaged")) return carried.error();
      if (!carried.ok()) {
        moved.damaged.push_back(entry.digest);
      } else {
        ZG_TRY(journal.Add(entry.digest));
        ++moved.copied;
        moved.bytes += entry.size;
      }
    }
    ++progress.done;
    progress.bytes += entry.size;
    if (options.progress) options.progress(progress);
  }
  return moved;
}

}  // namespace zg
