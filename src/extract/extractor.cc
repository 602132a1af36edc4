#include "extract/extractor.h"

#include <algorithm>

#include "extract/dates.h"
#include "extract/deadline.h"
#include "extract/entry.h"
#include "extract/outline.h"
#include "extract/passage.h"
#include "extract/tables.h"
#include "extract/title.h"
#include "extract/vocabulary.h"

namespace zg {
namespace {

// Tables in between paragraphs: nodes of both kinds in document order, parents re-indexed.
std::vector<Node> Merge(std::vector<Node> a, std::vector<Node> b) {
  int shift = static_cast<int>(a.size());
  for (Node& n : b) {
    if (n.parent >= 0) n.parent += shift;
    for (int& c : n.children) c += shift;
    a.push_back(std::move(n));
  }
  return a;
}

// Cuts the signature at the end of the document out of the last node's text.
void CutSignature(std::vector<Node>& nodes, const std::vector<Span>& cut) {
  if (cut.empty()) return;
  auto drop = [&](std::vector<Span>& pieces) {
    std::erase_if(pieces, [&](Span p) { return std::find(cut.begin(), cut.end(), p) != cut.end(); });
  };
  for (Node& n : nodes) {
    drop(n.problem);
    for (FieldText& f : n.fields) {
      for (Item& i : f.items) drop(i.pieces);
    }
  }
}

// Through-numbering (changji-region-round1-report): the second heading's problems go on counting, so headings
// are no entries and the numbers of the problems alone make the path.
void MarkHeadings(const std::vector<Node>& nodes, std::vector<char>& heading) {
  for (bool again = true; again;) {
    again = false;
    std::vector<int> holders;
    for (size_t i = 0; i < nodes.size(); ++i) {
      bool top = nodes[i].parent < 0 || heading[nodes[i].parent];
      if (top && !heading[i] && !nodes[i].children.empty() && nodes[i].fields.empty())
        holders.push_back(static_cast<int>(i));
    }
    int last = -1, through = 0, restart = 0;
    for (int h : holders) {
      const Node& first = nodes[nodes[h].children.front()];
      const Node& end = nodes[nodes[h].children.back()];
      if (!first.number || first.number.style == NumberStyle::kMulti) {  // 1.1 holds its heading's number
        ++restart;
        continue;
      }
      if (last >= 0) {
        if (first.number.number == last + 1) {
          ++through;
        } else if (first.number.number == 1) {
          ++restart;
        }
      }
      last = end.number.number;
    }
    if (through > restart) {
      for (int h : holders) {
        const Node& first = nodes[nodes[h].children.front()];
        if (first.number.style != nodes[h].number.style) heading[h] = again = true;
      }
    }
  }
}

// 二、具体问题整改情况 above all tasks of a report names the part and is no entry.
void MarkPart(std::u32string_view text, const Lexicon& lex, bool body, const std::vector<Node>& nodes,
              std::vector<char>& heading) {
  int only = -1;
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].parent >= 0) continue;
    if (only >= 0) return;
    only = static_cast<int>(i);
  }
  if (only < 0 || nodes[only].children.size() < 2 || !nodes[only].fields.empty()) return;
  if (nodes[only].problem.size() != 1) return;
  auto words = Slice(text, nodes[only].problem[0]);
  bool names = IsTitleLike(words, lex);
  if (body && nodes[only].number.number > 1 && words.size() <= 16 && !EndsSentence(words)) {  // 二、整改任务
    for (const auto& w : lex.title_subjects) names = names || words.find(w) != words.npos;
  }
  if (names) heading[only] = 1;
}

// …清单（2024年版）: the year that 年内 and 三季度末 mean.
int TitleYear(const std::string& title) {
  auto hits = FindDates(ToUtf32(title));
  return hits.empty() ? 0 : hits.back().date.year();
}

std::string Kind(const Draft& d, const Outline& outline) {
  bool body = outline.body_sections >= 2 || outline.body_paragraphs >= 3;
  if (body) return "report";
  for (const Entry& e : d.entries) {
    if (!e.measures.empty()) return "task_list";
  }
  size_t progress = 0, planned = 0, tasks = 0;
  for (const Entry& e : d.entries) {
    tasks += e.is_task;
    progress += e.status || !e.progress.empty();
    planned += e.is_task && !e.responsible.empty() && !e.goal.text.empty();  // a list that is reported on
  }
  return progress && planned * 2 <= tasks ? "progress_report" : "task_list";
}

}  // namespace

Draft Extract(const Document& document, const Vocabulary& vocabulary) {
  const Lexicon& lex = vocabulary.lexicon();
  Draft draft;
  std::vector<Token> tokens = Scan(document, lex);
  Outline outline = BuildOutline(tokens, document.text, lex);
  std::vector<Node> tables = TableNodes(document, lex);
  size_t first = outline.nodes.empty() ? tokens.size() : outline.first_token;
  if (outline.nodes.empty() && !tables.empty()) {
    first = tokens.size();
    outline.body_paragraphs = outline.body_sections = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      outline.body_paragraphs +=
          tokens[i].content.size() > 40 && tokens[i].content.begin < tables[0].extent.begin;
      outline.body_sections += tokens[i].kind == TokenKind::kNumber &&
                               tokens[i].number.style == NumberStyle::kChinese &&
                               tokens[i].content.begin < tables[0].extent.begin;
    }
  }
  std::vector<Span> cut = ReadTitle(document, tokens, first, lex, draft);
  std::vector<Node> nodes = Merge(std::move(outline.nodes), std::move(tables));
  CutSignature(nodes, cut);
  std::vector<char> heading(nodes.size(), 0);
  MarkPart(document.text, lex, outline.body_sections > 0, nodes, heading);
  MarkHeadings(nodes, heading);
  std::vector<Span> lines;
  lines.reserve(tokens.size());
  for (const Token& t : tokens) lines.push_back(t.content);
  EntryContext context{document, lex, FullLine(document.text, lines),
                       draft.date ? draft.date->year() : TitleYear(draft.title)};
  draft.entries = BuildEntries(context, nodes, heading);
  draft.kind = Kind(draft, outline);
  AddDoubts(context, draft);
  return draft;
}

}  // namespace zg
