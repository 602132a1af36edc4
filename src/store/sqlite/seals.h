#pragma once
// Seals: for each table the number of its rows and the sum of their digests, so that a row changed by another
// tool, or a byte of it on the disk, is noticed. Kept by SQLite's preupdate hook on the writing connection.
//
// A digest is SHA-256 over the table's name and the row's values (a whole number and the same number as REAL
// count as one); sums are taken in four lanes of 64 bits, so that the order of the rows does not matter and a
// change costs what the changed rows cost.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace zg::store::sqlite {

struct Seal {
  int64_t rows = 0;
  std::array<uint64_t, 4> sum{};
  friend bool operator==(const Seal&, const Seal&) = default;
};

class RowDigester;

// Listens to one connection (sqlite3*) and lives as long as it. Throws SqlError. Not thread-safe.
class SealKeeper {
 public:
  explicit SealKeeper(void* connection);
  ~SealKeeper();
  SealKeeper(const SealKeeper&) = delete;
  SealKeeper& operator=(const SealKeeper&) = delete;

  void Begin();  // with the transaction: whatever an undone one left is forgotten
  void Flush();  // the last thing before COMMIT
  // Takes the tables as they are now; all of them and the definitions where `tables` is empty. In a
  // transaction.
  void SealNow(const std::vector<std::string>& tables);

  void Changed(int operation, const char* table);  // by the hook

 private:
  void Write(const std::string& table, const Seal& seal);

  void* connection_;
  std::unique_ptr<RowDigester> digester_;
  std::map<std::string, Seal, std::less<>> changed_;  // since Begin
};

// One sentence for each table that is not as it was last written; reads all of it. Where there are no seals
// at all, that is one.
std::vector<std::string> BrokenSeals(void* connection);

}  // namespace zg::store::sqlite
