// How fast a vault keeps and gives: a folder, and a bucket where one is given, in one run on the same
// machine.
//   ZG_S3_ENDPOINT=http://127.0.0.1:18245 ZG_S3_BUCKET=evidence ZHENGGAI_VAULT_ACCESS_KEY=… \
//   ZHENGGAI_VAULT_SECRET_KEY=… vault_bench [SMALL=400] [LARGE_MB=64]
// tests/vault/radosgw --hold starts one.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#include "vault/s3/store.h"

namespace {

using namespace zg;
using Clock = std::chrono::steady_clock;

constexpr size_t kSmall = 200'000;  // bytes, as photographs from a phone's messenger
constexpr size_t kStretch = 256'000;
constexpr int kClients = 16;

double Since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string Noise(size_t n, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string bytes(n, '\0');
  for (size_t i = 0; i + 8 <= n; i += 8) {
    uint64_t x = random();
    std::copy_n(reinterpret_cast<const char*>(&x), 8, bytes.data() + i);
  }
  return bytes;
}

// One figure a line of work: the first is of one client, the second of sixteen.
struct Figures {
  std::vector<std::pair<std::string, double>> rows;
};

void Must(bool ok, const Error* error) {
  if (ok) return;
  fmt::print(stderr, "{} {}\n", error->message, error->cause);
  std::exit(1);
}

// Times `work(i)` for i in [0, n) spread over `clients`: how many a second.
double Rate(int n, int clients, const std::function<void(int)>& work) {
  std::atomic<int> next{0};
  auto start = Clock::now();
  std::vector<std::thread> threads;
  for (int c = 0; c < clients; ++c)
    threads.emplace_back([&] {
      for (int i; (i = next++) < n;) work(i);
    });
  for (auto& thread : threads) thread.join();
  return n / Since(start);
}

Figures Measure(BlobStore& store, int small, int large_mb, const std::filesystem::path& file) {
  Figures out;
  std::vector<std::string> digests(size_t(small) * 2);
  for (int clients : {1, kClients}) {
    size_t base = clients == 1 ? 0 : size_t(small);
    std::string name = clients == 1 ? "1 client" : "16 clients";
    std::vector<std::string> bytes;
    for (int i = 0; i < small; ++i)
      bytes.push_back(Noise(kSmall, base + size_t(i) + uint64_t(::getpid()) * 100'000));
    out.rows.emplace_back("put 200 KB, a second, " + name, Rate(small, clients, [&](int i) {
                            auto put = store.Put(bytes[size_t(i)]);
                            Must(put.ok(), put.ok() ? nullptr : &put.error());
                            digests[base + size_t(i)] = *put;
                          }));
    out.rows.emplace_back("put again, a second, " + name, Rate(small, clients, [&](int i) {
                            auto put = store.Put(bytes[size_t(i)]);
                            Must(put.ok(), put.ok() ? nullptr : &put.error());
                          }));
    out.rows.emplace_back("get 200 KB, a second, " + name, Rate(small, clients, [&](int i) {
                            auto got = store.Get(digests[base + size_t(i)]);
                            Must(got.ok(), got.ok() ? nullptr : &got.error());
                          }));
  }
  std::ofstream(file, std::ios::binary) << Noise(size_t(large_mb) << 20, uint64_t(::getpid()));
  auto start = Clock::now();
  auto hex = store.PutFile(file);
  Must(hex.ok(), hex.ok() ? nullptr : &hex.error());
  out.rows.emplace_back(fmt::format("put {} MB, MB a second", large_mb), large_mb / Since(start));
  start = Clock::now();
  auto digests_now = store.Digests(hex->sha256);
  Must(digests_now.ok(), digests_now.ok() ? nullptr : &digests_now.error());
  out.rows.emplace_back(fmt::format("read and digest {} MB, MB a second", large_mb), large_mb / Since(start));
  for (int clients : {1, kClients}) {
    double rate = Rate(small * 2, clients, [&](int i) {
      auto opened = store.OpenFile(hex->sha256);
      Must(opened.ok(), opened.ok() ? nullptr : &opened.error());
      std::string buffer(kStretch, '\0');
      uint64_t at = (uint64_t(i) * 7'919'993) % (opened->size - kStretch);
      auto got = opened->bytes->ReadAt(at, buffer.data(), buffer.size());
      Must(got.ok(), got.ok() ? nullptr : &got.error());
    });
    out.rows.emplace_back(fmt::format("open and read 256 KB, a second, {} clients", clients), rate);
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  int small = argc > 1 ? std::atoi(argv[1]) : 400, large_mb = argc > 2 ? std::atoi(argv[2]) : 64;
  auto folder = std::filesystem::temp_directory_path() / ("zg-vault-bench-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  auto local = FolderStore::Open(folder / "vault");
  if (!local.ok()) return 1;
  Figures of_folder = Measure(**local, small, large_mb, folder / "file");
  Figures of_bucket;
  if (const char* endpoint = std::getenv("ZG_S3_ENDPOINT")) {
    S3Settings s;
    s.endpoint = endpoint;
    s.bucket = std::getenv("ZG_S3_BUCKET");
    s.access_key = std::getenv("ZHENGGAI_VAULT_ACCESS_KEY");
    s.secret = std::getenv("ZHENGGAI_VAULT_SECRET_KEY");
    s.prefix = "bench-" + std::to_string(::getpid()) + "/";
    auto bucket = S3Store::Open(s);
    Must(bucket.ok(), bucket.ok() ? nullptr : &bucket.error());
    of_bucket = Measure(**bucket, small, large_mb, folder / "file");
  }
  for (size_t i = 0; i < of_folder.rows.size(); ++i) {
    const auto& [name, rate] = of_folder.rows[i];
    if (i < of_bucket.rows.size())
      fmt::print("{:<48} folder {:>9.1f}  bucket {:>9.1f}  {:>5.1f}%\n", name, rate, of_bucket.rows[i].second,
                 100 * of_bucket.rows[i].second / rate);
    else
      fmt::print("{:<48} folder {:>9.1f}\n", name, rate);
  }
  std::filesystem::remove_all(folder);
  return 0;
}
