// zhenggai extract FILE: what was understood of one file, as JSON. Touches no ledger.
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "document/reader.h"
#include "extract/extractor.h"
#include "extract/json.h"
#include "extract/vocabulary.h"

namespace zg::app {
namespace {

struct Call {
  std::string file, vocabulary;
};

int Run(const Call& call) {
  auto vocabulary = call.vocabulary.empty() ? Vocabulary::Builtin() : Vocabulary::Load(call.vocabulary);
  if (!vocabulary.ok()) return Fail(vocabulary.error(), kCallAtFault);
  auto document = ReadDocumentFile(call.file);
  if (!document.ok()) return Fail(document.error());
  for (const auto& note : document->notes) Say(note);
  Draft draft = Extract(*document, **vocabulary);
  Print(DraftToJson(draft).dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  if (!draft.entries.empty()) return kDone;
  Say(call.file + "：没有识别出整改任务，请核对是不是任务清单、方案或进展报告。");
  return kInputAtFault;
}

}  // namespace

Command ExtractCommand() {
  return {"extract", "从一个文件里识别整改任务，输出 JSON", "zhenggai extract 整改任务清单.docx > 清单.json",
          [](Options& options) -> std::function<int()> {
            auto call = std::make_shared<Call>();
            options.One("FILE", call->file, "文件：txt、docx、xlsx、pdf、doc、wps、图片等");
            options.Text("--vocabulary", call->vocabulary, "本单位的词表目录，叠加在内置词表上", "DIR");
            return [call] { return Run(*call); };
          }};
}

}  // namespace zg::app
