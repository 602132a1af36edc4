#include "check/reading.h"

#include <algorithm>

#include "base/numeral.h"

namespace zg::check {
namespace {

constexpr uint32_t kMaxOpen = 4000;  // a parenthesis or title longer than this was never closed

void Squeeze(const Document& document, Reading& out) {
  uint32_t blanks = 0;
  bool line = false;
  out.text.reserve(document.text.size());
  out.at.reserve(document.text.size() + 1);
  for (uint32_t i = 0; i < document.text.size(); ++i) {
    char32_t c = document.text[i];
    if (IsSpace(c)) {
      if (c == U'\n') line = true;
      ++blanks;
      continue;
    }
    uint32_t here = uint32_t(out.text.size());
    if (line) {
      out.breaks.push_back(here);
    } else if (blanks >= 2) {
      out.gaps.push_back(here);
    }
    blanks = 0;
    line = false;
    out.text += FoldWidth(c);
    out.at.push_back(i);
  }
  out.at.push_back(uint32_t(document.text.size()));
}

void MarkParens(Reading& out) {
  size_t n = out.text.size();
  out.paren.assign(n, 0);
  out.close.assign(n, 0);
  out.title.assign(n, false);
  std::vector<uint32_t> open;
  uint32_t title = 0;
  for (uint32_t i = 0; i < n; ++i) {
    char32_t c = out.text[i];
    if (c == U'《') title = i + 1;
    if (title && i + 1 - title > kMaxOpen / 10) title = 0;
    if (!open.empty() && i - open.back() > kMaxOpen) open.clear();
    if (c == U')' && !open.empty()) {
      out.close[open.back()] = i;
      open.pop_back();
    }
    out.paren[i] = open.empty() ? 0 : open.back() + 1;
    if (c == U'(') open.push_back(i);
    out.title[i] = title != 0;
    if (c == U'》') title = 0;
  }
}

// Does a line begin with a number of its own: 一、 （三） 1. (2) 第三章?
bool Labelled(std::u32string_view s) {
  if (s.empty()) return false;
  size_t i = s[0] == U'(' ? 1 : 0;
  size_t start = i;
  while (i < s.size() && i < start + 4 && (IsDigit(s[i]) || IsChineseNumeralChar(s[i]))) ++i;
  if (i == start || i >= s.size()) return false;
  if (start == 1) return s[i] == U')';
  return s[i] == U'、' || (s[i] == U'.' && (i + 1 >= s.size() || !IsDigit(s[i + 1])));
}

// The width at which the document wraps its lines, as 9 of 10 lines have it.
uint32_t LineWidth(const Reading& r) {
  std::vector<uint32_t> widths;
  uint32_t from = 0;
  for (uint32_t b : r.breaks) {
    widths.push_back(b - from);
    from = b;
  }
  if (widths.empty()) return 0;
  size_t nth = widths.size() * 9 / 10;
  std::nth_element(widths.begin(), widths.begin() + long(nth), widths.end());
  return widths[nth];
}

struct Field {
  uint32_t begin, end;
  int entry;
  Part part;
  int item;
};

void AddField(const Reading& r, Span span, int entry, Part part, int item, std::vector<Field>& out) {
  if (span.empty()) return;
  Field f{r.FromOriginal(span.begin), r.FromOriginal(span.end), entry, part, item};
  if (f.begin < f.end) out.push_back(f);
}

std::vector<Field> Fields(const Reading& r, const Draft& draft) {
  std::vector<Field> out;
  for (int e = 0; e < int(draft.entries.size()); ++e) {
    const Entry& entry = draft.entries[size_t(e)];
    AddField(r, entry.problem.span, e, Part::kProblem, -1, out);
    AddField(r, entry.goal.span, e, Part::kGoal, -1, out);
    for (int i = 0; i < int(entry.measures.size()); ++i) {
      AddField(r, entry.measures[size_t(i)].span, e, Part::kMeasure, i, out);
    }
    for (int i = 0; i < int(entry.progress.size()); ++i) {
      AddField(r, entry.progress[size_t(i)].span, e, Part::kProgress, i, out);
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Field& a, const Field& b) { return a.begin < b.begin; });
  return out;
}

// Which entry the text between fields belongs to: the last one whose span holds it (children follow their
// parents).
class Owners {
 public:
  Owners(const Reading& r, const Draft* draft) {
    for (int e = 0; draft && e < int(draft->entries.size()); ++e) {
      Span s = draft->entries[size_t(e)].span;
      if (!s.empty()) spans_.push_back({r.FromOriginal(s.begin), r.FromOriginal(s.end), e, Part::kOther, -1});
    }
    std::stable_sort(spans_.begin(), spans_.end(),
                     [](const Field& a, const Field& b) { return a.begin < b.begin; });
  }
  int At(uint32_t offset) {
    while (next_ < spans_.size() && spans_[next_].begin <= offset) open_.push_back(spans_[next_++]);
    while (!open_.empty() && open_.back().end <= offset) open_.pop_back();
    return open_.empty() ? -1 : open_.back().entry;
  }

 private:
  std::vector<Field> spans_, open_;
  size_t next_ = 0;
};

// Cuts [begin, end) at the lines that begin a paragraph.
void AddLoose(Reading& r, uint32_t begin, uint32_t end, uint32_t width, Owners& owners) {
  auto line = std::upper_bound(r.breaks.begin(), r.breaks.end(), begin);
  uint32_t from = begin;
  uint32_t line_begin = begin;
  auto close = [&](uint32_t to) {
    if (to <= from) return;
    int entry = owners.At(from);
    r.sections.push_back({from, to, entry, entry < 0 ? Part::kBody : Part::kOther, -1});
    from = to;
  };
  for (; line != r.breaks.end() && *line < end; ++line) {
    bool short_line = (*line - line_begin) * 4 < width * 3;
    if (short_line || Labelled(r.Cut(*line, end))) close(*line);
    line_begin = *line;
  }
  close(end);
}

void CutSections(Reading& r, const Draft* draft) {
  uint32_t n = uint32_t(r.text.size());
  uint32_t width = LineWidth(r);
  Owners owners(r, draft);
  uint32_t done = 0;
  if (draft) {
    for (const Field& f : Fields(r, *draft)) {
      if (f.end <= done) continue;
      if (f.begin > done) AddLoose(r, done, f.begin, width, owners);
      uint32_t begin = std::max(f.begin, done);
      r.sections.push_back({begin, f.end, f.entry, f.part, f.item});
      done = f.end;
    }
  }
  if (done < n) AddLoose(r, done, n, width, owners);
}

void CutSentences(Reading& r) {
  for (uint32_t p = 0; p < r.sections.size(); ++p) {
    uint32_t from = r.sections[p].begin;
    for (uint32_t i = from; i < r.sections[p].end; ++i) {
      bool last = i + 1 == r.sections[p].end;
      bool quoted = i > from && (r.text[i] == U'”' || r.text[i] == U'’') && EndsSentence(r.text[i - 1]);
      if (!last && ((!EndsSentence(r.text[i]) && !quoted) || r.paren[i])) continue;
      // A closing quotation mark belongs to what it closes.
      if (!last && (r.text[i + 1] == U'”' || r.text[i + 1] == U'’')) continue;
      r.sentences.push_back({from, i + 1, p});
      from = i + 1;
    }
  }
}

}  // namespace

bool EndsSentence(char32_t c) {
  return c == U'。' || c == U'!' || c == U'?';
}

bool EndsClause(char32_t c) {
  return EndsSentence(c) || c == U',' || c == U';' || c == U':';
}

Span Reading::Original(uint32_t begin, uint32_t end) const {
  return {at[begin], at[end - 1] + 1};
}

uint32_t Reading::FromOriginal(uint32_t offset) const {
  return uint32_t(std::lower_bound(at.begin(), at.end() - 1, offset) - at.begin());
}

uint32_t Reading::SectionAt(uint32_t offset) const {
  auto it = std::upper_bound(sections.begin(), sections.end(), offset,
                             [](uint32_t o, const Section& p) { return o < p.begin; });
  return uint32_t(it - sections.begin()) - (it == sections.begin() ? 0 : 1);
}

uint32_t Reading::SentenceAt(uint32_t offset) const {
  auto it = std::upper_bound(sentences.begin(), sentences.end(), offset,
                             [](uint32_t o, const Sentence& s) { return o < s.begin; });
  return uint32_t(it - sentences.begin()) - (it == sentences.begin() ? 0 : 1);
}

Reading Read(const Document& document, const Draft* draft) {
  Reading out;
  Squeeze(document, out);
  MarkParens(out);
  CutSections(out, draft);
  CutSentences(out);
  return out;
}

}  // namespace zg::check
