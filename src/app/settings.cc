#include "app/settings.h"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/nearest.h"

namespace zg::app {
namespace {

namespace fs = std::filesystem;

std::string PlaceOf(const fs::path& file, const toml::source_region& region) {
  return file.string() + ":" + std::to_string(region.begin.line);
}

// Takes the keys of one table, one after the other, and keeps the first mistake.
class Keys {
 public:
  Keys(const fs::path& file, const toml::table& table) : file_(file), table_(table) {}

  void Text(const char* key, std::string& to) {
    const toml::node* node = Take(key);
    if (!node) return;
    if (auto value = node->value<std::string>(); value && node->is_string())
      to = *value;
    else
      Complain(*node, key, "应是引号里的文字");
  }
  void Path(const char* key, fs::path& to) {
    std::string text;
    Text(key, text);
    // Relative to the file that names it.
    if (!text.empty()) to = fs::path(text).is_absolute() ? fs::path(text) : file_.parent_path() / text;
  }
  void Path(const char* key, std::string& to) {
    fs::path path;
    Path(key, path);
    if (!path.empty()) to = path.string();
  }
  void Flag(const char* key, bool& to) {
    const toml::node* node = Take(key);
    if (!node) return;
    if (node->is_boolean())
      to = *node->value<bool>();
    else
      Complain(*node, key, "应是 true 或 false");
  }
  // The table under the key; nullptr: not there, or no table.
  const toml::table* Table(const char* key) {
    const toml::node* node = Take(key);
    if (node && !node->is_table()) Complain(*node, key, "应写成 [" + std::string(key) + "] 一节");
    return node ? node->as_table() : nullptr;
  }
  void Texts(const char* key, std::vector<std::string>& to) {
    const toml::node* node = Take(key);
    if (!node) return;
    const toml::array* list = node->as_array();
    bool good = list != nullptr;
    if (list) {
      to.clear();
      for (const auto& item : *list) {
        auto text = item.value<std::string>();
        good = good && text && item.is_string();
        if (text) to.push_back(*text);
      }
    }
    if (!good) Complain(*node, key, "应是方括号里的文字列表");
  }
  void Whole(const char* key, int64_t& to, int64_t low, int64_t high) {
    const toml::node* node = Take(key);
    if (!node) return;
    auto value = node->value<int64_t>();
    if (!node->is_integer() || *value < low || *value > high) {
      Complain(*node, key, "应是" + std::to_string(low) + "到" + std::to_string(high) + "的整数");
    } else {
      to = *value;
    }
  }
  void OneOf(const char* key, std::string& to, const std::vector<std::string>& choices) {
    Text(key, to);
    if (std::find(choices.begin(), choices.end(), to) != choices.end() || !table_.get(key)) return;
    std::string near = Nearest(to, choices);
    Complain(*table_.get(key), key, near.empty() ? "不能是“" + to + "”" : "是不是“" + near + "”？");
  }

  Status Finish() {
    for (const auto& [key, node] : table_) {
      std::string name(key.str());
      if (error_ || std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
      std::string near = Nearest(name, known_);
      error_ = Error{
          Code::kInvalid,
          "配置里不认识“" + name + "”" + (near.empty() ? "，请删去或改正。" : "，是不是“" + near + "”？"),
          PlaceOf(file_, key.source()), "config.unknown"};
    }
    return error_ ? Status(*error_) : Status();
  }

 private:
  const toml::node* Take(const char* key) {
    known_.push_back(key);
    return table_.get(key);
  }
  void Complain(const toml::node& node, const char* key, const std::string& what) {
    if (error_) return;
    error_ = Error{Code::kInvalid, "配置“" + std::string(key) + "”" + what + "。",
                   PlaceOf(file_, node.source()), "config.value"};
  }

  fs::path file_;
  const toml::table& table_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

Status ReadPublic(Keys keys, Settings& settings) {
  keys.Text("listen", settings.public_listen);
  keys.Text("url", settings.public_url);
  keys.Text("title", settings.public_title);
  keys.Text("office", settings.public_office);
  keys.Text("contact", settings.public_contact);
  keys.Text("record", settings.public_record);
  keys.Text("licence", settings.public_licence);
  keys.Path("tls_certificate", settings.public_tls_certificate);
  keys.Path("tls_key", settings.public_tls_key);
  keys.Whole("requests_per_second", settings.public_requests_per_second, 0, 1'000'000);
  keys.Flag("behind_proxy", settings.public_behind_proxy);
  return keys.Finish();
}

Status ReadDatabase(Keys keys, Settings& settings) {
  keys.Text("url", settings.database_url);
  keys.Text("read_url", settings.database_read_url);
  keys.Whole("read_lag_seconds", settings.database_read_lag_seconds, 1, 3600);
  return keys.Finish();
}

Status ReadServer(Keys keys, Settings& settings) {
  keys.Flag("behind_proxy", settings.behind_proxy);
  keys.Texts("proxies", settings.proxies);
  keys.Whole("drain_seconds", settings.drain_seconds, 0, 300);
  keys.Whole("grace_seconds", settings.grace_seconds, 1, 3600);
  return keys.Finish();
}

Status ReadMetrics(Keys keys, Settings& settings) {
  keys.Text("listen", settings.metrics_listen);
  return keys.Finish();
}

Status ReadLog(Keys keys, Settings& settings) {
  keys.Whole("slow_query_ms", settings.slow_query_ms, 0, 600'000);
  return keys.Finish();
}

Status ReadVault(Keys keys, Settings& settings) {
  keys.Text("url", settings.vault_url);
  keys.Text("endpoint", settings.vault_endpoint);
  keys.Text("region", settings.vault_region);
  keys.Text("access_key", settings.vault_access_key);
  keys.Path("secret_file", settings.vault_secret_file);
  keys.Path("ca_file", settings.vault_ca_file);
  keys.OneOf("tls", settings.vault_tls, {"required", "none"});
  keys.Whole("part_mb", settings.vault_part_mb, 5, 1024);
  keys.Whole("stall_seconds", settings.vault_stall_seconds, 1, 600);
  keys.Whole("tries", settings.vault_tries, 1, 20);
  return keys.Finish();
}

}  // namespace

Result<Settings> LoadSettings(const fs::path& data, const fs::path& config) {
  Settings settings;
  if (!data.empty()) settings.data = data;
  fs::path file = config.empty() ? settings.data / "zhenggai.toml" : config;
  std::error_code ec;
  if (!fs::exists(file, ec)) {
    if (config.empty()) return settings;
    return Error{Code::kInvalid, "没有这个配置文件，请检查路径。", file.string(), "config.missing"};
  }
  toml::table parsed;
  try {
    parsed = toml::parse_file(file.string());
  } catch (const toml::parse_error& e) {
    return Error{Code::kInvalid, "配置文件写得不对，请看这一行的引号和等号。", PlaceOf(file, e.source()),
                 "config.broken", std::string(e.description())};
  }
  Keys keys(file, parsed);
  keys.Path("vocabulary", settings.vocabulary);
  keys.Path("workflows", settings.workflows);
  keys.Text("address", settings.address);
  keys.Path("tls_certificate", settings.tls_certificate);
  keys.Path("tls_key", settings.tls_key);
  keys.Texts("public_hosts", settings.public_hosts);
  keys.Text("oidc_issuer", settings.oidc_issuer);
  keys.Text("oidc_client_id", settings.oidc_client_id);
  keys.Path("oidc_secret_file", settings.oidc_secret_file);
  keys.Text("oidc_redirect", settings.oidc_redirect);
  keys.Text("oidc_claim", settings.oidc_claim);
  keys.Whole("idle_minutes", settings.idle_minutes, 5, 1440);
  keys.Whole("session_hours", settings.session_hours, 1, 168);
  keys.Whole("requests_per_second", settings.requests_per_second, 0, 1'000'000);
  keys.Whole("tries_per_minute", settings.tries_per_minute, 0, 1'000'000);
  keys.Whole("port", settings.port, 0, 65535);
  keys.Whole("readers", settings.readers, 1, 64);
  keys.Whole("threads", settings.threads, 0, 256);
  keys.Whole("max_file_mb", settings.max_file_mb, 1, 2048);
  keys.Whole("max_evidence_mb", settings.max_evidence_mb, 1, 2048);
  keys.Whole("upload_hours", settings.upload_hours, 1, 720);
  keys.Whole("max_connections", settings.max_connections, 1, 10'000);
  keys.Text("smtp_url", settings.smtp_url);
  keys.Text("smtp_from", settings.smtp_from);
  keys.Text("smtp_user", settings.smtp_user);
  keys.Path("smtp_password_file", settings.smtp_password_file);
  keys.OneOf("smtp_tls", settings.smtp_tls, {"required", "none"});
  keys.Path("smtp_ca_file", settings.smtp_ca_file);
  keys.Text("site", settings.site);
  keys.Whole("remind_hour", settings.remind_hour, 0, 23);
  keys.Whole("raise_after", settings.raise_after, 0, 60);
  keys.Whole("verify_days", settings.verify_days, 0, 365);
  keys.OneOf("log_level", settings.log_level, {"debug", "info", "warn", "error"});
  keys.Text("web_root", settings.web_root);
  if (const toml::table* open = keys.Table("public")) ZG_TRY(ReadPublic(Keys(file, *open), settings));
  if (const toml::table* base = keys.Table("database")) ZG_TRY(ReadDatabase(Keys(file, *base), settings));
  if (const toml::table* vault = keys.Table("vault")) ZG_TRY(ReadVault(Keys(file, *vault), settings));
  if (const toml::table* own = keys.Table("server")) ZG_TRY(ReadServer(Keys(file, *own), settings));
  if (const toml::table* watch = keys.Table("metrics")) ZG_TRY(ReadMetrics(Keys(file, *watch), settings));
  if (const toml::table* log = keys.Table("log")) ZG_TRY(ReadLog(Keys(file, *log), settings));
  ZG_TRY(keys.Finish());
  return settings;
}

}  // namespace zg::app
