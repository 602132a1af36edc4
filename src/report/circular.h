#pragma once
// 调度通报: how units answered in a period: who is late, in what order they stand, what does not move. Pure.

#include "base/date.h"
#include "base/id.h"
#include "report/composer.h"
#include "report/template.h"

namespace zg::paper {

struct CircularReport {
  ReportId id;
  TaskId task;
  std::string path, problem, next_step;
  bool answered = false, accepted = false, returned = false, still = false, behind = false;
};
struct CircularUnit {
  UnitId unit;
  std::string name;
  std::vector<CircularReport> reports;
};
struct CircularModel {
  std::string period;  // 2026年11月
  std::string issuer;
  Date due, today;  // the last day to answer; the day it is written
  std::vector<CircularUnit> units;
};
Paper CircularPaper(const CircularModel& model);
TemplateData DataOf(const CircularModel& model);  // for a template

}  // namespace zg::paper
