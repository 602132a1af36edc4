#include "document/pdf/paragraph.h"

#include <cmath>

#include "base/numeral.h"
#include "base/text.h"

namespace zg::document {
namespace {

bool EndsSentence(std::u32string_view text) {
  if (text.empty()) return false;
  return std::u32string_view(U"。；;：:！!？?”）)").find(text.back()) != std::u32string_view::npos;
}

// What a line break stood for: nothing between Chinese, a space between Latin words.
void AppendLine(std::u32string& text, std::u32string_view next) {
  if (!text.empty() && IsAsciiAlpha(text.back()) && !next.empty() && IsAsciiAlpha(next.front())) text += U' ';
  text += next;
}

double Median(std::vector<double> values, double otherwise) {
  if (values.empty()) return otherwise;
  auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool SameFlow(const SetLine& a, const SetLine& b) {
  return a.page == b.page && a.column == b.column;
}

// The first word of the next line would have fitted in the room that was left: the break was meant. Between
// Chinese and digits typesetters leave a quarter.
bool BrokenEarly(double room, const Line& line, const Line& next) {
  double space = IsCjk(line.text.back()) != IsCjk(next.text.front()) ? 0.25 * next.em : 0;
  double doubt = (line.em_known && next.em_known ? 0.05 : 0.8) * next.em;  // boxes of OCR are rough
  return next.first_unit + space <= room - doubt;
}

struct Habits {
  double pitch = 0;      // usual distance from line to line
  bool indents = false;  // paragraphs begin with an indent
};

Habits HabitsOf(const std::vector<SetLine>& lines) {
  std::vector<double> pitches;
  size_t after_short = 0, indented = 0;
  for (size_t i = 1; i < lines.size(); ++i) {
    const SetLine &a = lines[i - 1], &b = lines[i];
    if (SameFlow(a, b)) pitches.push_back(b.line.box.mid_y() - a.line.box.mid_y());
    bool centred = b.line.box.x0 - b.left > 4 * b.line.em;
    if (!centred && BrokenEarly(a.right - a.line.box.x1, a.line, b.line)) {
      ++after_short;
      indented += b.line.box.x0 - b.left > 1.2 * b.line.em;
    }
  }
  return {Median(pitches, 20), after_short == 0 || indented * 4 >= after_short};
}

bool GoesOn(const SetLine& a, const SetLine& b, const Paragraph& so_far, double first_x0, size_t lines_so_far,
            const Habits& habits) {
  double em = std::max(a.line.em, b.line.em);
  bool sized = a.line.em_known && b.line.em_known;
  if (sized && std::fabs(a.line.em - b.line.em) > 0.15 * em) return false;
  if (SameFlow(a, b)) {
    double pitch = b.line.box.mid_y() - a.line.box.mid_y();
    if (pitch > 1.6 * std::max(habits.pitch, em) || pitch <= 0) return false;
  }
  if (BrokenEarly(a.right - a.line.box.x1, a.line, b.line)) return false;
  double indent = b.line.box.x0 - b.left, above = a.line.box.x0 - a.left;
  bool item = BeginsItem(b.line.text);
  if (indent > 0.7 * em) {
    // Hanging: the lines after the first stand to the right of it, or all of a block stands indented.
    bool established = lines_so_far >= 2 && std::fabs(indent - above) < 0.5 * em;
    double first = first_x0 - a.left;
    bool hangs = lines_so_far == 1 && indent > first + 0.7 * em && BeginsItem(so_far.text);
    return (established || hangs) && !item;
  }
  if (item && EndsSentence(a.line.text) && !habits.indents) return false;
  return true;
}

}  // namespace

bool BeginsItem(std::u32string_view text) {
  text = Trim(text);
  if (text.empty()) return false;
  if ((text[0] >= U'①' && text[0] <= U'⒛') || (text[0] >= U'㈠' && text[0] <= U'㈩')) return true;
  size_t i = 0;
  char32_t open = FoldWidth(text[0]);
  bool bracket = open == U'(';
  bool chapter = text[0] == U'第';
  i += bracket || chapter;
  size_t begin = i;
  bool digits = true;
  while (i < text.size() && i - begin < 5 && (IsDigit(text[i]) || IsChineseNumeralChar(text[i]))) {
    digits = digits && IsDigit(text[i]);
    ++i;
  }
  if (i == begin || i >= text.size()) return false;
  char32_t mark = FoldWidth(text[i]);
  if (bracket) return mark == U')';
  if (chapter) return std::u32string_view(U"章节条款项").find(mark) != std::u32string_view::npos;
  if (mark == U'、') return true;
  if (!digits || (mark != U'.' && mark != U')')) return false;
  return i + 1 == text.size() || !IsDigit(text[i + 1]) || i - begin <= 2;
}

std::vector<Paragraph> JoinText(const std::vector<SetLine>& lines) {
  std::vector<Paragraph> out;
  Habits habits = HabitsOf(lines);
  double first_x0 = 0;
  size_t count = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    const SetLine& next = lines[i];
    if (i > 0 && GoesOn(lines[i - 1], next, out.back(), first_x0, count, habits)) {
      AppendLine(out.back().text, next.line.text);
      ++count;
      continue;
    }
    out.push_back({next.line.text, next.page, next.line.box.y0, next.column});
    first_x0 = next.line.box.x0;
    count = 1;
  }
  return out;
}

std::vector<std::u32string> JoinCell(const std::vector<Line>& lines, double width) {
  std::vector<std::u32string> out;
  for (size_t i = 0; i < lines.size(); ++i) {
    bool new_item = i > 0 && BeginsItem(lines[i].text) && EndsSentence(lines[i - 1].text);
    if (i > 0 && !new_item && !BrokenEarly(width - lines[i - 1].box.width(), lines[i - 1], lines[i])) {
      AppendLine(out.back(), lines[i].text);
    } else {
      out.push_back(lines[i].text);
    }
  }
  return out;
}

}  // namespace zg::document
