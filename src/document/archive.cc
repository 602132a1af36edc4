#include "document/archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cstring>

#include "document/failure.h"

namespace zg::document {
namespace {

constexpr uint64_t kMaxMembers = 20'000;
constexpr uint64_t kMaxDirectoryBytes = 8u << 20;
constexpr uint64_t kMaxMemberBytes = 128u << 20;
constexpr uint64_t kRatioMatters = 8u << 20;  // below this size no ratio is suspicious
constexpr uint64_t kMaxRatio = 300;

constexpr char kBrokenZip[] =
    "文件不完整或已损坏，无法打开；请向来文单位重新要一份，或用 Word、WPS 打开后另存再导入。";

uint64_t LittleEndian(std::string_view s, size_t at, int bytes) {
  uint64_t value = 0;
  for (int i = bytes - 1; i >= 0; --i) value = value << 8 | static_cast<uint8_t>(s[at + i]);
  return value;
}

// What the end records claim: libzip allocates by these numbers, so they are looked at first.
struct DirectoryClaim {
  uint64_t members = 0;
  uint64_t bytes = 0;
};

DirectoryClaim LargestClaim(std::string_view bytes) {
  DirectoryClaim claim;
  size_t from = bytes.size() > 65'600 + 76 ? bytes.size() - (65'600 + 76) : 0;
  auto look = [&](std::string_view magic, size_t record, size_t count_at, size_t size_at, int width) {
    for (size_t at = bytes.find(magic, from); at != std::string_view::npos; at = bytes.find(magic, at + 4)) {
      if (at + record > bytes.size()) break;
      uint64_t n = LittleEndian(bytes, at + count_at, width),
               size = LittleEndian(bytes, at + size_at, width == 8 ? 8 : 4);
      if (width == 2 && (n == 0xFFFF || size == 0xFFFFFFFF)) continue;  // the zip64 record says it
      claim.members = std::max(claim.members, n);
      claim.bytes = std::max(claim.bytes, size);
    }
  };
  look(std::string_view("PK\5\6", 4), 22, 10, 12, 2);
  look(std::string_view("PK\6\6", 4), 56, 32, 40, 8);
  return claim;
}

// Others (xz, zstd) can ask for gigabytes before the first byte comes.
bool IsOrdinary(unsigned method) {
  return method == ZIP_CM_STORE || method == ZIP_CM_DEFLATE;
}

}  // namespace

void Archive::Discard::operator()(zip* handle) const {
  zip_discard(handle);
}
Archive::Archive(zip* handle) : zip_(handle) {}
Archive::Archive(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::Open(std::string_view bytes) {
  DirectoryClaim claim = LargestClaim(bytes);
  if (claim.members > kMaxMembers || claim.bytes > kMaxDirectoryBytes) {
    return TooLarge(
        fmt::format("压缩包里的成员超过{}个，不像正常的办公文件，没有读取；请确认文件来源。", kMaxMembers));
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* handle = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
  if (!handle) {
    std::string cause = zip_error_strerror(&error);
    if (source) zip_source_free(source);
    zip_error_fini(&error);
    return Broken(kBrokenZip, cause);
  }
  zip_error_fini(&error);
  Archive archive(handle);
  if (static_cast<uint64_t>(zip_get_num_entries(handle, 0)) > kMaxMembers) {
    return TooLarge(
        fmt::format("压缩包里的成员超过{}个，不像正常的办公文件，没有读取；请确认文件来源。", kMaxMembers));
  }
  return archive;
}

std::optional<uint64_t> Archive::Find(const std::string& name) const {
  auto index = zip_name_locate(zip_.get(), name.c_str(), 0);
  if (index < 0) index = zip_name_locate(zip_.get(), name.c_str(), ZIP_FL_NOCASE);
  return index < 0 ? std::nullopt : std::optional<uint64_t>(index);
}

bool Archive::Has(const std::string& name) const {
  return Find(name).has_value();
}

Result<std::string> Archive::Read(const std::string& name, Budget& budget) const {
  auto index = Find(name);
  if (!index)
    return Error{.code = Code::kNotFound, .message = "压缩包里没有 " + name, .id = "document.broken"};
  zip_stat_t stat;
  if (zip_stat_index(zip_.get(), *index, 0, &stat) != 0) return Broken(kBrokenZip, "zip_stat " + name);
  if (stat.encryption_method != ZIP_EM_NONE) {
    return Encrypted("文件设有密码，无法读取；请先取消密码（或解压后再压缩），再重新导入。");
  }
  if (!IsOrdinary(stat.comp_method)) {
    return Broken("文件用了办公软件不用的压缩方法，无法读取；请用 Word、WPS 打开后另存再导入。",
                  fmt::format("method {} of {}", stat.comp_method, name));
  }
  if (stat.size > kMaxMemberBytes || (stat.size > kRatioMatters && stat.size / kMaxRatio > stat.comp_size)) {
    return TooLarge(fmt::format(
        "文件解压后大得不正常（{}MB），像是压缩炸弹，没有读取；请确认文件来源，或把它拆成几个小文件。",
        stat.size >> 20));
  }
  if (!budget.TakeUnpacked(stat.size)) return budget.error();
  std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen_index(zip_.get(), *index, 0), zip_fclose);
  if (!file) return Broken(kBrokenZip, zip_strerror(zip_.get()));
  std::string out(stat.size, '\0');
  size_t got = 0;
  while (got < out.size()) {
    if (budget.Stopped()) return budget.error();
    auto n = zip_fread(file.get(), out.data() + got, std::min<size_t>(out.size() - got, 1 << 20));
    if (n < 0) return Broken(kBrokenZip, "zip_fread " + name);
    if (n == 0) break;
    got += n;
  }
  char more;
  if (got < out.size() || zip_fread(file.get(), &more, 1) != 0) {  // reading to the end checks the checksum
    return Broken(kBrokenZip, "size or checksum of " + name);
  }
  return out;
}

std::string Archive::Peek(const std::string& name, size_t bytes) const {
  auto index = Find(name);
  zip_stat_t stat;
  if (!index || zip_stat_index(zip_.get(), *index, 0, &stat) != 0 || !IsOrdinary(stat.comp_method)) return "";
  std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen_index(zip_.get(), *index, 0), zip_fclose);
  if (!file) return "";
  std::string out(bytes, '\0');
  auto n = zip_fread(file.get(), out.data(), out.size());
  out.resize(n > 0 ? n : 0);
  return out;
}

std::vector<std::string> Archive::Names() const {
  std::vector<std::string> names;
  for (zip_int64_t i = 0, n = zip_get_num_entries(zip_.get(), 0); i < n; ++i) {
    if (const char* name = zip_get_name(zip_.get(), i, 0)) names.push_back(name);
  }
  return names;
}

}  // namespace zg::document
