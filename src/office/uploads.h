#pragma once
// Files of any size on their way into the ledger of evidence, part by part, so that a lost connection costs
// one part. What was acknowledged is on disk, or in the vault's bucket where several nodes share it
// (vault/staging.h), so that each part may go to another node.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "office/actor.h"

namespace zg {

struct OfficeCore;

struct UploadStart {
  std::string name;
  int64_t bytes = 0;
  std::string sha256;  // of the whole file; empty: not known beforehand
};

// Thread-safe. Only who began an upload sees it (upload.not_found for others).
class Uploads {
 public:
  static constexpr uint64_t kMaxPart = 8u << 20;

  explicit Uploads(OfficeCore& core) : core_(core) {}
  // → {id, name, bytes, received, part, duplicate}: `duplicate` is a piece of evidence with these bytes that
  // the actor may see, or null. An open upload of the actor with the same name, size and digest is gone on
  // with. kInvalid upload.name, upload.empty, upload.too_large, upload.digest; kConflict upload.too_many;
  // kUnavailable upload.no_room.
  Result<nlohmann::json> Start(const UploadStart& start, const Actor& actor);
  Result<nlohmann::json> Get(int64_t id, const Actor& actor) const;
  Result<nlohmann::json> List(const Actor& actor) const;  // unfinished ones
  // Writes a part at `offset`, which must be what was received so far: kConflict upload.offset (`where`: what
  // is right). On disk before it returns. kConflict upload.busy where another part is being written.
  Result<nlohmann::json> Append(int64_t id, int64_t offset, std::string_view part, const Actor& actor);
  Status Drop(int64_t id, const Actor& actor);
  // Takes away what nobody has touched for `OfficeOptions::upload_hours`. Returns how many.
  Result<int64_t> Expire();
  void LetGo(int64_t id);  // of its parts; the upload is finished or dropped

 private:
  OfficeCore& core_;
};

}  // namespace zg
