#include "app/vault_place.h"

#include <cstdlib>
#include <fstream>

#include "vault/s3/store.h"

namespace zg::app {
namespace {

std::string FromEnvironment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read before any thread is there
  return value ? value : "";
}

Result<std::string> SecretOf(const Settings& s) {
  std::string secret = FromEnvironment("ZHENGGAI_VAULT_SECRET_KEY");
  if (!secret.empty() || s.vault_secret_file.empty()) return secret;
  std::ifstream in(s.vault_secret_file);
  if (!std::getline(in, secret) || secret.empty())
    return Error{Code::kInvalid, "secret_file 读不出来或是空的。", s.vault_secret_file, "config.value"};
  if (secret.back() == '\r') secret.pop_back();
  return secret;
}

}  // namespace

Result<std::shared_ptr<BlobStore>> OpenVault(const Settings& s, const std::string& url) {
  if (url.find("://") == url.npos) {
    std::filesystem::path folder = url;
    ZG_ASSIGN(std::shared_ptr<BlobStore> store,
              FolderStore::Open(folder.is_absolute() ? folder : s.data / folder));
    return store;
  }
  S3Settings base;
  base.endpoint = s.vault_endpoint;
  base.region = s.vault_region;
  base.access_key = FromEnvironment("ZHENGGAI_VAULT_ACCESS_KEY");
  if (base.access_key.empty()) base.access_key = s.vault_access_key;
  ZG_ASSIGN(base.secret, SecretOf(s));
  base.ca_file = s.vault_ca_file;
  base.plain = s.vault_tls == "none";
  base.part_bytes = uint64_t(s.vault_part_mb) << 20;
  base.stall_seconds = int(s.vault_stall_seconds);
  base.tries = int(s.vault_tries);
  ZG_ASSIGN(S3Settings settings, ParseS3Url(url, std::move(base)));
  ZG_ASSIGN(std::shared_ptr<BlobStore> store, S3Store::Open(std::move(settings)));
  return store;
}

}  // namespace zg::app
