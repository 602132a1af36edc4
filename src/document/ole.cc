#include "document/ole.h"

#include <algorithm>
#include <vector>

namespace zg::document {
namespace {

constexpr std::string_view kMagic("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr int kMaxSteps = 4096;
constexpr uint32_t kLastSector = 0xFFFFFFFA;  // this and larger ones are marks, not sectors

class CompoundFile {
 public:
  explicit CompoundFile(std::string_view bytes) : bytes_(bytes) {
    unsigned shift = U16(0x1E);
    sector_size_ = shift == 9 || shift == 12 ? 1u << shift : 0;
  }
  bool ok() const { return sector_size_ != 0; }

  unsigned U16(size_t at) const { return U8(at) | U8(at + 1) << 8; }
  uint32_t U32(size_t at) const { return U16(at) | static_cast<uint32_t>(U16(at + 2)) << 16; }
  uint32_t sector_size() const { return sector_size_; }
  std::string_view bytes() const { return bytes_; }

  size_t Offset(uint32_t sector) const { return (static_cast<size_t>(sector) + 1) * sector_size_; }

  // The sector that follows in the chain, or kLastSector.
  uint32_t Next(uint32_t sector) const {
    uint32_t per_sector = sector_size_ / 4, index = sector / per_sector;
    uint32_t fat = FatSector(index);
    if (fat >= kLastSector) return kLastSector;
    size_t at = Offset(fat) + static_cast<size_t>(sector % per_sector) * 4;
    return at + 4 <= bytes_.size() ? U32(at) : kLastSector;
  }

 private:
  unsigned U8(size_t at) const { return at < bytes_.size() ? static_cast<uint8_t>(bytes_[at]) : 0; }

  uint32_t FatSector(uint32_t index) const {
    if (index < 109) return U32(0x4C + index * 4);
    index -= 109;
    uint32_t per_sector = sector_size_ / 4 - 1, difat = U32(0x44);
    for (int i = 0; i < kMaxSteps && index >= per_sector && difat < kLastSector; ++i, index -= per_sector) {
      difat = U32(Offset(difat) + per_sector * 4);
    }
    return difat < kLastSector && index < per_sector ? U32(Offset(difat) + index * 4) : kLastSector;
  }

  std::string_view bytes_;
  uint32_t sector_size_ = 0;
};

struct Entry {
  std::string name;  // ASCII part of the UTF-16 name
  uint32_t sector = 0;
};

std::vector<Entry> Directory(const CompoundFile& file) {
  std::vector<Entry> out;
  uint32_t sector = file.U32(0x30);
  for (int step = 0; step < kMaxSteps && sector < kLastSector; ++step, sector = file.Next(sector)) {
    size_t at = file.Offset(sector);
    if (at + file.sector_size() > file.bytes().size()) break;
    for (size_t entry = at; entry < at + file.sector_size(); entry += 128) {
      unsigned length = std::min(file.U16(entry + 64), 64u);
      std::string name;
      for (unsigned i = 0; i + 2 < length; i += 2) {
        unsigned c = file.U16(entry + i);
        name += c < 0x80 ? static_cast<char>(c) : '?';
      }
      if (!name.empty()) out.push_back({std::move(name), file.U32(entry + 116)});
    }
  }
  return out;
}

const Entry* Find(const std::vector<Entry>& entries, std::string_view name) {
  auto it = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.name == name; });
  return it == entries.end() ? nullptr : &*it;
}

// [MS-DOC] FibBase: wIdent, then flag fEncrypted (bit 8 of the word at 10).
bool WordIsEncrypted(const CompoundFile& file, const Entry& stream) {
  size_t at = file.Offset(stream.sector);
  return file.U16(at) == 0xA5EC && (file.U16(at + 10) & 0x0100);
}

// [MS-XLS]: a FilePass record (0x2F) soon after the first BOF. Obfuscation with Excel's own key asks for no
// password, but LibreOffice knows that one.
bool SheetIsEncrypted(const CompoundFile& file, const Entry& stream) {
  size_t at = file.Offset(stream.sector), end = std::min(at + file.sector_size(), file.bytes().size());
  for (int i = 0; i < 8 && at + 4 <= end; ++i) {
    if (file.U16(at) == 0x2F) return true;
    at += 4 + file.U16(at + 2);
  }
  return false;
}

}  // namespace

bool IsOle(std::string_view bytes) {
  return bytes.starts_with(kMagic);
}

OleInfo InspectOle(std::string_view bytes) {
  CompoundFile file(bytes);
  if (!IsOle(bytes) || bytes.size() < 1024 || !file.ok()) return {};
  auto entries = Directory(file);
  if (Find(entries, "EncryptedPackage")) return {OleContent::kEncryptedPackage, true};
  if (const Entry* word = Find(entries, "WordDocument"))
    return {OleContent::kWord, WordIsEncrypted(file, *word)};
  for (std::string_view name : {"Workbook", "Book"}) {
    if (const Entry* book = Find(entries, name)) return {OleContent::kSheet, SheetIsEncrypted(file, *book)};
  }
  if (Find(entries, "PowerPoint Document")) return {OleContent::kSlides, false};
  return {};
}

}  // namespace zg::document
