#pragma once
// Digests that tie the ledger's state to the chain of events: whoever changes a task behind the office's back
// makes it disagree with the last event that touched it.

#include <functional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "ledger/task.h"

namespace zg {

// SM3 over everything a document or a person said about the task. Pure.
std::string TaskDigest(const Task& task);

// Event::proof is lines "task 17 <digest>" and "document 3 <digest>".
std::string ProofLine(TaskId task, const std::string& digest);
std::string ProofLine(DocId document, const std::string& digest);
// Calls on_task or on_document for each line; others are passed over.
void ReadProof(std::string_view proof, const std::function<void(TaskId, std::string_view)>& on_task,
               const std::function<void(DocId, std::string_view)>& on_document);

}  // namespace zg
