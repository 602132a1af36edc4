#include "report/docx_styles.h"

#include <fmt/format.h>

#include "report/docx_body.h"

namespace zg::docx {
namespace {

using paper::Style;

constexpr const char *kSong = "方正小标宋简体", *kHei = "黑体", *kKai = "楷体_GB2312", *kFang = "仿宋_GB2312",
                     *kPlainSong = "宋体";
constexpr const char* kLine = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"579\" w:lineRule=\"exact\"/>";
constexpr const char* kTwoIn = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>";

struct Look {
  const char *id, *name, *font;
  int half_points;
  const char* rest;         // of pPr, from spacing on, in the order of the schema
  const char* before = "";  // of pPr, before spacing
  const char* color = "";
};

std::string StyleXml(const Look& look) {
  std::string color = *look.color ? fmt::format("<w:color w:val=\"{}\"/>", look.color) : "";
  // 28 characters of 16 pt in 156 mm: each takes 15.75 pt.
  const char* spacing = look.half_points == 32 ? "<w:spacing w:val=\"-5\"/>" : "";
  return fmt::format(
      "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn "
      "w:val=\"a\"/><w:qFormat/><w:pPr>{}{}</w:pPr><w:rPr><w:rFonts w:ascii=\"{}\" w:eastAsia=\"{}\" "
      "w:hAnsi=\"{}\"/>{}{}<w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/></w:rPr></w:style>",
      look.id, look.name, look.before, look.rest, look.font, look.font, look.font, color, spacing,
      look.half_points, look.half_points);
}

std::string Heading(int level, const char* font) {
  std::string id = "ZgHeading" + std::to_string(level), name = "公文" + std::to_string(level) + "级标题";
  std::string rest = std::string(kLine) + kTwoIn +
                     fmt::format("<w:jc w:val=\"both\"/><w:outlineLvl w:val=\"{}\"/>", level - 1);
  return StyleXml({id.c_str(), name.c_str(), font, 32, rest.c_str()});
}

// The looks of one-off styles: indents and lines as the standard has them.
std::string OwnStyles() {
  std::string both = std::string(kTwoIn) + "<w:jc w:val=\"both\"/>";
  std::string out;
  auto add = [&](Look look, std::string rest, bool line = true) {
    rest = (line ? std::string(kLine) : "") + rest;
    look.rest = rest.c_str();
    out += StyleXml(look);
  };
  // The mark's upper edge stands 35 mm below that of the text area (7.2.4).
  add({"ZgMark", "公文发文机关标志", kSong, 90, "", "<w:snapToGrid w:val=\"0\"/>", "FF0000"},
      "<w:spacing w:before=\"1984\" w:after=\"0\"/><w:jc w:val=\"center\"/>", false);
  add({"ZgNumber", "公文发文字号", kFang, 32, "",
       "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"11\" w:color=\"FF0000\"/></w:pBdr>"},
      "<w:jc w:val=\"center\"/>");
  add({"ZgTitle", "公文标题", kSong, 44, "", "<w:snapToGrid w:val=\"0\"/>"}, "<w:jc w:val=\"center\"/>");
  add({"ZgRecipients", "公文主送机关", kFang, 32, ""}, "<w:jc w:val=\"both\"/>");
  add({"ZgBody", "公文正文", kFang, 32, ""}, both);
  add({"ZgPlain", "公文顶格", kFang, 32, ""}, "<w:jc w:val=\"both\"/>");
  add({"ZgAttachments", "公文附件说明", kFang, 32, ""}, "<w:jc w:val=\"left\"/>");
  add({"ZgSignature", "公文署名", kFang, 32, ""}, "<w:jc w:val=\"right\"/>");
  add({"ZgDate", "公文成文日期", kFang, 32, ""}, "<w:jc w:val=\"right\"/>");
  add({"ZgNote", "公文附注", kFang, 32, ""}, both);
  add({"ZgAnnexMark", "公文附件标识", kHei, 32, ""}, "<w:jc w:val=\"left\"/>");
  add({"ZgPrint", "公文版记", kFang, 28, "", "<w:tabs><w:tab w:val=\"right\" w:pos=\"8564\"/></w:tabs>"},
      "<w:ind w:left=\"280\" w:right=\"280\"/><w:jc w:val=\"left\"/>");
  // Its upper edge 30 mm below that of the page; 4 mm under it a double line of 170 mm, thick over thin
  // (10.1).
  add({"ZgLetterMark", "公文信函标志", kSong, 72, "",
       "<w:framePr w:w=\"9638\" w:wrap=\"notBeside\" w:vAnchor=\"page\" w:hAnchor=\"page\" "
       "w:xAlign=\"center\" w:y=\"1701\"/><w:pBdr><w:bottom w:val=\"thickThinSmallGap\" w:sz=\"24\" "
       "w:space=\"11\" w:color=\"FF0000\"/></w:pBdr><w:snapToGrid w:val=\"0\"/>",
       "FF0000"},
      "<w:jc w:val=\"center\"/>", false);
  add({"ZgLetterNumber", "公文信函字号", kFang, 32, ""}, "<w:jc w:val=\"right\"/>");
  std::string cell = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"320\" w:lineRule=\"exact\"/>";
  add({"ZgTable", "公文表格", kFang, 24, "", "<w:snapToGrid w:val=\"0\"/>"}, cell + "<w:jc w:val=\"left\"/>",
      false);
  add({"ZgTableHead", "公文表头", kHei, 24, "", "<w:snapToGrid w:val=\"0\"/>"},
      cell + "<w:jc w:val=\"center\"/>", false);
  add({"ZgSmall", "公文表后", kFang, 4, "", "<w:snapToGrid w:val=\"0\"/>"},
      "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"40\" w:lineRule=\"exact\"/>", false);
  add({"ZgFooter", "公文页码", kPlainSong, 28, "", "<w:snapToGrid w:val=\"0\"/>"}, "", false);
  return out;
}

}  // namespace

const char* StyleId(Style style) {
  static constexpr const char* ids[] = {
      "ZgMark",     "ZgNumber",   "ZgTitle",     "ZgRecipients", "ZgHeading1",    "ZgHeading2",
      "ZgHeading3", "ZgHeading4", "ZgBody",      "ZgPlain",      "ZgAttachments", "ZgSignature",
      "ZgDate",     "ZgNote",     "ZgAnnexMark", "ZgPrint",      "ZgLetterMark",  "ZgLetterNumber"};
  return ids[size_t(style)];
}

std::string StylesXml() {
  std::string out = std::string(kXmlHead) + "<w:styles " + kNamespaces + ">";
  out += fmt::format(
      "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{0}\" w:eastAsia=\"{0}\" "
      "w:hAnsi=\"{0}\"/><w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" "
      "w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style "
      "w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>",
      kFang);
  out += Heading(1, kHei) + Heading(2, kKai) + Heading(3, kFang) + Heading(4, kFang) + OwnStyles();
  return out + "</w:styles>";
}

// What a machine without the font may take instead.
std::string FontTableXml() {
  struct Font {
    const char *name, *other, *family, *pitch;
  };
  std::string out = std::string(kXmlHead) + "<w:fonts " + kNamespaces + ">";
  for (const Font& font :
       {Font{kSong, "方正小标宋_GBK", "script", "fixed"}, Font{kHei, "SimHei", "modern", "fixed"},
        Font{kKai, "楷体", "modern", "fixed"}, Font{kFang, "仿宋", "modern", "fixed"},
        Font{kPlainSong, "SimSun", "auto", "variable"}})
    out += fmt::format(
        "<w:font w:name=\"{}\"><w:altName w:val=\"{}\"/><w:charset w:val=\"86\"/><w:family "
        "w:val=\"{}\"/><w:pitch w:val=\"{}\"/></w:font>",
        font.name, font.other, font.family, font.pitch);
  return out + "</w:fonts>";
}

std::string SettingsXml() {
  return std::string(kXmlHead) + "<w:settings " + kNamespaces +
         "><w:evenAndOddHeaders/><w:drawingGridHorizontalSpacing w:val=\"158\"/><w:characterSpacingControl "
         "w:val=\"compressPunctuation\"/><w:compat><w:useFELayout/></w:compat></w:settings>";
}

// 20 mm above the lower edge of the page, thin over thick.
std::string LetterFooterXml() {
  return std::string(kXmlHead) + "<w:ftr " + kNamespaces +
         "><w:p><w:pPr><w:pStyle w:val=\"ZgFooter\"/><w:framePr w:w=\"9638\" w:wrap=\"notBeside\" "
         "w:vAnchor=\"page\" w:hAnchor=\"page\" w:xAlign=\"center\" w:y=\"15704\"/><w:pBdr><w:top "
         "w:val=\"thinThickSmallGap\" w:sz=\"24\" w:space=\"0\" w:color=\"FF0000\"/></w:pBdr></w:pPr></w:p>"
         "<w:p><w:pPr><w:pStyle w:val=\"ZgFooter\"/></w:pPr></w:p></w:ftr>";
}

// 4号宋体, one character in from the outer edge (7.5).
std::string FooterXml(bool even) {
  auto text = [](const char* words) {
    return std::string("<w:r><w:t xml:space=\"preserve\">") + words + "</w:t></w:r>";
  };
  const char* place = even ? "<w:ind w:leftChars=\"100\" w:left=\"280\"/><w:jc w:val=\"left\"/>"
                           : "<w:ind w:rightChars=\"100\" w:right=\"280\"/><w:jc w:val=\"right\"/>";
  return std::string(kXmlHead) + "<w:ftr " + kNamespaces + "><w:p><w:pPr><w:pStyle w:val=\"ZgFooter\"/>" +
         place + "</w:pPr>" + text("— ") + "<w:fldSimple w:instr=\" PAGE \">" + text("1") + "</w:fldSimple>" +
         text(" —") + "</w:p></w:ftr>";
}

}  // namespace zg::docx
