#include "check/subject.h"

#include <algorithm>

namespace zg::check {
namespace {

constexpr uint32_t kLabelSize = 14;
constexpr uint32_t kClause = 400;  // a longer clause is cut, so that texts without punctuation cost no more

// What may not tie two quantities together, though both have it.
constexpr std::u32string_view kStop[] = {U"完成", U"已经", U"其中", U"目前", U"全部", U"年底", U"截至",
                                         U"累计", U"共计", U"已完", U"开展", U"合计", U"分别", U"进行",
                                         U"达到", U"实施", U"以上", U"左右", U"成了", U"月底", U"底前"};

bool Stopped(char32_t a, char32_t b) {
  for (auto w : kStop) {
    if (w[0] == a && w[1] == b) return true;
  }
  return false;
}

std::vector<CueHit> FindCues(const Reading& r, const CheckWords& words) {
  std::vector<CueHit> out;
  for (const Section& p : r.sections) {
    for (uint32_t i = p.begin; i < p.end;) {
      auto m = words.cues.Starts(r.text[i]) ? words.cues.Longest(r.Cut(i, p.end)) : Trie::Match{};
      if (!m) {
        ++i;
        continue;
      }
      out.push_back({i, i + m.length, uint32_t(m.value)});
      i += m.length;
    }
  }
  return out;
}

// 截至2019年3月底: the latest day a text says it stands at.
std::optional<Date> StateDate(const Reading& r, const std::vector<DateMark>& dates, const CheckWords& words) {
  std::optional<Date> out;
  for (const DateMark& d : dates) {
    uint32_t from = r.sections[r.SectionAt(d.begin)].begin;
    uint32_t back = d.begin - from > 4 ? d.begin - 4 : from;
    auto before = r.Cut(back, d.begin);
    bool state = false;
    for (size_t i = 0; i < before.size(); ++i) state = state || words.state_words.Has(before.substr(i));
    if (state && d.last && (!out || *out < *d.last)) out = d.last;
  }
  return out;
}

}  // namespace

size_t Subject::QuantityFrom(uint32_t offset) const {
  return size_t(std::lower_bound(quantities.begin(), quantities.end(), offset,
                                 [](const Quantity& q, uint32_t o) { return q.digits < o; }) -
                quantities.begin());
}

size_t Subject::CueFrom(uint32_t offset) const {
  return size_t(std::lower_bound(cues.begin(), cues.end(), offset,
                                 [](const CueHit& c, uint32_t o) { return c.begin < o; }) -
                cues.begin());
}

size_t Subject::DateFrom(uint32_t offset) const {
  return size_t(std::lower_bound(dates.begin(), dates.end(), offset,
                                 [](const DateMark& d, uint32_t o) { return d.begin < o; }) -
                dates.begin());
}

bool Subject::HasCue(uint32_t begin, uint32_t end, uint32_t bits) const {
  for (size_t i = CueFrom(begin); i < cues.size() && cues[i].end <= end; ++i) {
    if (cues[i].bits & bits) return true;
  }
  return false;
}

uint32_t Subject::ClauseBegin(uint32_t offset) const {
  uint32_t from = reading.sentences[reading.SentenceAt(offset)].begin;
  if (offset - from > kClause) from = offset - kClause;
  while (offset > from && !EndsClause(reading.text[offset - 1])) --offset;
  return offset;
}

uint32_t Subject::ClauseEnd(uint32_t offset) const {
  uint32_t to = reading.sentences[reading.SentenceAt(offset)].end;
  if (to > offset + kClause) to = offset + kClause;
  while (offset < to && !EndsClause(reading.text[offset])) ++offset;
  return offset;
}

std::u32string_view Subject::Before(size_t q) const {
  uint32_t end = quantities[q].begin;
  uint32_t from = reading.sentences[quantities[q].sentence].begin;
  if (q > 0) from = std::max(from, quantities[q - 1].end);
  uint32_t begin = end;
  while (begin > from && end - begin < kLabelSize) {
    char32_t c = reading.text[begin - 1];
    if (EndsClause(c) || c == U'、' || c == U'(' || c == U')') break;
    --begin;
  }
  return Cut(begin, end);
}

std::u32string_view Subject::After(size_t q) const {
  uint32_t begin = quantities[q].end;
  uint32_t to = reading.sentences[quantities[q].sentence].end;
  if (q + 1 < quantities.size()) to = std::min(to, std::max(begin, quantities[q + 1].begin));
  uint32_t end = begin;
  while (end < to && end - begin < kLabelSize) {
    char32_t c = reading.text[end];
    if (EndsClause(c) || c == U'、' || c == U'(' || c == U')') break;
    ++end;
  }
  return Cut(begin, end);
}

bool Subject::SameNoun(size_t a, size_t b) const {
  auto shares = [&](std::u32string_view x, std::u32string_view y) {
    for (size_t i = 0; i + 1 < x.size(); ++i) {
      if (!IsHan(x[i]) || !IsHan(x[i + 1]) || Stopped(x[i], x[i + 1])) continue;
      for (size_t j = 0; j + 1 < y.size(); ++j) {
        if (x[i] == y[j] && x[i + 1] == y[j + 1]) return true;
      }
    }
    return false;
  };
  return shares(Before(a), Before(b)) || shares(Before(a), After(b)) || shares(After(a), Before(b)) ||
         shares(After(a), After(b));
}

bool Subject::SameUnit(size_t a, size_t b) const {
  const Quantity& x = quantities[a];
  const Quantity& y = quantities[b];
  if (x.dimension != y.dimension) return false;
  if (x.dimension != 0) return true;
  auto name = [&](const Quantity& q) {
    std::u32string_view n = words->units[size_t(q.unit)].name;
    return n.size() > 1 && n[0] == U'个' ? n.substr(1) : n;  // 30个批次, 1批次
  };
  return name(x) == name(y);
}

std::optional<std::string> Subject::PathAt(uint32_t offset) const {
  int e = reading.sections[reading.SectionAt(offset)].entry;
  if (e < 0) return std::nullopt;
  return entry(e).path;
}

CheckPlace Subject::Place(uint32_t begin, uint32_t end) const {
  return {index, input->file, PathAt(begin), ToUtf8(Cut(begin, end)), reading.Original(begin, end)};
}

CheckPlace Subject::PlaceAround(size_t first, size_t last) const {
  constexpr uint32_t kLimit = 160;
  uint32_t begin = quantities[first].begin, end = quantities[last].end;
  uint32_t wide_begin = ClauseBegin(begin), wide_end = ClauseEnd(end);
  if (begin - wide_begin < kLimit / 2) begin = wide_begin;
  if (wide_end - end < kLimit / 2) end = wide_end;
  return Place(begin, end);
}

Subject Prepare(const CheckInput& input, size_t index, const CheckWords& words) {
  Subject s;
  s.input = &input;
  s.index = index;
  s.words = &words;
  s.reading = Read(*input.document, input.draft);
  Figures figures = ScanFigures(s.reading, words);
  s.quantities = std::move(figures.quantities);
  s.dates = std::move(figures.dates);
  s.cues = FindCues(s.reading, words);
  s.as_of = input.as_of;
  if (!s.as_of && input.draft) s.as_of = input.draft->date;
  if (!s.as_of) s.as_of = StateDate(s.reading, s.dates, words);
  s.unit = input.unit;
  if (s.unit.empty() && input.draft && !input.draft->issuer.empty()) s.unit = input.draft->issuer[0];
  return s;
}

}  // namespace zg::check
