#pragma once
// Builds zip archives, docx and xlsx files in memory, so that tests show what they read.

#include <zip.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "document/document.h"

namespace zg::testing {

// An archive of these members, deflated, in order.
inline std::string Zip(const std::vector<std::pair<std::string, std::string>>& members, bool deflate = true,
                       const char* password = nullptr) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, bytes] : members) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    zip_set_file_compression(archive, index, deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
    if (password) zip_file_set_encryption(archive, index, ZIP_EM_AES_256, password);
  }
  zip_close(archive);
  zip_stat_t stat;
  zip_source_stat(target, &stat);
  std::string out(stat.size, '\0');
  zip_source_open(target);
  zip_source_read(target, out.data(), out.size());
  zip_source_close(target);
  zip_source_free(target);
  return out;
}

inline constexpr char kWordNamespaces[] =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
    "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" "
    "xmlns:v=\"urn:schemas-microsoft-com:vml\" "
    "xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";

inline std::string Rel(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id +
         "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + type +
         "\" Target=\"" + target + "\"/>";
}

inline std::string Rels(const std::string& inner) {
  return "<?xml version=\"1.0\"?><Relationships "
         "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
         inner + "</Relationships>";
}

struct Docx {
  std::string body;       // inside w:body
  std::string styles;     // inside w:styles
  std::string numbering;  // inside w:numbering
  std::string footnotes;  // inside w:footnotes
  std::string endnotes;
  std::vector<std::pair<std::string, std::string>> more;  // further members

  std::vector<std::pair<std::string, std::string>> Members() const {
    std::string ns = kWordNamespaces;
    std::vector<std::pair<std::string, std::string>> members = {
        {"[Content_Types].xml",
         "<?xml version=\"1.0\"?><Types "
         "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
         "<Default Extension=\"rels\" "
         "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
         "<Override PartName=\"/word/document.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
         "<Override PartName=\"/word/styles.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
         "<Override PartName=\"/word/numbering.xml\" "
         "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/></"
         "Types>"},
        {"_rels/.rels", Rels(Rel("rId1", "officeDocument", "word/document.xml"))},
        {"word/_rels/document.xml.rels",
         Rels(Rel("rId1", "styles", "styles.xml") + Rel("rId2", "numbering", "numbering.xml") +
              Rel("rId3", "footnotes", "footnotes.xml") + Rel("rId4", "endnotes", "endnotes.xml"))},
        {"word/document.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document " + ns + "><w:body>" +
                                  body + "<w:sectPr/></w:body></w:document>"},
        {"word/styles.xml", "<w:styles " + ns + ">" + styles + "</w:styles>"},
        {"word/numbering.xml", "<w:numbering " + ns + ">" + numbering + "</w:numbering>"},
        {"word/footnotes.xml", "<w:footnotes " + ns + ">" + footnotes + "</w:footnotes>"},
        {"word/endnotes.xml", "<w:endnotes " + ns + ">" + endnotes + "</w:endnotes>"}};
    members.insert(members.end(), more.begin(), more.end());
    return members;
  }
  std::string Bytes(bool deflate = true) const { return Zip(Members(), deflate); }
};

// <w:r><w:t>text</w:t></w:r>
inline std::string R(const std::string& text, const std::string& look = "") {
  return "<w:r>" + (look.empty() ? "" : "<w:rPr>" + look + "</w:rPr>") + "<w:t xml:space=\"preserve\">" +
         text + "</w:t></w:r>";
}
// A paragraph of runs.
inline std::string P(const std::string& runs, const std::string& properties = "") {
  return "<w:p>" + (properties.empty() ? "" : "<w:pPr>" + properties + "</w:pPr>") + runs + "</w:p>";
}
inline std::string PT(const std::string& text, const std::string& properties = "") {
  return P(R(text), properties);
}
inline std::string Num(int id, int level) {
  return "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" + std::to_string(id) +
         "\"/></w:numPr>";
}
inline std::string Tc(const std::string& content, const std::string& properties = "") {
  return "<w:tc>" + (properties.empty() ? "" : "<w:tcPr>" + properties + "</w:tcPr>") + content + "</w:tc>";
}
inline std::string Tr(const std::string& cells, const std::string& properties = "") {
  return "<w:tr>" + (properties.empty() ? "" : "<w:trPr>" + properties + "</w:trPr>") + cells + "</w:tr>";
}
inline std::string Tbl(const std::string& rows) {
  return "<w:tbl><w:tblPr/><w:tblGrid/>" + rows + "</w:tbl>";
}

struct Xlsx {
  struct Sheet {
    std::string name;
    std::string data;        // inside sheetData
    std::string after = "";  // after it: mergeCells
    std::string state = "";
  };
  std::vector<Sheet> sheets;
  std::string strings;     // inside sst
  std::string num_fmts;    // inside numFmts
  std::string cell_xfs;    // inside cellXfs
  std::string properties;  // attributes of workbookPr

  std::string Bytes(bool deflate = true) const {
    std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    std::string list, rels;
    std::vector<std::pair<std::string, std::string>> members;
    for (size_t i = 0; i < sheets.size(); ++i) {
      std::string n = std::to_string(i + 1);
      list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + n + "\" r:id=\"rId" + n + "\"" +
              (sheets[i].state.empty() ? "" : " state=\"" + sheets[i].state + "\"") + "/>";
      rels += Rel("rId" + n, "worksheet", "worksheets/sheet" + n + ".xml");
      members.push_back({"xl/worksheets/sheet" + n + ".xml", "<worksheet" + main + "><sheetData>" +
                                                                 sheets[i].data + "</sheetData>" +
                                                                 sheets[i].after + "</worksheet>"});
    }
    const std::string kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    std::string types =
        "<?xml version=\"1.0\"?><Types "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" +
        kind +
        "sheet.main+xml\"/>"
        "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" +
        kind +
        "sharedStrings+xml\"/>"
        "<Override PartName=\"/xl/styles.xml\" ContentType=\"" +
        kind + "styles+xml\"/>";
    for (size_t i = 0; i < sheets.size(); ++i) {
      types += "<Override PartName=\"/xl/worksheets/sheet" + std::to_string(i + 1) + ".xml\" ContentType=\"" +
               kind + "worksheet+xml\"/>";
    }
    types += "</Types>";
    rels += Rel("rIdS", "sharedStrings", "sharedStrings.xml") + Rel("rIdT", "styles", "styles.xml");
    members.insert(members.begin(),
                   {{"[Content_Types].xml", types},
                    {"_rels/.rels", Rels(Rel("rId1", "officeDocument", "xl/workbook.xml"))},
                    {"xl/_rels/workbook.xml.rels", Rels(rels)},
                    {"xl/workbook.xml",
                     "<workbook" + main +
                         " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" +
                         "<workbookPr " + properties + "/><sheets>" + list + "</sheets></workbook>"},
                    {"xl/sharedStrings.xml", "<sst" + main + ">" + strings + "</sst>"},
                    {"xl/styles.xml", "<styleSheet" + main + "><numFmts>" + num_fmts + "</numFmts><cellXfs>" +
                                          cell_xfs + "</cellXfs></styleSheet>"}});
    return Zip(members, deflate);
  }
};

// What each block says.
inline std::vector<std::string> Texts(const Document& document) {
  std::vector<std::string> out;
  for (const Block& block : document.blocks) out.push_back(ToUtf8(Slice(document.text, block.span)));
  return out;
}

// "r1c2 2x1 text" for cells, so that a table reads as one.
inline std::vector<std::string> Cells(const Document& document) {
  std::vector<std::string> out;
  for (const Block& block : document.blocks) {
    const Place& p = block.place;
    std::string at = "r" + std::to_string(p.row) + "c" + std::to_string(p.column);
    if (p.row_span != 1 || p.column_span != 1) {
      at += " " + std::to_string(p.row_span) + "x" + std::to_string(p.column_span);
    }
    if (block.kind == BlockKind::kCell) out.push_back(at + " " + ToUtf8(Slice(document.text, block.span)));
  }
  return out;
}

}  // namespace zg::testing
