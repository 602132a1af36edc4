#pragma once
// A task as papers tell it, and the words that they share. Pure.

#include <optional>
#include <string>
#include <vector>

#include "ledger/task.h"
#include "report/composer.h"

namespace zg::paper {

struct PaperTask {
  TaskId id;
  Entry entry;
  TaskState state = TaskState::kNotStated;
  bool overdue = false;
  bool behind = false;
  // What units answered last and the office accepted, "青松市水利局：…"; told where the entry has no progress
  // of its own.
  std::vector<std::string> answers;
};

// 一、 （三） 1.: as the ledger's document numbers it, else by its depth.
std::string LabelOf(const Entry& entry);
// 青松市党委、青松市政府; leads and supporting units apart; 等相关部门 where the list is open.
std::string UnitsOf(const std::vector<UnitRef>& units, bool open = false);
// 已完成，长期坚持: as told, else what the state is called.
std::string StandingText(const PaperTask& task);
// Those of one state.
std::vector<TaskId> IdsOf(const std::vector<PaperTask>& tasks, bool (*which)(const PaperTask&));

// Label and wording as a paragraph, with the upper number where it cites one.
void TellProblem(Composer& c, const Entry& entry);
// 责任单位 … 整改措施, as a task list has them.
void TellDuties(Composer& c, const Entry& entry);
// 整改时限, 整改进展情况 and what was done.
void TellProgress(Composer& c, const PaperTask& task);
// Headings of the document over the tasks, told where they change. Begin with `told` empty.
void TellHeadings(Composer& c, const Entry& entry, std::vector<std::string>& told);

}  // namespace zg::paper
