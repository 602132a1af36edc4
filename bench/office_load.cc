// People of units at work: each of N clients writes and submits reports of the newest open period, one after
// the other, on a connection of its own. Prints p50 and p99 of what they waited for.
//   office_load PORT CLIENTS SECONDS
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "http/client.h"

namespace {

using nlohmann::json;
using namespace zg::http::test;
using Clock = std::chrono::steady_clock;

struct Times {
  std::mutex mutex;
  std::vector<double> draft, submit;  // ms
  int failed = 0;
};

// What every request carries to be let in; set once, before the threads.
std::vector<std::string> session;

json Tell(Client& client, uint16_t port, zg::http::test::Ask ask, double* ms, int* failed) {
  ask.headers = session;
  auto begin = Clock::now();
  client.Send(ToWire(ask, port));
  Reply reply = client.Read();
  if (ms) *ms = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  if (reply.status != 200 && failed) ++*failed;
  return json::parse(reply.body, nullptr, false);
}

void Work(uint16_t port, const std::vector<int64_t>& reports, Clock::time_point until, Times& times) {
  Client client(port);
  std::vector<double> draft, submit;
  int failed = 0;
  for (int64_t id : reports) {
    if (Clock::now() > until) break;
    std::string at = "/api/reports/" + std::to_string(id);
    json changes = {
        {"state", "in_progress"}, {"on_schedule", true}, {"text", "完成工程量的六成，正在安装设备。"}};
    double ms = 0;
    json saved =
        Tell(client, port, Patch(at, json{{"revision", 1}, {"changes", changes}}.dump()), &ms, &failed);
    draft.push_back(ms);
    Tell(client, port, Post(at + "/submit", json{{"revision", saved.value("revision", 2)}}.dump()), &ms,
         &failed);
    submit.push_back(ms);
  }
  std::lock_guard lock(times.mutex);
  times.draft.insert(times.draft.end(), draft.begin(), draft.end());
  times.submit.insert(times.submit.end(), submit.begin(), submit.end());
  times.failed += failed;
}

void Print(const char* what, std::vector<double> ms, double seconds) {
  std::sort(ms.begin(), ms.end());
  if (ms.empty()) return;
  printf("%-8s p50 %.1f ms  p99 %.1f ms  %.0f a second\n", what, ms[ms.size() / 2], ms[ms.size() * 99 / 100],
         double(ms.size()) / seconds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  session = {std::string("Cookie: ") + argv[4], std::string("X-CSRF-Token: ") + argv[5]};
  auto port = uint16_t(atoi(argv[1]));
  int clients = atoi(argv[2]), seconds = atoi(argv[3]);
  Client first(port);
  const json periods = Tell(first, port, Get("/api/periods?limit=1"), nullptr, nullptr);
  std::string at = "/api/periods/" + periods["items"][0]["id"].dump(), after;
  std::vector<std::vector<int64_t>> slices(static_cast<size_t>(clients));
  for (size_t n = 0, pages = 0; pages < 100; ++pages) {
    const json page =
        Tell(first, port, Get(at + "/reports?status=empty&limit=200" + after), nullptr, nullptr);
    for (const auto& item : page["items"]) slices[n++ % slices.size()].push_back(item["id"]);
    if (page["next"].is_null()) break;
    after = "&after=" + page["next"].get<std::string>();
  }
  Times times;
  std::vector<std::thread> people;
  auto until = Clock::now() + std::chrono::seconds(seconds);
  for (const auto& slice : slices) people.emplace_back([&, until] { Work(port, slice, until, times); });
  for (auto& person : people) person.join();
  Print("draft", times.draft, seconds);
  Print("submit", times.submit, seconds);
  printf("%d failed\n", times.failed);
  return times.failed > 0;
}
