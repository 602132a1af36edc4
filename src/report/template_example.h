#pragma once
// What a template is tried with and its fields are listed from: values of a made-up province, every list with
// something in it. Pure.

#include <string_view>

#include "report/template.h"

namespace zg::paper {

struct Example {
  Paper paper;  // in the words built in
  TemplateData data;
};
// `kind`: that of a built-in template.
Example ExampleOf(std::string_view kind);

}  // namespace zg::paper
