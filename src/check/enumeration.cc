#include "check/enumeration.h"

#include <algorithm>

#include "base/numeral.h"

namespace zg::check {
namespace {

constexpr uint32_t kLongestItem = 44;
constexpr size_t kMostItems = 100;

size_t Joiners(const Subject& s, Span item) {
  size_t n = 0;
  uint32_t level = s.reading.paren[item.begin];
  for (uint32_t i = item.begin + 1; i + 1 < item.end; ++i) {
    if (s.reading.paren[i] != level) continue;
    auto m = s.words->list_joiners.Longest(s.Cut(i, item.end - 1));
    if (!m) continue;
    ++n;
    i += m.length - 1;
  }
  return n;
}

// 甲、乙和丙 names three; 甲和乙治理、丙建设和丁改造 two: a 和 joins names only where it stands in the last
// item alone.
void Count(const Subject& s, Enumeration& row) {
  size_t joined = 0, last = 0;
  for (Span item : row.items) {
    last = Joiners(s, item);
    joined += last;
  }
  row.least = row.items.size();
  row.most = row.items.size() + joined;
  bool closing = last == 1 && joined == 1;
  row.best = row.items.size() + (closing && (row.items.size() > 1 || !row.open) ? 1 : 0);
  if (closing && row.items.size() > 1) row.least = row.best;
}

// 赴甲地、乙地对丙、丁、戊: the row of names begins behind the last preposition.
void Restart(const Subject& s, Enumeration& row) {
  for (size_t k = row.items.size(); k-- > 0;) {
    Span item = row.items[k];
    for (uint32_t i = item.end; i-- > item.begin + (k ? 1 : 0);) {
      auto m = s.words->list_restart.Longest(s.Cut(i, item.end));
      if (!m || i + m.length >= item.end || s.reading.paren[i] != s.reading.paren[item.begin]) continue;
      if (s.words->list_no_restart.Longest(s.Cut(i, item.end))) continue;
      if (i > 0 && s.words->list_no_restart.Longest(s.Cut(i - 1, item.end))) continue;
      row.items.erase(row.items.begin(), row.items.begin() + long(k));
      row.items[0].begin = i + m.length;
      row.first_clean = true;
      return;
    }
  }
}

bool HasFigure(const Subject& s, uint32_t begin, uint32_t end) {
  for (size_t q = s.QuantityFrom(begin); q < s.quantities.size() && s.quantities[q].digits < end; ++q) {
    if (!s.quantities[q].chinese) return true;
  }
  return false;
}

// 2.5万千瓦发电项目 is a name, 发电机2台 and 2台发电机 are amounts.
bool ClosingFigure(const Subject& s, Span item) {
  for (size_t q = s.QuantityFrom(item.begin); q < s.quantities.size() && s.quantities[q].digits < item.end;
       ++q) {
    const Quantity& x = s.quantities[q];
    if (!x.chinese && (x.count() || x.end + 2 >= item.end)) return true;
  }
  return false;
}

// Amounts are no names: a figure in one of them, or one that closes the first. A figure within the first item
// belongs to the words before the row.
bool Amounts(const Subject& s, Enumeration& row, uint32_t end) {
  if (row.items.size() == 1) return HasFigure(s, row.items[0].begin, end);
  for (size_t k = 1; k < row.items.size(); ++k) {
    if (ClosingFigure(s, row.items[k])) return true;
  }
  Span first = row.items[0];
  for (size_t q = s.QuantityFrom(first.begin); q < s.quantities.size() && s.quantities[q].digits < first.end;
       ++q) {
    if (s.quantities[q].chinese) continue;
    if (s.quantities[q].end + 1 >= first.end) return true;
    row.items[0].begin = s.quantities[q].end;
    row.first_clean = false;
  }
  return false;
}

bool EndsWithOne(std::u32string_view name, const std::vector<std::u32string>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const auto& e) { return name.size() > e.size() && EndsWith(name, e); });
}

// 某公司(某某)热电厂 and 某市(含某区): the name without what stands in parentheses at its end.
std::u32string_view Name(const Subject& s, Span item) {
  auto name = s.Cut(item.begin, item.end);
  if (!name.empty() && name.back() == U')') {
    size_t open = name.rfind(U'(');
    if (open != name.npos && open > 1) name = name.substr(0, open);
  }
  while (!name.empty() && (name.back() == U'”' || name.back() == U'"')) name.remove_suffix(1);
  return name;
}

// 规划文本、甲专题研究、乙专题研究、丙专题研究: what is not of the kind of the three and more behind it is
// not of the row.
void TrimFirst(const Subject& s, Enumeration& row) {
  if (row.items.size() < 4) return;
  NameKind rest = KindOfNames(s, row.items, 1);
  if (rest != NameKind::kAlike || KindOfNames(s, row.items, 0) == rest) return;
  row.items.erase(row.items.begin());
  row.first_clean = true;
}

// 二、推动绿色发展: the 、 of a heading's number.
bool NumberBefore(const Subject& s, uint32_t at, uint32_t from) {
  uint32_t i = at;
  while (i > from && (IsDigit(s.reading.text[i - 1]) || IsChineseNumeralChar(s.reading.text[i - 1]))) --i;
  return i < at && (i == from || EndsClause(s.reading.text[i - 1]));
}

}  // namespace

Enumeration RowBefore(const Subject& s, uint32_t end) {
  const Reading& r = s.reading;
  Enumeration row;
  if (end == 0) return row;
  uint32_t from = r.sentences[r.SentenceAt(end - 1)].begin;
  if (end > from && r.text[end - 1] == U'等') {
    row.open = true;
    --end;
  }
  for (std::u32string_view word : {U"共计", U"合计", U"共"}) {
    if (end > from + word.size() && r.Cut(end - uint32_t(word.size()), end) == word) {
      end -= uint32_t(word.size());
      break;
    }
  }
  if (end <= from || r.text[end - 1] == U'(') return row;
  uint32_t level = r.paren[end - 1];
  uint32_t item_end = end;
  uint32_t i = end;
  auto add = [&](uint32_t begin) {
    if (begin < item_end) row.items.insert(row.items.begin(), Span{begin, item_end});
  };
  for (; i > from && item_end - i <= kLongestItem && row.items.size() < kMostItems; --i) {
    char32_t c = r.text[i - 1];
    if (r.paren[i - 1] < level || (r.paren[i - 1] == level && EndsClause(c))) break;
    if (r.paren[i - 1] != level || c != U'、') continue;
    if (NumberBefore(s, i - 1, from)) break;
    add(i);
    item_end = i - 1;
  }
  row.first_clean = i == from || EndsClause(r.text[i - 1]) || r.text[i - 1] == U'(';
  add(i);
  Restart(s, row);
  if (row.items.empty() || Amounts(s, row, end)) return {};
  TrimFirst(s, row);
  Count(s, row);
  return row;
}

Enumeration RowWithin(const Subject& s, uint32_t begin, uint32_t end) {
  const Reading& r = s.reading;
  Enumeration row;
  if (end > begin && r.text[end - 1] == U'等') {
    row.open = true;
    --end;
  }
  if (end <= begin || HasFigure(s, begin, end)) return row;
  uint32_t level = r.paren[begin];
  uint32_t from = begin;
  for (uint32_t i = begin; i <= end; ++i) {
    bool stop = i == end;
    if (!stop && r.paren[i] != level) continue;
    if (!stop && (r.text[i] == U',' || r.text[i] == U'。' || r.text[i] == U':')) return {};
    if (!stop && r.text[i] != U'、' && r.text[i] != U';') continue;
    if (i <= from + 1 || i - from > kLongestItem) return {};  // single letters: 地（州、市）
    row.items.push_back({from, i});
    from = i + 1;
  }
  row.first_clean = true;
  Count(s, row);
  return row;
}

NameKind KindOfNames(const Subject& s, const std::vector<Span>& items, size_t skip) {
  bool place = true, company = true, alike = true;
  std::u32string_view ending;
  for (size_t i = skip; i < items.size(); ++i) {
    auto name = Name(s, items[i]);
    place = place && EndsWithOne(name, s.words->place_endings) && !EndsWithOne(name, s.words->not_place);
    company = company && EndsWithOne(name, s.words->company_endings);
    auto last = name.size() >= 3 ? name.substr(name.size() - 2) : std::u32string_view();
    if (ending.empty()) ending = last;
    alike = alike && !last.empty() && last == ending;
  }
  if (place) return NameKind::kPlace;
  if (company) return NameKind::kCompany;
  return alike ? NameKind::kAlike : NameKind::kMixed;
}

}  // namespace zg::check
