#include "ledger/unit_tree.h"

#include <array>
#include <tuple>

#include "base/text.h"

namespace zg {
namespace {

constexpr std::array<std::u32string_view, 12> kSeatWords = {U"人民政府", U"党工委", U"管委会", U"党委",
                                                            U"工委",     U"地委",   U"政府",   U"行署",
                                                            U"盟委",     U"委员会", U"委",     U""};
constexpr std::array<std::u32string_view, 3> kProvinces = {U"省", U"自治区", U"直辖市"};
constexpr std::array<std::u32string_view, 4> kCounties = {U"县", U"区", U"旗", U"团"};

template <size_t N>
bool EndsInOneOf(std::u32string_view text, const std::array<std::u32string_view, N>& words) {
  for (auto word : words)
    if (EndsWith(text, word)) return true;
  return false;
}

bool StartsWithText(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

}  // namespace

std::string StemOfSeat(const std::string& name, const std::string& kind) {
  if (kind != "party" && kind != "government" && kind != "department") return "";
  std::u32string text = Squeeze(ToUtf32(name));
  for (auto word : kSeatWords) {
    if (word.empty() || !EndsWith(text, word)) continue;
    std::u32string stem = text.substr(0, text.size() - word.size());
    // 霁川市委 is a committee of the party, 发展改革委 a department.
    bool place = EndsInOneOf(stem, kProvinces) || EndsInOneOf(stem, kCounties) || EndsWith(stem, U"市") ||
                 EndsWith(stem, U"州") || EndsWith(stem, U"盟") || word == U"地委" || word == U"行署" ||
                 word == U"盟委";
    return place ? ToUtf8(stem) : "";
  }
  return "";
}

UnitTree::UnitTree(const std::vector<UnitNode>& nodes, const RegionIndex& regions)
    : nodes_(nodes), regions_(regions) {
  auto shorter = [](const UnitNode* there, const UnitNode& node) {
    return !there || std::tuple(node.name.size(), node.id) < std::tuple(there->name.size(), there->id);
  };
  for (const UnitNode& node : nodes) {
    std::string stem = node.region.empty() ? StemOfSeat(node.name, node.kind) : "";
    std::string key = stem.empty() ? node.region : "~" + stem;
    if (key.empty()) continue;
    bool government = node.kind == "government", party = node.kind == "party" || !stem.empty();
    if (government) {
      Seat& seat = seats_[key];
      if (shorter(seat.government, node)) seat.government = &node;
    } else if (party) {
      Seat& seat = seats_[key];
      if (shorter(seat.party, node)) seat.party = &node;
    }
    if (!stem.empty() && EndsInOneOf(ToUtf32(stem), kProvinces) &&
        (province_.empty() || key.size() < province_.size()))
      province_ = key;
  }
}

std::string UnitTree::KeyOf(const UnitNode& node) const {
  if (!node.region.empty()) return node.region;
  std::string name = ToUtf8(Squeeze(ToUtf32(node.name)));
  std::string stem = StemOfSeat(node.name, node.kind);
  if (!stem.empty()) return "~" + stem;
  // The longest stem that the name begins with. Stems sort by their beginning, so it stands before the name.
  std::string best;
  for (const auto& [key, seat] : seats_) {
    if (key[0] == '~' && key.size() > best.size() && StartsWithText(name, key.substr(1))) best = key;
  }
  return best;
}

std::vector<std::string> UnitTree::ChainOf(const std::string& key) const {
  if (key.empty() || key[0] != '~') return regions_.Chain(key);
  std::vector<std::string> chain = {key};
  for (;;) {
    std::string best;
    for (const auto& [other, seat] : seats_) {
      bool above =
          other[0] == '~' && other.size() < chain.back().size() && StartsWithText(chain.back(), other);
      if (above && other.size() > best.size()) best = other;
    }
    if (best.empty()) break;
    chain.push_back(best);
  }
  if (!province_.empty() && chain.back() != province_ && !EndsInOneOf(ToUtf32(chain.back()), kProvinces))
    chain.push_back(province_);
  return chain;
}

// The lowest seat of the region (where `itself`) or of the nearest one above it that has one.
const UnitNode* UnitTree::Above(const std::string& key, bool itself) const {
  auto chain = ChainOf(key);
  for (size_t i = itself ? 0 : 1; i < chain.size(); ++i) {
    auto seat = seats_.find(chain[i]);
    if (seat != seats_.end()) return seat->second.lowest();
  }
  return nullptr;
}

UnitId UnitTree::ParentOf(const UnitNode& node) const {
  if (node.kind == "group") return {};
  std::string key = KeyOf(node);
  if (key.empty()) return {};
  auto found = seats_.find(key);
  Seat seat = found == seats_.end() ? Seat() : found->second;
  const UnitNode* parent = nullptr;
  if (&node == seat.government && seat.party)
    parent = seat.party;
  else
    parent = Above(key, &node != seat.government && &node != seat.party);
  return parent ? parent->id : UnitId();
}

std::vector<std::pair<UnitId, UnitId>> UnitTree::Proposals() const {
  std::map<UnitId, UnitId> parents;
  for (const UnitNode& node : nodes_) parents[node.id] = node.parent;
  std::vector<std::pair<UnitId, UnitId>> out;
  for (const UnitNode& node : nodes_) {
    if (node.said) continue;
    UnitId parent = ParentOf(node);
    // What people put by hand may stand the other way round: no circles.
    int steps = 0;
    for (UnitId at = parent; at && steps < 64; at = parents[at], ++steps) {
      if (at == node.id) steps = 64;
    }
    if (steps >= 64) continue;
    if (parent != node.parent) out.push_back({node.id, parent});
    parents[node.id] = parent;
  }
  return out;
}

bool UnitTree::IsPrefecture(const std::string& key) const {
  if (key[0] == '~') {
    std::u32string stem = ToUtf32(key.substr(1));
    bool county = EndsInOneOf(stem, kCounties) && !EndsWith(stem, U"地区");
    return !county && !EndsInOneOf(stem, kProvinces);
  }
  const Region* region = regions_.Find(key);
  return region && region->level == "prefecture";
}

std::vector<UnitId> UnitTree::PrefectureSeats() const {
  std::vector<UnitId> out;
  for (const auto& [key, seat] : seats_) {
    if (!IsPrefecture(key)) continue;
    if (seat.party) out.push_back(seat.party->id);
    if (seat.government) out.push_back(seat.government->id);
  }
  return out;
}

}  // namespace zg
