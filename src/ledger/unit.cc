#include "ledger/unit.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace zg {
namespace {

struct Ending {
  std::u32string_view word;
  const char* kind;
};

constexpr std::array<Ending, 24> kEndings = {{
    {U"党委", "party"},        {U"工委", "party"},        {U"政府", "government"},
    {U"行署", "government"},   {U"管委会", "government"}, {U"公司", "enterprise"},
    {U"集团", "enterprise"},   {U"厂", "enterprise"},     {U"矿", "enterprise"},
    {U"部门", "department"},   {U"厅", "department"},     {U"局", "department"},
    {U"委", "department"},     {U"办", "department"},     {U"办公厅", "department"},
    {U"办公室", "department"}, {U"部", "department"},     {U"委员会", "department"},
    {U"院", "department"},     {U"中心", "department"},   {U"站", "department"},
    {U"队", "department"},     {U"师", "corps"},          {U"团", "corps"},
}};

int RankOf(const std::string& level) {
  if (level == "region") return 1;
  if (level == "prefecture") return 2;
  return 3;
}

}  // namespace

std::string KindOfUnit(std::string_view name) {
  std::u32string text = Squeeze(ToUtf32(name));
  if (StartsWith(text, U"各")) return "group";
  for (const auto& ending : kEndings) {
    if (EndsWith(text, ending.word)) return ending.kind;
  }
  return "other";
}

std::optional<GroupMeaning> MeaningOfGroup(std::string_view name) {
  std::u32string text = Squeeze(ToUtf32(name));  // its brackets are ASCII from here on
  if (!StartsWith(text, U"各") && !StartsWith(text, U"相关") && !StartsWith(text, U"有关"))
    return std::nullopt;
  size_t end = text.find_first_not_of(U"各相有关设的级地州市县区盟旗()、");
  if (end == std::u32string::npos) return std::nullopt;
  std::u32string who = text.substr(0, end);
  GroupMeaning meaning{ToUtf8(text.substr(end)), {}};
  size_t first = who.find_first_of(U"地州市县区盟旗");
  if (first == std::u32string::npos) return std::nullopt;
  if (who.find(U"设区") != std::u32string::npos) return GroupMeaning{meaning.organ, {"prefecture"}};
  bool county_first = std::u32string_view(U"县区旗").find(who[first]) != std::u32string_view::npos;
  if (!county_first) meaning.levels.push_back("prefecture");
  if (county_first || who.find(U'县') != std::u32string::npos) meaning.levels.push_back("county");
  return meaning;
}

RegionIndex::RegionIndex(std::vector<Region> regions) : regions_(std::move(regions)) {
  for (size_t i = 0; i < regions_.size(); ++i) {
    by_code_.emplace(regions_[i].code, i);
    std::vector<std::string> names = regions_[i].short_names;
    names.push_back(regions_[i].name);
    for (const auto& name : names) {
      std::u32string key = Squeeze(ToUtf32(name));
      if (key.empty()) continue;
      auto& list = by_name_[key];
      if (std::find(list.begin(), list.end(), i) == list.end()) list.push_back(i);
      longest_ = std::max(longest_, key.size());
    }
  }
  for (auto& [name, list] : by_name_) {
    std::stable_sort(list.begin(), list.end(), [&](size_t a, size_t b) {
      return RankOf(regions_[a].level) < RankOf(regions_[b].level);
    });
  }
}

const Region* RegionIndex::Find(std::string_view code) const {
  auto it = by_code_.find(std::string(code));
  return it == by_code_.end() ? nullptr : &regions_[it->second];
}

std::vector<std::string> RegionIndex::Chain(std::string_view code) const {
  std::vector<std::string> chain;
  for (const Region* r = Find(code); r && chain.size() < 8; r = Find(r->parent)) chain.push_back(r->code);
  return chain;
}

// The longest region name that `text` begins with, below `within` where that is not empty; its length, 0 for
// none.
size_t RegionIndex::Longest(std::u32string_view text, std::string_view within, std::string* code) const {
  for (size_t n = std::min(longest_, text.size()); n > 0; --n) {
    auto it = by_name_.find(std::u32string(text.substr(0, n)));
    if (it == by_name_.end()) continue;
    for (size_t i : it->second) {
      auto chain = Chain(regions_[i].code);
      bool below = std::find(chain.begin() + (chain.empty() ? 0 : 1), chain.end(), within) != chain.end();
      if (!within.empty() && !below) continue;
      *code = regions_[i].code;
      return n;
    }
  }
  return 0;
}

// How much of the text names regions, one inside the other; the code of the innermost.
size_t RegionIndex::Prefix(std::u32string_view text, std::string* code) const {
  size_t total = 0;
  for (int depth = 0; depth < 3; ++depth) {
    std::string deeper;
    size_t n = Longest(text.substr(total), *code, &deeper);
    if (n == 0) break;
    *code = deeper;
    total += n;
  }
  return total;
}

std::string RegionIndex::CodeOf(std::string_view unit) const {
  std::string code;
  Prefix(Squeeze(ToUtf32(unit)), &code);
  return code;
}

std::string RegionIndex::IdentOf(std::string_view unit) const {
  std::u32string text = Squeeze(ToUtf32(unit));
  std::string code;
  size_t n = Prefix(text, &code);
  return code + "|" + ToUtf8(std::u32string_view(text).substr(n));
}

std::vector<std::string> RegionIndex::CountsFor(const Unit& unit) const {
  if (unit.kind != "group") return Chain(unit.region);
  std::vector<std::string> codes;
  for (const auto& region : regions_) {
    if (region.level != "prefecture") continue;
    for (auto& code : Chain(region.code)) {
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    }
  }
  return codes;
}

}  // namespace zg
