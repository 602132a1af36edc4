#include "app/place.h"

#include "app/vault_place.h"

namespace zg::app {

void Place::Declare(Options& options) {
  options.Text("--data", data, "数据目录（默认 ./var）", "DIR");
  options.Text("--config", config, "配置文件（默认 数据目录/zhenggai.toml）", "FILE");
  options.Text("--vocabulary", vocabulary, "本单位的词表目录，叠加在内置词表上", "DIR");
}

Status Place::Load() {
  ZG_ASSIGN(settings, LoadSettings(data, config));
  if (!vocabulary.empty()) settings.vocabulary = vocabulary;
  return {};
}

Result<std::unique_ptr<Office>> Place::OpenOffice(bool background, const Clock* clock) {
  ZG_TRY(Load());
  OfficeOptions options;
  options.data = settings.data;
  options.database = settings.database_url;
  options.read_database = settings.database_read_url;
  options.read_lag_seconds = settings.database_read_lag_seconds;
  options.vocabulary = settings.vocabulary;
  options.workflows = settings.workflows;
  options.readers = int(settings.readers);
  options.background = background;
  options.clock = clock;
  options.max_evidence_bytes = uint64_t(settings.max_evidence_mb) << 20;
  options.idle_minutes = settings.idle_minutes;
  options.session_hours = settings.session_hours;
  options.smtp = {settings.smtp_url,           settings.smtp_from, settings.smtp_user,
                  settings.smtp_password_file, settings.smtp_tls,  settings.smtp_ca_file};
  options.reminders = {int(settings.remind_hour), int(settings.raise_after), int(settings.verify_days),
                       settings.site};
  options.log = log;
  options.version = ZG_VERSION;
  options.upload_hours = int(settings.upload_hours);
  if (!settings.vault_url.empty()) {
    ZG_ASSIGN(options.vault, OpenVault(settings, settings.vault_url));
  }
  return Office::Open(std::move(options));
}

int ExitOf(const Error& error) {
  return error.id.rfind("config.", 0) == 0 || error.id.rfind("parameter.", 0) == 0 ? kCallAtFault
                                                                                   : kInputAtFault;
}

}  // namespace zg::app
