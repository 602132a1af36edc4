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
#include "store/sql.h"

namespace zg::store::sqlite {

struct Seal {
  int64_t rows = 0;
  std::array<uint64_t, 4> sum{};
  friend bool operator==(const Seal&, const Seal&) = default;
};

class RowDigester;

// Listens to one connection (sqlite3*) and is attached to it. Throws SqlError. Not thread-safe.
class SealKeeper : public Session::Attachment {
 public:
  explicit SealKeeper(void* connection);
  ~SealKeeper() override;
  SealKeeper(const SealKeeper&) = delete;
  SealKeeper& operator=(const SealKeeper&) = delete;

  void Begin();       // with the transaction: whatever an undone one left is forgotten
  void Mark();        // with a savepoint, and
  void BackToMark();  // when it is gone back to: what was noted since is forgotten
  void Flush();       // the last thing before COMMIT
  // Takes the tables as they are now, in a transaction.
  void SealNow(const std::vector<std::string>& tables);
  // All of them and the definitions, but for the broken ones: those keep the seal that they had.
  void SealAll(const std::map<std::string, std::string>& broken);

  void Changed(int operation, const char* table);  // by the hook

 private:
  void Write(const std::string& table, const Seal& seal);

  struct Statements;

  void* connection_;
  std::unique_ptr<RowDigester> digester_;
  std::unique_ptr<Statements> statements_;                     // made when the table of seals is there
  std::map<std::string, Seal, std::less<>> changed_, marked_;  // since Begin; as they were at Mark
};

// Tables that are not as they were last written, each with a sentence; reads all of it. Where there are no
// seals at all, "seals" is one.
std::map<std::string, std::string> BrokenSeals(void* connection);

}  // namespace zg::store::sqlite
