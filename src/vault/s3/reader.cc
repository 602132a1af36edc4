#include "vault/s3/reader.h"

#include <algorithm>
#include <cstring>

namespace zg {
namespace {

constexpr uint64_t kAhead = 1u << 20;
constexpr int kShortTries = 3;

}  // namespace

Result<std::string> S3Reader::Fetch(uint64_t offset, uint64_t length) const {
  S3Request request;
  request.key = key_;
  request.range = std::to_string(offset) + "-" + std::to_string(offset + length - 1);
  request.most = length;
  const std::string expected = "bytes " + request.range + "/" + std::to_string(size_);
  for (int tried = 1;; ++tried) {
    ZG_ASSIGN(S3Answer answer, client_->Call(request));
    if (answer.status == 404) return MissingBlob(digest_);
    bool whole = answer.status == 200 && offset == 0 && length == size_;
    bool right = whole || (answer.status == 206 && answer.range == expected);
    if (right && answer.body.size() == length) return std::move(answer.body);
    if (tried == kShortTries)
      return DamagedBlob(digest_, "asked for " + expected + ", got " + std::to_string(answer.status) + " " +
                                      answer.range + " with " + std::to_string(answer.body.size()));
  }
}

Result<size_t> S3Reader::ReadAt(uint64_t offset, char* to, size_t n) const {
  if (offset >= size_ || n == 0) return size_t(0);
  n = size_t(std::min<uint64_t>(n, size_ - offset));
  std::unique_lock lock(mutex_);
  bool on = !block_.empty() && offset >= from_ && offset <= from_ + block_.size();  // read on from before
  if (on && offset < from_ + block_.size()) {
    n = std::min(n, size_t(from_ + block_.size() - offset));
    std::memcpy(to, block_.data() + (offset - from_), n);
    return n;
  }
  if (n >= kAhead || !on) lock.unlock();  // nothing is kept of large reads, and others need not wait
  uint64_t length = on && n < kAhead ? std::min(kAhead, size_ - offset) : n;
  ZG_ASSIGN(std::string got, Fetch(offset, length));
  std::memcpy(to, got.data(), n);
  if (!lock.owns_lock()) lock.lock();
  if (n < kAhead) {
    block_ = std::move(got);
    from_ = offset;
  } else {
    block_.clear();
  }
  return n;
}

}  // namespace zg
