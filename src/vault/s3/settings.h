#pragma once
// Where an object store is, and how it is spoken to.

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace zg {

struct S3Settings {
  std::string endpoint;  // https://s3.example.cn:9000, without a path
  std::string bucket;    // there already; nothing here makes one
  std::string prefix;    // "" or "zhenggai/": what the keys begin with
  std::string region = "us-east-1";
  std::string access_key, secret;  // the secret goes into no message and no log
  std::filesystem::path ca_file;   // certificates to trust; empty: the system's
  bool plain = false;              // http:// to another machine is allowed
  int connect_seconds = 5;
  int stall_seconds = 20;           // no byte for so long: too slow
  int tries = 4;                    // of one request, altogether
  int pause_ms = 200;               // before the second; doubled each time, and up to as much again by chance
  uint64_t part_bytes = 16u << 20;  // larger files go up in parts of this size, at least 5 MB
};

// s3://bucket/prefix?endpoint=https://…&region=… laid over `base`. kInvalid (config.vault).
Result<S3Settings> ParseS3Url(const std::string& url, S3Settings base);
// kInvalid (config.vault): settings that cannot be.
Status CheckS3(const S3Settings& settings);

}  // namespace zg
