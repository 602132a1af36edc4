#include "ledger/proof.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "extract/json.h"

namespace zg {

using nlohmann::json;

std::string TaskDigest(const Task& task) {
  json canonical = {{"id", task.id.value},
                    {"document", task.document.value},
                    {"round", task.round.value},
                    {"parent", task.parent.value},
                    {"seq", task.seq},
                    {"corrected", task.corrected},
                    {"gone", task.gone},
                    {"revision", task.revision},
                    {"updated_at", task.updated_at},
                    {"entry", EntryToJson(task.entry)}};
  return Sm3Hex(canonical.dump(-1, ' ', false, json::error_handler_t::replace));
}

std::string ProofLine(TaskId task, const std::string& digest) {
  return "task " + std::to_string(task.value) + " " + digest + "\n";
}

std::string ProofLine(DocId document, const std::string& digest) {
  return "document " + std::to_string(document.value) + " " + digest + "\n";
}

void ReadProof(std::string_view proof, const std::function<void(TaskId, std::string_view)>& on_task,
               const std::function<void(DocId, std::string_view)>& on_document) {
  while (!proof.empty()) {
    std::string_view line = proof.substr(0, proof.find('\n'));
    proof.remove_prefix(std::min(line.size() + 1, proof.size()));
    size_t first = line.find(' '), second = line.rfind(' ');
    if (first == line.npos || second <= first) continue;
    int64_t id = 0;
    std::from_chars(line.data() + first + 1, line.data() + second, id);
    if (line.substr(0, first) == "task") on_task({id}, line.substr(second + 1));
    if (line.substr(0, first) == "document") on_document({id}, line.substr(second + 1));
  }
}

}  // namespace zg
