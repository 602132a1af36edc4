#include "report/template_text.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "base/embedded.h"
#include "report/composer.h"

extern "C" {
extern const zg::EmbeddedFile zg_template_files[];
extern const unsigned zg_template_files_count;
}

namespace zg::paper {
namespace {

struct Line {
  std::string mark, text;  // "## ", 督办事项
  std::optional<Tag> tag;  // alone in its line: a loop or condition begins or ends
};

constexpr std::array<std::string_view, 11> kMarks = {"### ", "## ", "# ", "@ ", "- ", "! ",
                                                     "==",   "% ",  "~",  "+ ", "|| "};

std::optional<Tag> TagAlone(const std::string& line) {
  if (!line.starts_with("{{")) return std::nullopt;
  auto tags = SplitTags(line);
  if (!tags.ok() || tags->size() != 1) return std::nullopt;
  const Tag& tag = tags->front();
  return tag.Begins() || tag.kind == Tag::Kind::kEnd ? std::optional(tag) : std::nullopt;
}

std::vector<Line> LinesOf(std::string_view text) {
  std::vector<Line> out;
  for (size_t i = 0; i < text.size();) {
    size_t end = std::min(text.find('\n', i), text.size());
    Line line{"", std::string(text.substr(i, end - i)), std::nullopt};
    i = end + 1;
    if (line.text.empty()) continue;
    line.tag = TagAlone(line.text);
    for (std::string_view mark : kMarks) {
      if (!line.text.starts_with(mark)) continue;
      line.mark = mark;
      break;
    }
    if (line.mark.empty() && line.text.starts_with("| ")) line.mark = "| ";
    line.text.erase(0, line.mark.size());
    out.push_back(std::move(line));
  }
  return out;
}

void AddLine(Composer& c, const std::string& mark, Text text) {
  if (text.Plain().empty()) return;
  if (mark == "### ")
    c.Heading(2, std::move(text));
  else if (mark == "## ")
    c.Heading(1, std::move(text));
  else if (mark == "- ")
    c.Heading(3, std::move(text));
  else if (mark == "# ")
    c.paper.title = text.Plain();
  else if (mark == "@ ")
    c.paper.recipients = text.Plain();
  else if (mark == "! ")
    c.paper.note = text.Plain();
  else
    c.Say(std::move(text));
}

// A value of several lines: the first belongs to its line, the others are paragraphs.
std::vector<Text> Paragraphs(const Text& text) {
  std::vector<Text> out(1);
  for (const Run& run : text.runs) {
    size_t i = 0;
    for (size_t end; run.figure < 0 && (end = run.text.find('\n', i)) != std::string::npos; i = end + 1) {
      out.back() << std::string_view(run.text).substr(i, end - i);
      out.emplace_back();
    }
    out.back() << Run{run.text.substr(i), run.figure};
  }
  return out;
}

Error Nesting(const Tag& tag, const char* what) {
  return {Code::kInvalid, tag.Spelt() + what, tag.Spelt(), "template.nesting"};
}

Status FillLines(const std::vector<Line>& lines, size_t begin, size_t end, const Scope& scope, Composer& c) {
  for (size_t i = begin; i < end; ++i) {
    const Line& line = lines[i];
    if (!line.tag) {
      ZG_ASSIGN(Text text, FillText(line.text, scope));
      auto paragraphs = Paragraphs(text);
      for (size_t p = 0; p < paragraphs.size(); ++p)
        AddLine(c, p == 0 ? line.mark : "", std::move(paragraphs[p]));
      continue;
    }
    if (!line.tag->Begins()) return Nesting(*line.tag, " 前面没有对应的开头。");
    size_t close = i;
    for (int depth = 0; close < end; ++close) {
      if (!lines[close].tag) continue;
      depth += lines[close].tag->Begins() ? 1 : -1;
      if (depth == 0) break;
    }
    if (close == end || lines[close].tag->name != line.tag->name)
      return Nesting(*line.tag, " 没有结尾，请在后面另起一行写上结尾。");
    ZG_TRY(
        scope.Each(*line.tag, [&](const Scope& inner) { return FillLines(lines, i + 1, close, inner, c); }));
    i = close;
  }
  return {};
}

// Lays a template out as a paper with its tags in it.
class Sketch {
 public:
  Sketch() { c_.Add(Style::kPlain, "", "{{?发文字号}}{{发文字号}}{{/发文字号}}"); }

  void Take(const Line& line) {
    if (line.tag && line.tag->kind == Tag::Kind::kLoop) loops_.push_back(line.tag->name);
    if (line.tag && line.tag->kind == Tag::Kind::kEnd && !loops_.empty() && loops_.back() == line.tag->name)
      loops_.pop_back();
    if (!line.mark.starts_with('|') && line.mark != "+ ") EndTable();
    const std::string& text = line.text;
    if (line.mark == "+ ")
      BeginTable(text);
    else if (line.mark == "|| ")
      for (const Cell& cell : Cells(text)) table_->head.push_back(cell.text.Plain());
    else if (line.mark == "| ")
      table_->rows.push_back(Cells(text));
    else if (line.mark == "~")
      c_.paper.landscape = true;
    else if (line.mark == "% ")
      Annexed(text);
    else if (line.mark == "==")
      Sign();
    else if (line.mark == "# ")
      Title(text);
    else if (line.mark == "@ ")
      c_.Add(Style::kRecipients, "", text + "：");
    else if (line.mark == "! ")
      c_.Add(Style::kNote, "", "（" + text + "）");
    else
      Paragraph(line);
  }
  Paper Take() && {
    EndTable();
    return std::move(c_).Take();
  }

 private:
  // Headings in a loop are numbered by its items, others as they stand; one that has its number keeps it.
  void Paragraph(const Line& line) {
    bool loop = !loops_.empty();
    if (line.mark == "- " && loop)
      c_.Heading(3, "{{序号}}.", line.text);
    else if (line.mark == "## " && loop)
      c_.Heading(1, "{{中文序号}}、", line.text);
    else if (line.mark == "### " && line.text.starts_with("（"))
      c_.Heading(2, "", line.text);
    else
      AddLine(c_, line.mark, line.text);
  }
  void Title(const std::string& text) {
    c_.Add(Style::kPlain, "", "");
    c_.Add(Style::kTitle, "", text);
    c_.Add(Style::kPlain, "", "");
  }
  void Sign() {
    c_.Add(Style::kPlain, "", "");
    c_.Add(Style::kPlain, "", "{{?署名}}");
    c_.paper.blocks.push_back(
        paper::Paragraph{.style = Style::kSignature, .text = "{{署名}}", .keep = true, .right = 4});
    c_.Add(Style::kPlain, "", "{{/署名}}");
    c_.paper.blocks.push_back(paper::Paragraph{.style = Style::kDate, .text = "{{日期}}", .right = 4});
  }
  // Its name stands before the signature, which follows; the annex itself after both.
  void Annexed(const std::string& title) {
    c_.Add(Style::kPlain, "", "");
    c_.Add(Style::kAttachments, "附件：", title);
    Sign();
    c_.paper.blocks.push_back(paper::Paragraph{.style = Style::kAnnexMark, .text = "附件", .new_page = true});
    c_.Add(Style::kPlain, "", "");
    c_.Add(Style::kTitle, "", title);
    c_.Add(Style::kPlain, "", "");
  }

  void BeginTable(std::string_view widths) {
    EndTable();
    table_.emplace();
    const char* at = widths.data();
    for (char* next = nullptr;; at = next) {
      double width = std::strtod(at, &next);
      if (next == at || width <= 0) break;
      table_->widths.push_back(width);
    }
  }
  void EndTable() {
    if (table_) c_.Add(std::move(*table_));
    table_.reset();
  }
  static std::vector<Cell> Cells(std::string_view row) {
    std::vector<Cell> out;
    for (size_t i = 0; i <= row.size();) {
      size_t end = std::min(row.find(" | ", i), row.size());
      out.push_back(CellOf(std::string(row.substr(i, end - i))));
      i = end + 3;
    }
    return out;
  }
  static Cell CellOf(std::string text) {
    Cell cell;
    if (text.size() > 2 && text[0] == '>') {
      cell.span = text[1] - '0';
      text.erase(0, 3);
    }
    cell.head = text.starts_with("* ");
    cell.centred = text.starts_with("^ ");
    if (cell.head || cell.centred) text.erase(0, 2);
    for (size_t at; (at = text.find("\\n")) != std::string::npos;) text.replace(at, 2, "\n");
    cell.text = text == "-" ? Text() : Text(text);
    return cell;
  }

  Composer c_{"template"};
  std::vector<std::string> loops_;
  std::optional<Table> table_;
};

}  // namespace

Result<Paper> FillPaper(const std::string& kind, std::string_view text, const Fields& fields,
                        std::vector<Figure> figures) {
  Composer c(kind);
  c.paper.figures = std::move(figures);
  std::vector<Line> lines = LinesOf(text);
  std::erase_if(lines, [](const Line& line) { return line.mark == "=="; });
  ZG_TRY(FillLines(lines, 0, lines.size(), Scope(fields), c));
  return std::move(c).Take();
}

Paper TemplatePaper(std::string_view text) {
  Sketch sketch;
  for (const Line& line : LinesOf(text)) sketch.Take(line);
  return std::move(sketch).Take();
}

std::string_view BuiltinTemplate(std::string_view kind) {
  std::string file = std::string(kind) + ".txt";
  for (unsigned i = 0; i < zg_template_files_count; ++i)
    if (zg_template_files[i].name == std::string_view(file)) return zg_template_files[i].bytes();
  return {};
}

}  // namespace zg::paper
