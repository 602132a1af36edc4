#include "extract/title.h"

#include <algorithm>

#include "extract/dates.h"
#include "extract/passage.h"
#include "extract/units.h"

namespace zg {
namespace {

// 2023年12月25日 alone on its line (brackets allowed).
std::optional<DateHit> DateLine(std::u32string_view line) {
  if (line.size() > 40) return std::nullopt;
  auto hits = FindDates(line);
  if (hits.size() != 1 || (hits[0].form != DateForm::kDay && hits[0].form != DateForm::kMonth))
    return std::nullopt;
  std::u32string rest = Squeeze(line.substr(0, hits[0].span.begin)) + Squeeze(line.substr(hits[0].span.end));
  for (char32_t c : rest) {
    if (c != '(' && c != ')' && c != U'。') return std::nullopt;
  }
  return hits[0];
}

// （某市委审定  2024年2月6日） under the title.
std::optional<DateHit> Approved(std::u32string_view line) {
  if (line.size() > 50 || (line.front() != U'（' && line.front() != '(')) return std::nullopt;
  auto hits = FindDates(line);
  if (hits.size() != 1 || hits[0].form != DateForm::kDay) return std::nullopt;
  std::u32string words = Squeeze(line);
  if (words.find(U"截至") != words.npos || words.find(U"截止") != words.npos) return std::nullopt;
  return hits[0];
}

// A unit's name alone on its line.
bool SignerLine(std::u32string_view line, const Lexicon& lex) {
  std::u32string s = Squeeze(line);
  if (s.size() < 4 || s.size() > 30) return false;
  for (char32_t c : s) {
    if (c == U'，' || c == ',' || c == U'。' || c == ':' || c == U'、' || c == ';' || IsDigit(c) ||
        c == U'《')
      return false;
  }
  return LooksLikeUnit(s, lex) || StartsWith(s, U"中共");
}

bool DocumentNumber(std::u32string_view line) {
  std::u32string s = Squeeze(line);
  return s.size() < 30 && s.find(U'〔') != s.npos && (EndsWith(s, U"号") || EndsWith(s, U"号)"));
}

class Reader {
 public:
  Reader(const Document& doc, const std::vector<Token>& tokens, size_t first, const Lexicon& lex,
         Draft& draft)
      : doc_(doc), text_(doc.text), tokens_(tokens), first_(first), lex_(lex), draft_(draft) {}

  std::vector<Span> Run() {
    Title();
    Signature();
    return std::move(cut_);
  }

 private:
  void Title() {
    std::vector<Span> pieces;
    bool styled = false;
    for (size_t i = 0; i < std::min(first_, tokens_.size()); ++i) {
      const Token& t = tokens_[i];
      Span line = t.kind == TokenKind::kField ? Span{t.label_span.begin, t.content.end} : t.content;
      if (t.kind == TokenKind::kNumber) break;
      if (t.kind == TokenKind::kBreak && pieces.empty()) continue;
      if (t.kind == TokenKind::kBreak || (t.kind == TokenKind::kField && t.colon)) break;
      auto words = Slice(text_, line);
      if (pieces.empty() && (DocumentNumber(words) || DateLine(words) ||
                             (SignerLine(words, lex_) && !t.title_like && i + 1 < first_ &&
                              !EndsTitle(words) && !SaysAbout(i + 1) && !NamesOwner(i, words))))
        continue;
      if (NotTitle(words)) continue;
      bool prose = EndsSentence(words) || line.size() > 60;
      if (prose && !pieces.empty()) break;
      if (prose) continue;
      if (!pieces.empty() &&
          (DateLine(words) || DocumentNumber(words) || words.front() == U'（' || words.front() == '('))
        break;
      bool heading = t.block && t.block->kind == BlockKind::kHeading;
      if (styled && !heading) break;
      if (pieces.size() >= 4) break;
      if (!pieces.empty() && EndsTitle(Slice(text_, pieces.back())) && !t.title_like &&
          !ContinuesTitle(words))
        break;
      pieces.push_back(line);
      styled = heading;
    }
    if (pieces.empty()) CellTitle(pieces);
    Passage p = JoinPieces(text_, pieces);
    std::string title;
    for (char c : p.text) {
      if (c != '\n') title += c;
    }
    draft_.title = title;
    draft_.title_span = p.span;
  }

  // 某某公司⏎关于…的报告: the name is part of the title.
  bool SaysAbout(size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::kPlain &&
           StartsWith(Slice(text_, tokens_[i].content), U"关于");
  }

  // 某某管委会⏎整改工作方案: so too, unless the title names its place itself; then it is a letterhead.
  bool NamesOwner(size_t i, std::u32string_view words) const {
    if (i + 1 >= tokens_.size() || !tokens_[i + 1].title_like) return false;
    auto next = Slice(text_, tokens_[i + 1].content);
    return next.size() > 4 && words.substr(0, 2) != next.substr(0, 2) &&
           !LooksLikeUnit(next.substr(0, 12), lex_) && !lex_.regions.Longest(next).length &&
           next.find(U"关于") == next.npos && !NamesRegion(next);
  }

  // 某市…, 某县…: a region among the first words.
  bool NamesRegion(std::u32string_view words) const {
    for (size_t k = 1; k < 6 && k < words.size(); ++k) {
      if (lex_.region_suffixes.Longest(words.substr(k)).length) return true;
    }
    return false;
  }

  bool NotTitle(std::u32string_view words) const {
    std::u32string s = Squeeze(words);
    for (const auto& w : lex_.not_title) {
      if (StartsWith(s, w)) return true;
    }
    return false;
  }

  bool EndsTitle(std::u32string_view words) const {
    std::u32string s = Squeeze(words);
    for (const auto& w : lex_.title_endings) {
      if (EndsWith(s, w)) return true;
    }
    return false;
  }

  bool ContinuesTitle(std::u32string_view words) const {
    return EndsTitle(words) && Squeeze(words).size() < 24;
  }

  // The merged first row of a sheet.
  void CellTitle(std::vector<Span>& pieces) {
    size_t seen = 0;
    for (const Block& b : doc_.blocks) {
      if (b.kind != BlockKind::kCell || ++seen > 6) break;
      auto words = Slice(text_, b.span);
      if (IsTitleLike(words, lex_) && b.span.size() > 6) {
        pieces.push_back(b.span);
        return;
      }
    }
  }

  void Signature() {
    for (size_t i = tokens_.size(); i-- > 0;) {
      const Token& t = tokens_[i];
      if (t.kind != TokenKind::kPlain) continue;
      auto hit = DateLine(Slice(text_, t.content));
      if (!hit && i < 6 && i < first_) hit = Approved(Slice(text_, t.content));
      if (!hit) continue;
      bool last_page = i + 4 >= tokens_.size();
      bool before_annex =
          i + 1 < tokens_.size() && (tokens_[i + 1].kind == TokenKind::kBreak || tokens_[i + 1].title_like);
      bool under_title = i < 8 && i < first_;
      std::vector<size_t> signers;
      for (size_t k = i; k-- > 0 && signers.size() < 6;) {
        if (tokens_[k].kind != TokenKind::kPlain || !SignerLine(Slice(text_, tokens_[k].content), lex_))
          break;
        if (under_title && tokens_[k].title_like) break;
        signers.push_back(k);
      }
      if (!last_page && !before_annex && !under_title && signers.empty()) continue;
      if (draft_.date) break;
      draft_.date = hit->date;
      draft_.date_span = t.content;
      if (!under_title) cut_.push_back(t.content);
      for (size_t k = i + 1; last_page && k < tokens_.size(); ++k)
        cut_.push_back(tokens_[k].content);  // （此件公开发布）
      for (size_t k = signers.size(); k-- > 0;) {
        Span s = tokens_[signers[k]].content;
        draft_.issuer.push_back(CleanText(text_, s));
        draft_.issuer_spans.push_back(s);
        if (!under_title) cut_.push_back(s);
      }
      if (!draft_.issuer.empty()) break;
    }
    if (!draft_.date && tokens_.size() > 1) {  // a signature without a date
      const Token& t = tokens_.back();
      if (t.kind == TokenKind::kPlain && t.fresh && SignerLine(Slice(text_, t.content), lex_)) {
        draft_.issuer.push_back(CleanText(text_, t.content));
        draft_.issuer_spans.push_back(t.content);
        cut_.push_back(t.content);
      }
    }
  }

  const Document& doc_;
  std::u32string_view text_;
  const std::vector<Token>& tokens_;
  size_t first_;
  const Lexicon& lex_;
  Draft& draft_;
  std::vector<Span> cut_;
};

}  // namespace

std::vector<Span> ReadTitle(const Document& document, const std::vector<Token>& tokens, size_t first,
                            const Lexicon& lexicon, Draft& draft) {
  return Reader(document, tokens, first, lexicon, draft).Run();
}

}  // namespace zg
