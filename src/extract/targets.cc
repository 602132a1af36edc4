#include "extract/targets.h"

#include <algorithm>
#include <cmath>

#include "extract/dates.h"

namespace zg {
namespace {

struct Row {  // a passage without white space, each character with its place
  std::u32string text;
  std::vector<uint32_t> at;
};

struct Number {
  size_t begin, end;  // with its unit
  double value = 0;
  std::u32string klass;  // Ⅲ类, 一级A
  std::u32string unit;
};

bool Roman(char32_t c) {
  return (c >= U'Ⅰ' && c <= U'Ⅻ') || c == 'I' || c == 'V' || c == 'X';
}

// A figure, or a class: Ⅲ类, 三类, 一级A.
bool MayHoldNumber(std::u32string_view words) {
  for (size_t i = 0; i < words.size(); ++i) {
    char32_t c = words[i];
    if (c < 0x80 ? IsDigit(c) || Roman(c) : Roman(c) || IsDigit(c)) return true;
    if (c == U'类' || (c == U'级' && i + 1 < words.size() && words[i + 1] < 0x80)) return true;
  }
  return false;
}

// Characters that end a unit of measure.
bool EndsUnit(char32_t c) {
  return c == ',' || c == U'，' || c == U'、' || c == U'。' || c == ';' || c == U'；' || c == '(' ||
         c == ')' || c == U'以' || c == U'之' || c == U'及' || c == U'的' || c == U'和' || c == U'且' ||
         IsDigit(c) || c == U'左' || c == U'“' || c == U'”' || c == U'：' || c == ':';
}

// What earlier clauses of a sentence have named, for those that leave it out.
struct Said {
  std::vector<std::u32string> places;  // 临湖区、石塘县, for “分别不低于80%、78%”
  std::u32string place, quantity;
};

class Clause {
 public:
  Clause(const Row& row, size_t begin, size_t end, const Lexicon& lex, Said& said)
      : row_(row), begin_(begin), end_(end), lex_(lex), said_(said) {}

  void Find(std::vector<Target>& out, std::optional<Date> by) {
    std::vector<Number> numbers = Numbers();
    for (size_t i = 0; i < numbers.size(); ++i) {
      size_t from = i ? numbers[i - 1].end : begin_;
      std::string comparator;
      size_t quantity_end = numbers[i].begin;
      if (!Comparator(numbers[i], from, comparator, quantity_end)) {
        if (Grows(View(numbers[i].end, end_))) said_.quantity = Clean(View(from, quantity_end));
        continue;
      }
      size_t run = i;  // 39微克/立方米、41微克/立方米: as many as there are places
      while (run + 1 < numbers.size() && numbers[run + 1].begin == numbers[run].end + 1 &&
             row_.text[numbers[run].end] == U'、')
        ++run;
      Emit(out, numbers, i, run, comparator, View(from, quantity_end), by);
      i = run;
    }
  }

 private:
  std::u32string_view View(size_t b, size_t e) const {
    return std::u32string_view(row_.text).substr(b, e > b ? e - b : 0);
  }

  std::vector<Number> Numbers() const {
    std::vector<Number> out;
    if (!MayHoldNumber(View(begin_, end_))) return out;
    auto dates = FindDates(View(begin_, end_));
    for (size_t i = begin_; i < end_;) {
      bool in_date = false;
      for (const auto& d : dates) {
        if (i - begin_ >= d.span.begin && i - begin_ < d.span.end) i = begin_ + d.span.end, in_date = true;
      }
      if (in_date) continue;
      char32_t c = row_.text[i];
      bool inside_word = i > begin_ && (IsAsciiAlpha(row_.text[i - 1]) || row_.text[i - 1] == '.' ||
                                        row_.text[i - 1] == '{');
      if (IsDigit(c) && !inside_word) {
        i = ReadAmount(i, out);
      } else if ((Roman(c) || c == U'一' || c == U'二' || c == U'三' || c == U'四' || c == U'五') &&
                 !inside_word) {
        i = ReadClass(i, out);
      } else {
        ++i;
      }
    }
    return out;
  }

  size_t ReadAmount(size_t i, std::vector<Number>& out) const {
    size_t e = i;
    std::string digits;
    while (e < end_ &&
           (IsDigit(row_.text[e]) || (row_.text[e] == '.' && e + 1 < end_ && IsDigit(row_.text[e + 1]))))
      digits += static_cast<char>(FoldWidth(row_.text[e++]));
    if (digits.size() > 15 || digits.find('.') != digits.rfind('.')) return e;
    Number n{i, e, std::strtod(digits.c_str(), nullptr), {}, {}};
    size_t u = e;
    while (u < end_ && u - e < 8 && !EndsUnit(row_.text[u])) ++u;
    n.unit = std::u32string(View(e, u));
    Shorten(n.unit);
    if (n.unit.empty()) return e;
    n.end = e + n.unit.size();
    out.push_back(std::move(n));
    return out.back().end;
  }

  // 公里建成 → 公里: a unit ends where the next verb begins.
  void Shorten(std::u32string& unit) const {
    static const std::u32string kUnits[] = {
        U"ug/m³",     U"μg/m³",     U"µg/m³",     U"ug/m3",       U"μg/m3",       U"mg/m³",
        U"mg/m3",     U"mg/L",      U"mg/l",      U"亿立方米/年", U"万立方米/年", U"万立方米/日",
        U"立方米/天", U"立方米/日", U"立方米/年", U"吨/天",       U"万吨标准煤",  U"吨标准煤",
        U"平方千米",  U"亿千瓦时",  U"万千瓦时",  U"千米",        U"微克/立方米", U"毫克/立方米",
        U"毫克/升",   U"克/平方米", U"亿立方米",  U"万立方米",    U"立方米/秒",   U"立方米",
        U"万平方米",  U"平方米",    U"平方公里",  U"公里",        U"万吨/年",     U"万吨/日",
        U"吨/年",     U"吨/日",     U"万千瓦",    U"千瓦",        U"蒸吨/小时",   U"万吨",
        U"亿吨",      U"吨",        U"万亩",      U"亩",          U"公顷",        U"万户",
        U"户",        U"亿元",      U"万元",      U"元",          U"个百分点",    U"百分点",
        U"%",         U"％",        U"‰",         U"分贝",        U"厘米",        U"毫米",
        U"米",        U"天",        U"座",        U"台",          U"辆",          U"处",
        U"家",        U"个",        U"眼",        U"项",          U"万人",        U"人",
        U"株",        U"年",        U"次",        U"倍",          U"套",          U"艘",
        U"头",        U"只",        U"棵",        U"条",          U"口"};
    for (const auto& u : kUnits) {
      if (StartsWith(unit, u)) {
        unit = u;
        return;
      }
    }
    unit.clear();
  }

  size_t ReadClass(size_t i, std::vector<Number>& out) const {
    size_t e = i;
    while (e < end_ && e - i < 4 && (Roman(row_.text[e]) || (e == i && !Roman(row_.text[e])))) ++e;
    std::u32string_view rest = View(e, end_);
    size_t n = 0;
    if (StartsWith(rest, U"类")) n = 1;
    if (StartsWith(rest, U"级A") || StartsWith(rest, U"级B")) n = 2;
    if (!n) return i + 1;
    size_t begin = i > begin_ && row_.text[i - 1] == U'劣' ? i - 1 : i;
    out.push_back({begin, e + n, 0, std::u32string(View(begin, e + n)), {}});
    return e + n;
  }

  bool Comparator(const Number& n, size_t from, std::string& comparator, size_t& quantity_end) const {
    auto before = View(from, n.begin);
    size_t best = 0;
    for (const auto& rule : lex_.target_before) {
      if (EndsWith(before, rule.word) && rule.word.size() > best)
        best = rule.word.size(), comparator = rule.comparator;
    }
    quantity_end = n.begin - best;
    bool found = best > 0;
    bool reaches = EndsWith(before, U"达到") || EndsWith(before, U"达");
    if (reaches && before.find(U"浓度") != before.npos) comparator = "<=";  // a concentration is to fall
    bool falls = found && (EndsWith(before, U"下降") || EndsWith(before, U"减少") ||
                           EndsWith(before, U"降低") || EndsWith(before, U"削减"));
    if (falls) quantity_end = n.begin;
    auto after = View(n.end, end_);
    if (!best && Grows(after)) return false;
    size_t tail = 0;
    for (const auto& rule : lex_.target_after) {
      if (!StartsWith(after, rule.word)) continue;
      comparator = rule.comparator, found = true;
      tail = std::max(tail, rule.word.size());
    }
    // 65蒸吨/小时及以上燃煤锅炉, 厚度小于0.01毫米地膜: which ones are meant, no aim
    bool names = tail < after.size() && IsHan(after[tail]) && (after[tail] != U'左');
    if (names && ((!best && tail) || (best && !tail && (comparator == "<" || comparator == ">"))))
      return false;
    if (!n.klass.empty()) {
      if (!found) return false;
      if (comparator != "<" && comparator != ">") comparator = "=";
      return true;
    }
    bool percent = n.unit == U"%" || n.unit == U"％";
    if (!found && percent) {
      for (const auto& w : lex_.target_rates) {
        if (EndsWith(before, w)) found = true, comparator = "=";
      }
    }
    if (found && comparator == "=" && !percent) return false;  // 为40吨转炉: a description
    if (falls && !percent) return false;
    return found && n.unit != U"年";
  }

  // 由5%提高到40%: the first figure is where it starts from.
  static bool Grows(std::u32string_view after) {
    for (auto w : {U"提升", U"提高", U"上升", U"增加", U"增长", U"下降", U"降低", U"降至", U"降到", U"增至",
                   U"升至"}) {
      if (StartsWith(after, w)) return true;
    }
    return false;
  }

  void Emit(std::vector<Target>& out, const std::vector<Number>& numbers, size_t first, size_t last,
            const std::string& comparator, std::u32string_view quantity, std::optional<Date> by) {
    std::u32string name = Clean(quantity);
    if (name.empty()) name = said_.quantity;
    if (name.empty()) return;
    bool joined = quantity.data() > row_.text.data() && !said_.place.empty() && !RegionOf(name) &&
                  JoinsBefore(quantity);
    if (size_t n = RegionOf(name)) said_.place = name.substr(0, n);
    if (joined) name = said_.place + name;
    said_.quantity = name;
    std::vector<std::u32string> places =
        last > first ? Places(name, last - first + 1) : std::vector<std::u32string>{};
    if (last > first && places.empty() && !said_.places.empty() && said_.places.size() == last - first + 1) {
      for (const auto& g : said_.places) places.push_back(g + name);
    }
    for (size_t i = first; i <= last; ++i) {
      Target t;
      size_t k = i - first;
      t.quantity = ToUtf8(k < places.size() ? places[k] : name);
      t.comparator = comparator;
      if (numbers[i].klass.empty()) {
        t.number = numbers[i].value;
        t.unit = ToUtf8(numbers[i].unit == U"％" ? U"%" : numbers[i].unit);
      } else {
        t.klass = ToUtf8(numbers[i].klass);
      }
      t.by = by;
      size_t begin = quantity.data() - row_.text.data();
      t.span = {row_.at[begin], row_.at[numbers[i].end - 1] + 1};
      out.push_back(std::move(t));
      if (places.empty() && last > first) break;
    }
  }

  // 甲市…控制在40以内、重度污染天数比率…: the place named first holds for what 、 or 且 adds.
  bool JoinsBefore(std::u32string_view quantity) const {
    for (char32_t c : quantity.substr(0, 4)) {
      if (c == U'、' || c == U'且' || c == U'并') return true;
    }
    return false;
  }

  size_t RegionOf(std::u32string_view s) const {
    if (size_t known = lex_.regions.Longest(s).length; known && known < s.size()) return known;
    for (size_t i = 2; i < s.size() && i <= 6; ++i) {
      if (s[i] == U'市' || s[i] == U'县' || s[i] == U'州' || (s[i] == U'区' && s[i - 1] != U'地'))
        return i + 1 < s.size() ? i + 1 : 0;
    }
    return 0;
  }

  // 临湖区、石塘县PM2.5年均浓度 with two values: one name for each place.
  std::vector<std::u32string> Places(const std::u32string& name, size_t count) {
    std::vector<std::u32string> parts(1);
    for (char32_t c : name) {
      if (c == U'、' || c == U'和') {
        parts.emplace_back();
      } else {
        parts.back() += c;
      }
    }
    if (parts.size() != count) return {};
    std::u32string& tail = parts.back();
    size_t cut = lex_.regions.Longest(tail).length;
    if (!cut) {
      for (size_t i = 1; i < tail.size() && i <= 8 && !cut; ++i) {
        for (const auto& s : lex_.region_suffix_list) {
          if (s.size() == 1 && tail[i] == s[0]) cut = i + 1;
        }
      }
    }
    if (!cut || cut >= tail.size()) return {};
    std::u32string what = tail.substr(cut);
    tail.resize(cut);
    said_.places = parts;
    for (auto& p : parts) p += what;
    return parts;
  }

  std::u32string Clean(std::u32string_view s) const {
    auto dates = FindDates(s);
    std::erase_if(dates, [&](const DateHit& d) {
      return d.span.begin > 0 && (s[d.span.begin - 1] == U'较' || s[d.span.begin - 1] == U'比');
    });
    if (!dates.empty()) {  // 再生水利用率2024年 / 2024年底前再生水利用率
      auto behind = s.substr(std::min<size_t>(dates.back().span.end, s.size()));
      s = behind.size() > 1 ? behind : s.substr(0, dates.back().span.begin);
    }
    size_t comma = s.find_last_of(U"，,；;。：:");
    if (comma != s.npos) s = s.substr(comma + 1);
    for (bool again = true; again && !s.empty();) {
      again = false;
      for (const auto& w : lex_.target_strip) {
        if (StartsWith(s, w)) s = s.substr(w.size()), again = true;
      }
      for (const auto& w : lex_.target_strip_end) {
        if (EndsWith(s, w) && s.size() > w.size()) s = s.substr(0, s.size() - w.size()), again = true;
      }
    }
    if (s.size() > 40) s = s.substr(s.size() - 40);
    return std::u32string(s);
  }

  const Row& row_;
  size_t begin_, end_;
  const Lexicon& lex_;
  Said& said_;
};

// 到2025年, 2023年废旧农膜回收率达85%; not 2018—2019年建设的, 从2021年, 2024年起.
bool NamesAim(std::u32string_view clause, const DateHit& d) {
  char32_t after = d.span.end < clause.size() ? clause[d.span.end] : 0;
  if (after == U'起' || after == U'以' || after == U'的') return false;
  char32_t before = d.span.begin ? clause[d.span.begin - 1] : 0;
  return !before || before == U'到' || before == U'至' || before == U'于' || before == U'在' ||
         before == U'(' ||
         !(before == U'从' || before == U'由' || before == U'自' || before == U'与' || before == U'和' ||
           before == U'—' || before == U'-' || before == U'－' || before == U'～');
}

}  // namespace

std::vector<Target> FindTargets(std::u32string_view text, Span span, const Lexicon& lexicon, int year) {
  if (!MayHoldNumber(Slice(text, span))) return {};
  Row row;
  for (uint32_t i = span.begin; i < span.end && i < text.size(); ++i) {
    if (IsSpace(text[i])) continue;
    row.text.push_back(FoldWidth(text[i]));
    row.at.push_back(i);
  }
  std::vector<Target> out;
  Said said;
  size_t begin = 0;
  std::optional<Date> by;
  for (size_t i = 0; i <= row.text.size(); ++i) {
    bool stop = i == row.text.size() || row.text[i] == U'。' || row.text[i] == ';';
    if (!stop && row.text[i] != ',') continue;
    std::u32string_view clause = std::u32string_view(row.text).substr(begin, i - begin);
    for (const DateHit& d : FindDates(clause, year)) {
      if (d.form == DateForm::kYear && !NamesAim(clause, d)) continue;
      bool base = d.span.begin && (clause[d.span.begin - 1] == U'较' || clause[d.span.begin - 1] == U'比' ||
                                   clause[d.span.begin - 1] == U'至');
      if (!base && !d.recurring && d.form != DateForm::kStart) by = d.date;
    }
    if (i > begin) Clause(row, begin, i, lexicon, said).Find(out, by);
    begin = i + 1;
    if (stop) by.reset(), said = {};
  }
  return out;
}

}  // namespace zg
