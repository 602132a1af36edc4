#pragma once
// Sends letters to one mail server (SMTP, by libcurl). Nothing here is touched where no server is set.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "mail/letter.h"

namespace zg {

struct SmtpSettings {
  std::string url;                      // smtp://host:25, smtps://host:465; empty: no mail
  std::string from;                     // 整改办 <office@example.cn>
  std::string user;                     // empty: no sign-in
  std::filesystem::path password_file;  // one line
  std::string tls = "required";         // required (STARTTLS, or smtps://), none
  std::filesystem::path ca_file;        // certificates to trust; empty: the system's
  int timeout_seconds = 30;
};

enum class Delivery : uint8_t {
  kSent,
  kLater,     // not now: a mailbox is full, the server asks to come back (4xx)
  kNoServer,  // nobody answers, or not as it should: nothing can be sent just now
  kRefused,   // never: no such mailbox (5xx)
  kUnknown,   // it was handed over, but the server did not say whether it has it
};
struct DeliveryReport {
  Delivery delivery = Delivery::kSent;
  std::string reason;  // what the server said, or a sentence; empty: sent
};

// Keeps one connection as long as it holds. For one thread at a time.
class Smtp {
 public:
  // kInvalid (mail.…): settings that cannot be. `stop`: asked while it waits; true gives up. Does not connect
  // yet.
  static Result<std::unique_ptr<Smtp>> Open(SmtpSettings settings, std::function<bool()> stop);
  ~Smtp();
  DeliveryReport Send(const Letter& letter);

 private:
  struct Wire;
  explicit Smtp(std::unique_ptr<Wire> wire);
  std::unique_ptr<Wire> wire_;
};

// kInvalid: mail.url, mail.from, mail.tls, mail.password (a password would go over the wire in the clear).
Status CheckSmtp(const SmtpSettings& settings);

}  // namespace zg
