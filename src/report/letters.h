#pragma once
// Letters about tasks: 督办函, 提醒函, 约谈通知, 公示. Their words are templates (templates/*.txt), their
// fields are told here. Pure.

#include "base/date.h"
#include "report/paper_task.h"
#include "report/template.h"

namespace zg::paper {

struct LetterModel {
  std::string kind;   // "supervision", "reminder", "summons", "public_notice"
  std::string title;  // Chinese, for the file's name: 督办函
  std::string round, unit, issuer, number;
  Date today;
  std::optional<Date> reply_by;  // none: ten days from today
  std::string contact, phone, place, time;
  int notice_days = 5;
  std::vector<PaperTask> tasks;
};

TemplateData LetterFields(const LetterModel& model);

// From the template built in. kInvalid only where that template is at fault.
Result<Paper> LetterPaper(const LetterModel& model);
// What every letter has beside its words: number, signature, date, name of the file.
void SignLetter(const LetterModel& model, Paper& paper);

}  // namespace zg::paper
