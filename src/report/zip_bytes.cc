#include "report/zip_bytes.h"

#include <zip.h>

#include <memory>

namespace zg {
namespace {

Error Failed(const std::string& cause) {
  return {Code::kUnavailable, "文件生成失败，请重试；如仍失败，请检查磁盘空间。", "", "export.failed", cause};
}

}  // namespace

Result<std::string> ZipBytes(const std::vector<std::pair<std::string, std::string>>& members) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (!source) return Failed("zip source");
  zip_source_keep(source);
  std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> keep(source, zip_source_free);
  zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  if (!archive) return Failed("zip open");
  for (const auto& [name, bytes] : members) {
    zip_source_t* member = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    int64_t index = member ? zip_file_add(archive, name.c_str(), member, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
      zip_source_free(member);
      zip_discard(archive);
      return Failed("zip member");
    }
    zip_file_set_mtime(archive, zip_uint64_t(index), 1'704'067'200, 0);
  }
  if (zip_close(archive) != 0) {
    zip_discard(archive);
    return Failed("zip close");
  }
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return Failed("zip read");
  std::string out(stat.size, '\0');
  zip_int64_t n = zip_source_read(source, out.data(), out.size());
  zip_source_close(source);
  if (n < 0 || size_t(n) != out.size()) return Failed("zip read");
  return out;
}

}  // namespace zg
