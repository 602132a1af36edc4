#include "document/pdf/margins.h"

#include <cmath>

namespace zg::document {
namespace {

struct Margins {
  double left = 0, right = 0;
  bool left_known = false, right_known = false;
};

double Median(std::vector<double>& values) {
  auto middle = values.begin() + static_cast<long>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Margins OfPage(const std::vector<SetLine*>& lines, double width) {
  Margins m{.left = 1e9, .right = -1e9};
  for (const SetLine* l : lines) {
    m.left = std::min(m.left, l->line.box.x0);
    m.right = std::max(m.right, HangingRight(l->line));
  }
  size_t at_left = 0, at_right = 0;
  double em = 0;
  for (const SetLine* l : lines) {
    em = std::max(em, l->line.em);
    at_left += l->line.box.x0 - m.left < 0.5 * l->line.em;
    at_right += m.right - HangingRight(l->line) < l->line.em;
  }
  m.left_known = lines.size() >= 6 || at_left >= 3;
  // Short lines of one length end at one place too, but far from where a margin would be.
  bool plausible = m.right > width - m.left - 5 * em || (at_right >= 10 && at_right * 3 >= lines.size());
  m.right_known = plausible && at_right >= 3;
  return m;
}

}  // namespace

void SetMargins(const std::vector<SetLine*>& lines, const std::map<int, double>& widths) {
  std::map<int, std::vector<SetLine*>> by_page;
  for (SetLine* line : lines) by_page[line->page].push_back(line);
  std::map<int, Margins> pages;
  std::vector<double> lefts, rights;
  for (auto& [page, its] : by_page) {
    auto width = widths.find(page);
    Margins m = pages[page] = OfPage(its, width == widths.end() ? 0 : width->second);
    if (m.left_known) lefts.push_back(m.left);
    if (m.right_known) rights.push_back(m.right);
  }
  for (auto& [page, its] : by_page) {
    Margins m = pages[page];
    auto width = widths.find(page);
    if (!m.left_known && !lefts.empty()) m.left = std::min(m.left, Median(lefts));
    if (!m.right_known) {
      double guess = !rights.empty() ? Median(rights) : width == widths.end() ? 0 : width->second - m.left;
      m.right = std::max(m.right, guess);
    }
    for (SetLine* line : its) {
      line->left = m.left;
      line->right = m.right;
    }
  }
}

}  // namespace zg::document
