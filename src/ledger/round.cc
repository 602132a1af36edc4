#include "ledger/round.h"

#include <array>

#include "base/numeral.h"
#include "base/text.h"

namespace zg {
namespace {

struct LevelWord {
  std::u32string_view word;
  RoundLevel level;
  std::u32string_view canonical;
};

// Longest first where one ends in another.
constexpr std::array<LevelWord, 9> kLevels = {{
    {U"中央", RoundLevel::kCentral, U"中央"},
    {U"自治区", RoundLevel::kRegion, U"自治区"},
    {U"省级", RoundLevel::kRegion, U"省级"},
    {U"省", RoundLevel::kRegion, U"省级"},
    {U"自治州", RoundLevel::kPrefecture, U"州级"},
    {U"州级", RoundLevel::kPrefecture, U"州级"},
    {U"市级", RoundLevel::kPrefecture, U"市级"},
    {U"州", RoundLevel::kPrefecture, U"州级"},
    {U"市", RoundLevel::kPrefecture, U"市级"},
}};

constexpr std::array<std::u32string_view, 4> kSubjects = {U"生态环境保护", U"环境保护", U"生态环保", U"环保"};

bool IsNumeral(char32_t c) {
  return IsChineseNumeralChar(c) || IsDigit(c);
}

// 第二轮 anywhere → 2; 0 where there is none.
int RoundNumber(std::u32string_view title) {
  for (size_t i = 0; (i = title.find(U'第', i)) != title.npos; ++i) {
    size_t end = i + 1;
    while (end < title.size() && IsNumeral(title[end])) ++end;
    if (end == i + 1 || end >= title.size() || title[end] != U'轮') continue;
    if (auto n = ParseInteger(title.substr(i + 1, end - i - 1)); n && *n > 0 && *n < 100) return int(*n);
  }
  return 0;
}

// Takes 第八 off the end of 中央第八, and 第六批 likewise.
std::u32string_view DropOrdinal(std::u32string_view before) {
  size_t end = before.size();
  if (end > 0 && before[end - 1] == U'批') --end;
  size_t begin = end;
  while (begin > 0 && IsNumeral(before[begin - 1])) --begin;
  return begin > 0 && begin < end && before[begin - 1] == U'第' ? before.substr(0, begin - 1) : before;
}

// 2021年第二轮… → 2021; 0 where the title names no year.
int YearIn(std::u32string_view title) {
  for (size_t i = 0; i + 5 <= title.size(); ++i) {
    if (title[i + 4] != U'年') continue;
    auto year = ParseInteger(title.substr(i, 4));
    if (year && *year >= 1990 && *year < 2100) return int(*year);
  }
  return 0;
}

const LevelWord* LevelAt(std::u32string_view before) {
  for (const auto& level : kLevels) {
    if (EndsWith(before, level.word)) return &level;
  }
  return nullptr;
}

std::u32string NameOf(const Round& round, std::u32string_view level_word, bool look_back) {
  std::u32string name;
  if (round.number > 0) name = U"第" + ChineseNumeral(round.number) + U"轮";
  bool first_central = round.level == RoundLevel::kCentral && round.number == 1;
  name.append(level_word).append(first_central ? U"环境保护督察" : U"生态环境保护督察");
  return look_back ? name + U"“回头看”" : name;
}

}  // namespace

std::string_view RoundLevelName(RoundLevel level) {
  switch (level) {
    case RoundLevel::kCentral:
      return "central";
    case RoundLevel::kRegion:
      return "region";
    case RoundLevel::kPrefecture:
      return "prefecture";
    case RoundLevel::kOther:
      return "other";
  }
  return "other";
}

std::optional<RoundLevel> ParseRoundLevel(std::string_view name) {
  for (auto level :
       {RoundLevel::kCentral, RoundLevel::kRegion, RoundLevel::kPrefecture, RoundLevel::kOther}) {
    if (RoundLevelName(level) == name) return level;
  }
  return std::nullopt;
}

std::optional<Round> ProposeRound(std::string_view utf8_title, std::optional<Date>) {
  std::u32string squeezed = Squeeze(ToUtf32(utf8_title));
  std::u32string_view title = squeezed;
  size_t at = title.find(U"督察");
  if (at == title.npos) return std::nullopt;
  std::u32string_view before = title.substr(0, at);
  bool subject = false;
  for (auto word : kSubjects) {
    if (!EndsWith(before, word)) continue;
    before.remove_suffix(word.size());
    subject = true;
    break;
  }
  const LevelWord* level = LevelAt(DropOrdinal(before));
  if (!level && !subject) return std::nullopt;
  Round round;
  round.level = level ? level->level : RoundLevel::kOther;
  round.number = RoundNumber(title);
  round.year = YearIn(title);
  if (round.number == 0 && round.level == RoundLevel::kCentral) round.number = 1;
  bool look_back = title.substr(at, 12).find(U"回头看") != title.npos;
  round.name = ToUtf8(NameOf(round, level ? level->canonical : std::u32string_view(), look_back));
  return round;
}

}  // namespace zg
