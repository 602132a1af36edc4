#include <libpq-fe.h>
#include <poll.h>

#include <cstdlib>

#include "store/postgres/postgres.h"

namespace zg::store::postgres {
namespace {

const Query kRing{"bell_ring",
                  "SELECT CAST(pg_notify('zhenggai_' || hashtext(current_schema()), :word) AS text)"};
const Query kChannel{"bell_channel", "SELECT 'zhenggai_' || hashtext(current_schema())"};

class PostgresBell : public Bell {
 public:
  explicit PostgresBell(std::unique_ptr<Session> session) : session_(std::move(session)) {
    session_->Execute("LISTEN \"" + session_->Value<std::string>(kChannel).value_or("") + "\"");
  }
  std::vector<std::string> Hear(int wake_fd, int timeout_ms) override {
    auto* connection = static_cast<PGconn*>(session_->native());
    std::vector<std::string> words = Words(connection);
    if (!words.empty()) return words;
    pollfd fds[] = {{PQsocket(connection), POLLIN, 0}, {wake_fd, POLLIN, 0}};
    if (::poll(fds, 2, timeout_ms) > 0 && fds[0].revents) words = Words(connection);
    return words;
  }

 private:
  static std::vector<std::string> Words(PGconn* connection) {
    if (PQconsumeInput(connection) != 1 || PQstatus(connection) != CONNECTION_OK)
      throw SqlError({Code::kUnavailable, "和数据库的连接断了，正在重连。", "", "store.down",
                      PQerrorMessage(connection)});
    std::vector<std::string> words;
    while (PGnotify* told = PQnotifies(connection)) {
      words.push_back(told->extra);
      PQfreemem(told);
    }
    return words;
  }
  std::unique_ptr<Session> session_;
};

}  // namespace

void Ring(Session& session, const std::string& word) {
  session.Value<std::string>(kRing, word);
}

std::unique_ptr<Bell> Listen(std::unique_ptr<Session> session) {
  return std::make_unique<PostgresBell>(std::move(session));
}

}  // namespace zg::store::postgres
