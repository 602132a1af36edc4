#pragma once
// Questions to units about what their texts claim, as a model: first by unit, then in the order given.

#include <string>
#include <vector>

#include "base/date.h"
#include "report/table.h"
#include "report/template.h"

namespace zg {

struct Question {
  std::string unit;       // who is asked; empty: nobody is named
  std::string severity;   // Chinese: 差错, 疑点, 提示
  std::string kind;       // Chinese: 比例, 合计, …
  std::string document;   // title
  std::string path;       // of the task; empty: the body
  std::string quote;      // the words that state it
  std::string text;       // the sentence that is sent
  std::string computed;   // how it was worked out; may be empty
  std::string explained;  // the answer that was given; empty: none
};

struct QuestionList {
  Date day;
  std::vector<Question> questions;
};

// One row a question, units together. Pure.
Table QuestionTable(const QuestionList& list);
// An official letter with a section for each unit and room for its answers. Pure.
paper::Paper QuestionPaper(const QuestionList& list);
paper::TemplateData DataOf(const QuestionList& list);  // for a template

}  // namespace zg
