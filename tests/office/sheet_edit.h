#pragma once
// Fills in a workbook as a spreadsheet program would: a cell's words are put into its place in the sheet's
// XML.

#include <gtest/gtest.h>
#include <zip.h>

#include <regex>
#include <string>

namespace zg {

inline std::string Member(zip_t* zip, const std::string& name) {
  zip_stat_t stat;
  if (zip_stat(zip, name.c_str(), 0, &stat) != 0) return "";
  std::string bytes(stat.size, '\0');
  zip_file_t* file = zip_fopen(zip, name.c_str(), 0);
  EXPECT_EQ(zip_fread(file, bytes.data(), bytes.size()), zip_int64_t(bytes.size()));
  zip_fclose(file);
  return bytes;
}

// `sheet`: 1 上报表, 2 数据, 3 版本. An empty `words` empties the cell; a row that is not there is added.
inline std::string WithCell(const std::string& workbook, int sheet, const std::string& cell,
                            const std::string& words) {
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(workbook.data(), workbook.size(), 0, &error);
  zip_source_keep(source);
  zip_t* zip = zip_open_from_source(source, 0, &error);
  EXPECT_NE(zip, nullptr);
  std::string part = "xl/worksheets/sheet" + std::to_string(sheet) + ".xml", xml = Member(zip, part);
  std::string now = words.empty() ? "<c r=\"" + cell + "\"/>"
                                  : "<c r=\"" + cell + "\" t=\"inlineStr\"><is><t>" + words + "</t></is></c>";
  std::regex there("<c r=\"" + cell + "\"[^>]*?(/>|>.*?</c>)");
  if (std::regex_search(xml, there))
    xml = std::regex_replace(xml, there, now, std::regex_constants::format_first_only);
  else
    xml.replace(xml.find("</sheetData>"), 0, "<row r=\"" + cell.substr(1) + "\">" + now + "</row>");
  zip_int64_t at = zip_name_locate(zip, part.c_str(), 0);
  EXPECT_EQ(zip_file_replace(zip, zip_uint64_t(at), zip_source_buffer(zip, xml.data(), xml.size(), 0), 0), 0);
  EXPECT_EQ(zip_close(zip), 0);
  zip_stat_t stat;
  zip_source_stat(source, &stat);
  zip_source_open(source);
  std::string out(stat.size, '\0');
  EXPECT_EQ(zip_source_read(source, out.data(), out.size()), zip_int64_t(out.size()));
  zip_source_close(source);
  zip_source_free(source);
  return out;
}

}  // namespace zg
