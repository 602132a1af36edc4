// zhenggai generate: a large made-up ledger for measurements.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "office/checks.h"
#include "office/sample.h"

namespace zg::app {
namespace {

struct Call {
  Place place;
  int64_t tasks = 1000, paragraphs = 0, reports = 0, evidence = 0, people = 0, seed = 1;
  std::string password, sessions;
  bool checked = false;
};

int Run(Call& call) {
  if (call.tasks < 0 || call.tasks > 10'000'000 || call.paragraphs < 0 || call.paragraphs > 100'000'000 ||
      call.reports < 0 || call.reports > 100'000'000 || call.evidence < 0 || call.evidence > 100'000'000 ||
      call.people < 0 || call.people > 1'000'000) {
    return Fail({Code::kInvalid, "数量应在0到一千万（段落、上报、资料一亿，人员一百万）之间。", "--tasks"},
                kCallAtFault);
  }
  if (call.people > 0 && call.password.empty()) {
    return Fail({Code::kInvalid, "要造人员，请用 --password 给出他们共用的密码。", "--password"},
                kCallAtFault);
  }
  // Reports begin in January 2025, and times only go up.
  FixedClock clock(*Date::ParseIso("2024-12-31"));
  auto office = call.place.OpenOffice(false, call.reports > 0 ? &clock : nullptr);
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  SampleRequest request{call.tasks,
                        call.paragraphs,
                        call.reports,
                        call.evidence,
                        call.people,
                        call.password,
                        call.sessions,
                        uint64_t(call.seed),
                        [](int64_t done, int64_t all) {
                          if (done % 100 == 0 || done == all) Say(fmt::format("{}/{}份文件", done, all));
                        },
                        [](int64_t done, int64_t all) { Say(fmt::format("{}/{}份上报", done, all)); }};
  auto made = MakeSample(**office, request);
  if (!made.ok()) return Fail(made.error());
  if (call.checked)
    if (Status taken = (*office)->checks().TakeAsChecked(); !taken.ok()) return Fail(taken.error());
  Print(made->dump() + "\n");
  return kDone;
}

}  // namespace

Command GenerateCommand() {
  return {"generate", "造一本大台账，用来测速度（不要用在正式台账上）",
          "zhenggai generate --tasks 100000 --paragraphs 1000000 --data /tmp/large",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.Whole("--tasks", call->tasks, "任务数（默认1000）");
            options.Whole("--paragraphs", call->paragraphs, "另加的段落数（默认0）");
            options.Whole("--reports", call->reports, "上报数，至少这么多，按整期造（默认0）");
            options.Whole("--evidence", call->evidence, "资料数，随上报造（默认0）");
            options.Whole("--people", call->people, "人员数，分在各单位（默认0）");
            options.Text("--password", call->password, "这些人员共用的密码", "密码");
            options.Text("--sessions", call->sessions, "让这些人员都已登录，会话写到这个文件", "FILE");
            options.Flag("--checked", call->checked, "都记作已核对：服务器不再去核对它们");
            options.Whole("--seed", call->seed, "随机数种子：同一个种子造出同样的台账");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          },
          true};
}

}  // namespace zg::app
