// zhenggai check FILE…: what the texts claim is put to the test. Without files: the ledger's documents
// (check_ledger.cc).
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/place.h"
#include "check/checker.h"
#include "check/json.h"
#include "document/reader.h"
#include "extract/extractor.h"
#include "extract/vocabulary.h"

namespace zg::app {
namespace {

struct Call {
  std::vector<std::string> files;
  std::string as_of;
  bool json = false;
  Place place;  // the ledger, where no files are given
};

void Tell(const CheckResult& result) {
  for (const auto& f : result.findings) {
    std::string place = f.place.file + (f.place.path ? " 任务" + *f.place.path : "");
    Print(std::string(SeverityName(f.severity)) + "\t" + place + "\t" + f.message + "\n");
  }
  Say("发现" + std::to_string(result.findings.size()) + "处疑点，核对无误" +
      std::to_string(result.confirmed.size()) + "处。");
}

int Run(Call& call) {
  if (call.files.empty()) return CheckLedger(call.place, call.json);
  std::optional<Date> as_of;
  if (!call.as_of.empty()) {
    as_of = Date::ParseIso(call.as_of);
    if (!as_of) return Fail({Code::kInvalid, "日期应写成 2024-12-31 这样。", "--as-of"}, kCallAtFault);
  }
  auto vocabulary =
      call.place.vocabulary.empty() ? Vocabulary::Builtin() : Vocabulary::Load(call.place.vocabulary);
  if (!vocabulary.ok()) return Fail(vocabulary.error(), kCallAtFault);
  auto words =
      call.place.vocabulary.empty() ? CheckWords::Builtin() : CheckWords::Load(call.place.vocabulary);
  if (!words.ok()) return Fail(words.error(), kCallAtFault);
  std::vector<Document> documents;
  std::vector<Draft> drafts;
  std::vector<CheckInput> inputs;
  documents.reserve(call.files.size());
  drafts.reserve(call.files.size());
  for (const auto& file : call.files) {
    auto document = ReadDocumentFile(file);
    if (!document.ok()) return Fail(document.error());
    documents.push_back(std::move(*document));
    drafts.push_back(Extract(documents.back(), **vocabulary));
    CheckInput input;
    input.file = file;
    input.document = &documents.back();
    input.draft = &drafts.back();
    input.as_of = as_of;
    inputs.push_back(std::move(input));
  }
  CheckOptions options;
  options.words = *words;
  CheckResult result = Check(inputs, options);
  if (call.json)
    Print(CheckResultToJson(result).dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  else
    Tell(result);
  return kDone;
}

}  // namespace

Command CheckCommand() {
  return {"check", "核对文件里的数字、日期和说法", "zhenggai check 进展报告.docx --as-of 2024-12-31 --json",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.Many("FILE", call->files,
                         "要核对的文件，可以几个一起，互相对照；不给文件：核对台账里的全部文件", false);
            options.Text("--as-of", call->as_of, "以哪一天为准（默认取文件自己的日期）", "日期");
            options.Flag("--json", call->json, "输出 JSON");
            call->place.Declare(options);
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
