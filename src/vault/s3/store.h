#pragma once
// The vault in a bucket of any S3-compatible store: key <prefix>ab/abcd…, as in the folder.
//
// Every upload carries the SHA-256 and MD5 of what it sends, so that the store refuses what changed on the
// way. A file is read twice (digests, then sending; the second time from the page cache) and neither held in
// memory nor written again. Files above part_bytes go up in parts.

#include <memory>
#include <string>
#include <vector>

#include "vault/blob_store.h"
#include "vault/s3/client.h"

namespace zg {

class S3Store : public BlobStore {
 public:
  // kInvalid (config.vault). Does not connect yet: a store that is down keeps nobody from starting.
  static Result<std::unique_ptr<S3Store>> Open(S3Settings settings);
  ~S3Store() override;

  using BlobStore::PutFile;
  Result<std::string> Put(std::string_view bytes) override;
  Result<std::string> Get(const std::string& digest) const override;
  Status Check(const std::string& digest) const override;
  Result<std::vector<std::string>> List() const override;
  Result<Digester::Hex> PutFile(const std::filesystem::path& file, const Before& before) override;
  Result<BlobFile> OpenFile(const std::string& digest) const override;
  Result<Digester::Hex> Digests(const std::string& digest) const override;
  Result<std::vector<BlobEntry>> Entries() const override;
  Status Remove(const std::string& digest) override;
  Result<std::vector<UnfinishedBlob>> Unfinished() const override;
  Status Abandon(const UnfinishedBlob& one) override;
  Status Answers() const override;
  std::unique_ptr<Staging> MakeStaging(const std::filesystem::path& scratch) const override;

 private:
  struct Plan;
  explicit S3Store(S3Settings settings);
  std::string KeyOf(const std::string& digest) const;
  std::string DigestOf(const std::string& key) const;  // empty: no key of ours
  Result<bool> IsThere(const Plan& plan) const;
  Status Upload(const Plan& plan);
  Status UploadParts(const Plan& plan);
  Result<std::vector<std::string>> SendParts(const Plan& plan, const std::string& upload);
  std::shared_ptr<const S3Client> client_;  // readers may outlive the store
};

}  // namespace zg
