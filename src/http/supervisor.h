#pragma once
// Whoever started the server and waits for its word: systemd (Type=notify).

#include <string_view>

namespace zg::http {

// "READY=1", "STOPPING=1" to the socket that NOTIFY_SOCKET names (man 3 sd_notify). Does nothing where there
// is none.
void TellSupervisor(std::string_view state);

}  // namespace zg::http
