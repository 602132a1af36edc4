// Several programs serve one ledger, and some of them are killed.
#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <set>

#include "nodes/node.h"

namespace zg::http::test {
namespace {

constexpr int kLetters = 45;

std::string ListText(const std::string& name) {
  return "云川省第二轮中央生态环境保护督察报告" + name +
         "整改任务清单\n一、青河污水处理厂长期超标排放。\n责任单位：青河市党委、政府\n整改目标：达到一级A标准"
         "。\n"
         "整改时限：2024年底前\n整改措施：\n1.完成提标改造。\n";
}

std::string Noise(size_t n) {
  std::string bytes(n, '\0');
  uint32_t x = 7;
  for (auto& c : bytes) c = char((x = x * 1664525 + 1013904223) >> 24);
  return bytes;
}

bool Ready() {
  return zg::test::PostgresServer() != nullptr;
}

TEST(Nodes, ShareSessionsUploadsAndTheListOfThemselves) {
  if (!Ready()) GTEST_SKIP() << "no PostgreSQL given";
  Cluster cluster("share");
  ASSERT_GT(cluster.store().port(), 0);
  Node &a = cluster.Add(), &b = cluster.Add();
  EXPECT_EQ(cluster.Json(b, Get("/api/me"))["me"]["name"], "测试员") << "signed in at the other";
  EXPECT_EQ(cluster.State()["nodes"].size(), 2u);

  json draft = cluster.Import(a, ListText("第一批"), "清单.txt");
  std::string import = "/api/imports/" + draft["id"].dump();
  ASSERT_TRUE(Within(15s, [&] { return cluster.Json(b, Get(import))["state"] == "draft"; }));
  cluster.Json(b, Post(import + "/commit"));
  EXPECT_TRUE(Within(20s, [&] { return cluster.Json(a, Get("/api/findings"))["pending"] == 0; }));
  std::string task = cluster.Json(a, Get("/api/tasks"))["items"][0]["id"].dump();

  std::string bytes = Noise(18'000'000);
  json start = {{"name", "影像.bin"}, {"bytes", bytes.size()}};
  int64_t upload = cluster.Json(a, Post("/api/uploads", start.dump()), 201)["id"];
  size_t at = 0;
  for (int i = 0; at < bytes.size(); ++i) {
    // Each part is sent to both, to one of them a byte shorter: one of the two is taken.
    std::string part = bytes.substr(at, 6'000'000);
    int status[2] = {};
    std::thread other([&] { status[1] = cluster.Call(b, cluster.Part(upload, at, part)).status; });
    status[0] = cluster.Call(a, cluster.Part(upload, at, part.substr(0, part.size() - 1))).status;
    other.join();
    // The longer one may be longer than the file by now.
    EXPECT_EQ(std::count(status, status + 2, 200), 1) << status[0] << " " << status[1] << " at " << at;
    EXPECT_EQ(std::count(status, status + 2, 409) + std::count(status, status + 2, 400), 1);
    Node& asked = i % 2 ? a : b;
    at = cluster.Json(asked, Get("/api/uploads/" + std::to_string(upload)))["received"];
    ASSERT_GT(at, 0u);
  }
  EXPECT_THAT(cluster.store().Control()["keys"].dump(), testing::HasSubstr("zg/staging/"));
  std::string form = json{{"tie", {{"kind", "task"}, {"id", json::parse(task)}}}}.dump();
  json made = cluster.Json(b, Post("/api/uploads/" + std::to_string(upload) + "/finish", form), 201);
  EXPECT_EQ(cluster.Call(a, Get("/api/evidence/" + made["id"].dump() + "/file")).body, bytes);
  EXPECT_THAT(cluster.store().Control()["keys"].dump(), testing::Not(testing::HasSubstr("zg/staging/")));

  // What somebody may do is asked each time, however well a node remembers them.
  cluster.Sql("UPDATE users SET alone = 0, roles = -1 - roles WHERE login = 'tester'");
  EXPECT_EQ(cluster.Call(a, Get("/api/tasks")).status, 403) << "may nothing any more";
  cluster.Sql("UPDATE users SET alone = 1, roles = -1 - roles WHERE login = 'tester'");
  EXPECT_EQ(cluster.Call(a, Get("/api/tasks")).status, 200);
  cluster.Json(b, Post("/api/sign-out", ""));
  EXPECT_EQ(cluster.Call(a, Get("/api/tasks")).status, 401) << "signed out at the other";
  EXPECT_TRUE(cluster.Verifies());
}

// One reads a file, one sends letters, one is about to check: all three are killed. The fourth finishes.
TEST(Nodes, OneFinishesWhatOthersWereDoingWhenTheyWereKilled) {
  if (!Ready()) GTEST_SKIP() << "no PostgreSQL given";
  Cluster cluster("killed");
  ASSERT_GT(cluster.store().port(), 0);
  ASSERT_GT(cluster.mail().port(), 0);
  cluster.Add([&] {
    std::string sql =
        "INSERT INTO notices (unit_id, day, kind, title, lines, at) VALUES (0, '2024-07-01', 'reminder', "
        "'提醒', '[]', '2024-07-01');";
    for (int i = 1; i <= kLetters; ++i)
      sql +=
          "INSERT INTO outbox (notice_id, name, email, subject, body, state, tries, next_try, made, said, "
          "done_at) SELECT id, '甲', 'a" +
          std::to_string(i) +
          "@example.cn', '提醒', '正文', 0, 0, 0, CAST(extract(epoch FROM now()) AS bigint), '', '' FROM "
          "notices;";
    cluster.Sql(sql);
  });
  for (int i = 1; i < 4; ++i) cluster.Add();
  Node& youngest = *cluster.nodes().back();
  json first = cluster.Import(youngest, ListText("第一批"), "清单.txt");
  std::string import = "/api/imports/" + first["id"].dump();
  ASSERT_TRUE(Within(15s, [&] { return cluster.Json(youngest, Get(import))["state"] == "draft"; }));

  cluster.store().Arm("hang", 1, "GET");
  json second = cluster.Import(youngest, ListText("第二批"), "另一份.txt");
  Node* reader = nullptr;
  ASSERT_TRUE(Within(10s, [&] { return (reader = cluster.Doing("import", second["id"].dump())); }))
      << cluster.State();
  Node* sender = nullptr;
  EXPECT_TRUE(Within(10s, [&] { return (sender = cluster.Doing("clock", "outbox")); }));
  EXPECT_LT(cluster.mail().Letters().size(), size_t(kLetters)) << "they are on their way still";
  cluster.Json(youngest, Post(import + "/commit"));
  for (Node* node : {&youngest, reader, sender})
    if (node && node->running()) node->Kill();
  size_t sent = cluster.mail().Letters().size();
  auto killed = std::chrono::steady_clock::now();

  Node* left = cluster.Living();
  ASSERT_NE(left, nullptr);
  std::string other = "/api/imports/" + second["id"].dump();
  EXPECT_TRUE(Within(60s, [&] { return cluster.Json(*left, Get(other))["state"] == "draft"; }));
  auto seconds = [&] {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - killed)
        .count();
  };
  printf("read by another after %lds\n", long(seconds()));
  EXPECT_TRUE(Within(60s, [&] { return cluster.Json(*left, Get("/api/findings"))["pending"] == 0; }));
  EXPECT_TRUE(Within(60s, [&] { return cluster.Json(*left, Get("/api/letters"))["waiting"] == 0; }));
  printf("all letters out after %lds\n", long(seconds()));

  // The last one that nobody waits for any more may just be on its way.
  json given_up;
  std::map<std::string, int> arrived;
  EXPECT_TRUE(Within(20s,
                     [&] {
                       given_up = cluster.Json(*left, Get("/api/letters?state=given_up"))["items"];
                       arrived.clear();
                       for (const auto& letter : cluster.mail().Letters()) {
                         size_t from = letter.find("X-Envelope-To: ") + 15;
                         ++arrived[letter.substr(from, letter.find('\r', from) - from)];
                       }
                       std::set<std::string> known;
                       for (const auto& [address, times] : arrived) known.insert(address);
                       for (const auto& letter : given_up) known.insert(letter["email"].get<std::string>());
                       return known.size() == size_t(kLetters);
                     }))
      << arrived.size() << " arrived: every letter did, or waits for a person";
  for (const auto& [address, times] : arrived) EXPECT_EQ(times, 1) << address;
  EXPECT_LE(given_up.size(), 1u) << "only the one that was just being handed over is left to a person";
  for (const auto& letter : given_up) {
    EXPECT_THAT(letter["said"].get<std::string>(), testing::HasSubstr("是否送达不明"));
  }
  printf("%zu letters before, %zu arrived, %zu unclear\n", sent, cluster.mail().Letters().size(),
         given_up.size());
  cluster.Json(*left, Post(other + "/commit"));
  auto living = std::count_if(cluster.nodes().begin(), cluster.nodes().end(),
                              [](const auto& node) { return node->running(); });
  EXPECT_EQ(int(cluster.State()["nodes"].size()), living) << "the others were taken out";
  EXPECT_TRUE(cluster.Verifies());
}

TEST(Nodes, LimitsHoldOverAllOfThem) {
  if (!Ready()) GTEST_SKIP() << "no PostgreSQL given";
  Cluster cluster("limits", "requests_per_second = 5\ntries_per_minute = 6\n");
  Node* nodes[] = {&cluster.Add(), &cluster.Add()};
  int tried = 0;
  for (int i = 0; i < 14; ++i) {
    json form = {{"login", "nobody" + std::to_string(i)}, {"password", "wrong"}};
    int status = Call(nodes[i % 2]->port(), Post("/api/sign-in", form.dump())).status;
    EXPECT_TRUE(status == 403 || status == 401 || status == 429) << status;
    tried += status != 429;
  }
  EXPECT_LE(tried, 6);
  EXPECT_GE(tried, 5) << "one was used up by signing in";

  std::atomic<int> let{0};
  auto begin = std::chrono::steady_clock::now();
  auto knock = [&](Node* node) {
    for (int i = 0; i < 150; ++i) let += cluster.Call(*node, Get("/api/me")).status == 200;
  };
  std::thread other(knock, nodes[1]);
  knock(nodes[0]);
  other.join();
  double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  EXPECT_GE(let, 40);
  EXPECT_LE(let, 2 * 40 + int(5 * passed) + 2) << "the burst once for each node, at the most";
  std::this_thread::sleep_for(1100ms);
  int after = 0;
  for (int i = 0; i < 20; ++i) after += cluster.Call(*nodes[i % 2], Get("/api/me")).status == 200;
  EXPECT_LE(after, 12) << "what was too much is a debt";
  printf("%d requests let through in %.1fs, then %d\n", int(let), passed, after);
}

}  // namespace
}  // namespace zg::http::test
