#include "document/reader.h"

#include <fmt/format.h>

#include "document/docx/docx.h"
#include "document/failure.h"
#include "document/pdf/pdf.h"
#include "document/program/office.h"
#include "document/program/scratch.h"
#include "document/sniff.h"
#include "document/txt.h"
#include "document/xlsx/xlsx.h"

namespace zg {
namespace document {
namespace {

bool IsOneOf(const std::string& format, std::initializer_list<std::string_view> formats) {
  return std::find(formats.begin(), formats.end(), format) != formats.end();
}

Result<Document> ReadConverted(std::string_view bytes, const std::string& format, Budget& budget,
                               const ReadOptions& options) {
  bool sheets = IsOneOf(format, {"xls", "et", "ods"});
  if (options.progress) options.progress(10, "转换格式");
  auto converted =
      ConvertWithOffice(bytes, format, sheets ? "xlsx" : "docx", options.scratch, options.limits);
  if (!converted.ok()) return converted.error();
  budget.RestartClock();
  if (options.progress) options.progress(70, "读取文字");
  auto read = sheets ? ReadXlsx(*converted, budget, options.hidden_sheets) : ReadDocx(*converted, budget);
  if (read.ok()) read->format = format;
  return read;
}

Result<Document> Dispatch(std::string_view bytes, std::string_view name, const ReadOptions& options) {
  if (bytes.empty()) return Empty("文件是空的，没有内容；请检查文件是否保存完整，再重新导入。");
  if (bytes.size() > options.limits.max_file_bytes) {
    return TooLarge(fmt::format("文件有{}MB，超过{}MB的上限，没有读取；请拆成几个小文件后再导入。",
                                bytes.size() >> 20, options.limits.max_file_bytes >> 20));
  }
  Budget budget(options.limits);
  if (auto refused = RefusedAtSight(bytes, name)) return *refused;
  std::string format = SniffFormat(bytes, name);
  if (options.progress) options.progress(5, "读取文字");
  if (format == "txt") return ReadTxt(bytes, budget);
  if (format == "docx") return ReadDocx(bytes, budget);
  if (format == "xlsx") return ReadXlsx(bytes, budget, options.hidden_sheets);
  if (format == "pdf") return ReadPdf(bytes, budget, options);
  if (IsOneOf(format, {"png", "jpeg", "tiff", "bmp"})) return ReadPicture(bytes, format, budget, options);
  if (IsOneOf(format, {"doc", "wps", "rtf", "odt", "xls", "et", "ods"})) {
    return ReadConverted(bytes, format, budget, options);
  }
  if (bytes.find_first_not_of(std::string_view("\0 \t\r\n\f\v", 7)) == std::string_view::npos) {
    return Empty("文件里没有文字，只有空白；请检查文件是否保存完整，再重新导入。");
  }
  return UnknownFormat(
      "认不出这个文件的格式；可以导入的有 docx、doc、wps、xlsx、xls、pdf、txt "
      "和图片，请另存为其中一种再导入。");
}

}  // namespace
}  // namespace document

Result<Document> ReadDocument(std::string_view bytes, std::string_view name, const ReadOptions& options) {
  auto result = document::Dispatch(bytes, name, options);
  if (!result.ok() && result.error().where.empty()) result.error().where = name;
  if (result.ok() && options.progress) options.progress(100, "读取完成");
  return result;
}

Result<Document> ReadDocumentFile(const std::filesystem::path& path, const ReadOptions& options) {
  std::string name = path.filename().string();
  std::error_code ignored;
  Error missing{
      .code = Code::kNotFound, .message = "找不到这个文件，或者没有权限读取；请检查路径。", .where = name};
  if (!std::filesystem::is_regular_file(path, ignored)) {
    missing.id = "document.not_found";
    return missing;
  }
  auto bytes = document::ReadWholeFile(path, options.limits.max_file_bytes);
  if (!bytes.ok()) {
    bytes.error().where = name;
    return bytes.error();
  }
  return ReadDocument(*bytes, name, options);
}

}  // namespace zg
