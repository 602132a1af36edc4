#pragma once
// The words of head and end that a person writes for a paper, as fields for templates. Pure.

#include "report/template.h"

namespace zg::paper {

struct PaperHead {
  std::string mark, number, signer, signature, copies, printed_by;  // all may be empty
};
// 发文机关标志, 发文字号, 签发人, 抄送, 印发机关; 署名 where one was written.
void AddHead(Fields& fields, const PaperHead& head);

}  // namespace zg::paper
