#include "extract/scan.h"

#include <algorithm>

#include "base/numeral.h"
#include "extract/units.h"

namespace zg {
namespace {

bool IsColon(char32_t c) {
  return c == ':' || c == U'：' || c == U'︰' || c == U'∶' || c == U'﹕';
}
bool IsOpenBracket(char32_t c) {
  return c == U'【' || c == U'〔' || c == U'［' || c == '[' || c == U'〖' || c == '*';
}
// Marks before a label that mean nothing.
bool IsBullet(char32_t c) {
  return c == U'●' || c == U'■' || c == U'◆' || c == U'▲' || c == U'★' || c == U'◇' || c == U'□' ||
         c == U'▪' || c == U'•' || c == U'►' || c == U'➢' || c == U'△' || c == U'※' || c == U'·';
}
bool IsCloseBracket(char32_t c) {
  return c == U'】' || c == U'〕' || c == U'］' || c == ']' || c == U'〗' || c == '*';
}

uint32_t SkipSpace(std::u32string_view s, uint32_t i) {
  while (i < s.size() && IsSpace(s[i])) ++i;
  return i;
}

// Without a colon the words after the label must show that it is one.
bool ProvesLabel(Field field, std::u32string_view rest, const Lexicon& lex) {
  char32_t c = rest.empty() ? 0 : rest[0];
  switch (field) {
    case Field::kDeadline: {
      if (IsDigit(c)) return true;
      std::u32string start = Squeeze(rest.substr(0, 8));
      for (const auto& w : lex.immediate) {
        if (StartsWith(start, w)) return true;
      }
      return c == U'二' && rest.size() > 1 && (rest[1] == U'〇' || rest[1] == U'○' || rest[1] == U'零');
    }
    case Field::kResponsible:
    case Field::kLead:
    case Field::kSupporting:
    case Field::kAcceptance: {
      size_t n = 0;
      while (n < rest.size() && n < 24 && rest[n] != U'、' && rest[n] != U'，' && rest[n] != ',' &&
             rest[n] != U'；')
        ++n;
      return lex.regions.Longest(rest).length > 1 || LooksLikeUnit(rest.substr(0, n), lex);
    }
    case Field::kStatus:
    case Field::kProgress: {
      std::u32string start = Squeeze(rest.substr(0, 24));
      for (auto w :
           {U"已完成", U"立行立改", U"正在", U"未启动", U"该问题", U"已整改", U"已销号", U"基本完成"}) {
        if (StartsWith(start, w)) return true;
      }
      return false;
    }
    default:
      return false;
  }
}

}  // namespace

Field GuessLabel(std::u32string_view label, const Lexicon& lex) {
  for (const auto& rule : lex.status_rules) {  // 未达到序时进度 is a value
    for (const auto& p : rule.phrases) {
      if (label.find(p) != label.npos && p.size() > 2) return Field::kNone;
    }
  }
  for (const auto& rule : lex.guesses) {
    if (label.size() > rule.ending.size() && EndsWith(label, rule.ending) &&
        label.find(rule.inside) != label.npos)
      return rule.field;
  }
  return Field::kNone;
}

bool IsPageNoise(std::u32string_view line) {
  if (line.size() > 120) return false;
  std::u32string s = Squeeze(line.substr(0, 15));  // spaces inside are few; longer lines are looked at whole
  if (s.size() > 14) return false;
  if (line.size() > 15) s = Squeeze(line);
  if (s.empty() || s.size() > 14) return false;
  size_t i = 0, digits = 0;
  auto dash = [](char32_t c) {
    return c == '-' || c == U'—' || c == U'–' || c == U'―' || c == U'─' || c == '~' || c == U'·' || c == '_';
  };
  while (i < s.size() && dash(s[i])) ++i;
  bool dashed = i > 0;
  if (i < s.size() && s[i] == U'第') {
    bool page = false;
    for (char32_t c : s) page = page || c == U'页';
    for (char32_t c : s) {
      if (!IsDigit(c) && c != U'第' && c != U'页' && c != U'共' && c != '/' && !dash(c) && c != ',' &&
          c != U'，')
        return false;
    }
    return page;
  }
  while (i < s.size() && IsDigit(s[i])) ++i, ++digits;
  if (!digits || digits > 4) return false;
  if (i < s.size() && s[i] == '/') {
    ++i;
    while (i < s.size() && IsDigit(s[i])) ++i;
    return i == s.size();
  }
  while (i < s.size() && dash(s[i])) ++i;
  return i == s.size() && (dashed || digits <= 3);
}

bool EndsSentence(std::u32string_view line) {
  line = Trim(line);
  if (line.empty()) return true;
  char32_t c = line.back();
  if ((c == U'”' || c == U'）' || c == ')' || c == U'』') && line.size() > 1) {
    char32_t b = line[line.size() - 2];
    return b == U'。' || b == U'！' || b == U'？';
  }
  return c == U'。' || c == U'；' || c == ';' || c == U'：' || c == ':' || c == U'！' || c == U'？' ||
         c == U'…';
}

bool IsTitleLike(std::u32string_view line, const Lexicon& lex) {
  std::u32string s = Squeeze(line);
  if (s.size() < 4 || s.size() > 70 || EndsSentence(line)) return false;
  if (s.back() == ')') {  // …清单（2024年版）
    size_t open = s.rfind('(');
    if (open != s.npos && open > 3) s.resize(open);
  }
  bool subject = false, ending = false;
  for (const auto& w : lex.title_subjects) subject = subject || s.find(w) != s.npos;
  for (const auto& w : lex.title_endings) ending = ending || EndsWith(s, w);
  return subject && ending && s.find(U'。') == s.npos && s.find(U'，') == s.npos && s.find(',') == s.npos;
}

namespace {

// A label that no list has: a few Han characters before a colon, known by their ending.
FieldLabel Guessed(std::u32string_view line, uint32_t begin, const Lexicon& lex) {
  std::u32string label;
  for (uint32_t i = begin; i < line.size() && label.size() <= 10; ++i) {
    if (IsSpace(line[i])) continue;
    if (IsColon(line[i])) {
      Field f = label.size() >= 4 ? GuessLabel(label, lex) : Field::kNone;
      return f == Field::kNone || f == Field::kProblem ? FieldLabel{}
                                                       : FieldLabel{f, SkipSpace(line, i + 1), i, true};
    }
    if (!IsHan(line[i])) return {};
    label += line[i];
  }
  return {};
}

}  // namespace

FieldLabel ReadFieldLabel(std::u32string_view line, const Lexicon& lex) {
  FieldLabel out;
  uint32_t i = 0;
  bool bracket = false;
  while (i < line.size() && i < 3 && (IsBullet(line[i]) || IsSpace(line[i]))) ++i;
  while (i < line.size() && i < 6 && (IsOpenBracket(line[i]) || FoldWidth(line[i]) == '('))
    ++i, bracket = true;
  i = SkipSpace(line, i);
  if (i >= line.size()) return out;
  if (!lex.labels.Starts(line[i])) return IsHan(line[i]) && !bracket ? Guessed(line, i, lex) : out;
  auto match = lex.labels.LongestSkipping(line.substr(i), IsSpace);
  if (!match) return Guessed(line, i, lex);
  uint32_t end = i + match.length;
  uint32_t after = SkipSpace(line, end);
  bool closed = false;
  if (bracket) {
    while (after < line.size() && (IsCloseBracket(line[after]) || FoldWidth(line[after]) == ')'))
      ++after, closed = true;
    if (!closed) after = end;
    after = SkipSpace(line, after);
  } else if (after < line.size() && FoldWidth(line[after]) == '(') {  // 责任单位（牵头）：
    uint32_t close = after;
    while (close < line.size() && close < after + 14 && FoldWidth(line[close]) != ')') ++close;
    if (close + 1 < line.size() && FoldWidth(line[close]) == ')' && IsColon(line[SkipSpace(line, close + 1)]))
      after = close + 1;
    after = SkipSpace(line, after);
  }
  auto field = static_cast<Field>(match.value);
  if (after < line.size() && IsColon(line[after])) {
    out = {field, SkipSpace(line, after + 1), end, true};
    while (out.end < line.size() && IsColon(line[out.end])) out.end = SkipSpace(line, out.end + 1);
    return out;
  }
  if (closed) return {field, after, end, true};
  if (bracket) return {};
  if (after < line.size() && IsHan(line[after])) {
    if (FieldLabel g = Guessed(line, i, lex); g.field != Field::kNone) return g;
  }
  bool at_end = after >= line.size();
  bool gap = after > end;
  if (at_end || (gap && match.length >= 4) || ProvesLabel(field, line.substr(after), lex)) {
    if (field == Field::kOther && !at_end) return {};
    return {field, after, end, false};
  }
  return out;
}

namespace {

// Cuts stray marks of word processors from the front: [bookmark: _GoBack]
uint32_t SkipNoise(std::u32string_view s) {
  if (s.size() < 3 || s[0] != '[' || !IsAsciiAlpha(s[1])) return 0;
  for (uint32_t i = 1; i < s.size() && i < 60; ++i) {
    if (s[i] == ']') return s.substr(0, i).find(U':') != s.npos ? SkipSpace(s, i + 1) : 0;
  }
  return 0;
}

class Scanner {
 public:
  Scanner(const Document& doc, const Lexicon& lex) : doc_(doc), text_(doc.text), lex_(lex) {
    wraps_ = doc.format == "txt" || doc.format == "pdf" || doc.ocr;
  }

  std::vector<Token> Run() {
    for (const Block& block : doc_.blocks) {
      if (block.kind == BlockKind::kCell || block.kind == BlockKind::kFootnote) continue;
      block_ = &block;
      first_of_block_ = true;
      uint32_t begin = block.span.begin;
      for (uint32_t i = begin; i <= block.span.end; ++i) {
        if (i == block.span.end || IsLineBreak(text_[i])) {
          Line(begin, i);
          begin = i + 1;
        }
      }
    }
    return std::move(tokens_);
  }

 private:
  static bool IsLineBreak(char32_t c) { return c == '\n' || c == '\f' || c == '\v' || c == 0x2028; }

  std::u32string_view View(uint32_t b, uint32_t e) const { return text_.substr(b, e - b); }

  void Line(uint32_t begin, uint32_t end) {
    while (begin < end && IsSpace(text_[begin])) ++begin;
    while (end > begin && IsSpace(text_[end - 1])) --end;
    begin += SkipNoise(View(begin, end));
    if (begin >= end || IsPageNoise(View(begin, end))) return;
    bool real = !wraps_ && first_of_block_;
    first_of_block_ = false;
    bool fresh = tokens_.empty() || real || tokens_.back().ends || tokens_.back().kind == TokenKind::kBreak;
    Token t;
    t.block = block_;
    t.fresh = fresh;
    t.content = {begin, end};
    std::u32string_view line = View(begin, end);
    if (auto number = ReadNumberLabel(line, lex_); number && Plausible(number, line, fresh)) {
      t.kind = TokenKind::kNumber;
      t.number = number;
      t.number_span = {begin, begin + number.label_length};
      t.content.begin = begin + number.length;
      t.content.begin += SkipNoise(View(t.content.begin, end));
      line = View(t.content.begin, end);
    }
    FieldLabel label = ReadFieldLabel(line, lex_);
    if (label.field == Field::kNone && t.number) label = ShortProblem(line);
    if (label.field != Field::kNone &&
        (label.colon || !t.number || (fresh && t.number.style != NumberStyle::kChinese))) {
      t.kind = TokenKind::kField;
      t.field = label.field;
      t.colon = label.colon;
      // after 验收单位：甲厅, and behind a bullet
      if (IsBullet(line[0]) || (!tokens_.empty() && tokens_.back().kind == TokenKind::kField)) t.fresh = true;
      t.label_span = {t.content.begin, t.content.begin + label.label_end};
      t.content.begin += label.end;
    } else if (t.kind == TokenKind::kPlain) {
      t.title_like = IsTitleLike(line, lex_);
      if (IsAttachment(line)) t.kind = TokenKind::kBreak;
    }
    Push(t);
  }

  // 1.问题：…: words too short for a label of their own count behind a number and before a colon.
  FieldLabel ShortProblem(std::u32string_view line) const {
    for (uint32_t i = 1; i < line.size() && i <= 5; ++i) {
      if (!IsColon(line[i])) continue;
      int v = lex_.columns.Exact(Squeeze(line.substr(0, i)));
      if (v != static_cast<int>(Field::kProblem)) return {};
      return {Field::kProblem, SkipSpace(line, i + 1), i, true};
    }
    return {};
  }

  // 一、二级标准… at the start of a wrapped line is no number.
  bool Plausible(const NumberLabel& n, std::u32string_view line, bool fresh) const {
    if (fresh) return true;
    if (n.style == NumberStyle::kArabicParen && IsDigit(line[0])) return false;  // （对应任务⏎29）
    if (n.length >= line.size()) return true;
    char32_t next = line[n.length];
    if (n.style == NumberStyle::kChinese && IsChineseNumeralChar(next)) return false;
    return true;
  }

  bool IsAttachment(std::u32string_view line) const {
    std::u32string s = Squeeze(line.substr(0, 80));
    if (s.size() > 75) return false;
    for (const auto& w : lex_.attachment_words) {
      if (!StartsWith(s, w)) continue;
      std::u32string_view rest = std::u32string_view(s).substr(w.size());
      if (rest.empty() || rest[0] == ':' || IsDigit(rest[0]) || IsChineseNumeralChar(rest[0])) return true;
    }
    return false;
  }

  // Further labels in the same line: 责任单位：甲；验收单位：乙
  void Push(Token t) {
    std::u32string_view line = View(t.content.begin, t.content.end);
    int depth = 0;
    bool gap = false;
    for (uint32_t i = 0; i + 1 < line.size(); ++i) {
      char32_t c = line[i];
      if (c == U'（' || c == '(' || c == U'《' || c == U'“') ++depth;
      if ((c == U'）' || c == ')' || c == U'》' || c == U'”') && depth) --depth;
      bool stop = c == U'；' || c == ';' || c == U'。' || c == '|' || c == U'｜';
      gap = stop ||
            (IsSpace(c) &&
             (i == 0 || gap || IsSpace(line[i + 1]) || c == '\t' || c == 0x3000 || ShortField(t.field))) ||
            ((c == U'，' || c == ',') && ShortField(t.field));
      if (!gap || depth) continue;
      if (!lex_.labels.Starts(line[i + 1]) && line[i + 1] != U'【') continue;
      auto label = ReadFieldLabel(line.substr(i + 1), lex_);
      // 责任单位　甲局　　验收单位　乙局: labels set apart by white space alone, as the first one in the line
      // is
      bool spaced = !label.colon && t.kind == TokenKind::kField && !t.colon && !stop &&
                    label.label_end < label.end && label.label_end >= 4;
      if (label.field == Field::kNone || (!label.colon && !spaced)) continue;
      if (t.kind != TokenKind::kField && !InlineProof(label, line.substr(i + 1))) continue;
      Token next = t;
      next.kind = TokenKind::kField;
      next.number = {};
      next.number_span = {};
      next.field = label.field;
      next.colon = label.colon;
      next.fresh = true;
      next.label_span = {t.content.begin + i + 1, t.content.begin + i + 1 + label.label_end};
      next.content = {t.content.begin + i + 1 + label.end, t.content.end};
      t.content.end = t.content.begin + i + (c == U'。' ? 1 : 0);
      t.ends = true;
      Finish(t);
      return Push(next);
    }
    t.ends = EndsSentence(line);
    Finish(t);
  }

  // In the middle of a paragraph a label counts where its value is of its kind or another label follows.
  bool InlineProof(const FieldLabel& label, std::u32string_view rest) const {
    std::u32string_view value = rest.substr(label.end);
    if (ProvesLabel(label.field, value, lex_)) return true;
    for (size_t i = 1; i + 1 < value.size() && i < 400; ++i) {
      if (!IsSpace(value[i - 1]) && value[i - 1] != U'。' && value[i - 1] != U'；' && value[i - 1] != ';')
        continue;
      if (!lex_.labels.Starts(value[i])) continue;
      if (auto next = ReadFieldLabel(value.substr(i), lex_); next.field != Field::kNone && next.colon)
        return true;
    }
    return false;
  }

  void Finish(Token t) {
    while (t.content.end > t.content.begin && IsSpace(text_[t.content.end - 1])) --t.content.end;
    tokens_.push_back(t);
  }

  static bool ShortField(Field f) {
    return f == Field::kResponsible || f == Field::kLead || f == Field::kSupporting ||
           f == Field::kAcceptance || f == Field::kDeadline || f == Field::kStatus || f == Field::kOrdinal ||
           f == Field::kOther;
  }

  const Document& doc_;
  std::u32string_view text_;
  const Lexicon& lex_;
  const Block* block_ = nullptr;
  bool wraps_ = false, first_of_block_ = true;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> Scan(const Document& document, const Lexicon& lexicon) {
  return Scanner(document, lexicon).Run();
}

std::vector<InlineItem> SplitInlineItems(std::u32string_view text, Span span, const Lexicon& lexicon) {
  std::vector<InlineItem> out;
  auto view = [&](uint32_t b) { return text.substr(b, span.end - b); };
  uint32_t begin = span.begin;
  while (begin < span.end && IsSpace(text[begin])) ++begin;
  NumberLabel number = ReadNumberLabel(view(begin), lexicon);
  if (!number || number.number != 1 || number.style == NumberStyle::kMulti ||
      number.style == NumberStyle::kWord)
    return out;
  out.push_back({number, {begin, begin + number.label_length}, {begin + number.length, span.end}});
  for (uint32_t i = begin + number.length; i + 1 < span.end; ++i) {
    char32_t c = text[i];
    if (c != U'。' && c != U'；' && c != ';' && !IsSpace(c)) continue;
    uint32_t next = i + 1;
    while (next < span.end && IsSpace(text[next])) ++next;
    NumberLabel n = ReadNumberLabel(view(next), lexicon);
    if (!n || n.style != number.style || n.number != out.back().number.number + 1) continue;
    out.back().content.end = IsSpace(c) ? i : i + 1;
    out.push_back({n, {next, next + n.label_length}, {next + n.length, span.end}});
    i = next + n.length - 1;
  }
  return out;
}

}  // namespace zg
