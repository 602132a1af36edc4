// Formats that need outside programs, on the examples of this project; and what is said where a program is
// missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "document/program/scratch.h"
#include "document/reader.h"
#include "ooxml_builder.h"
#include "scratch_folder.h"

namespace zg {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

std::filesystem::path Example(const std::string& name) {
  return std::filesystem::path(ZG_SOURCE_DIR) / "examples" / name;
}

class Programs : public ::testing::Test {
 protected:
  Document Read(const std::filesystem::path& file) {
    ReadOptions options;
    options.scratch = folder_.path();
    auto result = ReadDocumentFile(file, options);
    EXPECT_TRUE(result.ok()) << file << ": " << result.error().message << result.error().cause;
    EXPECT_TRUE(folder_.empty()) << "something was left behind";
    return result.ok() ? *result : Document{};
  }
  TestFolder folder_;
};

TEST_F(Programs, OldWordFilesAreReadThroughLibreOffice) {
  ZG_NEEDS("soffice");
  Document document = Read(Example("13-doc-word97/plan.doc"));
  EXPECT_EQ(document.format, "doc");
  EXPECT_THAT(Texts(document),
              IsSupersetOf({"麓山市生态环境保护督察问题整改方案", "整改期限：2024年11月底前",
                            "（1）配合建成麓山生活垃圾焚烧发电项目一期工程，2024年6月底前具备接收条件。"}));
}

TEST_F(Programs, OpenDocumentTablesKeepTheirMergedCells) {
  ZG_NEEDS("soffice");
  EXPECT_THAT(Cells(Read(Example("14-odt-table-subproblems/tasks.odt"))),
              IsSupersetOf({"r2c1 3x1 1", "r2c3 （1）柳汀县湖湾仍有围网、网箱养殖2860亩。",
                            "r3c3 （2）环湖截污干管建成后长期空置。"}));
}

TEST_F(Programs, OldWorkbooksKeepTheirDates) {
  ZG_NEEDS("soffice");
  Xlsx xlsx{.sheets = {{"任务",
                        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>时限</t></is></c><c r=\"B1\" "
                        "s=\"1\"><v>45473</v>"
                        "</c><c r=\"C1\" s=\"2\"><v>0.585</v></c></row>"}},
            .num_fmts = "<numFmt numFmtId=\"164\" formatCode=\"0.0%\"/>",
            .cell_xfs = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"};
  auto scratch = document::Scratch::Make(folder_.path());
  ASSERT_TRUE(scratch.ok());
  ASSERT_TRUE(scratch->Write("a.xlsx", xlsx.Bytes()).ok());
  document::ProgramCall call;
  call.command = {"soffice",
                  "-env:UserInstallation=file://" + (scratch->path() / "p").string(),
                  "--headless",
                  "--convert-to",
                  "xls",
                  "--outdir",
                  scratch->path().string(),
                  (scratch->path() / "a.xlsx").string()};
  call.folder = scratch->path();
  call.time = std::chrono::seconds(120);
  call.address_space = 6ull << 30;
  ASSERT_TRUE(document::RunProgram(call).ok());
  auto bytes = document::ReadWholeFile(scratch->path() / "a.xls", 10 << 20);
  ASSERT_TRUE(bytes.ok()) << "LibreOffice made no xls";
  EXPECT_EQ(SniffFormat(*bytes, "a.doc"), "xls");
  auto result = ReadDocument(*bytes, "a.xls");
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(result->format, "xls");
  EXPECT_THAT(Cells(*result), ElementsAre("r1c1 时限", "r1c2 2024年6月30日", "r1c3 58.5%"));
}

// LibreOffice's own text export writes the labels of automatic numbering: an independent count.
TEST_F(Programs, LabelsAreThoseOfLibreOffice) {
  ZG_NEEDS("soffice");
  std::string levels;
  const char* formats[] = {"chineseCountingThousand", "decimal", "upperLetter", "lowerRoman",
                           "decimalEnclosedCircle"};
  const char* texts[] = {"%1、", "%1.%2", "(%3)", "%4)", "%5"};
  for (int i = 0; i < 5; ++i) {
    levels += "<w:lvl w:ilvl=\"" + std::to_string(i) + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" +
              formats[i] + "\"/><w:suff w:val=\"space\"/><w:lvlText w:val=\"" + texts[i] + "\"/>" +
              "</w:lvl>";
  }
  std::string body;
  uint32_t x = 7;
  for (int i = 0; i < 120; ++i) {
    x = x * 1664525u + 1013904223u;
    int level = i == 0 ? 0 : static_cast<int>((x >> 16) % 5);
    static int deepest = 0;
    level =
        std::min(level, deepest + 1);  // no level is skipped: what is shown then is each program's own choice
    deepest = level;
    body += PT("项" + std::to_string(i), Num(1, level));
  }
  Docx docx{.body = body,
            .numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/>" +
                         levels +
                         "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"};
  auto scratch = document::Scratch::Make(folder_.path());
  ASSERT_TRUE(scratch.ok());
  ASSERT_TRUE(scratch->Write("a.docx", docx.Bytes()).ok());
  document::ProgramCall call;
  call.command = {"soffice",
                  "-env:UserInstallation=file://" + (scratch->path() / "p").string(),
                  "--headless",
                  "--convert-to",
                  "txt:Text (encoded):UTF8",
                  "--outdir",
                  scratch->path().string(),
                  (scratch->path() / "a.docx").string()};
  call.folder = scratch->path();
  call.time = std::chrono::seconds(120);
  call.address_space = 6ull << 30;
  ASSERT_TRUE(document::RunProgram(call).ok());
  auto text = document::ReadWholeFile(scratch->path() / "a.txt", 10 << 20);
  ASSERT_TRUE(text.ok()) << "LibreOffice made no text";
  auto theirs = ReadDocument(*text, "a.txt");
  auto ours = ReadDocument(docx.Bytes(), "a.docx");
  ASSERT_TRUE(theirs.ok() && ours.ok());
  std::vector<std::string> lines;  // it sets each level in by four spaces
  for (const std::string& line : Texts(*theirs)) lines.push_back(line.substr(line.find_first_not_of(' ')));
  EXPECT_EQ(Texts(*ours), lines);
}

TEST_F(Programs, APdfIsParagraphsWithoutHeadersAndPageNumbers) {
  ZG_NEEDS("pdftotext");
  Document document = Read(Example("11-pdf-paragraphs/tasklist.pdf"));
  EXPECT_EQ(document.format, "pdf");
  EXPECT_FALSE(document.ocr);
  auto texts = Texts(document);
  EXPECT_THAT(
      texts,
      IsSupersetOf(
          {"整改责任单位：市委办公室、组织部、宣传部，市政府办公室，各县（市、区）党委、政府",
           "2."
           "2024年6月底前建成异味溯源监测网络，布设自动站5座、微型站46个，建设“嗅辨师”队伍，实行24小时值守。",
           "完成时限：2024年8月底前"}));
  for (const std::string& text : texts) EXPECT_THAT(text, Not(HasSubstr("领导小组文件")));
  EXPECT_EQ(document.blocks.back().place.page, 3);
}

TEST_F(Programs, ATableOfAPdfIsCellsOverTwoPages) {
  ZG_NEEDS("pdftotext");
  Document document = Read(Example("12-pdf-ruled-table/tasks.pdf"));
  EXPECT_THAT(
      Cells(document),
      IsSupersetOf({"r1c1 序号", "r1c2 反馈问题",
                    "r2c2 柳汀县湖湾仍有围网、网箱养殖2860亩，2019年上报完成清退后反弹。",
                    "r5c2 葭湖省级湿地自然保护区核心区内有耕种0.52万亩。",
                    "r5c6 2.2025年8月底前退出0.22万亩，开展湿地植被恢复。", "r6c1 5", "r6c7 2024年6月30日"}));
  for (const Block& block : document.blocks) EXPECT_LE(block.place.table, 1);
}

TEST_F(Programs, AScanIsReadByOcrCellByCell) {
  ZG_NEEDS("pdftoppm");
  ZG_NEEDS("tesseract");
  auto scratch = document::Scratch::Make("");
  ASSERT_TRUE(scratch.ok());
  document::ProgramCall call;
  call.command = {
      "pdftoppm", "-r", "300", "-png", "-f", "1", "-l", "1", Example("12-pdf-ruled-table/tasks.pdf").string(),
      "page"};
  call.folder = scratch->path();
  ASSERT_TRUE(document::RunProgram(call).ok());
  std::filesystem::path picture = scratch->path() / "page-1.png";
  ASSERT_TRUE(std::filesystem::exists(picture));
  Document document = Read(picture);
  EXPECT_EQ(document.format, "png");
  EXPECT_TRUE(document.ocr);
  ASSERT_FALSE(document.notes.empty());
  EXPECT_THAT(document.notes[0], HasSubstr("OCR"));
  EXPECT_THAT(Cells(document), IsSupersetOf({"r1c1 序号", "r1c4 责任单位", "r2c1 1", "r3c1 2",
                                             "r3c6 2.2024年10月底前建成县第二污水处理厂。"}));
}

// A PDF whose only page shows nothing but a picture of text.
TEST_F(Programs, AScannedPdfIsReadByOcrAndSaysSo) {
  ZG_NEEDS("pdftoppm");
  ZG_NEEDS("tesseract");
  auto scratch = document::Scratch::Make("");
  ASSERT_TRUE(scratch.ok());
  document::ProgramCall call;
  call.command = {"pdftoppm", "-r", "200", "-jpeg", "-gray",
                  "-f",       "3",  "-l",  "3",     Example("11-pdf-paragraphs/tasklist.pdf").string(),
                  "page"};
  call.folder = scratch->path();
  ASSERT_TRUE(document::RunProgram(call).ok());
  auto jpeg = document::ReadWholeFile(scratch->path() / "page-3.jpg", 10 << 20);
  ASSERT_TRUE(jpeg.ok());
  std::string image =
      "<< /Type /XObject /Subtype /Image /Width 1654 /Height 2339 /ColorSpace /DeviceRGB /BitsPerComponent "
      "8 "
      "/Filter /DCTDecode /Length " +
      std::to_string(jpeg->size()) + " >>\nstream\n" + *jpeg + "\nendstream";
  std::string show = "q 595 0 0 842 0 0 cm /I Do Q";
  std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 "
      "R >> >> >>",
      "<< /Length " + std::to_string(show.size()) + " >>\nstream\n" + show + "\nendstream", image};
  std::string pdf = "%PDF-1.4\n", xref = "0000000000 65535 f \n";
  for (size_t i = 0; i < objects.size(); ++i) {
    char entry[32];
    snprintf(entry, sizeof entry, "%010zu 00000 n \n", pdf.size());
    xref += entry;
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  size_t at = pdf.size();
  pdf += "xref\n0 6\n" + xref + "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + std::to_string(at) +
         "\n%%EOF\n";
  ReadOptions options;
  std::vector<int> percents;
  options.progress = [&](int percent, const std::string&) { percents.push_back(percent); };
  auto result = ReadDocument(pdf, "扫描件.pdf", options);
  ASSERT_TRUE(result.ok()) << result.error().message << result.error().cause;
  EXPECT_TRUE(result->ocr);
  EXPECT_THAT(Texts(*result), Contains(HasSubstr("立行立改")));
  EXPECT_THAT(Texts(*result), Contains(HasSubstr("验收销号单位")));
  EXPECT_TRUE(std::is_sorted(percents.begin(), percents.end()));
  EXPECT_EQ(percents.back(), 100);
}

TEST_F(Programs, APdfWithAPasswordIsRefused) {
  ZG_NEEDS("pdftotext");
  ZG_NEEDS("soffice");
  auto scratch = document::Scratch::Make(folder_.path());
  ASSERT_TRUE(scratch.ok());
  ASSERT_TRUE(scratch->Write("a.docx", Docx{.body = PT("机密")}.Bytes()).ok());
  document::ProgramCall call;
  call.command = {"soffice",
                  "-env:UserInstallation=file://" + (scratch->path() / "p").string(),
                  "--headless",
                  "--convert-to",
                  "pdf:writer_pdf_Export:{\"EncryptFile\":{\"type\":\"boolean\",\"value\":\"true\"},"
                  "\"DocumentOpenPassword\":{\"type\":\"string\",\"value\":\"secret\"}}",
                  "--outdir",
                  scratch->path().string(),
                  (scratch->path() / "a.docx").string()};
  call.folder = scratch->path();
  call.time = std::chrono::seconds(120);
  call.address_space = 6ull << 30;
  ASSERT_TRUE(document::RunProgram(call).ok());
  auto bytes = document::ReadWholeFile(scratch->path() / "a.pdf", 10 << 20);
  ASSERT_TRUE(bytes.ok()) << "LibreOffice made no pdf";
  auto result = ReadDocument(*bytes, "a.pdf");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().id, "document.encrypted");
}

TEST_F(Programs, AMissingProgramIsNamedWithItsPackage) {
  auto doc = document::ReadWholeFile(Example("13-doc-word97/plan.doc"), 10 << 20);
  ASSERT_TRUE(doc.ok());
  PathIs nowhere(folder_.path().string());
  auto result = ReadDocument(*doc, "方案.doc");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().id, "document.program_missing");
  EXPECT_THAT(result.error().message, HasSubstr("libreoffice-writer-nogui"));
  result = ReadDocument("%PDF-1.7\n", "a.pdf");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().id, "document.program_missing");
  EXPECT_EQ(result.error().code, Code::kUnavailable);
  EXPECT_THAT(result.error().message, HasSubstr("poppler-utils"));
  result = ReadDocument("\x89PNG\r\n\x1A\n", "a.png");
  ASSERT_FALSE(result.ok());
  EXPECT_THAT(result.error().message, HasSubstr("tesseract-ocr-chi-sim"));
}

TEST_F(Programs, AFileThatLibreOfficeCannotReadIsSaidSo) {
  ZG_NEEDS("soffice");
  auto doc = document::ReadWholeFile(Example("13-doc-word97/plan.doc"), 10 << 20);
  ASSERT_TRUE(doc.ok());
  ReadOptions options;
  options.scratch = folder_.path();
  auto result = ReadDocument(doc->substr(0, 3000), "方案.doc", options);
  ASSERT_FALSE(result.ok());
  EXPECT_THAT(result.error().message, HasSubstr("请"));
  EXPECT_TRUE(folder_.empty());
}

TEST_F(Programs, AConversionThatTakesTooLongIsEnded) {
  ZG_NEEDS("soffice");
  ReadOptions options;
  options.scratch = folder_.path();
  options.limits.program_seconds = 0;
  auto result = ReadDocumentFile(Example("13-doc-word97/plan.doc"), options);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().id, "document.timeout");
  EXPECT_TRUE(folder_.empty());
}

TEST_F(Programs, AFileThatIsNotThereIsNotFound) {
  auto result = ReadDocumentFile(folder_.path() / "没有.docx");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::kNotFound);
  EXPECT_EQ(result.error().where, "没有.docx");
}

}  // namespace
}  // namespace zg
