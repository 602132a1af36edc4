#pragma once
// How papers count tasks: by how they stand, by unit, by year. Inside of report/ only. Pure.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "report/task_papers.h"

namespace zg::paper {

bool Any(const PaperTask& task);
bool Settled(const PaperTask& task);
bool Open(const PaperTask& task);
bool Late(const PaperTask& task);
bool Behind(const PaperTask& task);
bool LongTerm(const PaperTask& task);

std::string PartyOf(const TaskPaperModel& model);
// Responsible units with their tasks, the most first.
std::vector<std::pair<std::string, std::vector<TaskId>>> ByUnit(const std::vector<PaperTask>& tasks);
std::map<int, std::vector<TaskId>> ByYear(const std::vector<PaperTask>& tasks);
// Those of `ids` that stand so.
std::vector<TaskId> Among(const std::vector<PaperTask>& tasks, const std::vector<TaskId>& ids,
                          bool (*which)(const PaperTask&));

}  // namespace zg::paper
