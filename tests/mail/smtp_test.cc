// Letters through a real mail server.
#include "mail/smtp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "support/smtp_process.h"

namespace zg {
namespace {

using testing::HasSubstr;

SmtpSettings Plain(const SmtpProcess& server) {
  SmtpSettings settings;
  settings.url = server.url();
  settings.from = "省整改办 <office@example.cn>";
  settings.tls = "none";
  settings.timeout_seconds = 5;
  return settings;
}
Letter To(const std::string& address, const std::string& subject = "整改催办") {
  return {{"李四", address}, subject, "请在3天内上报。\n", "17", std::chrono::system_clock::now()};
}
DeliveryReport SendOne(const SmtpSettings& settings, const std::string& address) {
  auto smtp = Smtp::Open(settings, nullptr);
  EXPECT_TRUE(smtp.ok()) << smtp.error().message;
  return (*smtp)->Send(To(address));
}

TEST(Smtp, LettersArriveOverOneConnection) {
  SmtpProcess server("arrive");
  server.Start();
  ASSERT_GT(server.port(), 0);
  auto smtp = Smtp::Open(Plain(server), nullptr).value();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(smtp->Send(To("lisi@example.cn")).delivery, Delivery::kSent);
  auto letters = server.Letters();
  ASSERT_EQ(letters.size(), 3u);
  EXPECT_THAT(letters[0], HasSubstr("X-Envelope-From: office@example.cn"));
  EXPECT_THAT(letters[0], HasSubstr("X-Envelope-To: lisi@example.cn"));
  EXPECT_THAT(letters[0], HasSubstr("Subject: =?UTF-8?B?5pW05pS55YKs5Yqe?="));
}

TEST(Smtp, ARefusalAFullMailboxAndSilenceAreToldApart) {
  SmtpProcess server("refuse");
  server.Start();
  auto smtp = Smtp::Open(Plain(server), nullptr).value();
  DeliveryReport refused = smtp->Send(To("refused@example.cn"));
  EXPECT_EQ(refused.delivery, Delivery::kRefused);
  EXPECT_EQ(refused.reason, "550 5.1.1 no such mailbox");
  EXPECT_EQ(smtp->Send(To("full@example.cn")).delivery, Delivery::kLater);
  EXPECT_EQ(smtp->Send(To("silent@example.cn")).delivery, Delivery::kUnknown);
  EXPECT_EQ(smtp->Send(To("lisi@example.cn")).delivery, Delivery::kSent)
      << "one bad letter does not stop others";
  EXPECT_EQ(smtp->Send(To("a@b\r\nRCPT TO:<c@d>")).delivery, Delivery::kRefused);
}

TEST(Smtp, AServerThatIsDownIsToldAsSuchAndFoundAgain) {
  SmtpProcess server("down");
  server.Start();
  SmtpSettings settings = Plain(server);
  auto smtp = Smtp::Open(settings, nullptr).value();
  ASSERT_EQ(smtp->Send(To("lisi@example.cn")).delivery, Delivery::kSent);
  server.Stop();
  DeliveryReport report = smtp->Send(To("lisi@example.cn"));
  EXPECT_EQ(report.delivery, Delivery::kNoServer) << report.reason;
  server.Start();
  EXPECT_EQ(smtp->Send(To("lisi@example.cn")).delivery, Delivery::kSent);
}

TEST(Smtp, WaitingEndsWhenAsked) {
  // A listener that never says a word.
  SmtpProcess server("stop");
  FILE* pipe = ::popen(
      "exec python3 -c \"import socket,time; s=socket.socket(); s.bind(('127.0.0.1',0)); "
      "s.listen(); print(s.getsockname()[1], flush=True); time.sleep(5)\"",
      "r");
  int port = 0;
  ASSERT_EQ(std::fscanf(pipe, "%d", &port), 1);
  SmtpSettings settings = Plain(server);
  settings.url = "smtp://127.0.0.1:" + std::to_string(port);
  settings.timeout_seconds = 20;
  auto begin = std::chrono::steady_clock::now();
  auto stop = [&] { return std::chrono::steady_clock::now() - begin > std::chrono::milliseconds(300); };
  auto smtp = Smtp::Open(settings, stop).value();
  EXPECT_EQ(smtp->Send(To("lisi@example.cn")).delivery, Delivery::kNoServer);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4));
  smtp.reset();
  ::pclose(pipe);
}

class SmtpTls : public testing::Test {
 protected:
  SmtpTls() {
    folder_ = std::filesystem::temp_directory_path() / ("zg-smtp-certificate-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    std::string command =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext "
        "subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout " +
        (folder_ / "key.pem").string() + " -out " + (folder_ / "cert.pem").string() + " 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ofstream(folder_ / "password") << "secret-word\n";
  }
  ~SmtpTls() override { std::filesystem::remove_all(folder_); }
  std::vector<std::string> ServerOptions() {
    return {"--cert",     (folder_ / "cert.pem").string(),
            "--key",      (folder_ / "key.pem").string(),
            "--user",     "office",
            "--password", "secret-word"};
  }
  SmtpSettings Settings(const SmtpProcess& server) {
    SmtpSettings settings = Plain(server);
    settings.tls = "required";
    settings.ca_file = folder_ / "cert.pem";
    settings.user = "office";
    settings.password_file = folder_ / "password";
    return settings;
  }
  std::filesystem::path folder_;
};

TEST_F(SmtpTls, SignsInOverAnEncryptedLine) {
  SmtpProcess server("tls", ServerOptions());
  server.Start();
  ASSERT_GT(server.port(), 0);
  DeliveryReport report = SendOne(Settings(server), "lisi@example.cn");
  EXPECT_EQ(report.delivery, Delivery::kSent) << report.reason;
  EXPECT_EQ(server.Letters().size(), 1u);
}

TEST_F(SmtpTls, NothingGoesOutWhereTheCertificateOrThePasswordIsWrong) {
  SmtpProcess server("wrong", ServerOptions());
  server.Start();
  SmtpSettings unknown = Settings(server);
  unknown.ca_file.clear();
  EXPECT_EQ(SendOne(unknown, "lisi@example.cn").delivery, Delivery::kNoServer);
  std::ofstream(folder_ / "password") << "another\n";
  EXPECT_EQ(SendOne(Settings(server), "lisi@example.cn").delivery, Delivery::kNoServer);
  EXPECT_TRUE(server.Letters().empty());
}

TEST_F(SmtpTls, AServerWithoutEncryptionGetsNothingWhereItIsRequired) {
  SmtpProcess server("plain");
  server.Start();
  EXPECT_EQ(SendOne(Settings(server), "lisi@example.cn").delivery, Delivery::kNoServer);
  EXPECT_TRUE(server.Letters().empty());
}

TEST(Smtp, SettingsThatCannotBeAreNamed) {
  SmtpSettings good;
  good.url = "smtp://mail.example.cn:25";
  good.from = "office@example.cn";
  EXPECT_TRUE(CheckSmtp(good).ok());
  auto id = [&](auto change) {
    SmtpSettings settings = good;
    change(settings);
    Status status = CheckSmtp(settings);
    return status.ok() ? std::string() : status.error().id;
  };
  EXPECT_EQ(id([](auto& s) { s.url = "http://mail.example.cn"; }), "mail.url");
  EXPECT_EQ(id([](auto& s) { s.from = "整改办"; }), "mail.from");
  EXPECT_EQ(id([](auto& s) { s.tls = "maybe"; }), "mail.tls");
  EXPECT_EQ(id([](auto& s) { s.tls = "none", s.user = "office"; }), "mail.password");
  EXPECT_EQ(id([](auto& s) { s.url = "smtp://127.0.0.1:25", s.tls = "none", s.user = "office"; }), "");
  EXPECT_EQ(id([](auto& s) { s.url = "smtp://127.0.0.1.example.cn", s.tls = "none", s.user = "x"; }),
            "mail.password");
}

}  // namespace
}  // namespace zg
