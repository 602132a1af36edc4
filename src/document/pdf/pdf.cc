#include "document/pdf/pdf.h"

#include "document/failure.h"

namespace zg::document {

Result<Document> ReadPdf(std::string_view, Budget&, const ReadOptions&) {
  return UnknownFormat("暂不支持 PDF。");
}

Result<Document> ReadPicture(std::string_view, const std::string&, Budget&, const ReadOptions&) {
  return UnknownFormat("暂不支持图片。");
}

}  // namespace zg::document
