#pragma once
// One unit's name, taken apart: a region and an organ (昌吉州 + 党委), or a name of its own.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "extract/lexicon.h"

namespace zg {

// Whether one of `list` ends `s`; its length.
inline bool HasSuffixFrom(std::u32string_view s, const std::vector<std::u32string>& list,
                          size_t* length = nullptr) {
  for (const auto& w : list) {
    if (s.size() >= w.size() && EndsWith(s, w)) {
      if (length) *length = w.size();
      return true;
    }
  }
  return false;
}

enum class Organ : uint8_t {
  kNone,
  kParty,
  kGovernment,
  kShared,
  kDepartment,
  kPartyDepartment,
  kUnderParty
};

struct Parsed {
  std::u32string region;  // as written; empty: none
  std::u32string organ;   // canonical; empty: the region alone
  Organ kind = Organ::kNone;
  bool known = false;
  std::u32string party_prefix;  // 自治区党委, for the departments that follow 自治区党委办公厅
};

// Reads squeezed names. Holds a reference to the lexicon; cheap to make.
class Namer {
 public:
  explicit Namer(const Lexicon& lex) : lex_(lex) {}

  Organ OrganKind(std::u32string_view s) const {
    if (lex_.party.Has(s)) return Organ::kParty;
    if (lex_.government.Has(s)) return Organ::kGovernment;
    if (lex_.shared.Has(s)) return Organ::kShared;
    if (StemOrgan(s)) return Organ::kDepartment;
    if (lex_.party_departments.Has(s)) return Organ::kPartyDepartment;
    return Organ::kNone;
  }

  // 水利厅: a known stem and a suffix of departments.
  bool StemOrgan(std::u32string_view s) const {
    auto stem = lex_.stems.Longest(s);
    for (size_t n = stem.length; n > 0; --n) {
      if (lex_.stems.Has(s.substr(0, n)) && lex_.organ_suffixes.Has(s.substr(n))) return true;
    }
    return false;
  }

  bool EndsLikeOrgan(std::u32string_view s) const {
    return s.size() >= 2 && HasSuffixFrom(s, lex_.organ_suffix_list);
  }

  // How long the region at the start of `s` is for the rest to be an organ; 0: no region. `whole`: region
  // alone.
  Parsed Parse(std::u32string_view s) const {
    Parsed p;
    if (lex_.groups.Has(s) || lex_.regions.Has(s) || lex_.bare_regions.Has(s)) return RegionOnly(s, true);
    if (Organ whole = OrganKind(s); whole != Organ::kNone) {
      p.organ = Canonical(s, whole);
      p.kind = whole;
      p.known = true;
      return p;
    }
    if (s.size() > 2 && EndsWith(s, U"地委")) {  // 塔城地委 is the party committee of 塔城地区
      p.region = std::u32string(s.substr(0, s.size() - 2)) + U"地区";
      p.organ = U"党委";
      p.kind = Organ::kParty;
      p.known = true;
      return p;
    }
    for (size_t n : Prefixes(s)) {
      if (auto got = WithRegion(s, n, true)) return *got;
    }
    if (!EndsLikeOrgan(s) && (HasSuffixFrom(s, lex_.region_suffix_list) || (EveryOne(s) && s.back() == ')')))
      return RegionOnly(s, EveryOne(s));
    for (size_t n : Prefixes(s)) {
      if (auto got = WithRegion(s, n, false)) return *got;
    }
    p.organ = std::u32string(s);  // a name of its own: a company, a river authority
    p.kind = Organ::kNone;
    return p;
  }

  // 各…: stands for all units of a level.
  static bool EveryOne(std::u32string_view s) {
    return StartsWith(s, U"各") || StartsWith(s, U"相关") || StartsWith(s, U"有关");
  }

 private:
  Parsed RegionOnly(std::u32string_view s, bool known) const {
    Parsed p;
    p.region = std::u32string(s);
    p.known = known;
    return p;
  }

  // Lengths of possible regions at the start, the most likely first.
  std::vector<size_t> Prefixes(std::u32string_view s) const {
    std::vector<size_t> out;
    auto add = [&](size_t n) {
      if (n && n < s.size() && std::find(out.begin(), out.end(), n) == out.end()) out.push_back(n);
    };
    add(lex_.groups.Longest(s).length);
    size_t known = lex_.regions.Longest(s).length;
    add(known);
    size_t bare = lex_.bare_regions.Longest(s)
                      .length;  // 省住房城乡建设厅: 省 + a department comes before 省住房城乡 + 建设厅
    if (bare && bare < s.size() && OrganKind(s.substr(bare)) != Organ::kNone) add(bare);
    bool all = EveryOne(s);  // 各市（州、地区）党委
    for (size_t n = std::min<size_t>(s.size() - 1, 24); n >= 2; --n) {
      if (HasSuffixFrom(s.substr(0, n), lex_.region_suffix_list) ||
          (all && (s[n - 1] == ')' || s[n - 1] == U'镇' || s[n - 1] == U'乡')))
        add(n);
    }
    add(lex_.bare_regions.Longest(s).length);
    return out;
  }

  std::optional<Parsed> WithRegion(std::u32string_view s, size_t n, bool strong) const {
    std::u32string_view region = s.substr(0, n), rest = s.substr(n);
    bool known = lex_.regions.Has(region) || lex_.groups.Has(region) || lex_.bare_regions.Has(region) ||
                 EveryOne(region);
    Parsed p;
    p.region = std::u32string(region);
    Organ kind = OrganKind(rest);
    if (kind == Organ::kNone) {
      for (auto head : {U"党委", U"委", U"区委", U"人民政府", U"政府"}) {
        std::u32string_view h(head);
        if (h == U"区委" || !StartsWith(rest, h) || rest.size() < h.size() + 2) continue;
        std::u32string_view dept = rest.substr(h.size());
        bool party = h == U"党委" || h == U"委";
        if (party ? lex_.party_departments.Has(dept) : OrganKind(dept) != Organ::kNone) {
          p.organ = std::u32string(rest);
          p.kind = party ? Organ::kUnderParty : Organ::kDepartment;
          p.known = true;
          if (party) p.party_prefix = p.region + std::u32string(h);
          return p;
        }
      }
      if (strong || !EndsLikeOrgan(rest)) return std::nullopt;
      p.organ = std::u32string(rest);
      p.kind = rest.size() <= 6 ? Organ::kDepartment : Organ::kNone;
      p.known = known;
      return p;
    }
    if (rest == U"委" && !CanHaveCommittee(region)) return std::nullopt;
    p.organ = Canonical(rest, kind);
    p.kind = kind;
    p.known = true;
    return p;
  }

  bool CanHaveCommittee(std::u32string_view region) const {
    char32_t c = region.back();
    return c == U'省' || c == U'市' || c == U'州' || c == U'县' || c == U'区' || c == U'旗' || c == U'盟';
  }

  std::u32string Canonical(std::u32string_view organ, Organ kind) const {
    if (kind == Organ::kParty) return organ == U"党工委" ? U"党工委" : U"党委";
    if (kind == Organ::kGovernment) return U"政府";
    return std::u32string(organ);
  }

  const Lexicon& lex_;
};

}  // namespace zg
