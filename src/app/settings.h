#pragma once
// The configuration: zhenggai.toml in the data folder, or --config FILE. Flags win over it.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace zg::app {

struct Settings {
  std::filesystem::path data =
      "var";  // ledger.sqlite and vault/; not in the file, since the file is found by it

  std::string database_url;       // [database] url = "postgresql://…"; empty: ledger.sqlite in data
  std::string database_read_url;  // replicas of it for what may be a little old; empty: none
  int64_t database_read_lag_seconds = 10;  // how old that may be, 1–3600
  std::filesystem::path
      vocabulary;  // folder with an office's own words (vocab/*.toml); empty: the built-in ones
  std::filesystem::path workflows;    // folder with an office's own workflows and calendar; empty: built in
  std::string address = "127.0.0.1";  // the server listens here; loopback only without a certificate
  std::string tls_certificate, tls_key;     // PEM files
  std::vector<std::string> public_hosts;    // names in the browser's address line: zg.example.cn:8443
  std::string oidc_issuer, oidc_client_id;  // OpenID Connect; empty: none
  std::string oidc_secret_file;             // holds the client secret; empty: a public client
  std::string oidc_redirect;  // https://zg.example.cn:8443/api/oidc/callback; empty: of the first public host
  std::string oidc_claim = "preferred_username";  // the claim that is the login
  int64_t idle_minutes = 120;                     // who does nothing for so long is signed out, 5–1440
  int64_t session_hours = 12;                     // … and everybody after so long, 1–168
  int64_t requests_per_second = 50;               // of one person, on average; 0: no limit
  int64_t tries_per_minute = 20;                  // signing in, from one address; 0: no limit
  int64_t port = 8080;                            // 0: any free port
  int64_t readers = 16;                           // read connections to the ledger at most, 1–64
  int64_t threads = 0;        // that answer requests; 0: one for each core, with a database in `url` three
  int64_t max_file_mb = 200;  // uploads beyond it are refused, 1–2048
  int64_t max_evidence_mb = 2048;            // one file of evidence, 1–2048
  int64_t upload_hours = 72;                 // an unfinished upload is kept that long, 1–720
  int64_t max_connections = 500;             // browsers at the same time, 1–10000
  std::string smtp_url;                      // smtp://host:25, smtps://host:465; empty: no letters go out
  std::string smtp_from;                     // 整改办 <office@example.cn>
  std::string smtp_user;                     // empty: no sign-in
  std::filesystem::path smtp_password_file;  // one line
  std::string smtp_tls = "required";         // required, none
  std::filesystem::path smtp_ca_file;        // certificates to trust; empty: the system's
  std::string site;                          // https://zhenggai.example.cn: links in letters begin with it
  int64_t remind_hour = 8;                   // reminders are made from this hour on, 0–23
  int64_t raise_after = 3;    // working days late after which it goes a level up, 0–60; 0: never
  int64_t verify_days = 1;    // the ledger is proved every so many nights, 0–365; 0: never
  std::string public_listen;  // [public] listen = "127.0.0.1:8081"; empty: no public site
  std::string public_url;     // https://zg.example.cn as visitors call it; links in the feed begin with it
  std::string public_title, public_office, public_contact, public_record, public_licence;  // on its pages
  std::string public_tls_certificate, public_tls_key;  // PEM files of its own
  int64_t public_requests_per_second = 20;             // of one address, on average; 0: no limit
  bool public_behind_proxy = false;  // a proxy on this machine tells visitors' addresses (X-Forwarded-For)
  std::string vault_url;             // [vault] url = "s3://bucket/prefix", or a folder; empty: data/vault
  std::string vault_endpoint;        // https://s3.example.cn:9000
  std::string vault_region = "us-east-1";
  std::string vault_access_key;        // or ZHENGGAI_VAULT_ACCESS_KEY
  std::string vault_secret_file;       // one line; or ZHENGGAI_VAULT_SECRET_KEY
  std::string vault_ca_file;           // certificates to trust; empty: the system's
  std::string vault_tls = "required";  // required; none: http:// to another machine, in a closed network
  int64_t vault_part_mb = 16;          // larger files go up in parts of this size, 5–1024
  int64_t vault_stall_seconds = 20;    // no byte for so long: too slow, 1–600
  int64_t vault_tries = 4;             // of one request, 1–20
  bool behind_proxy = false;           // [server] nginx in front speaks TLS, says who asks
  std::vector<std::string> proxies;    // its addresses; loopback always is one
  int64_t drain_seconds = 0;           // at SIGTERM: not ready for so long, still serving, 0–300
  int64_t grace_seconds = 10;          // then what is being answered may take so long, 1–3600
  std::string metrics_listen;          // [metrics] listen = "127.0.0.1:9464"; empty: none
  int64_t slow_query_ms = 200;         // [log] longer ones are told, 0–600000; 0: none
  std::string log_level = "info";      // debug, info, warn, error
  std::string web_root;                // development: the UI's files from this folder instead of the binary
};

// `config` empty: data/zhenggai.toml where it is there. kInvalid (config.…) with `where` "file:line": unknown
// key (with its neighbour), wrong type, a value out of range, a broken file.
Result<Settings> LoadSettings(const std::filesystem::path& data, const std::filesystem::path& config);

}  // namespace zg::app
