#include "report/docx.h"

#include "report/docx_body.h"
#include "report/docx_styles.h"
#include "report/zip_bytes.h"

namespace zg {
namespace {

constexpr const char* kPartTypes[][2] = {{"document", "document.main"}, {"styles", "styles"},
                                         {"fontTable", "fontTable"},    {"settings", "settings"},
                                         {"footer1", "footer"},         {"footer2", "footer"},
                                         {"footer3", "footer"}};

std::string TypesXml() {
  std::string out = std::string(docx::kXmlHead) +
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                    "Extension=\"rels\" "
                    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
                    "Extension=\"xml\" ContentType=\"application/xml\"/>";
  for (const auto& [part, type] : kPartTypes)
    out += std::string("<Override PartName=\"/word/") + part +
           ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml." + type +
           "+xml\"/>";
  return out + "</Types>";
}

std::string RelationshipsXml(const std::vector<std::pair<const char*, const char*>>& targets) {
  std::string out = std::string(docx::kXmlHead) +
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  int n = 0;
  for (const auto& [type, target] : targets)
    out += "<Relationship Id=\"rId" + std::to_string(++n) +
           "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + type +
           "\" Target=\"" + target + "\"/>";
  return out + "</Relationships>";
}

}  // namespace

Result<std::string> WriteDocx(const paper::Paper& paper) {
  return ZipBytes({{"[Content_Types].xml", TypesXml()},
                   {"_rels/.rels", RelationshipsXml({{"officeDocument", "word/document.xml"}})},
                   {"word/document.xml", docx::DocumentXml(paper::LayOut(paper))},
                   {"word/_rels/document.xml.rels", RelationshipsXml({{"styles", "styles.xml"},
                                                                      {"footer", "footer1.xml"},
                                                                      {"footer", "footer2.xml"},
                                                                      {"fontTable", "fontTable.xml"},
                                                                      {"settings", "settings.xml"},
                                                                      {"footer", "footer3.xml"}})},
                   {"word/styles.xml", docx::StylesXml()},
                   {"word/fontTable.xml", docx::FontTableXml()},
                   {"word/settings.xml", docx::SettingsXml()},
                   {"word/footer1.xml", docx::FooterXml(false)},
                   {"word/footer2.xml", docx::FooterXml(true)},
                   {"word/footer3.xml", docx::LetterFooterXml()}});
}

}  // namespace zg
