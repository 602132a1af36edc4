#include "document/docx/numbering.h"

#include <algorithm>

#include "base/text.h"
#include "document/docx/number_format.h"
#include "document/docx/symbol_font.h"
#include "document/xml.h"

namespace zg::document {
namespace {

constexpr size_t kMaxLabel = 100;  // code points; real ones have a few

// A custom format stands in mc:AlternateContent with a plain one as fallback.
pugi::xml_node NumFmt(pugi::xml_node level) {
  if (auto plain = Child(level, "numFmt")) return plain;
  return Child(Child(Child(level, "AlternateContent"), "Fallback"), "numFmt");
}

std::u32string BulletText(pugi::xml_node level, std::u32string text) {
  pugi::xml_node fonts = Child(Child(level, "rPr"), "rFonts");
  std::string_view font = Attr(fonts, "ascii");
  for (char32_t& c : text) c = FromSymbolFont(font, c);
  return Trim(text).empty() ? U"•" : text;
}

}  // namespace

Numbering::Level Numbering::ReadLevel(pugi::xml_node node) {
  Level level;
  level.start = Int(ChildVal(node, "start"), 0);
  if (auto format = Attr(NumFmt(node), "val"); !format.empty()) level.format = format;
  level.text = ToUtf32(ChildVal(node, "lvlText")).substr(0, kMaxLabel);
  auto suffix = ChildVal(node, "suff");
  level.suffix = suffix == "nothing" ? U"" : suffix == "space" ? U" " : U"\t";
  if (auto restart = ChildVal(node, "lvlRestart"); !restart.empty()) level.restart = Int(restart, 0);
  level.legal = IsOn(Child(node, "isLgl"));
  level.style = ChildVal(node, "pStyle");
  level.bullet = level.format == "bullet";
  if (level.bullet) level.text = BulletText(node, level.text);
  return level;
}

void Numbering::Load(pugi::xml_node root, const Styles& styles) {
  for (pugi::xml_node node : root) {
    if (LocalName(node) == "abstractNum") {
      Abstract& abstract = abstracts_[Int(Attr(node, "abstractNumId"), -1)];
      abstract.num_style_link = ChildVal(node, "numStyleLink");
      for (pugi::xml_node child : node) {
        int i = Int(Attr(child, "ilvl"), -1);
        if (LocalName(child) == "lvl" && i >= 0 && i < kLevels) abstract.levels[i] = ReadLevel(child);
      }
    } else if (LocalName(node) == "num") {
      Num& num = nums_[Int(Attr(node, "numId"), -1)];
      num.abstract = Int(ChildVal(node, "abstractNumId"), -1);
      for (pugi::xml_node child : node) {
        int i = Int(Attr(child, "ilvl"), -1);
        if (LocalName(child) != "lvlOverride" || i < 0 || i >= kLevels) continue;
        if (auto start = ChildVal(child, "startOverride"); !start.empty()) num.start[i] = Int(start, 1);
        if (auto whole = Child(child, "lvl")) num.levels[i] = ReadLevel(whole);
      }
    }
  }
  for (auto& [id, num] : nums_) {  // a list that only names a numbering style uses that style's list
    auto abstract = abstracts_.find(num.abstract);
    if (abstract == abstracts_.end() || abstract->second.num_style_link.empty()) continue;
    const Style& style = styles.Paragraph(abstract->second.num_style_link);
    auto target = nums_.find(style.num_id.value_or(0));
    if (target != nums_.end()) num.abstract = target->second.abstract;
  }
}

const Numbering::Level& Numbering::LevelOf(const Num& num, int level) const {
  if (auto it = num.levels.find(level); it != num.levels.end()) return it->second;
  auto abstract = abstracts_.find(num.abstract);
  if (abstract == abstracts_.end()) return plain_;
  auto it = abstract->second.levels.find(level);
  return it == abstract->second.levels.end() ? plain_ : it->second;
}

int Numbering::StartOf(const Num& num, int level) const {
  auto it = num.start.find(level);
  return it != num.start.end() ? it->second : LevelOf(num, level).start;
}

std::optional<int> Numbering::LevelOfStyle(int num_id, const std::string& style_id) const {
  auto num = nums_.find(num_id);
  if (num == nums_.end() || style_id.empty()) return std::nullopt;
  for (int i = 0; i < kLevels; ++i) {
    if (LevelOf(num->second, i).style == style_id) return i;
  }
  return std::nullopt;
}

void Numbering::Count(Num& num, Counter& counter, int level) {
  bool restarts = num.start.count(level) && !num.start_used[level];
  num.start_used[level] = true;
  int& value = counter.value[level];
  value = restarts || !counter.running[level] ? StartOf(num, level) : std::min(value + 1, 1 << 30);
  counter.running[level] = true;
  for (int deeper = level + 1; deeper < kLevels; ++deeper) {
    auto rule = LevelOf(num, deeper).restart;
    if (!rule || (*rule > 0 && level + 1 <= *rule)) counter.running[deeper] = false;
  }
}

std::u32string Numbering::Text(const Num& num, const Counter& counter, int level) const {
  const Level& shown = LevelOf(num, level);
  if (shown.bullet) return shown.text;
  std::u32string out;
  for (size_t i = 0; i < shown.text.size(); ++i) {
    char32_t c = shown.text[i];
    char32_t next = i + 1 < shown.text.size() ? shown.text[i + 1] : 0;
    if (c != U'%' || next < U'1' || next > U'9') {
      out += c;
      continue;
    }
    int of = static_cast<int>(next - U'1');
    int value = counter.running[of] ? counter.value[of] : StartOf(num, of);
    const std::string& format = LevelOf(num, of).format;
    out += FormatNumber(shown.legal && format != "none" ? "decimal" : format, value);
    ++i;
  }
  return out;
}

std::optional<NumberLabel> Numbering::Next(int num_id, int level) {
  auto it = nums_.find(num_id);
  if (it == nums_.end() || !abstracts_.count(it->second.abstract)) return std::nullopt;
  Num& num = it->second;
  level = std::clamp(level, 0, kLevels - 1);
  Counter& counter = counters_[num.abstract];
  Count(num, counter, level);
  const Level& shown = LevelOf(num, level);
  NumberLabel label{.text = Text(num, counter, level), .suffix = shown.suffix, .bullet = shown.bullet};
  if (label.text.empty()) label.suffix.clear();
  return label;
}

}  // namespace zg::document
