#include "extract/dates.h"

#include <array>

#include "base/numeral.h"

namespace zg {
namespace {

// Reads forward over a text, passing white space over.
struct Reader {
  std::u32string_view text;
  size_t at;

  char32_t Peek() {
    size_t i = at;
    while (i < text.size() && IsSpace(text[i])) ++i;
    return i < text.size() ? FoldWidth(text[i]) : 0;
  }
  char32_t Next() {
    while (at < text.size() && IsSpace(text[at])) ++at;
    return at < text.size() ? FoldWidth(text[at++]) : 0;
  }
  bool Take(char32_t c) {
    if (Peek() != c) return false;
    Next();
    return true;
  }
  bool TakeAll(std::u32string_view word) {
    Reader ahead = *this;
    for (char32_t c : word) {
      if (!ahead.Take(c)) return false;
    }
    at = ahead.at;
    return true;
  }
};

bool IsNumeralDigit(char32_t c) {
  return IsDigit(c) || c == U'〇' || c == U'○' || c == U'零' || c == U'◯' || c == U'Ｏ' || c == U'一' ||
         c == U'二' || c == U'三' || c == U'四' || c == U'五' || c == U'六' || c == U'七' || c == U'八' ||
         c == U'九';
}

// A number of at most `most` digits, or a Chinese numeral such as 十二 and 三十; -1 where there is none.
int ReadNumber(Reader& r, size_t most) {
  std::u32string digits;
  Reader ahead = r;
  while (digits.size() < most + 1) {
    char32_t c = ahead.Peek();
    bool ascii = c >= '0' && c <= '9';
    bool chinese = !ascii && (IsNumeralDigit(c) || c == U'十');
    if (!ascii && !chinese) break;
    if (!digits.empty() && (digits.back() <= '9') != ascii && c != U'〇') break;
    digits.push_back(ahead.Next());
  }
  if (digits.empty() || digits.size() > most) return -1;
  auto n = ParseInteger(digits);
  if (!n || *n > 9999) return -1;
  r.at = ahead.at;
  return static_cast<int>(*n);
}

struct Suffix {
  bool end = false, start = false, before = false;
};

// 底, 末, 初 and 前, 之前, 以前 behind a year, month or day.
Suffix ReadSuffix(Reader& r, char32_t level) {
  Suffix s;
  Reader ahead = r;
  if (level) ahead.Take(level);  // 2020年年底
  if (ahead.Take(U'底') || ahead.Take(U'末')) {
    s.end = true;
    r = ahead;
  } else if (ahead.Take(U'初')) {
    s.start = true;
    r = ahead;
  }
  Reader tail = r;
  tail.Take(U'之') || tail.Take(U'以');
  if (tail.Take(U'前') && tail.Peek() != U'三' && tail.Peek() != U'期' && tail.Peek() != U'提') {
    s.before = true;
    r = tail;
  }
  return s;
}

// Which blocks of 32 code points hold a character that can open a date.
const auto kMayOpen = [] {
  std::array<bool, 0x800> blocks{};
  for (char32_t c :
       std::u32string_view(U"0123456789０１２３４５６７８９〇○零◯Ｏ一二三四五六七八九十年同当次上下"))
    blocks[c >> 5] = true;
  return blocks;
}();

class Finder {
 public:
  Finder(std::u32string_view text, int year) : text_(text), year_(year) {}

  std::vector<DateHit> Run() {
    for (size_t i = 0; i < text_.size();) {
      char32_t c = text_[i];
      if (!kMayOpen[c < 0x10000 ? c >> 5 : 0x7FF]) {  // most characters open no date
        ++i;
        continue;
      }
      size_t next = 0;
      if (c == U'十' && (next = AtPlanEnd(i))) {
      } else if (IsNumeralDigit(c) || c == U'十') {
        next = AtNumber(i);
      } else if (c == U'年') {
        next = AtBareYearEnd(i);
      } else if (c == U'同' || c == U'当' || c == U'次') {
        next = AtRelativeYear(i);
      } else if (c == U'上' || c == U'下') {
        next = AtHalf(i);
      }
      i = next > i ? next : i + 1;
    }
    return std::move(hits_);
  }

 private:
  size_t AtNumber(size_t i) {
    if (i && IsNumeralDigit(text_[i - 1])) return SkipNumber(i);
    Reader r{text_, i};
    size_t start = i;
    Reader first = r;
    int year = ReadNumber(first, 4);
    size_t digits = first.at - start;
    if (year >= 1900 && year <= 2199 && digits >= 4) {
      if (first.Peek() == U'年') {
        first.Next();
        return AfterYear(start, first, year);
      }
      if (char32_t sep = first.Peek(); sep == '-' || sep == '.' || sep == '/' || sep == U'．') {
        if (size_t end = Numeric(start, first, year, sep)) return end;
      }
    }
    Reader month = r;
    int n = ReadNumber(month, 3);
    if (n >= 1 && n <= 12 && year_ && month.Peek() == U'月') {
      month.Next();
      return AfterMonth(start, month, year_, n, false);
    }
    if (n >= 1 && n <= 4 && year_ && month.TakeAll(U"季度")) return Quarter(start, month, year_, n, false);
    return SkipNumber(i);
  }

  size_t SkipNumber(size_t i) {
    while (i < text_.size() && (IsNumeralDigit(text_[i]) || text_[i] == U'十')) ++i;
    return i;
  }

  size_t Add(size_t start, const Reader& r, std::optional<Date> date, DateForm form, bool own, bool before) {
    if (!date) return 0;
    DateHit hit{*date, {static_cast<uint32_t>(start), static_cast<uint32_t>(r.at)}, form, own, before, false};
    hit.recurring =
        start && (text_[start - 1] == U'每' || text_[start - 1] == U'逐' || text_[start - 1] == U'历');
    year_ = date->year();
    hits_.push_back(hit);
    return r.at;
  }

  size_t AfterYear(size_t start, Reader r, int year) {
    year_ = year;
    Reader part = r;
    if (part.TakeAll(U"上半年") || part.TakeAll(U"下半年")) {
      bool first = FirstHalf(r);
      Suffix s = ReadSuffix(part, 0);
      return Add(start, part, Date::EndOfMonth(year, first ? 6 : 12),
                 s.end || s.before ? DateForm::kBy : DateForm::kPart, true, s.before);
    }
    Reader quarter = r;
    quarter.Take(U'第') || quarter.Take(U'前');
    int q = ReadNumber(quarter, 1);
    if (q >= 1 && q <= 4 && quarter.TakeAll(U"季度")) return Quarter(start, quarter, year, q, true);
    Reader month = r;
    int m = ReadNumber(month, 3);
    if (m >= 1 && m <= 12 && month.Take(U'月')) return AfterMonth(start, month, year, m, true);
    Suffix s = ReadSuffix(r, U'年');
    if (s.end) return Add(start, r, Date::EndOfMonth(year, 12), DateForm::kBy, true, s.before);
    if (s.start) return Add(start, r, Date::Make(year, 1, 1), DateForm::kStart, true, s.before);
    return Add(start, r, Date::EndOfMonth(year, 12), s.before ? DateForm::kBefore : DateForm::kYear, true,
               s.before);
  }

  bool FirstHalf(Reader r) { return r.Peek() == U'上'; }

  size_t Quarter(size_t start, Reader r, int year, int q, bool own) {
    Suffix s = ReadSuffix(r, 0);
    return Add(start, r, Date::EndOfMonth(year, q * 3), s.end || s.before ? DateForm::kBy : DateForm::kPart,
               own, s.before);
  }

  size_t AfterMonth(size_t start, Reader r, int year, int month, bool own) {
    r.Take(U'份');
    Reader day = r;
    int d = ReadNumber(day, 3);
    if (d >= 1 && (day.Peek() == U'日' || day.Peek() == U'号')) {
      day.Next();
      Suffix s = ReadSuffix(day, 0);
      auto date = Date::Make(year, month, d);
      if (!date) return day.at;  // 6月31日 is none; check/ says so
      return Add(start, day, date, s.before ? DateForm::kBy : DateForm::kDay, own, s.before);
    }
    Reader third = r;
    char32_t c = third.Next();
    if ((c == U'上' || c == U'中' || c == U'下') && third.Take(U'旬')) {
      Suffix s = ReadSuffix(third, 0);
      auto date = c == U'上'   ? Date::Make(year, month, 10)
                  : c == U'中' ? Date::Make(year, month, 20)
                               : Date::EndOfMonth(year, month);
      return Add(start, third, date, s.end || s.before ? DateForm::kBy : DateForm::kPart, own, s.before);
    }
    Suffix s = ReadSuffix(r, U'月');
    if (s.end) return Add(start, r, Date::EndOfMonth(year, month), DateForm::kBy, own, s.before);
    if (s.start) return Add(start, r, Date::Make(year, month, 1), DateForm::kStart, own, s.before);
    return Add(start, r, Date::EndOfMonth(year, month), s.before ? DateForm::kBefore : DateForm::kMonth, own,
               s.before);
  }

  // 2024-12-31, 2024.12.31, 2024/12/31, 2024.12; 0 where it is none (2024.5万吨).
  size_t Numeric(size_t start, Reader r, int year, char32_t sep) {
    r.Next();
    int m = ReadNumber(r, 2);
    if (m < 1 || m > 12) return 0;
    Reader day = r;
    if (day.Take(sep)) {
      int d = ReadNumber(day, 2);
      if (d >= 1) {
        day.Take(U'日');
        Suffix s = ReadSuffix(day, 0);
        return Add(start, day, Date::Make(year, m, d), s.before ? DateForm::kBy : DateForm::kDay, true,
                   s.before);
      }
    }
    char32_t c = r.Peek();
    if (IsDigit(c) || c == '.' || c == U'万' || c == U'亿' || c == '%' || c == U'吨') return 0;
    Suffix s = ReadSuffix(r, U'月');
    if (sep == '-' && !s.end && !s.before && c != 0 &&
        !IsSpace(text_[r.at < text_.size() ? r.at : r.at - 1]) && c != U'，' && c != ',' && c != U'；' &&
        c != U'。' && c != ')' && c != U'、') {
      return 0;  // 2019-12号, not a month
    }
    return Add(start, r, Date::EndOfMonth(year, m),
               s.end      ? DateForm::kBy
               : s.before ? DateForm::kBefore
                          : DateForm::kMonth,
               true, s.before);
  }

  size_t AtBareYearEnd(size_t i) {
    if (!year_ || (i && IsNumeralDigit(text_[i - 1]))) return 0;
    Reader r{text_, i + 1};
    if (i && (text_[i - 1] == U'每' || text_[i - 1] == U'全' || text_[i - 1] == U'逐')) return 0;
    Suffix s = ReadSuffix(r, 0);
    if (!s.end && !r.Take(U'内')) return 0;
    return Add(i, r, Date::EndOfMonth(year_, 12), DateForm::kBy, false, s.before);
  }

  size_t AtRelativeYear(size_t i) {
    Reader r{text_, i};
    char32_t c = r.Next();
    if (!year_ || !r.Take(U'年')) return 0;
    int year = year_ + (c == U'次' ? 1 : 0);
    Reader month = r;
    int m = ReadNumber(month, 3);
    if (m >= 1 && m <= 12 && month.Take(U'月')) return AfterMonth(i, month, year, m, false);
    Suffix s = ReadSuffix(r, U'年');
    return s.end ? Add(i, r, Date::EndOfMonth(year, 12), DateForm::kBy, false, s.before) : 0;
  }

  // “十四五”末: the last year of a five-year plan; the fourteenth ends in 2025.
  size_t AtPlanEnd(size_t i) {
    Reader r{text_, i + 1};
    char32_t c = r.Next();
    auto n = ParseChineseNumeral(std::u32string(1, c));
    if (!n || *n < 1 || *n > 9 || !r.Take(U'五')) return 0;
    while (r.Peek() == U'”' || r.Peek() == '"' || r.Peek() == U'’') r.Next();
    r.TakeAll(U"规划");
    r.Take(U'期');
    if (!r.Take(U'末') && !r.Take(U'底')) return 0;
    Suffix s = ReadSuffix(r, 0);
    return Add(i, r, Date::EndOfMonth(1955 + (10 + static_cast<int>(*n)) * 5, 12), DateForm::kBy, true,
               s.before);
  }

  size_t AtHalf(size_t i) {
    Reader r{text_, i};
    bool first = FirstHalf(r);
    if (!year_ || !(r.TakeAll(U"上半年") || r.TakeAll(U"下半年"))) return 0;
    if (i && (text_[i - 1] == U'每' || text_[i - 1] == U'年')) return 0;
    Suffix s = ReadSuffix(r, 0);
    if (!s.end && !s.before) return 0;
    return Add(i, r, Date::EndOfMonth(year_, first ? 6 : 12), DateForm::kBy, false, s.before);
  }

  std::u32string_view text_;
  int year_;
  std::vector<DateHit> hits_;
};

bool FollowedBy(std::u32string_view text, size_t at, const std::vector<std::u32string>& words,
                size_t within) {
  std::u32string ahead = Squeeze(text.substr(std::min(at, text.size()), within + 12));
  for (size_t i = 0; i <= within && i < ahead.size(); ++i) {
    for (const auto& w : words) {
      if (StartsWith(std::u32string_view(ahead).substr(i), w)) return true;
    }
    if (ahead[i] == ',' || ahead[i] == U'。' || ahead[i] == ';') return false;
  }
  return false;
}

bool PrecededBy(std::u32string_view text, size_t at, const std::vector<std::u32string>& words) {
  size_t from = at > 8 ? at - 8 : 0;
  std::u32string behind = Squeeze(text.substr(from, at - from));
  for (const auto& w : words) {
    if (EndsWith(behind, w)) return true;
  }
  return false;
}

}  // namespace

std::vector<DateHit> FindDates(std::u32string_view text, int year) {
  return Finder(text, year).Run();
}

std::vector<DateHit> FindDueDates(std::u32string_view text, const Lexicon& lexicon, int year) {
  return DueDates(text, FindDates(text, year), lexicon);
}

std::vector<DateHit> DueDates(std::u32string_view text, const std::vector<DateHit>& hits,
                              const Lexicon& lexicon) {
  std::vector<DateHit> out;
  for (const DateHit& hit : hits) {
    if (hit.recurring || hit.form == DateForm::kStart || hit.form == DateForm::kYear) continue;
    if (PrecededBy(text, hit.span.begin, lexicon.skip_before)) continue;
    if (!hit.before && FollowedBy(text, hit.span.end, lexicon.skip_after, 0)) continue;
    bool due = hit.form == DateForm::kBy || hit.form == DateForm::kBefore;
    if (!due) due = FollowedBy(text, hit.span.end, lexicon.done_after, hit.form == DateForm::kMonth ? 0 : 3);
    if (due) out.push_back(hit);
  }
  return out;
}

}  // namespace zg
