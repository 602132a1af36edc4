#pragma once
// Sets text on pages the way office programs do, so that tests can ask whether reading gives the text back.

#include <string>
#include <vector>

#include "base/text.h"
#include "document/pdf/layout.h"
#include "document/pdf/line.h"

namespace zg::testing {

class Typesetter {
 public:
  double em = 14, left = 80, right = 514, top = 90, bottom = 750, pitch = 24;
  double page_width = 595, page_height = 842;

  Typesetter() { NewPage(); }

  void NewPage() {
    pages_.push_back(
        {.text = {
             .number = static_cast<int>(pages_.size()) + 1, .width = page_width, .height = page_height}});
    y_ = top;
  }

  // A paragraph, wrapped between the margins, its first line indented by so many characters.
  void Paragraph(const std::string& utf8, double indent = 2) {
    for (const std::u32string& line : Wrap(ToUtf32(utf8), right - left, indent * em)) {
      if (y_ > bottom) NewPage();
      Put(line, left + (first_ ? indent * em : 0), y_);
      first_ = false;
      y_ += pitch;
    }
    first_ = true;
  }

  // One line at a place of its own; `size` is the width of a character.
  void Line(const std::string& utf8, double x, double y, double size = 0) { Put(ToUtf32(utf8), x, y, size); }
  void Centred(const std::string& utf8, double y, double size = 0) {
    double width = Width(ToUtf32(utf8)) * (size > 0 ? size / em : 1);
    Line(utf8, (page_width - width) / 2, y, size);
  }
  void Skip(double height) { y_ += height; }
  double y() const { return y_; }

  // A ruled cell with text wrapped inside it.
  void Cell(double x0, double y0, double x1, double y1, const std::string& utf8, double padding = 5) {
    Frame(x0, y0, x1, y1);
    double y = y0 + 3;
    for (const std::string& paragraph : Split(utf8)) {
      for (const std::u32string& line : Wrap(ToUtf32(paragraph), x1 - x0 - 2 * padding, 0)) {
        Put(line, x0 + padding, y);
        y += em * 1.3;
      }
    }
  }
  void Frame(double x0, double y0, double x1, double y1) {
    auto& rules = pages_.back().rules;
    rules.horizontal.push_back({y0, x0, x1});
    rules.horizontal.push_back({y1, x0, x1});
    rules.vertical.push_back({x0, y0, y1});
    rules.vertical.push_back({x1, y0, y1});
  }

  std::vector<document::PageContent> pages() const { return pages_; }
  document::PageContent& page(size_t i) { return pages_[i]; }

 private:
  static std::vector<std::string> Split(const std::string& text) {
    std::vector<std::string> out(1);
    for (char c : text) {
      if (c == '\n') {
        out.emplace_back();
      } else {
        out.back() += c;
      }
    }
    return out;
  }

  double WidthOf(char32_t c) const { return document::IsCjk(c) ? em : em / 2; }
  double Gap(char32_t a, char32_t b) const { return document::IsCjk(a) != document::IsCjk(b) ? em / 4 : 0; }
  double Width(const std::u32string& text) const {
    double width = 0;
    for (size_t i = 0; i < text.size(); ++i) width += WidthOf(text[i]) + (i ? Gap(text[i - 1], text[i]) : 0);
    return width;
  }

  // Breaks between Chinese characters and around Latin words, never before closing punctuation.
  std::vector<std::u32string> Wrap(const std::u32string& text, double width, double indent) {
    std::vector<std::u32string> units, lines(1);
    for (char32_t c : text) {
      bool clings = std::u32string_view(U"，。、；：）”》%").find(c) != std::u32string_view::npos;
      bool opened = !units.empty() &&
                    std::u32string_view(U"（《“").find(units.back().back()) != std::u32string_view::npos;
      bool latin = !units.empty() && !document::IsCjk(c) && !document::IsCjk(units.back().back());
      if (!units.empty() && (clings || latin || opened)) {
        units.back() += c;
      } else {
        units.emplace_back(1, c);
      }
    }
    for (const std::u32string& unit : units) {
      double room = width - (lines.size() == 1 ? indent : 0);
      if (!lines.back().empty() && Width(lines.back() + unit) > room + 0.01) lines.emplace_back();
      lines.back() += unit;
    }
    return lines;
  }

  // Words as pdftotext gives them: cut where a gap is.
  void Put(const std::u32string& text, double x, double y, double size = 0) {
    double scale = size > 0 ? size / em : 1;
    document::Word word;
    char32_t before = 0;
    auto finish = [&] {
      if (!word.text.empty()) pages_.back().text.words.push_back(word);
      word = {};
    };
    for (char32_t c : text) {
      double gap = before ? Gap(before, c) * scale : 0;
      if (gap > 0 || c == U' ') finish();
      x += gap;
      double width = WidthOf(c) * scale;
      if (c != U' ') {
        if (word.text.empty()) word.box = {x, y, x, y + em * scale * 1.2};
        word.text += c;
        word.box.x1 = x + width;
      }
      x += width;
      before = c == U' ' ? 0 : c;
    }
    finish();
  }

  std::vector<document::PageContent> pages_;
  double y_ = 0;
  bool first_ = true;
};

}  // namespace zg::testing
