#include "report/composer.h"

#include <fmt/format.h>

#include "base/numeral.h"
#include "base/text.h"

namespace zg::paper {

std::string Numbers::Next(int level) {
  int& n = at_[size_t(level - 1)];
  ++n;
  for (size_t deeper = size_t(level); deeper < at_.size(); ++deeper) at_[deeper] = 0;
  std::string han = ToUtf8(ChineseNumeral(n));
  if (level == 1) return han + "、";
  if (level == 2) return "（" + han + "）";
  return level == 3 ? std::to_string(n) + "." : "（" + std::to_string(n) + "）";
}

void Composer::Heading(int level, Text text) {
  Heading(level, numbers_.Next(level), std::move(text));
}

void Composer::Heading(int level, std::string label, Text text) {
  Add(Style(int(Style::kHeading1) + level - 1), std::move(label), std::move(text), level <= 2);
}

void Composer::Add(Style style, std::string label, Text text, bool keep) {
  at().push_back(Paragraph{.style = style, .label = std::move(label), .text = std::move(text), .keep = keep});
}

void Composer::Add(Table table) {
  at().push_back(std::move(table));
}

void Composer::BeginAnnex(std::string title, bool landscape) {
  paper.annexes.push_back({std::move(title), landscape, {}});
  numbers_ = {};
}

Run Composer::Count(std::string name, std::string of, std::vector<int64_t> ids) {
  std::string n = std::to_string(ids.size());
  return Told(std::move(n), std::move(name), std::move(of), std::move(ids));
}

Run Composer::Count(std::string name, const std::vector<TaskId>& ids) {
  std::vector<int64_t> values;
  values.reserve(ids.size());
  for (TaskId id : ids) values.push_back(id.value);
  return Count(std::move(name), "task", std::move(values));
}

Run Composer::Told(std::string text, std::string name, std::string of, std::vector<int64_t> ids) {
  paper.figures.push_back({std::move(name), std::move(of), std::move(ids)});
  return {std::move(text), int(paper.figures.size()) - 1};
}

std::string Percent(int64_t part, int64_t whole) {
  if (whole <= 0) return "0%";
  int64_t tenths = (part * 2000 + whole) / (whole * 2);
  return tenths % 10 ? fmt::format("{}.{}%", tenths / 10, tenths % 10) : fmt::format("{}%", tenths / 10);
}

}  // namespace zg::paper
