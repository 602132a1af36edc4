#pragma once
// What papers and templates of close-out say of a task. Inside of report/ only. Pure.

#include <string>

#include "report/closeout_papers.h"

namespace zg::paper {

std::string Opinions(const CloseoutTask& task);  // a line each: day, unit (step): opinion
std::string Done(const CloseoutTask& task);
std::string EvidenceList(const CloseoutTask& task);
std::string LastStep(const CloseoutTask& task);  // day and title; empty: none
std::string MissingEvidence(const CatalogueModel& model);

}  // namespace zg::paper
