#include "vault/s3/settings.h"

#include <algorithm>
#include <cctype>

namespace zg {
namespace {

Error Bad(std::string message, const char* where) {
  return {Code::kInvalid, std::move(message), where, "config.vault"};
}

bool AllOf(const std::string& text, const char* more) {
  return std::all_of(text.begin(), text.end(), [&](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) || std::string_view(more).find(char(c)) != std::string_view::npos);
  });
}

std::string Decoded(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    bool hex = text[i] == '%' && i + 2 < text.size() && std::isxdigit((unsigned char)text[i + 1]) &&
               std::isxdigit((unsigned char)text[i + 2]);
    out += hex ? char(std::stoi(text.substr(i + 1, 2), nullptr, 16)) : text[i];
    if (hex) i += 2;
  }
  return out;
}

// Whether the host of the endpoint is this machine: nothing leaves it.
bool OnThisMachine(const std::string& endpoint) {
  std::string host = endpoint.substr(endpoint.find("://") + 3);
  for (const std::string name : {"127.0.0.1", "localhost", "[::1]"})
    if (host == name || host.rfind(name + ":", 0) == 0) return true;
  return false;
}

}  // namespace

Result<S3Settings> ParseS3Url(const std::string& url, S3Settings s) {
  if (url.rfind("s3://", 0) != 0)
    return Bad("对象存储的地址应写作 s3://桶/前缀?endpoint=https://主机:端口&region=区域。", "url");
  size_t mark = url.find('?');
  std::string path = url.substr(5, mark == url.npos ? url.npos : mark - 5);
  size_t slash = path.find('/');
  s.bucket = path.substr(0, slash);
  s.prefix = slash == path.npos ? "" : path.substr(slash + 1);
  if (!s.prefix.empty() && s.prefix.back() != '/') s.prefix += '/';
  for (size_t at = mark; at != url.npos;) {
    size_t next = url.find('&', at + 1);
    std::string pair = url.substr(at + 1, next == url.npos ? url.npos : next - at - 1);
    std::string name = pair.substr(0, pair.find('='));
    std::string value = pair.find('=') == pair.npos ? "" : Decoded(pair.substr(pair.find('=') + 1));
    if (name == "endpoint")
      s.endpoint = value;
    else if (name == "region")
      s.region = value;
    else
      return Bad("对象存储的地址里不认识“" + name + "”，只能写 endpoint 和 region。", "url");
    at = next;
  }
  while (!s.endpoint.empty() && s.endpoint.back() == '/') s.endpoint.pop_back();
  ZG_TRY(CheckS3(s));
  return s;
}

Status CheckS3(const S3Settings& s) {
  bool secure = s.endpoint.rfind("https://", 0) == 0;
  if (!secure && s.endpoint.rfind("http://", 0) != 0)
    return Bad("请写明对象存储的 endpoint，如 https://s3.example.cn:9000。", "endpoint");
  std::string host = s.endpoint.substr(s.endpoint.find("://") + 3);
  if (host.empty() || !AllOf(host, ".-:[]")) return Bad("endpoint 只写到主机和端口为止。", "endpoint");
  if (!secure && !s.plain && !OnThisMachine(s.endpoint))
    return Bad("资料不能不加密地传到别的机器：endpoint 请用 https://；确在专网内的，可写 tls = \"none\"。",
               "endpoint");
  if (s.bucket.size() < 3 || s.bucket.size() > 63 || !AllOf(s.bucket, ".-"))
    return Bad("桶名应是3到63个小写字母、数字、点和短横线。", "url");
  if (!AllOf(s.prefix, "._-/") || s.prefix.find("//") != s.prefix.npos ||
      s.prefix.find("..") != s.prefix.npos || s.prefix.rfind('/', 0) == 0 || s.prefix.size() > 500)
    return Bad("对象的前缀只能用字母、数字、点、横线和斜线。", "url");
  if (s.region.empty() || !AllOf(s.region, "-_")) return Bad("region 写得不对。", "region");
  if (s.access_key.empty() || s.secret.empty())
    return Bad(
        "缺少对象存储的密钥：请写 access_key 和 secret_file，或设环境变量 ZHENGGAI_VAULT_ACCESS_KEY、"
        "ZHENGGAI_VAULT_SECRET_KEY。",
        "secret_file");
  if (s.part_bytes < (5u << 20)) return Bad("每一部分至少5MB。", "part_mb");
  return {};
}

}  // namespace zg
