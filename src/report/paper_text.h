#pragma once
// A paper as text with positions, so that the checks read it, and as JSON, so that the UI shows it; as a
// workbook. Pure but for the workbook's temporary file.

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "base/result.h"
#include "document/document.h"
#include "report/paper.h"

namespace zg::paper {

struct ReadablePaper {
  Document document;
  std::vector<int> block_of;  // of each block of the document: which block of the paper, counted through
};
ReadablePaper AsDocument(const Paper& paper);

// {kind, name, title, sections: [{landscape, blocks: [{type, style, label, runs} | {type, head, widths,
// rows}]}], figures: [{name, of, ids}]}; runs are {text, figure} with figure null for plain words.
nlohmann::json AsJson(const Paper& paper);

// An .xlsx file: a sheet for each of `sheets` (else of the tables in the blocks, else one of the paragraphs).
// kUnavailable (export.failed).
Result<std::string> WritePaperXlsx(const Paper& paper);

}  // namespace zg::paper
