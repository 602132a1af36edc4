#pragma once
// A letter as RFC 5322 and MIME have it. Pure. Whatever stands in names and subjects, it cannot become a
// header.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace zg {

struct Mailbox {
  std::string name;     // as people read it; may be empty
  std::string address;  // IsAddress
};

struct Letter {
  Mailbox to;
  std::string subject;  // one line
  std::string body;     // plain UTF-8, \n between lines
  std::string id;       // of the message, without the domain: the same for every try
  std::chrono::system_clock::time_point written;
};

// local@domain of printable ASCII, one @, nothing that an address in < > could break out of.
bool IsAddress(std::string_view text);
// "整改办 <office@example.cn>" or the address alone.
std::optional<Mailbox> ParseMailbox(std::string_view text);
// The letter with its headers, lines ended by CRLF, at most 76 characters each, pure ASCII.
std::string LetterText(const Letter& letter, const Mailbox& from);

}  // namespace zg
