// zhenggai export: a list of tasks as xlsx or csv.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/commands.h"
#include "app/filter.h"
#include "app/place.h"
#include "office/exports.h"

namespace zg::app {
namespace {

struct Call {
  Place place;
  FilterFlags filter;
  std::string output, format, columns;
};

std::vector<std::string> Split(const std::string& list) {
  std::vector<std::string> parts;
  std::istringstream in(list);
  for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
  return parts;
}

std::string FormatOf(const Call& call) {
  if (!call.format.empty()) return call.format;
  std::string extension = std::filesystem::path(call.output).extension().string();
  return extension == ".csv" ? "csv" : "xlsx";
}

int Run(Call& call) {
  auto office = call.place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  auto filter = call.filter.Read(**office);
  if (!filter.ok()) return Fail(filter.error(), kCallAtFault);
  auto sort = call.filter.Sort();
  if (!sort.ok()) return Fail(sort.error(), kCallAtFault);
  auto file = (*office)->exports().Tasks(*filter, *sort, Split(call.columns), FormatOf(call));
  if (!file.ok()) return Fail(file.error(), ExitOf(file.error()));
  if (call.output == "-") {
    Print(file->bytes);
    return kDone;
  }
  std::string name = call.output.empty() ? file->name : call.output;
  std::ofstream out(name, std::ios::binary);
  out.write(file->bytes.data(), std::streamsize(file->bytes.size()));
  out.close();
  if (!out) return Fail({Code::kUnavailable, "文件写不成，请检查路径、权限和磁盘空间。", name});
  Say("已写到 " + name);
  return kDone;
}

}  // namespace

Command ExportCommand() {
  return {"export", "把任务清单导出成 xlsx 或 csv", "zhenggai export --overdue -o 逾期任务.xlsx",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.Text("-o,--output", call->output, "写到哪个文件；-：标准输出", "FILE");
            options.Text("--format", call->format, "xlsx 或 csv（默认看文件名）", "格式");
            options.Text("--columns", call->columns, "要哪些列，逗号隔开，如 path,problem,due,state", "列");
            call->filter.Declare(options);
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
