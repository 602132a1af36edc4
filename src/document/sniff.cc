#include "document/sniff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "document/archive.h"
#include "document/encoding.h"
#include "document/failure.h"
#include "document/ole.h"
#include "document/reader.h"

namespace zg {
namespace document {
namespace {

std::string Extension(std::string_view name) {
  size_t dot = name.rfind('.');
  std::string out(dot == std::string_view::npos ? "" : name.substr(dot + 1));
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

std::string_view WithoutLeadingSpace(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  size_t begin = bytes.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : bytes.substr(begin);
}

std::string LowerStart(std::string_view bytes, size_t n) {
  std::string out(WithoutLeadingSpace(bytes.substr(0, n + 64)).substr(0, n));
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

bool IsPicture(std::string_view format) {
  return format == "png" || format == "jpeg" || format == "tiff" || format == "bmp";
}

std::string SniffZip(std::string_view bytes, std::string_view extension) {
  auto archive = Archive::Open(bytes);
  if (!archive.ok()) {  // broken: the name says what it was meant to be
    if (extension == "docm" || extension == "docx") return "docx";
    if (extension == "xlsm" || extension == "xlsx") return "xlsx";
    return extension == "odt" || extension == "ods" ? std::string(extension) : "zip";
  }
  std::string mimetype = archive->Peek("mimetype", 100);
  if (mimetype.find("opendocument.text") != std::string::npos) return "odt";
  if (mimetype.find("opendocument.spreadsheet") != std::string::npos) return "ods";
  if (archive->Has("word/document.xml")) return "docx";
  if (archive->Has("xl/workbook.xml")) return "xlsx";
  if (archive->Has("OFD.xml") || archive->Has("ppt/presentation.xml")) return "zip";
  std::string types = archive->Peek("[Content_Types].xml", 1 << 20);
  if (types.find("wordprocessingml") != std::string::npos) return "docx";
  if (types.find("spreadsheetml") != std::string::npos) return "xlsx";
  return "zip";
}

std::string SniffOle(std::string_view bytes, std::string_view extension) {
  bool wps = extension == "wps" || extension == "wpt";
  bool et = extension == "et" || extension == "ett";
  switch (InspectOle(bytes).content) {
    case OleContent::kWord:
      return wps ? "wps" : "doc";
    case OleContent::kSheet:
      return et ? "et" : "xls";
    case OleContent::kEncryptedPackage:
      return extension == "xlsx" || extension == "xlsm" ? "xlsx" : "docx";
    default:
      return "unknown";
  }
}

}  // namespace

std::optional<Error> RefusedAtSight(std::string_view bytes, std::string_view name) {
  std::string format = SniffFormat(bytes, name), extension = Extension(name);
  static constexpr char kPassword[] =
      "文件设有打开密码，无法读取；请用 Word、WPS 打开，取消密码后另存，再重新导入。";
  if (IsOle(bytes)) {
    OleInfo info = InspectOle(bytes);
    if (info.encrypted) return Encrypted(kPassword);
    if (info.content == OleContent::kSlides) {
      return UnknownFormat("这是演示文稿，不能导入；请把其中的文字另存为 docx 或 pdf 后再导入。");
    }
    if (info.content == OleContent::kUnknown) {
      return Broken(
          "文件不完整或已损坏，认不出是 Word 还是 Excel；请用 Word、WPS 打开后另存为 docx、xlsx 再导入。");
    }
  }
  if (bytes.starts_with("PK\3\4") || bytes.starts_with("PK\5\6")) {
    auto archive = Archive::Open(bytes);
    if (!archive.ok()) return archive.error();
    if (archive->Peek("META-INF/manifest.xml", 1 << 20).find("encryption-data") != std::string::npos) {
      return Encrypted(kPassword);
    }
    if (archive->Has("OFD.xml")) {
      return UnknownFormat("这是 OFD 版式文件，暂时不能直接读取；请用版式阅读软件另存为 pdf 后再导入。");
    }
    if (format == "zip") {
      return UnknownFormat("这是压缩包，不能直接导入；请先解压，再导入里面的 docx、xlsx、pdf 等文件。");
    }
  }
  static const std::map<std::string, std::string> kOffice = {
      {"docx", "Word 文档"},  {"doc", "Word 文档"},  {"docm", "Word 文档"}, {"wps", "WPS 文档"},
      {"xlsx", "Excel 表格"}, {"xls", "Excel 表格"}, {"et", "WPS 表格"},    {"pdf", "PDF 文件"}};
  if (auto office = kOffice.find(extension); IsPicture(format) && office != kOffice.end()) {
    return UnknownFormat(
        fmt::format("文件名说是{}（.{}），内容却是 {} 图片；如要识别图片里的文字，请把扩展名改为 .{} 再导入，"
                    "否则请换成原来的文档。",
                    office->second, extension, format, format));
  }
  if (format == "html") {
    return UnknownFormat(
        "这是网页文件（有的系统导出时起名 .doc 或 .xls）；请用 Word、WPS 打开后另存为 docx 或 xlsx 再导入。");
  }
  return std::nullopt;
}

}  // namespace document

std::string SniffFormat(std::string_view bytes, std::string_view name) {
  using namespace document;
  using namespace std::string_view_literals;
  std::string extension = Extension(name);
  if (bytes.starts_with("PK\3\4") || bytes.starts_with("PK\5\6")) return SniffZip(bytes, extension);
  if (IsOle(bytes)) return SniffOle(bytes, extension);
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return "png";
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "jpeg";
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return "tiff";
  if (bytes.starts_with("BM"sv) && bytes.size() > 26 && bytes.substr(6, 4) == "\0\0\0\0"sv) return "bmp";
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return "pdf";
  std::string start = LowerStart(bytes, 16);
  if (start.starts_with("{\\rtf")) return "rtf";
  bool page = start.starts_with("<!doctype html") || start.starts_with("<html");
  if (page || start.starts_with("mime-version:")) return "html";
  if (GuessEncoding(bytes).encoding != Encoding::kBinary) return "txt";
  return extension == "txt" ? "txt" : "unknown";
}

}  // namespace zg
