#include "report/paper_head.h"

#include "report/task_fields.h"

namespace zg::paper {

void AddHead(Fields& f, const PaperHead& head) {
  f["发文机关标志"] = FieldMaker::Value(head.mark, "红头上的发文机关，可以为空");
  f["发文字号"] = FieldMaker::Value(head.number, "发文字号，可以为空");
  f["签发人"] = FieldMaker::Value(head.signer, "签发人，可以为空");
  f["抄送"] = FieldMaker::Value(head.copies, "抄送机关，可以为空");
  f["印发机关"] = FieldMaker::Value(head.printed_by, "印发机关，可以为空");
  if (!head.signature.empty()) f["署名"].text = Text(head.signature);
}

}  // namespace zg::paper
