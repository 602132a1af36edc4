#include "document/xlsx/xlsx.h"

#include <fmt/format.h>

#include <unordered_map>

#include "base/text.h"
#include "document/archive.h"
#include "document/builder.h"
#include "document/failure.h"
#include "document/package.h"
#include "document/xlsx/sheet.h"
#include "document/xml.h"

namespace zg::document {
namespace {

constexpr size_t kMaxSheetName = 64;  // Excel allows 31
constexpr size_t kMaxSheets = 1000;

Status ReadStrings(const Archive& archive, const std::string& part, Budget& budget, Workbook& workbook) {
  if (part.empty() || !archive.Has(part)) return {};
  ZG_ASSIGN(std::string bytes, archive.Read(part, budget));
  pugi::xml_document xml;
  ZG_TRY(ParseXml(bytes, part, xml));
  uint64_t room = budget.limits().max_text;
  for (pugi::xml_node item : xml.document_element()) {
    if (budget.Stopped()) return budget.error();
    if (LocalName(item) != "si") continue;
    workbook.strings.push_back(StringItem(item));
    uint64_t size = workbook.strings.back().size() + 1;
    if (size > room) return TooLarge("表格里的文字太多，没有读取；请拆成几个小文件后再导入。");
    room -= size;
  }
  return {};
}

Status ReadFormats(const Archive& archive, const std::string& part, Budget& budget, Workbook& workbook) {
  if (part.empty() || !archive.Has(part)) return {};
  ZG_ASSIGN(std::string bytes, archive.Read(part, budget));
  pugi::xml_document xml;
  ZG_TRY(ParseXml(bytes, part, xml));
  std::unordered_map<int, std::string> codes;
  for (pugi::xml_node node : Child(xml.document_element(), "numFmts")) {
    codes[Int(Attr(node, "numFmtId"), -1)] = Attr(node, "formatCode");
  }
  for (pugi::xml_node node : Child(xml.document_element(), "cellXfs")) {
    if (budget.Stopped()) return budget.error();
    if (workbook.formats.size() >= 100'000) break;
    int id = Int(Attr(node, "numFmtId"), 0);
    auto code = codes.find(id);
    workbook.formats.push_back(code == codes.end() ? NumberFormat::BuiltIn(id) : NumberFormat(code->second));
  }
  return {};
}

struct SheetEntry {
  std::string name, part;
  bool hidden = false;
};

std::vector<SheetEntry> SheetsOf(pugi::xml_node workbook, const std::map<std::string, Relationship>& links) {
  std::vector<SheetEntry> out;
  for (pugi::xml_node node : Child(workbook, "sheets")) {
    if (LocalName(node) != "sheet" || out.size() >= kMaxSheets) continue;
    auto link = links.find(std::string(Attr(node, "id")));
    if (link == links.end() || link->second.type != "worksheet") continue;
    std::string_view state = Attr(node, "state");
    std::string name = ToUtf8(ToUtf32(Attr(node, "name")).substr(0, kMaxSheetName));
    out.push_back({std::move(name), link->second.target, state == "hidden" || state == "veryHidden"});
  }
  return out;
}

Status ReadOneSheet(const Archive& archive, const SheetEntry& entry, int number, const Workbook& workbook,
                    Builder& builder) {
  ZG_ASSIGN(std::string bytes, archive.Read(entry.part, builder.budget()));
  pugi::xml_document xml;
  ZG_TRY(ParseXml(bytes, entry.part, xml));
  Place place;
  place.sheet = entry.name;
  place.table = number;
  ReadSheet(xml.document_element(), workbook, place, builder);
  if (builder.budget().Stopped()) return builder.budget().error();
  return {};
}

}  // namespace

Result<Document> ReadXlsx(std::string_view bytes, Budget& budget, bool hidden_sheets) {
  ZG_ASSIGN(Archive archive, Archive::Open(bytes));
  std::string main = MainPart(archive, budget);
  if (main.empty() && archive.Has("xl/workbook.xml")) main = "xl/workbook.xml";
  if (main.empty())
    return Broken("文件里没有工作表，不是完整的 Excel 文件；请用 Excel、WPS 打开后另存为 xlsx 再导入。");
  ZG_ASSIGN(auto links, Relationships(archive, main, budget));
  ZG_ASSIGN(std::string main_bytes, archive.Read(main, budget));
  pugi::xml_document main_xml;
  ZG_TRY(ParseXml(main_bytes, main, main_xml));
  Workbook workbook;
  workbook.date1904 = [&] {
    auto flag = Attr(Child(main_xml.document_element(), "workbookPr"), "date1904");
    return flag == "1" || flag == "true";
  }();
  ZG_TRY(ReadStrings(archive, TargetOfType(links, "sharedStrings"), budget, workbook));
  ZG_TRY(ReadFormats(archive, TargetOfType(links, "styles"), budget, workbook));
  Builder builder("xlsx", budget);
  int number = 0;
  for (const SheetEntry& entry : SheetsOf(main_xml.document_element(), links)) {
    ++number;
    if (entry.hidden && !hidden_sheets) {
      builder.Note(fmt::format("工作表“{}”是隐藏的，没有读入；如需要，请取消隐藏后重新导入。", entry.name));
    } else if (!archive.Has(entry.part)) {
      builder.Note(fmt::format("工作表“{}”的内容缺失，没有读入；请核对原文件。", entry.name));
    } else {
      ZG_TRY(ReadOneSheet(archive, entry, number, workbook, builder));
    }
  }
  if (budget.Stopped()) return budget.error();
  if (builder.block_count() == 0) return Empty("工作表里没有文字；请检查文件是否保存完整，再重新导入。");
  return std::move(builder.document());
}

}  // namespace zg::document
