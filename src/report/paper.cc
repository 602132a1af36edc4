#include "report/paper.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace zg::paper {
namespace {

constexpr int kTitleLine = 19;        // characters of 22 pt in 156 mm
constexpr double kDateFromRight = 4;  // characters

Paragraph Empty() {
  return {.style = Style::kPlain};
}

bool IsLetter(const Paper& paper) {
  return paper.letter && !paper.mark.empty();
}

void AddHead(const Paper& paper, std::vector<Block>& out) {
  if (IsLetter(paper)) {
    out.push_back(Paragraph{.style = Style::kLetterMark, .text = paper.mark, .keep = true});
    out.push_back(Paragraph{.style = Style::kLetterNumber, .text = paper.number, .keep = true});
    out.push_back(Empty());
  } else if (!paper.mark.empty()) {
    out.push_back(Paragraph{.style = Style::kMark, .text = paper.mark, .keep = true});
    out.push_back(Empty());
    out.push_back(Empty());
    Text number(paper.number);
    if (!paper.signer.empty()) number << "　　　　　　签发人：" << paper.signer;
    out.push_back(Paragraph{.style = Style::kNumber, .text = number, .keep = true});
    out.push_back(Empty());
    out.push_back(Empty());
  } else if (!paper.number.empty()) {
    out.push_back(Paragraph{.style = Style::kPlain, .text = paper.number, .keep = true});
    out.push_back(Empty());
  }
  for (const auto& line : TitleLines(paper.title))
    out.push_back(Paragraph{.style = Style::kTitle, .text = line, .keep = true});
  if (!paper.title.empty()) out.push_back(Empty());
  if (!paper.recipients.empty())
    out.push_back(Paragraph{.style = Style::kRecipients, .text = paper.recipients + "：", .keep = true});
}

// 附件：1. …, one line each; a single one has no number (7.3.4).
void NameAnnexes(const Paper& paper, std::vector<Block>& out) {
  size_t n = paper.annexes.size();
  if (n == 0) return;
  out.push_back(Empty());
  for (size_t i = 0; i < n; ++i) {
    std::string label = i == 0 ? "附件：" : "　　　";
    if (n > 1) label += std::to_string(i + 1) + ".";
    std::string title = paper.annexes[i].title;
    title.erase(std::remove(title.begin(), title.end(), '\n'), title.end());
    out.push_back(Paragraph{.style = Style::kAttachments, .label = label, .text = title});
  }
}

void Sign(const Paper& paper, std::vector<Block>& out) {
  if (paper.signature.empty() && !paper.date) return;
  out.push_back(Empty());
  out.push_back(Empty());
  std::string date = paper.date ? paper.date->Chinese() : "";
  double right = kDateFromRight + (WidthOf(date) - WidthOf(paper.signature)) / 4.0;
  if (!paper.signature.empty())
    out.push_back(Paragraph{
        .style = Style::kSignature, .text = paper.signature, .keep = true, .right = std::max(0.0, right)});
  if (paper.date) out.push_back(Paragraph{.style = Style::kDate, .text = date, .right = kDateFromRight});
  if (!paper.note.empty()) out.push_back(Paragraph{.style = Style::kNote, .text = "（" + paper.note + "）"});
}

void AddAnnexes(const Paper& paper, std::vector<Section>& out) {
  for (size_t i = 0; i < paper.annexes.size(); ++i) {
    const Annex& annex = paper.annexes[i];
    bool same = out.back().landscape == annex.landscape;
    if (!same) out.push_back({.landscape = annex.landscape});
    std::string mark = "附件" + (paper.annexes.size() > 1 ? std::to_string(i + 1) : "");
    auto& blocks = out.back().blocks;
    blocks.push_back(Paragraph{.style = Style::kAnnexMark, .text = mark, .keep = true, .new_page = same});
    blocks.push_back(Empty());
    for (const auto& line : TitleLines(annex.title))
      blocks.push_back(Paragraph{.style = Style::kTitle, .text = line, .keep = true});
    blocks.push_back(Empty());
    blocks.insert(blocks.end(), annex.blocks.begin(), annex.blocks.end());
  }
}

void AddPrint(const Paper& paper, std::vector<Block>& out) {
  // A letter has no 印发机关 and no lines around 版记.
  if (IsLetter(paper) || (paper.copies.empty() && paper.printed_by.empty())) return;
  if (!paper.copies.empty())
    out.push_back(Paragraph{.style = Style::kPrint, .text = "抄送：" + paper.copies + "。", .keep = true});
  if (!paper.printed_by.empty()) {
    Text text(paper.printed_by);
    if (paper.date) text << "\t" << paper.date->Chinese() << "印发";
    out.push_back(Paragraph{.style = Style::kPrint, .text = text});
  }
}

bool Opens(char32_t c) {
  return std::u32string_view(U"《“‘（〔【").find(c) != std::u32string_view::npos;
}
bool Closes(char32_t c) {
  return std::u32string_view(U"》”’）〕】、，。：；").find(c) != std::u32string_view::npos;
}

// Words that a title of this trade is read by; a line may end before or after one, not inside.
constexpr std::array<std::u32string_view, 24> kWords = {U"中央生态环境保护督察",
                                                        U"中央环境保护督察",
                                                        U"生态环境保护",
                                                        U"环境保护",
                                                        U"督察",
                                                        U"整改",
                                                        U"情况",
                                                        U"报告",
                                                        U"具体问题",
                                                        U"贯彻落实",
                                                        U"关于",
                                                        U"任务",
                                                        U"清单",
                                                        U"方案",
                                                        U"落实",
                                                        U"进展",
                                                        U"反馈",
                                                        U"意见",
                                                        U"中央",
                                                        U"问题",
                                                        U"自治区",
                                                        U"通报",
                                                        U"验收",
                                                        U"销号"};

std::vector<bool> InsideWords(const std::u32string& t) {
  std::vector<bool> inside(t.size() + 1, false);
  for (auto word : kWords)
    for (size_t at = t.find(word); at != std::u32string::npos; at = t.find(word, at + 1))
      for (size_t i = at + 1; i < at + word.size(); ++i) inside[i] = true;
  return inside;
}

// How bad it is to begin a new line before t[i].
int Cost(const std::u32string& t, size_t i, const std::vector<bool>& inside) {
  if (Opens(t[i - 1]) || Closes(t[i]) || (IsDigit(t[i - 1]) && IsDigit(t[i]))) return 1000;
  int cost = inside[i] ? 150 : 0;
  if (t[i] == U'的' || t[i] == U'和' || t[i] == U'年' || t[i] == U'第') cost += t[i] == U'第' ? 0 : 30;
  int depth = 0;
  for (size_t k = 0; k < i; ++k)
    depth += Opens(t[k]) ? 1 : (U'）' == t[k] || U'》' == t[k] || U'”' == t[k]) ? -1 : 0;
  return cost + (depth > 0 ? 300 : 0);
}

}  // namespace

Text& Text::Add(std::string_view text) {
  if (text.empty()) return *this;
  if (!runs.empty() && runs.back().figure < 0)
    runs.back().text += text;
  else
    runs.push_back({std::string(text), -1});
  return *this;
}
Text& Text::operator<<(Run run) {
  if (run.figure < 0) return Add(run.text);
  runs.push_back(std::move(run));
  return *this;
}
Text& Text::operator<<(const Text& text) {
  for (const Run& run : text.runs) *this << run;
  return *this;
}
std::string Text::Plain() const {
  std::string out;
  for (const Run& run : runs) out += run.text;
  return out;
}

std::string_view StyleName(Style style) {
  static constexpr std::string_view names[] = {
      "mark",     "number",   "title",      "recipients", "heading1",    "heading2",
      "heading3", "heading4", "body",       "plain",      "attachments", "signature",
      "date",     "note",     "annex_mark", "print",      "letter_mark", "letter_number"};
  return names[size_t(style)];
}

int WidthOf(std::string_view text) {
  int width = 0;
  for (char32_t c : ToUtf32(text)) width += c < 0x250 ? 1 : 2;
  return width;
}

std::vector<std::string> TitleLines(const std::string& title) {
  std::vector<std::string> out;
  if (title.find('\n') != std::string::npos) {
    for (size_t i = 0; i <= title.size();) {
      size_t end = std::min(title.find('\n', i), title.size());
      if (end > i) out.push_back(title.substr(i, end - i));
      i = end + 1;
    }
    return out;
  }
  std::u32string t = ToUtf32(title);
  int lines = (WidthOf(title) + 2 * kTitleLine - 1) / (2 * kTitleLine);
  if (lines <= 1) return title.empty() ? out : std::vector<std::string>{title};
  auto inside = InsideWords(t);
  for (size_t begin = 0; lines > 0; --lines) {
    size_t left = t.size() - begin, best = t.size();
    if (lines > 1) {
      double ideal = double(left) / lines;
      double least = 1e9;
      for (size_t n = 2; n + 1 < left && n <= size_t(kTitleLine); ++n) {
        if (left - n > size_t(kTitleLine) * size_t(lines - 1)) continue;
        double off = double(n) - ideal, bad = off * off * 4 + Cost(t, begin + n, inside);
        if (bad < least) least = bad, best = begin + n;
      }
    }
    out.push_back(ToUtf8(t.substr(begin, best - begin)));
    begin = best;
    if (begin >= t.size()) break;
  }
  return out;
}

std::vector<Section> LayOut(const Paper& paper) {
  std::vector<Section> out(1);
  out[0].landscape = paper.landscape;
  out[0].letter = IsLetter(paper);
  auto& first = out[0].blocks;
  AddHead(paper, first);
  first.insert(first.end(), paper.blocks.begin(), paper.blocks.end());
  NameAnnexes(paper, first);
  Sign(paper, first);
  AddAnnexes(paper, out);
  AddPrint(paper, out.back().blocks);
  return out;
}

}  // namespace zg::paper
