#include "http/supervisor.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace zg::http {

void TellSupervisor(std::string_view state) {
  const char* path = std::getenv("NOTIFY_SOCKET");
  sockaddr_un to{};
  size_t n = path ? std::strlen(path) : 0;
  if (n < 2 || n >= sizeof to.sun_path || (path[0] != '/' && path[0] != '@')) return;
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, path, n);
  if (path[0] == '@') to.sun_path[0] = '\0';  // an address that is no file
  int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  auto size = socklen_t(offsetof(sockaddr_un, sun_path) + n);
  (void)!::sendto(fd, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr*>(&to), size);
  ::close(fd);
}

}  // namespace zg::http
