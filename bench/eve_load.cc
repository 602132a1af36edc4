// The eve of the deadline: people of units who are signed in already look for what they owe, open one form,
// save it and submit it. They come at a rate, whether the server keeps up or not: what they wait for includes
// waiting for a free connection.
//   eve_load PORT[,PORT…] SESSIONS PEOPLE_A_SECOND SECONDS PERIOD [PASSWORD]
// SESSIONS: as `zhenggai generate --sessions` writes it; the part that was used is kept in SESSIONS.used.
// With the PASSWORD of those people each of them signs in first, and goes on in the session that this begins.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "http/client.h"

namespace {

using nlohmann::json;
using namespace zg::http::test;
using Clock = std::chrono::steady_clock;
using std::chrono::duration;

constexpr int kConnections = 64;

struct Person {
  std::string cookie, csrf, unit, login;
};

struct Times {
  std::mutex mutex;
  std::map<std::string, std::vector<double>> ms;
  std::map<std::string, int> failed;
  void Add(const std::string& what, double took, bool good) {
    std::lock_guard lock(mutex);
    ms[what].push_back(took);
    if (!good) ++failed[what];
  }
};

class Visit {
 public:
  Visit(Client& client, uint16_t port, Person person, Times& times, Clock::time_point due)
      : client_(client), port_(port), person_(std::move(person)), times_(times), from_(due) {}

  // password: of somebody who is not signed in yet. → whether the connection is still there
  bool Run(const std::string& period, const std::string& password) {
    if (!password.empty()) {
      json me = Tell("sign-in",
                     Post("/api/sign-in", json{{"login", person_.login}, {"password", password}}.dump()));
      if (!me.contains("csrf")) return alive_;
      person_.csrf = me["csrf"];
    }
    json list =
        Tell("list", Get("/api/periods/" + period + "/reports?status=empty&limit=50&unit=" + person_.unit));
    if (!list.contains("items") || list["items"].empty()) return alive_;
    // People of one unit share its reports: each takes one of the page.
    size_t n = std::hash<std::string>()(person_.cookie) % list["items"].size();
    std::string at = "/api/reports/" + list["items"][n]["id"].dump();
    json form = Tell("form", Get(at));
    json changes = {
        {"state", "in_progress"}, {"on_schedule", true}, {"text", "完成工程量的六成，正在安装设备。"}};
    json saved =
        Tell("save", Patch(at, json{{"revision", form.value("revision", 1)}, {"changes", changes}}.dump()));
    if (!saved.contains("revision")) return alive_;
    Tell("submit", Post(at + "/submit", json{{"revision", saved["revision"]}}.dump()));
    return alive_;
  }

 private:
  json Tell(const char* what, Ask ask) {
    ask.headers = {"Cookie: zg_session=" + person_.cookie, "X-CSRF-Token: " + person_.csrf};
    client_.Send(ToWire(ask, port_));
    Reply reply = client_.Read();
    auto now = Clock::now();
    // Two of one unit may take the same report; who comes second is told so, as it should be.
    bool good = reply.status == 200 || reply.status == 409;
    times_.Add(what, duration<double, std::milli>(now - from_).count(), good);
    if (!good) fprintf(stderr, "%s: %d %s\n", what, reply.status, reply.body.substr(0, 200).c_str());
    from_ = now;
    const std::string mark = "zg_session=", cookie = reply.header("set-cookie");
    if (cookie.rfind(mark, 0) == 0)
      person_.cookie = cookie.substr(mark.size(), cookie.find(';') - mark.size());
    alive_ = alive_ && reply.status != 0;
    return reply.status == 200 ? json::parse(reply.body, nullptr, false) : json::object();
  }
  Client& client_;
  uint16_t port_;
  Person person_;
  Times& times_;
  Clock::time_point from_;
  bool alive_ = true;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6 && argc != 7) return 2;
  std::vector<uint16_t> ports;
  std::istringstream list(argv[1]);
  for (std::string port; std::getline(list, port, ',');) ports.push_back(uint16_t(std::stoi(port)));
  const std::string file = argv[2], period = argv[5], password = argc > 6 ? argv[6] : "";
  const double rate = std::atof(argv[3]), seconds = std::atof(argv[4]);
  size_t used = 0;
  std::ifstream(file + ".used") >> used;
  std::vector<Person> people;
  std::ifstream in(file);
  for (Person p; in >> p.cookie >> p.csrf >> p.unit;) {
    p.login = "sample" + std::to_string(people.size() + 1);
    people.push_back(p);
  }
  auto wanted = size_t(rate * seconds);
  if (people.empty()) return 2;
  Times times;
  std::atomic<size_t> next{0};
  auto begin = Clock::now();
  std::vector<std::thread> threads;
  for (int t = 0; t < kConnections; ++t) {
    threads.emplace_back([&, t] {
      uint16_t port = ports[size_t(t) % ports.size()];
      auto client = std::make_unique<Client>(port);
      for (size_t i; (i = next++) < wanted;) {
        auto due = begin + std::chrono::duration_cast<Clock::duration>(duration<double>(double(i) / rate));
        std::this_thread::sleep_until(due);
        Visit visit(*client, port, people[(used + i) % people.size()], times, due);
        if (!visit.Run(period, password)) client = std::make_unique<Client>(port);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  double took = duration<double>(Clock::now() - begin).count();
  std::ofstream(file + ".used") << (used + wanted) % people.size();
  int failed = 0;
  printf("%zu people in %.1f s (%.1f a second)\n", wanted, took, double(wanted) / took);
  for (auto& [what, ms] : times.ms) {
    std::sort(ms.begin(), ms.end());
    printf("  %-7s %6zu  p50 %.1f ms  p99 %.1f ms  most %.1f ms  failed %d\n", what.c_str(), ms.size(),
           ms[ms.size() / 2], ms[ms.size() * 99 / 100], ms.back(), times.failed[what]);
    failed += times.failed[what];
  }
  return failed > 0;
}
