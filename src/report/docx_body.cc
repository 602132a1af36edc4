#include "report/docx_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/docx_styles.h"

namespace zg::docx {
namespace {

using paper::Block;
using paper::Cell;
using paper::Paragraph;
using paper::Run;
using paper::Style;
using paper::Table;

constexpr double kTwipsInMm = 56.6929;
constexpr int kTwipsInCharacter = 320;  // 3号: 16 pt

// Runs of plain text need no more than this: their look is the style's.
void AppendText(std::string& out, std::string_view text) {
  out += "<w:r><w:t xml:space=\"preserve\">";
  AppendEscaped(out, text);
  out += "</w:t></w:r>";
}

// A tab in a text leads to the style's tab stop; a line break breaks the line.
void AppendRuns(std::string& out, const paper::Text& text) {
  for (const Run& run : text.runs) {
    std::string_view rest = run.text;
    while (!rest.empty()) {
      size_t at = std::min(rest.find_first_of("\t\n"), rest.size());
      if (at > 0) AppendText(out, rest.substr(0, at));
      if (at == rest.size()) break;
      out += rest[at] == '\t' ? "<w:r><w:tab/></w:r>" : "<w:r><w:br/></w:r>";
      rest.remove_prefix(at + 1);
    }
  }
}

// Space for the issuer's mark: as large as its line takes, 45 pt at most.
int MarkHalfPoints(const paper::Text& text) {
  int width = std::max(1, paper::WidthOf(text.Plain()));
  return std::min(90, 430 * 4 / width);
}

// What a paragraph says beside its style.
void AppendOwn(std::string& out, const Paragraph& p, bool last_print) {
  if (p.keep) out += "<w:keepNext/>";
  if (p.new_page) out += "<w:pageBreakBefore/>";
  if (p.style == Style::kPrint) {
    // 版记 at the foot of the text area; lines 0.35 mm outside, 0.25 mm between (7.4).
    out +=
        "<w:framePr w:w=\"8844\" w:wrap=\"around\" w:vAnchor=\"margin\" w:hAnchor=\"margin\" "
        "w:xAlign=\"left\" "
        "w:yAlign=\"bottom\"/>";
    out += fmt::format(
        "<w:pBdr><w:top w:val=\"single\" w:sz=\"{}\" w:space=\"1\" w:color=\"000000\"/>{}</w:pBdr>",
        p.keep ? 8 : 6,
        last_print ? "<w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"1\" w:color=\"000000\"/>" : "");
  }
  if (p.right > 0) {
    int hundredths = int(std::lround(p.right * 100));
    out += fmt::format("<w:ind w:rightChars=\"{}\" w:right=\"{}\"/>", hundredths,
                       int(std::lround(p.right * kTwipsInCharacter)));
  }
  // 附件：1. … continues under the name's first character.
  if (p.style == Style::kAttachments) {
    int hang = paper::WidthOf(p.label) * 50;
    out += fmt::format("<w:ind w:leftChars=\"{0}\" w:left=\"{1}\" w:hangingChars=\"{2}\" w:hanging=\"{3}\"/>",
                       200 + hang, (200 + hang) * 32 / 10, hang, hang * 32 / 10);
  }
}

void AppendParagraph(std::string& out, const Paragraph& p, const std::string& section, bool last_print) {
  out += "<w:p><w:pPr><w:pStyle w:val=\"";
  out += StyleId(p.style);
  out += "\"/>";
  AppendOwn(out, p, last_print);
  out += section;
  out += "</w:pPr>";
  if (p.style == Style::kMark || p.style == Style::kLetterMark) {
    int size = MarkHalfPoints(p.text);
    out += fmt::format(
        "<w:r><w:rPr><w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/></w:rPr><w:t xml:space=\"preserve\">", size);
    AppendEscaped(out, p.text.Plain());
    out += "</w:t></w:r>";
  } else {
    paper::Text text(p.label);
    AppendRuns(out, text << p.text);
  }
  out += "</w:p>";
}

void AppendCell(std::string& out, const Cell& cell, int width) {
  out += fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", width);
  if (cell.span > 1) out += fmt::format("<w:gridSpan w:val=\"{}\"/>", cell.span);
  out += "<w:vAlign w:val=\"center\"/></w:tcPr>";
  out += cell.head ? "<w:p><w:pPr><w:pStyle w:val=\"ZgTableHead\"/></w:pPr>"
                   : "<w:p><w:pPr><w:pStyle w:val=\"ZgTable\"/>";
  if (!cell.head) out += cell.centred ? "<w:jc w:val=\"center\"/></w:pPr>" : "</w:pPr>";
  AppendRuns(out, cell.text);
  out += "</w:p></w:tc>";
}

void AppendRow(std::string& out, const std::vector<Cell>& cells, const std::vector<int>& widths, bool head) {
  out +=
      head ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" : "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
  size_t column = 0;
  for (const Cell& cell : cells) {
    int width = 0;
    for (int i = 0; i < cell.span && column < widths.size(); ++i) width += widths[column++];
    AppendCell(out, cell, width);
  }
  out += "</w:tr>";
}

void AppendTable(std::string& out, const Table& table) {
  std::vector<int> widths;
  int whole = 0;
  for (double mm : table.widths) whole += widths.emplace_back(int(mm * kTwipsInMm));
  out += fmt::format("<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>", whole);
  for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
    out += fmt::format("<w:{} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>", side);
  out +=
      "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"28\" "
      "w:type=\"dxa\"/><w:left w:w=\"57\" w:type=\"dxa\"/><w:bottom w:w=\"28\" w:type=\"dxa\"/><w:right "
      "w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>";
  for (int width : widths) out += fmt::format("<w:gridCol w:w=\"{}\"/>", width);
  out += "</w:tblGrid>";
  if (!table.head.empty()) {
    std::vector<Cell> head;
    for (const auto& title : table.head) head.push_back({.text = title, .head = true});
    AppendRow(out, head, widths, true);
  }
  for (const auto& row : table.rows) AppendRow(out, row, widths, false);
  out += "</w:tbl>";
}

// 1 mm is 56.69 twips. Across the page the binding edge is at the top.
std::string SectionXml(const paper::Section& section) {
  bool landscape = section.landscape;
  const char* page =
      landscape ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1588\" "
                  "w:right=\"2098\" w:bottom=\"1474\" w:left=\"1985\" w:header=\"851\" "
                  "w:footer=\"878\" w:gutter=\"0\"/>"
                : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" "
                  "w:bottom=\"1985\" w:left=\"1588\" w:header=\"851\" w:footer=\"1389\" "
                  "w:gutter=\"0\"/>";
  const char* grid = "<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>";
  return std::string(
             "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/><w:footerReference "
             "w:type=\"even\" r:id=\"rId3\"/>") +
         (section.letter ? "<w:footerReference w:type=\"first\" r:id=\"rId6\"/>" : "") + page +
         (section.letter ? "<w:titlePg/>" : "") + grid + "</w:sectPr>";
}

}  // namespace

void AppendEscaped(std::string& out, std::string_view utf8) {
  for (size_t i = 0; i < utf8.size();) {
    unsigned char c = static_cast<unsigned char>(utf8[i]);
    if (c < 0x80) {
      ++i;
      if (c == '&')
        out += "&amp;";
      else if (c == '<')
        out += "&lt;";
      else if (c == '>')
        out += "&gt;";
      else if (c == '\t' || c == '\n' || c >= 0x20)
        out += char(c);
      continue;
    }
    size_t end = i;  // a stretch beyond ASCII
    while (end < utf8.size() && static_cast<unsigned char>(utf8[end]) >= 0x80) ++end;
    std::string_view stretch = utf8.substr(i, end - i);
    i = end;
    if (IsUtf8(stretch) && stretch.find("\xEF\xBF") == std::string_view::npos) {
      out += stretch;
      continue;
    }
    for (char32_t one : ToUtf32(stretch))
      if (one != 0xFFFE && one != 0xFFFF) AppendUtf8(out, one);
  }
}

std::string DocumentXml(const std::vector<paper::Section>& sections) {
  std::string out = std::string(kXmlHead) + "<w:document " + kNamespaces + "><w:body>";
  for (size_t s = 0; s < sections.size(); ++s) {
    const auto& blocks = sections[s].blocks;
    for (size_t i = 0; i < blocks.size(); ++i) {
      if (auto* paragraph = std::get_if<Paragraph>(&blocks[i]))
        AppendParagraph(out, *paragraph, "", i + 1 == blocks.size());
      else
        AppendTable(out, std::get<Table>(blocks[i]));
      // A table is followed by a paragraph: two of them would become one, and no document ends with one.
      bool table = std::holds_alternative<Table>(blocks[i]);
      if (table && (i + 1 == blocks.size() || std::holds_alternative<Table>(blocks[i + 1])))
        out += "<w:p><w:pPr><w:pStyle w:val=\"ZgSmall\"/></w:pPr></w:p>";
    }
    if (s + 1 < sections.size())
      out += "<w:p><w:pPr><w:pStyle w:val=\"ZgSmall\"/>" + SectionXml(sections[s]) + "</w:pPr></w:p>";
  }
  out += SectionXml(sections.empty() ? paper::Section{} : sections.back());
  return out + "</w:body></w:document>";
}

}  // namespace zg::docx
