#include "document/builder.h"

#include <algorithm>

namespace zg::document {

Builder::Builder(std::string format, Budget& budget) : budget_(budget) {
  document_.format = std::move(format);
}

void Builder::Add(std::u32string_view text, const Style& style, const Place& place) {
  uint32_t label = style.label_size;
  while (!text.empty()) {
    size_t end = std::min(text.find(U'\n'), text.size());
    std::u32string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (Trim(line).empty()) continue;
    if (!budget_.TakeText(line.size() + 1) || !budget_.TakeBlock()) return;
    auto begin = static_cast<uint32_t>(document_.text.size());
    document_.text += line;
    document_.text += U'\n';
    document_.blocks.push_back({.span = {begin, begin + static_cast<uint32_t>(line.size())},
                                .kind = style.kind,
                                .level = style.level,
                                .label_size = std::min<uint32_t>(label, line.size()),
                                .place = place});
    label = 0;
  }
}

void Builder::Note(std::string sentence) {
  auto& notes = document_.notes;
  if (notes.size() < 50 && std::find(notes.begin(), notes.end(), sentence) == notes.end()) {
    notes.push_back(std::move(sentence));
  }
}

}  // namespace zg::document
