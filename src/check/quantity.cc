#include "check/quantity.h"

#include "base/numeral.h"
#include "check/scan.h"

namespace zg::check {

Interval Quantity::Wide() const {
  switch (loose) {
    case Loose::kNone:
      return Rounded();
    case Loose::kAbout:
      return {value - std::max(half, 0.5 * step), value + std::max(half, 0.5 * step)};
    case Loose::kOver:
      return {value, value + step};
    case Loose::kUnder:
      return {value - step, value};
  }
  return Rounded();
}

namespace {

bool Plain(char32_t c) {
  return c >= U'0' && c <= U'9';
}

// What stands before the digits and makes them no figure of their own: 第3, PM2.5, V—709, 〔2018〕, DN400.
bool NamedBefore(const Reading& r, uint32_t i, uint32_t from) {
  if (i == from) return false;
  char32_t p = r.text[i - 1];
  if (p == U'第' || p == U'{' || p == U'〔' || p == U'[' || p == U'#' || p == U'_' || p == U'－') return true;
  bool dash = p == U'-' || p == U'—' || p == U'~' || p == U'～' || p == U'+';
  if (dash) return true;
  if (!IsAsciiAlpha(p)) return false;
  uint32_t k = i;
  bool lower = false;
  while (k > from && IsAsciiAlpha(r.text[k - 1])) {
    --k;
    lower = lower || r.text[k] >= U'a';
  }
  // VOCs108吨 counts, PM10 and GB8978 are names.
  return !lower || i - k < 3;
}

class FigureScanner {
 public:
  FigureScanner(const Reading& r, const CheckWords& words) : r_(r), words_(words) {}

  Figures Run() {
    for (uint32_t p = 0; p < r_.sections.size(); ++p) {
      section_ = p;
      from_ = r_.sections[p].begin;
      to_ = r_.sections[p].end;
      DateScanner dates(r_, to_);
      for (uint32_t i = from_; i < to_;) i = Step(i, dates);
    }
    return std::move(out_);
  }

 private:
  uint32_t Step(uint32_t i, DateScanner& dates) {
    char32_t c = r_.text[i];
    if (r_.title[i]) return i + 1;
    if (c == U'〔' || c == U'{') {  // 〔2018〕31号, PM_{2.5}
      uint32_t k = i + 1;
      while (k < to_ && k < i + 12 && r_.text[k] != U'〕' && r_.text[k] != U'}') ++k;
      if (k < to_ && k < i + 12) return c == U'〔' ? SkipDigits(k + 1) : k + 1;
      return i + 1;
    }
    if (Plain(c)) {
      if (uint32_t behind = ItemBeforeYear(i)) return behind;
      DateMark mark;
      if (uint32_t end = dates.Try(i, mark)) {
        if (mark.end) out_.dates.push_back(mark);
        return end;
      }
      return Number(i);
    }
    if (IsChineseNumeralChar(c)) return ChineseNumber(i);
    return i + 1;
  }

  uint32_t SkipDigits(uint32_t i) const {
    while (i < to_ && Plain(r_.text[i])) ++i;
    return i;
  }

  // 1.2020年，…: item 1, and a year.
  uint32_t ItemBeforeYear(uint32_t i) const {
    uint32_t k = SkipDigits(i);
    if (k - i > 2 || k + 5 >= to_ || r_.text[k] != U'.' || r_.text[k + 5] != U'年') return 0;
    bool year = SkipDigits(k + 1) == k + 5 && (r_.text[k + 1] == U'1' || r_.text[k + 1] == U'2');
    return year ? k + 1 : 0;
  }

  uint32_t Number(uint32_t i) {
    Quantity q;
    q.digits = i;
    Decimal d = ReadDecimal(r_, i, to_);
    uint32_t k = d.end;
    if (NamedBefore(r_, i, from_)) return SkipName(k);
    if (k < to_ && r_.text[k] == U'.') return k + 1;  // 3. opens an item
    if (k < to_ && r_.text[k] == U'号') return k + 1;
    if (k < to_ && r_.text[k] == U'、' && NumberedList(k)) return k + 1;
    q.value = d.value;
    double unit = d.unit;
    k = Ranged(k, q, unit);
    return Finish(k, unit, d.round_step, q);
  }

  // Letters and digits that go on behind a name: PM2.5, GB8978—1996.
  uint32_t SkipName(uint32_t k) const {
    while (k < to_ && (Plain(r_.text[k]) || r_.text[k] == U'—' || r_.text[k] == U'-')) ++k;
    return k;
  }

  // 1号、2号; 22团、24团; 7、8月: the unit comes with the last one and is none of ours.
  bool NumberedList(uint32_t k) const {
    uint32_t m = k + 1;
    if (m >= to_ || !Plain(r_.text[m])) return false;
    m = SkipDigits(m);
    return m < to_ && (r_.text[m] == U'月' || r_.text[m] == U'号' || r_.text[m] == U'年' ||
                       r_.text[m] == U'日' || r_.text[m] == U'、');
  }

  // 1.12—1.78 and 2×12.5.
  uint32_t Ranged(uint32_t k, Quantity& q, double& unit) {
    if (k + 1 >= to_ || !Plain(r_.text[k + 1])) return k;
    char32_t c = r_.text[k];
    if (c == U'—' || c == U'-' || c == U'~' || c == U'～' || c == U'–') {
      Decimal d = ReadDecimal(r_, k + 1, to_);
      q.range = true;
      return d.end;
    }
    if (c == U'×' || c == U'*' || c == U'x' || c == U'X') {
      Decimal d = ReadDecimal(r_, k + 1, to_);
      unit = d.unit * q.value;
      q.value *= d.value;
      q.product = true;
      return d.end;
    }
    return k;
  }

  // From behind the digits: 余, 万, unit, 以上; then the words before.
  uint32_t Finish(uint32_t k, double unit, double round_step, Quantity& q) {
    double scale = 1;
    auto loose = [&](uint32_t at) {
      auto m = words_.loose_after.Longest(r_.Cut(at, to_));
      if (!m) return at;
      q.loose = Loose(m.value);
      return at + m.length;
    };
    bool before_scale = k < to_ && (r_.text[k] == U'余' || r_.text[k] == U'多');
    if (before_scale) k = loose(k);
    if (k < to_ && (r_.text[k] == U'几' || r_.text[k] == U'来')) q.loose = Loose::kAbout, ++k;
    while (k < to_ && (r_.text[k] == U'万' || r_.text[k] == U'亿')) {
      scale *= r_.text[k] == U'万' ? 1e4 : 1e8;
      ++k;
    }
    q.scaled = scale > 1;
    q.digits_end = k;
    if (!before_scale && k < to_ && (r_.text[k] == U'余' || r_.text[k] == U'多')) k = loose(k);
    uint32_t unit_end = ReadUnit(k, q);
    if (!unit_end) return std::max(k, q.digits + 1);
    k = unit_end;
    if (uint32_t after = loose(k); after > k) {
      MarkClass(after, q);
      k = after;
    }
    q.end = k;
    double factor = q.unit >= 0 ? words_.units[size_t(q.unit)].factor : 1;
    q.per = scale * factor;
    q.value *= q.per;
    bool whole = q.count() && scale == 1 && unit >= 1;
    q.half = whole ? 0 : 0.5 * unit * scale * factor;
    q.step = std::max(round_step * scale * factor, 2 * q.half);
    LooseBefore(q);
    q.sentence = r_.SentenceAt(q.digits);
    q.section = section_;
    out_.quantities.push_back(q);
    return k;
  }

  // 65蒸吨以下燃煤锅炉: a class of things, not a bound of the figure; it stays a figure that cannot be added.
  void MarkClass(uint32_t after, Quantity& q) const {
    bool bound = q.loose == Loose::kUnder || (q.loose == Loose::kOver && r_.text[after - 1] == U'上');
    if (bound && q.dimension > 0 && after < to_ && IsHan(r_.text[after])) q.range = true;
  }

  uint32_t ReadUnit(uint32_t k, Quantity& q) {
    if (k >= to_) return 0;
    char32_t c = r_.text[k];
    if (c == U'%' || c == U'‰') {
      q.dimension = Quantity::kPercent;
      return k + 1;
    }
    auto m = words_.unit_trie.Longest(r_.Cut(k, to_));
    if (!m) return 0;
    q.unit = m.value;
    const UnitWord& unit = words_.units[size_t(m.value)];
    q.dimension = unit.dimension;
    k += m.length;
    if (k + 1 < to_ && r_.text[k] == U'/') return RateUnit(k, q);
    return k;
  }

  // 100万吨/年: a rate of its own; those with one name for both are in the list of units.
  uint32_t RateUnit(uint32_t k, Quantity& q) {
    uint32_t e = k + 1;
    while (e < to_ && e < k + 5 && IsHan(r_.text[e])) {
      ++e;
      if (words_.unit_trie.Has(r_.Cut(k + 1, e)) || r_.text[e - 1] == U'天' || r_.text[e - 1] == U'日' ||
          r_.text[e - 1] == U'年')
        break;
    }
    if (e == k + 1) return k;
    int hash = 0;
    for (uint32_t i = k + 1; i < e; ++i) hash = (hash * 31 + int(r_.text[i])) % 9973;
    q.dimension = 1000 + std::max(0, q.dimension) * 10000 + hash;
    return e;
  }

  void LooseBefore(Quantity& q) {
    q.begin = q.digits;
    for (uint32_t n = 4; n >= 1; --n) {
      if (q.digits < from_ + n) continue;
      int v = words_.loose_before.Exact(r_.Cut(q.digits - n, q.digits));
      if (v < 0) continue;
      for (const auto& w : words_.not_loose) {
        if (q.digits >= from_ + w.size() && r_.Cut(q.digits - uint32_t(w.size()), q.digits) == w) return;
      }
      if (q.loose == Loose::kNone) q.loose = Loose(v);
      q.begin = q.digits - n;
      return;
    }
  }

  uint32_t ChineseNumber(uint32_t i) {
    uint32_t k = i;
    while (k < to_ && k < i + 8 && IsChineseNumeralChar(r_.text[k])) ++k;
    char32_t p = i > from_ ? r_.text[i - 1] : U'。';
    if (p == U'第' || p == U'之' || p == U'数' || p == U'几' || p == U'每' || p == U'“' || p == U'统' ||
        Plain(p))
      return k;
    auto m = words_.chinese_trie.Longest(r_.Cut(k, to_));
    auto value = m ? ParseChineseNumeral(r_.Cut(i, k)) : std::nullopt;
    if (!value || *value < 2 || *value > 9999) return k;
    Quantity q;
    q.begin = q.digits = i;
    q.digits_end = k;
    q.end = k + m.length;
    q.value = double(*value);
    q.step = 1;
    q.unit = m.value;
    q.chinese = true;
    q.sentence = r_.SentenceAt(i);
    q.section = section_;
    out_.quantities.push_back(q);
    return q.end;
  }

  const Reading& r_;
  const CheckWords& words_;
  Figures out_;
  uint32_t section_ = 0, from_ = 0, to_ = 0;
};

}  // namespace

Figures ScanFigures(const Reading& reading, const CheckWords& words) {
  return FigureScanner(reading, words).Run();
}

}  // namespace zg::check
