#pragma once
// What an object store says in XML. The text is another machine's: bounded by the client, read strictly, and
// nothing in it is trusted beyond its shape. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "vault/blob_store.h"

namespace zg {

// The code of an error; "" where there is none (an answer to HEAD has no body). At most 100 characters.
std::string S3ErrorCode(std::string_view xml);
// The upload id of InitiateMultipartUploadResult. kUnavailable (vault.damaged), as below.
Result<std::string> S3UploadId(std::string_view xml);

struct S3Object {
  std::string key;
  uint64_t size = 0;
  int64_t changed_at = 0;  // seconds since 1970
};
struct S3Page {
  std::vector<S3Object> objects;
  std::string next;  // continuation token; empty: the last page
};
Result<S3Page> S3List(std::string_view xml);  // ListObjectsV2

struct S3Upload {
  std::string key, upload;
  int64_t begun_at = 0;
};
struct S3UploadPage {
  std::vector<S3Upload> uploads;
  std::string next_key, next_upload;  // empty: the last page
};
Result<S3UploadPage> S3Uploads(std::string_view xml);  // ListMultipartUploads

// The order to put parts together, numbered from 1.
std::string S3CompleteXml(const std::vector<std::string>& etags);

}  // namespace zg
