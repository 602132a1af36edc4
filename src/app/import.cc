// zhenggai import FILE…: reads, extracts and commits; --draft leaves the review to a person.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "office/imports.h"

namespace zg::app {
namespace {

using nlohmann::json;

struct Call {
  Place place;
  std::vector<std::string> files;
  std::string round;
  bool draft = false, json = false;
};

Result<std::string> ReadBytes(const std::string& file) {
  std::error_code ec;
  if (!std::filesystem::is_regular_file(file, ec)) {
    return Error{Code::kInvalid, "没有这个文件，请检查路径。", file, "import.no_file"};
  }
  std::ifstream in(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  if (in.bad()) return Error{Code::kUnavailable, "这个文件读不出来，请检查权限。", file, "import.no_file"};
  return bytes;
}

// The import at its end: a draft, or committed. `file` and `error` are added.
Result<json> ImportOne(Office& office, const Call& call, const std::string& file) {
  ZG_ASSIGN(std::string bytes, ReadBytes(file));
  Imports& imports = office.imports();
  std::string name = std::filesystem::path(file).filename().string();
  ZG_ASSIGN(json taken, imports.Take(bytes, name, CommandLine()));
  ImportId id{taken["id"].get<int64_t>()};
  ZG_ASSIGN(json read, imports.ReadNow(id));
  if (read["state"] == "failed") {
    return Error{Code::kInvalid, read["error"]["message"].get<std::string>(), file,
                 read["error"]["code"].get<std::string>()};
  }
  if (!read["duplicate_of"].is_null()) {
    ZG_TRY(imports.Discard(id, CommandLine()));
    ZG_ASSIGN(read, imports.Get(id));
    return read;
  }
  if (call.draft) return read;
  CommitRequest request;
  if (!call.round.empty()) {
    auto known = ProposeRound(call.round, std::nullopt);
    request.make = Round{{},
                         call.round,
                         known ? known->level : RoundLevel::kOther,
                         known ? known->number : 0,
                         known ? known->year : 0};
  }
  ZG_ASSIGN(json committed, imports.Commit(id, request, CommandLine()));
  ZG_ASSIGN(json done, imports.Get(id));
  done["committed"] = committed;
  return done;
}

void Tell(const std::string& file, const json& import) {
  std::string title = import["title"].is_string() ? import["title"].get<std::string>() : "";
  if (import["state"] == "discarded") {
    Print(file + "：同一份文件已在台账里，没有重复入账。\n");
  } else if (import["state"] == "draft") {
    Print(fmt::format("{}：《{}》识别出{}项任务，{}处待核对，草稿号{}。\n", file, title,
                      import["tasks"].get<int64_t>(), import["doubts"].get<int64_t>(),
                      import["id"].get<int64_t>()));
  } else {
    Print(fmt::format("{}：《{}》入账{}项任务，{}处待核对，提出{}条关联，轮次“{}”，文件号{}。\n", file, title,
                      import["tasks"].get<int64_t>(), import["doubts"].get<int64_t>(),
                      import["committed"]["links"].get<int64_t>(),
                      import["round"].is_object() ? import["round"]["name"].get<std::string>() : "",
                      import["document_id"].get<int64_t>()));
  }
}

int Run(Call& call) {
  auto office = call.place.OpenOffice();
  if (!office.ok()) return Fail(office.error(), ExitOf(office.error()));
  json all = json::array();
  int status = kDone;
  for (const auto& file : call.files) {
    auto imported = ImportOne(**office, call, file);
    if (!imported.ok()) {
      Error error = imported.error();
      if (error.where.empty() || error.where.find(file) == error.where.npos) error.where = file;
      status = Fail(error);
      all.push_back({{"file", file}, {"error", {{"code", error.id}, {"message", error.message}}}});
      continue;
    }
    if (!call.json) Tell(file, *imported);
    (*imported)["file"] = file;
    all.push_back(std::move(*imported));
  }
  if (call.json) Print(all.dump(1) + "\n");
  return status;
}

}  // namespace

Command ImportCommand() {
  return {"import", "把文件读进台账", "zhenggai import 整改任务清单.docx 进展报告.pdf",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.Many("FILE", call->files, "要导入的文件，可以几个一起");
            options.Text("--round", call->round, "督察轮次的名称（默认从标题看出）", "名称");
            options.Flag("--draft", call->draft, "只留草稿，到网页上核对后再入账");
            options.Flag("--json", call->json, "输出 JSON");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
