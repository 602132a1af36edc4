#pragma once
// Makes the fields that templates are filled with, and remembers what their figures were counted from. Pure.

#include <string>
#include <vector>

#include "base/date.h"
#include "report/paper_task.h"
#include "report/template.h"

namespace zg::paper {

class FieldMaker {
 public:
  static Field Value(std::string text, std::string meaning);
  static Field List(std::string meaning);
  Field Told(std::string text, std::string name, std::string of, std::vector<int64_t> ids,
             std::string meaning);
  Field Count(std::string name, std::string of, std::vector<int64_t> ids, std::string meaning);
  Field Count(std::string name, const std::vector<TaskId>& ids, std::string meaning);
  // What a task says of itself, as the n-th (from 1) of its list.
  Fields Task(const PaperTask& task, int n, Date today);
  static void Renumber(Fields& item, int n);  // 序号, 中文序号

  std::vector<Figure> figures;
};

// Headings of the document that change over this task; numbered on from `number`.
Field HeadingFields(const Entry& entry, std::vector<std::string>& told, int& number);

}  // namespace zg::paper
