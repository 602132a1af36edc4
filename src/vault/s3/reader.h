#pragma once
// An object read in pieces: a request for each stretch, ahead of who reads on and on.

#include <memory>
#include <mutex>
#include <string>

#include "vault/blob_store.h"
#include "vault/s3/client.h"

namespace zg {

// Any thread may read; what was read ahead is kept once, so one reader a stream is best.
class S3Reader : public BlobReader {
 public:
  S3Reader(std::shared_ptr<const S3Client> client, std::string key, std::string digest, uint64_t size)
      : client_(std::move(client)), key_(std::move(key)), digest_(std::move(digest)), size_(size) {}
  // kNotFound (vault.missing) where it went in the meantime; kUnavailable as S3Client::Call, and
  // vault.damaged where the store answers with another stretch.
  Result<size_t> ReadAt(uint64_t offset, char* to, size_t n) const override;
  bool remote() const override { return true; }

 private:
  Result<std::string> Fetch(uint64_t offset, uint64_t length) const;

  const std::shared_ptr<const S3Client> client_;
  const std::string key_, digest_;
  const uint64_t size_;
  mutable std::mutex mutex_;
  mutable std::string block_;  // what was read last, from
  mutable uint64_t from_ = 0;
};

}  // namespace zg
