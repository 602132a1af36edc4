#include "extract/deadline.h"

#include <algorithm>

#include "extract/dates.h"
#include "extract/passage.h"
#include "extract/scan.h"

namespace zg {
namespace {

bool HasAny(std::u32string_view squeezed, const std::vector<std::u32string>& words) {
  for (const auto& w : words) {
    if (squeezed.find(w) != squeezed.npos) return true;
  }
  return false;
}

// 汛期前, 采暖季前: a time that the calendar does not know.
bool BeforeSeason(std::u32string_view text, uint32_t at, uint32_t end) {
  for (uint32_t i = at; i < end && i < at + 6; ++i) {
    if (text[i] == U'前') return i > at;
    if (!IsHan(text[i])) return false;
  }
  return false;
}

// What is left of a sentence when the phrases of states, dates and the words that go with them are taken
// away: nothing of 该问题已完成整改, much of 设备招标已完成.
size_t Residue(std::u32string_view words, const Lexicon& lex) {
  size_t left = 0;
  for (size_t i = 0; i < words.size();) {
    size_t best = 0;
    auto longest = [&](const std::vector<std::u32string>& list) {
      for (const auto& w : list) {
        if (w.size() > best && StartsWith(words.substr(i), w)) best = w.size();
      }
    };
    for (const auto& rule : lex.status_rules) longest(rule.phrases);
    longest(lex.status_filler);
    longest(lex.long_term);
    longest(lex.immediate);
    longest(lex.behind);
    if (!best && (IsDigit(words[i]) || !IsHan(words[i]) || words[i] == U'年' || words[i] == U'月' ||
                  words[i] == U'日' || words[i] == U'底' || words[i] == U'前' || words[i] == U'于')) {
      best = 1;
      if (words[i] == '%' || words[i] == U'《') left += 4;
    }
    left += best ? 0 : 1;
    i += std::max<size_t>(best, 1);
  }
  return left;
}

Span Outer(const std::vector<Span>& pieces) {
  Span out{};
  for (Span p : pieces) {
    if (p.empty()) continue;
    if (out.empty()) out.begin = p.begin;
    out.end = p.end;
  }
  return out;
}

}  // namespace

std::optional<Deadline> ParseDeadline(std::u32string_view text, const std::vector<Span>& pieces,
                                      const Lexicon& lex, int year) {
  Deadline d;
  d.span = Outer(pieces);
  if (d.span.empty()) return std::nullopt;
  while (d.span.end > d.span.begin && (text[d.span.end - 1] == U'。' || text[d.span.end - 1] == U'；' ||
                                       text[d.span.end - 1] == ';' || IsSpace(text[d.span.end - 1])))
    --d.span.end;
  std::vector<Span> cut = pieces;
  if (!cut.empty()) cut.back().end = std::min(cut.back().end, d.span.end);
  d.text = JoinPieces(text, cut).text;
  std::replace(d.text.begin(), d.text.end(), '\n', ' ');
  std::u32string words = Squeeze(Slice(text, d.span));
  d.immediate = HasAny(words, lex.immediate);
  d.long_term = HasAny(words, lex.long_term) ||
                (HasAny(words, lex.deadline_long_term) && !HasAny(words, lex.deadline_cues));
  auto hits = FindDates(Slice(text, d.span), year);
  std::vector<DatedText> dates;
  bool any_ambiguous = false;
  for (const DateHit& h : hits) {
    if (h.recurring) continue;
    Span s{d.span.begin + h.span.begin, d.span.begin + h.span.end};
    if (h.form == DateForm::kYear && BeforeSeason(text, s.end, d.span.end)) {  // 2025年汛期前
      d.ambiguous = true;
      continue;
    }
    DatedText t{h.date, CleanText(text, s), s};
    bool range_start = !h.before && s.end < d.span.end &&
                       (text[s.end] == U'至' || text[s.end] == U'—' || text[s.end] == U'－' ||
                        text[s.end] == '-' || text[s.end] == U'～');
    if (range_start || h.form == DateForm::kStart) continue;
    any_ambiguous = h.form == DateForm::kBefore;
    dates.push_back(std::move(t));
  }
  if (!dates.empty()) {
    auto last = std::max_element(dates.begin(), dates.end(),
                                 [](const auto& a, const auto& b) { return a.date < b.date; });
    d.date = last->date;
    d.ambiguous = d.ambiguous || (any_ambiguous && last == dates.end() - 1);
    for (auto& t : dates) {
      if (t.date < *d.date) d.milestones.push_back(t);
    }
    std::sort(d.milestones.begin(), d.milestones.end(),
              [](const auto& a, const auto& b) { return a.date < b.date; });
  }
  return d;
}

StatusRead ReadStatus(std::u32string_view text, Span span, const Lexicon& lex, bool strict) {
  StatusRead out;
  out.rest = span.begin;
  uint32_t end = span.begin;
  while (end < span.end && text[end] != U'。' && text[end] != U'；' && text[end] != ';' && text[end] != U'：')
    ++end;
  // A wrapped state goes on in the next line: 目前⏎正在积极推进。
  Span phrase{span.begin, end};
  std::u32string words = Squeeze(Slice(text, phrase));
  if (words.empty() || (strict && words.size() > lex.status_max_length)) return out;
  if (end < span.end && text[end] == U'：' && strict) return out;
  // 该问题整改完成时限为2020年底，目前…: the state stands behind the deadline.
  const bool cue = HasAny(words, lex.deadline_cues);
  std::u32string state = words;
  if (cue) {
    size_t comma = state.find(',');
    state = comma == state.npos ? U"" : state.substr(comma + 1);
  }
  TaskStatus s;
  bool found = false;
  if (!strict && words.size() <= 2) {
    for (const auto& w : lex.yes) {
      if (words == w) s.kind = StatusKind::kCompleted, found = true;
    }
    for (const auto& w : lex.no) {
      if (words == w) s.kind = StatusKind::kInProgress, found = true;
    }
  }
  // A sentence of work (已完成3公里管网建设) is no state; a state is the phrase and little else.
  if (strict && !cue && Residue(words, lex) > 1) return out;
  for (const auto& rule : lex.status_rules) {
    if (found) break;
    for (const auto& p : rule.phrases) {
      if (state.find(p) == state.npos) continue;
      s.kind = rule.kind;
      found = true;
      break;
    }
  }
  if (!found) return out;
  s.long_term = HasAny(words, lex.long_term);
  s.behind_schedule = HasAny(words, lex.behind);
  s.span = phrase;
  s.text = CleanText(text, phrase);
  bool immediate = HasAny(words, lex.immediate);
  if (immediate || cue) {
    auto d = ParseDeadline(text, {phrase}, lex);
    if (d && (d->date || d->immediate)) out.deadline = d;
  }
  out.status = std::move(s);
  out.rest = std::min(span.end, end + 1);
  while (out.rest < span.end && IsSpace(text[out.rest])) ++out.rest;
  return out;
}

}  // namespace zg
