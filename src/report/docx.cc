#include "report/docx.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/zip_bytes.h"

namespace zg {
namespace {

struct Look {
  const char* font;
  int half_points;
  const char* align;  // jc
  int indent;         // first line, hundredths of a character
  int right;          // hundredths of a character
};

Look LookOf(DocxStyle style) {
  switch (style) {
    case DocxStyle::kTitle:
      return {"方正小标宋简体", 44, "center", 0, 0};
    case DocxStyle::kHeading:
      return {"黑体", 32, "both", 200, 0};
    case DocxStyle::kSubhead:
      return {"楷体_GB2312", 32, "both", 200, 0};
    case DocxStyle::kBody:
      return {"仿宋_GB2312", 32, "both", 200, 0};
    case DocxStyle::kPlain:
      return {"仿宋_GB2312", 32, "both", 0, 0};
    case DocxStyle::kRight:
      return {"仿宋_GB2312", 32, "right", 0, 400};
  }
  return {};
}

// Text of an element: escaped, and without the characters that XML 1.0 has no way to say.
std::string Escaped(const std::string& text) {
  std::string out;
  for (char32_t c : ToUtf32(text)) {
    if (c == U'&')
      out += "&amp;";
    else if (c == U'<')
      out += "&lt;";
    else if (c == U'>')
      out += "&gt;";
    else if (c == U'\t' || c == U'\n' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF))
      out += ToUtf8(std::u32string(1, c));
  }
  return out;
}

std::string ParagraphXml(const DocxParagraph& p) {
  Look look = LookOf(p.style);
  std::string keep = p.keep_with_next ? "<w:keepNext/>" : "";
  std::string indent;
  if (look.indent)
    indent = fmt::format("<w:ind w:firstLineChars=\"{}\" w:firstLine=\"{}\"/>", look.indent,
                         look.indent * 32 / 10);
  if (look.right)
    indent = fmt::format("<w:ind w:rightChars=\"{}\" w:right=\"{}\"/>", look.right, look.right * 32 / 10);
  return fmt::format(
      "<w:p><w:pPr>{}<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/>{}<w:jc "
      "w:val=\"{}\"/></w:pPr><w:r><w:rPr>"
      "<w:rFonts w:ascii=\"{}\" w:hAnsi=\"{}\" w:eastAsia=\"{}\"/><w:sz w:val=\"{}\"/><w:szCs "
      "w:val=\"{}\"/></w:rPr><w:t "
      "xml:space=\"preserve\">{}</w:t></w:r></w:p>",
      keep, indent, look.align, look.font, look.font, look.font, look.half_points, look.half_points,
      Escaped(p.text));
}

std::string CellXml(const std::string& text, int width, int span, bool head) {
  const char* font = head ? "黑体" : "仿宋_GB2312";
  return fmt::format(
      "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{}<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr>"
      "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"320\" w:lineRule=\"exact\"/><w:jc "
      "w:val=\"{}\"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii=\"{}\" w:hAnsi=\"{}\" w:eastAsia=\"{}\"/><w:sz "
      "w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr><w:t "
      "xml:space=\"preserve\">{}</w:t></w:r></w:p></w:tc>",
      width, span > 1 ? fmt::format("<w:gridSpan w:val=\"{}\"/>", span) : "", head ? "center" : "left", font,
      font, font, Escaped(text));
}

std::string TableXml(const DocxTable& table) {
  std::vector<int> widths;
  int whole = 0;
  for (double mm : table.widths) whole += widths.emplace_back(int(mm * 56.69));
  std::string out =
      "<w:tbl><w:tblPr><w:tblW w:w=\"" + std::to_string(whole) + "\" w:type=\"dxa\"/><w:tblBorders>";
  for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
    out += fmt::format("<w:{} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>", side);
  out +=
      "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" "
      "w:type=\"dxa\"/><w:right "
      "w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>";
  for (int width : widths) out += fmt::format("<w:gridCol w:w=\"{}\"/>", width);
  out += "</w:tblGrid>";
  auto row = [&](const std::vector<std::string>& cells, bool head) {
    out += head ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
                : "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
    bool spans = cells.size() == 1 && widths.size() > 1;
    for (size_t i = 0; i < cells.size() && i < widths.size(); ++i)
      out += CellXml(cells[i], spans ? whole : widths[i], spans ? int(widths.size()) : 1, head);
    out += "</w:tr>";
  };
  row(table.head, true);
  for (const auto& cells : table.rows) row(cells, false);
  return out + "</w:tbl>";
}

constexpr const char* kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* kWordNs =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

// 1 mm is 56.69 twentieths of a point. The type area is 156 by 225 mm.
constexpr const char* kSection =
    "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" "
    "w:h=\"16838\"/><w:pgMar "
    "w:top=\"2098\" w:right=\"1474\" w:bottom=\"1985\" w:left=\"1588\" w:header=\"851\" w:footer=\"1389\" "
    "w:gutter=\"0\"/></w:sectPr>";

constexpr const char* kTypes =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
    "Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
    "ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/"
    "><Override "
    "PartName=\"/word/styles.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override "
    "PartName=\"/word/footer1.xml\" "
    "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/></Types>";

constexpr const char* kRels =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
    "Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
    "Target=\"word/document.xml\"/></Relationships>";

constexpr const char* kDocumentRels =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
    "Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
    "Target=\"styles.xml\"/><Relationship Id=\"rId2\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" "
    "Target=\"footer1.xml\"/></Relationships>";

std::string StylesXml() {
  return std::string(kHead) + "<w:styles " + kWordNs +
         "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"仿宋_GB2312\" w:hAnsi=\"仿宋_GB2312\" "
         "w:eastAsia=\"仿宋_GB2312\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" "
         "w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" "
         "w:default=\"1\" "
         "w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style></w:styles>";
}

// — 1 —, 14 pt 宋体.
std::string FooterXml() {
  std::string run =
      "<w:rPr><w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\" w:eastAsia=\"宋体\"/><w:sz w:val=\"28\"/></w:rPr>";
  return std::string(kHead) + "<w:ftr " + kWordNs + "><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r>" +
         run + "<w:t xml:space=\"preserve\">— </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r>" + run +
         "<w:t>1</w:t></w:r></w:fldSimple><w:r>" + run +
         "<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>";
}

}  // namespace

Result<std::string> WriteDocxParts(const std::vector<DocxPart>& parts) {
  std::string body = std::string(kHead) + "<w:document " + kWordNs + "><w:body>";
  for (const auto& part : parts) {
    if (auto* paragraph = std::get_if<DocxParagraph>(&part))
      body += ParagraphXml(*paragraph);
    else
      body += TableXml(std::get<DocxTable>(part));
  }
  body += std::string(kSection) + "</w:body></w:document>";
  return ZipBytes({{"[Content_Types].xml", std::string(kHead) + kTypes},
                   {"_rels/.rels", std::string(kHead) + kRels},
                   {"word/document.xml", std::move(body)},
                   {"word/_rels/document.xml.rels", std::string(kHead) + kDocumentRels},
                   {"word/styles.xml", StylesXml()},
                   {"word/footer1.xml", FooterXml()}});
}

Result<std::string> WriteDocx(const std::vector<DocxParagraph>& paragraphs) {
  return WriteDocxParts(std::vector<DocxPart>(paragraphs.begin(), paragraphs.end()));
}

}  // namespace zg
