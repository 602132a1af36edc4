#include "mail/letter.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/date.h"
#include "base/text.h"

namespace zg {
namespace {

constexpr size_t kWordBytes = 39;  // of UTF-8 in one encoded word: 64 characters with its frame
constexpr size_t kLineBytes = 57;  // of a body in one line: 76 characters of base64

std::string Base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                          reinterpret_cast<const unsigned char*>(bytes.data()), int(bytes.size()));
  out.resize(size_t(n));
  return out;
}

// One line without control characters; what is no UTF-8 becomes U+FFFD.
std::u32string OneLine(std::string_view text) {
  std::u32string line = ToUtf32(text);
  for (char32_t& c : line)
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) c = U' ';
  return std::u32string(Trim(line));
}

// RFC 2047: words of at most 75 characters, never cut within a character.
std::string EncodedWords(std::string_view text) {
  std::string out, word;
  auto close = [&] {
    if (word.empty()) return;
    out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + Base64(word) + "?=");
    word.clear();
  };
  for (char32_t c : OneLine(text)) {
    std::string one;
    AppendUtf8(one, c);
    if (word.size() + one.size() > kWordBytes) close();
    word += one;
  }
  close();
  return out;
}

std::string MailboxText(const Mailbox& box) {
  std::string name = EncodedWords(box.name);
  return name.empty() ? "<" + box.address + ">" : name + "\r\n <" + box.address + ">";
}

std::string BodyText(const std::string& body) {
  std::string lines;
  for (char c : body) {
    if (c == '\r') continue;
    if (c == '\n') lines += '\r';
    lines += c;
  }
  std::string out;
  for (size_t at = 0; at < lines.size(); at += kLineBytes)
    out += Base64(std::string_view(lines).substr(at, kLineBytes)) + "\r\n";
  return out;
}

std::string DateText(std::chrono::system_clock::time_point when) {
  static const char* const kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static const char* const kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto local = when + std::chrono::hours(8);
  auto day = std::chrono::floor<std::chrono::days>(local);
  auto seconds = std::chrono::floor<std::chrono::seconds>(local - day).count();
  Date date = Date::FromDays(day.time_since_epoch().count());
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0800",
                     kDays[std::chrono::weekday(std::chrono::sys_days(day)).c_encoding()], date.day(),
                     kMonths[date.month() - 1], date.year(), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

bool IsAddress(std::string_view text) {
  size_t at = text.find('@');
  if (text.size() > 254 || at == 0 || at == text.npos || at > 64 || at + 1 >= text.size()) return false;
  for (char c : text.substr(0, at)) {
    bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
    if (!good) return false;
  }
  char last = '.';
  for (char c : text.substr(at + 1)) {
    bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!word && !((c == '-' || c == '.') && last != '.')) return false;
    last = c;
  }
  return last != '.' && last != '-';
}

std::optional<Mailbox> ParseMailbox(std::string_view text) {
  size_t open = text.rfind('<');
  if (open == text.npos) {
    if (!IsAddress(text)) return std::nullopt;
    return Mailbox{"", std::string(text)};
  }
  if (text.back() != '>') return std::nullopt;
  std::string address(text.substr(open + 1, text.size() - open - 2));
  if (!IsAddress(address)) return std::nullopt;
  return Mailbox{ToUtf8(OneLine(text.substr(0, open))), address};
}

std::string LetterText(const Letter& letter, const Mailbox& from) {
  std::string domain = from.address.substr(from.address.find('@') + 1);
  return "Date: " + DateText(letter.written) + "\r\nFrom: " + MailboxText(from) +
         "\r\nTo: " + MailboxText(letter.to) + "\r\nSubject: " + EncodedWords(letter.subject) +
         "\r\nMessage-ID: <" + letter.id + "@" + domain +
         ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
         "charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
         BodyText(letter.body);
}

}  // namespace zg
