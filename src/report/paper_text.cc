#include "report/paper_text.h"

#include <nlohmann/json.hpp>

namespace zg::paper {
namespace {

using nlohmann::json;

json RunsJson(const Text& text) {
  json out = json::array();
  for (const Run& run : text.runs)
    out.push_back({{"text", run.text}, {"figure", run.figure < 0 ? json() : json(run.figure)}});
  return out;
}

json BlockJson(const Paragraph& p) {
  return {{"type", "paragraph"}, {"style", StyleName(p.style)}, {"label", p.label}, {"new_page", p.new_page},
          {"right", p.right},    {"runs", RunsJson(p.text)}};
}

json BlockJson(const Table& table) {
  json rows = json::array();
  for (const auto& row : table.rows) {
    json cells = json::array();
    for (const Cell& cell : row)
      cells.push_back({{"runs", RunsJson(cell.text)},
                       {"span", cell.span},
                       {"head", cell.head},
                       {"centred", cell.centred}});
    rows.push_back(std::move(cells));
  }
  return {{"type", "table"}, {"head", table.head}, {"widths", table.widths}, {"rows", std::move(rows)}};
}

class Reader {
 public:
  void Take(const Paragraph& p) {
    Block block;
    bool heading = p.style >= Style::kHeading1 && p.style <= Style::kHeading4;
    block.kind = p.style == Style::kTitle || heading ? BlockKind::kHeading : BlockKind::kParagraph;
    if (heading) block.level = uint8_t(int(p.style) - int(Style::kHeading1) + 1);
    block.place.paragraph = ++paragraph_;
    block.label_size = uint32_t(ToUtf32(p.label).size());
    Add(p.label + p.text.Plain(), block);
  }
  void Take(const Table& table) {
    ++table_;
    int row = 0;
    auto take = [&](int column, int span, const std::string& text) {
      Block block;
      block.kind = BlockKind::kCell;
      block.place.table = table_;
      block.place.row = row;
      block.place.column = column;
      block.place.column_span = span;
      Add(text, block);
    };
    if (!table.head.empty()) {
      ++row;
      for (size_t i = 0; i < table.head.size(); ++i) take(int(i) + 1, 1, table.head[i]);
    }
    for (const auto& cells : table.rows) {
      ++row;
      int column = 1;
      for (const Cell& cell : cells) {
        take(column, cell.span, cell.text.Plain());
        column += cell.span;
      }
    }
  }
  int number = 0;  // of the paper's block
  ReadablePaper out;

 private:
  using Block = zg::Block;
  // Lines of one paragraph are blocks of their own, as a reader of the file would have them.
  void Add(const std::string& text, Block block) {
    std::u32string all = ToUtf32(text);
    for (size_t i = 0; i <= all.size();) {
      size_t end = std::min(all.find(U'\n', i), all.size());
      std::u32string line = all.substr(i, end - i);
      i = end + 1;
      if (Trim(line).empty()) continue;
      uint32_t begin = uint32_t(out.document.text.size());
      out.document.text += line + U"\n";
      block.span = {begin, begin + uint32_t(line.size())};
      out.document.blocks.push_back(block);
      out.block_of.push_back(number);
      block.label_size = 0;
    }
  }
  int paragraph_ = 0, table_ = 0;
};

}  // namespace

ReadablePaper AsDocument(const Paper& paper) {
  Reader reader;
  reader.out.document.format = "docx";
  for (const Section& section : LayOut(paper)) {
    for (const auto& block : section.blocks) {
      std::visit([&](const auto& one) { reader.Take(one); }, block);
      ++reader.number;
    }
  }
  return std::move(reader.out);
}

json AsJson(const Paper& paper) {
  json sections = json::array();
  for (const Section& section : LayOut(paper)) {
    json blocks = json::array();
    for (const auto& block : section.blocks)
      blocks.push_back(std::visit([](const auto& one) { return BlockJson(one); }, block));
    sections.push_back({{"landscape", section.landscape}, {"blocks", std::move(blocks)}});
  }
  json figures = json::array();
  for (const Figure& figure : paper.figures)
    figures.push_back({{"name", figure.name}, {"of", figure.of}, {"ids", figure.ids}});
  return {{"kind", paper.kind},
          {"name", paper.name},
          {"title", paper.title},
          {"sections", std::move(sections)},
          {"figures", std::move(figures)}};
}

}  // namespace zg::paper
