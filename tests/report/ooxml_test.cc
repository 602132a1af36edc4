// What we write is OOXML: children stand in the order of the standard's sequences (ECMA-376-1, wml.xsd),
// every style that is named is there.
#include <gmock/gmock.h>

#include <algorithm>
#include <pugixml.hpp>

#include "report/composer.h"
#include "report/docx.h"
#include "report/docx_reading.h"
#include "report/letters.h"

namespace zg {
namespace {

const std::map<std::string, std::vector<std::string>>& Sequences() {
  static const std::map<std::string, std::vector<std::string>> sequences = {
      {"w:pPr",
       {"w:pStyle",
        "w:keepNext",
        "w:keepLines",
        "w:pageBreakBefore",
        "w:framePr",
        "w:widowControl",
        "w:numPr",
        "w:suppressLineNumbers",
        "w:pBdr",
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:kinsoku",
        "w:wordWrap",
        "w:overflowPunct",
        "w:topLinePunct",
        "w:autoSpaceDE",
        "w:autoSpaceDN",
        "w:bidi",
        "w:adjustRightInd",
        "w:snapToGrid",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:mirrorIndents",
        "w:suppressOverlap",
        "w:jc",
        "w:textDirection",
        "w:textAlignment",
        "w:textboxTightWrap",
        "w:outlineLvl",
        "w:divId",
        "w:cnfStyle",
        "w:rPr",
        "w:sectPr",
        "w:pPrChange"}},
      {"w:rPr", {"w:rStyle",  "w:rFonts",    "w:b",       "w:bCs",        "w:i",        "w:iCs",
                 "w:caps",    "w:smallCaps", "w:strike",  "w:dstrike",    "w:outline",  "w:shadow",
                 "w:emboss",  "w:imprint",   "w:noProof", "w:snapToGrid", "w:vanish",   "w:webHidden",
                 "w:color",   "w:spacing",   "w:w",       "w:kern",       "w:position", "w:sz",
                 "w:szCs",    "w:highlight", "w:u",       "w:effect",     "w:bdr",      "w:shd",
                 "w:fitText", "w:vertAlign", "w:rtl",     "w:cs",         "w:em",       "w:lang"}},
      {"w:tblPr",
       {"w:tblStyle", "w:tblpPr", "w:tblOverlap", "w:bidiVisual", "w:tblStyleRowBandSize",
        "w:tblStyleColBandSize", "w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd",
        "w:tblLayout", "w:tblCellMar", "w:tblLook"}},
      {"w:tblBorders", {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}},
      {"w:pBdr", {"w:top", "w:left", "w:bottom", "w:right", "w:between", "w:bar"}},
      {"w:tcPr",
       {"w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders", "w:shd", "w:noWrap",
        "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark"}},
      {"w:tbl", {"w:tblPr", "w:tblGrid", "w:tr"}},
      {"w:tr", {"w:trPr", "w:tc"}},
      {"w:tc", {"w:tcPr", "w:p"}},
      {"w:p", {"w:pPr", "w:r", "w:fldSimple"}},
      {"w:sectPr",
       {"w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr", "w:type",          "w:pgSz",
        "w:pgMar",           "w:paperSrc",        "w:pgBorders",  "w:lnNumType", "w:pgNumType",     "w:cols",
        "w:formProt",        "w:vAlign",          "w:noEndnote",  "w:titlePg",   "w:textDirection", "w:bidi",
        "w:rtlGutter",       "w:docGrid"}},
      {"w:style",
       {"w:name", "w:aliases", "w:basedOn", "w:next", "w:link", "w:autoRedefine", "w:hidden", "w:uiPriority",
        "w:semiHidden", "w:unhideWhenUsed", "w:qFormat", "w:locked", "w:pPr", "w:rPr"}},
      {"w:font", {"w:altName", "w:panose1", "w:charset", "w:family", "w:notTrueType", "w:pitch", "w:sig"}},
      {"w:settings",
       {"w:evenAndOddHeaders", "w:drawingGridHorizontalSpacing", "w:characterSpacingControl", "w:compat"}},
      {"w:docDefaults", {"w:rPrDefault", "w:pPrDefault"}}};
  return sequences;
}

// "w:pPr: w:jc before w:ind" for each child out of order or unknown.
void Check(pugi::xml_node node, const std::string& part, std::vector<std::string>& faults) {
  auto sequence = Sequences().find(node.name());
  size_t at = 0;
  for (auto child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    if (sequence != Sequences().end()) {
      const auto& order = sequence->second;
      size_t place = size_t(std::find(order.begin(), order.end(), child.name()) - order.begin());
      bool mixed = std::string(node.name()) == "w:p" && place > 0;  // runs and fields in any order
      if (place == order.size())
        faults.push_back(part + " " + node.name() + ": " + child.name() + " does not belong here");
      else if (place < at && !mixed)
        faults.push_back(part + " " + node.name() + ": " + child.name() + " stands too late");
      at = std::max(at, place);
    }
    Check(child, part, faults);
  }
}

std::vector<std::string> Faults(const paper::Paper& paper) {
  std::vector<std::string> faults;
  auto parts = PartsOf(WriteDocx(paper).value());
  pugi::xml_document styles;
  styles.load_string(parts["word/styles.xml"].c_str());
  for (const auto& [name, bytes] : parts) {
    pugi::xml_document xml;
    if (!xml.load_string(bytes.c_str())) faults.push_back(name + " is not well-formed");
    Check(xml, name, faults);
    for (const auto& style : xml.select_nodes("//w:pStyle")) {
      std::string id = style.node().attribute("w:val").value();
      if (!styles.select_node(("//w:style[@w:styleId='" + id + "']").c_str()))
        faults.push_back("no style " + id);
    }
  }
  return faults;
}

// Everything that a paper can have.
paper::Paper Everything() {
  paper::Composer c("letter");
  c.paper.mark = "江岚省整改办";
  c.paper.number = "江环整督〔2026〕12号";
  c.paper.signer = "李四";
  c.paper.title = "关于督办第二轮省级生态环境保护督察整改任务的函";
  c.paper.recipients = "青松市政府";
  for (int level = 1; level <= 4; ++level) c.Heading(level, "标题");
  c.Say("正文\n另一行\t制表");
  paper::Table table;
  table.widths = {40, 60, 56};
  table.head = {"甲", "乙", "丙"};
  table.rows = {{{.text = "一"}, {.text = "二", .span = 2, .centred = true}},
                {{.text = "三", .span = 3, .head = true}}};
  c.Add(table);
  c.Add(table);
  c.paper.signature = "江岚省整改办";
  c.paper.date = Date::Make(2026, 11, 26);
  c.paper.note = "联系人：张三";
  c.paper.copies = "青松市党委，青松市生态环境局";
  c.paper.printed_by = "江岚省整改办";
  c.BeginAnnex("整改任务清单");
  c.Say("正文");
  c.BeginAnnex("销号台账", true);
  c.Add(table);
  return std::move(c).Take();
}

TEST(Ooxml, ChildrenStandInTheOrderOfTheStandard) {
  EXPECT_THAT(Faults(Everything()), testing::IsEmpty());
  paper::Paper letter = Everything();
  letter.letter = true;
  EXPECT_THAT(Faults(letter), testing::IsEmpty());
}

// GB/T 9704-2012 10.1: no number on the first page, and none of 印发机关.
TEST(Ooxml, ALetterHasAFirstPageOfItsOwn) {
  paper::Paper letter = Everything();
  letter.letter = true;
  auto parts = PartsOf(WriteDocx(letter).value());
  pugi::xml_document body, foot;
  body.load_string(parts["word/document.xml"].c_str());
  foot.load_string(parts["word/footer3.xml"].c_str());
  EXPECT_TRUE(body.select_node("//w:sectPr[w:titlePg]/w:footerReference[@w:type='first'][@r:id='rId6']"));
  EXPECT_TRUE(body.select_node("//w:pStyle[@w:val='ZgLetterMark']"));
  EXPECT_FALSE(body.select_node("//w:pStyle[@w:val='ZgPrint']"));
  EXPECT_FALSE(foot.select_node("//w:fldSimple"));
  pugi::xml_document plain;
  plain.load_string(PartsOf(WriteDocx(Everything()).value())["word/document.xml"].c_str());
  EXPECT_FALSE(plain.select_node("//w:titlePg"));
}

TEST(Ooxml, TheCheckSeesAWrongOrder) {
  pugi::xml_document xml;
  xml.load_string("<w:p><w:r/><w:pPr><w:jc/><w:ind/><w:b/></w:pPr></w:p>");
  std::vector<std::string> faults;
  Check(xml, "x", faults);
  EXPECT_THAT(faults, testing::ElementsAre("x w:p: w:pPr stands too late", "x w:pPr: w:ind stands too late",
                                           "x w:pPr: w:b does not belong here"));
}

TEST(Ooxml, LibreOfficeReadsEveryWord) {
  paper::Paper paper = Everything();
  std::string pdf = AsPdf(WriteDocx(paper).value());
  if (pdf.empty()) GTEST_SKIP() << "skipped: no LibreOffice here";
  std::u32string text = Squeeze(ReadDocument(pdf, "函.pdf").value().text);
  for (const char* words :
       {"江环整督〔2026〕12号", "签发人：李四", "青松市政府：", "（1）标题", "附件：1.整改任务清单",
        "2.销号台账", "2026年11月26日", "附件1", "附件2", "抄送：青松市党委，青松市生态环境局。"})
    EXPECT_NE(text.find(Squeeze(ToUtf32(words))), std::u32string::npos) << words;
}

}  // namespace
}  // namespace zg
