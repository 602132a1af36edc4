#include "extract/units.h"

#include <algorithm>
#include <optional>

#include "extract/unit_name.h"

namespace zg {
namespace {

// A list without white space, each character with its place in the document.
struct Chars {
  std::u32string text;  // squeezed
  std::vector<uint32_t> at;

  Span SpanOf(size_t begin, size_t end) const {
    if (begin >= end || end > at.size()) return {};
    return {at[begin], at[end - 1] + 1};
  }
};

struct Segment {
  size_t begin, end;  // in Chars
  bool new_group;     // a comma or semicolon stands before it
  UnitRole role;
};

class ListParser {
 public:
  ListParser(const Chars& chars, const Lexicon& lex, UnitRole role)
      : chars_(chars), lex_(lex), namer_(lex), label_role_(role) {}

  UnitList Run() {
    for (const Segment& s : Segments()) Take(s);
    Flush();
    return std::move(out_);
  }

 private:
  std::u32string_view View(size_t b, size_t e) const {
    return std::u32string_view(chars_.text).substr(b, e - b);
  }

  std::vector<Segment> Segments() {
    std::vector<Segment> out;
    size_t begin = 0;
    int depth = 0;
    bool group = true;
    const std::u32string& t = chars_.text;
    auto cut = [&](size_t end, bool next_group) {
      if (end > begin) Split(begin, end, group, out);
      if (end > begin || next_group) group = next_group;
    };
    for (size_t i = 0; i < t.size(); ++i) {
      if (t[i] == '(') ++depth;
      if (t[i] == ')' && depth) --depth;
      if (depth) continue;
      bool comma = t[i] == ',' || t[i] == ';' || t[i] == U'。' || t[i] == '\n';
      if (comma || lex_.separators.Has(std::u32string_view(&t[i], 1))) {
        cut(i, comma);
        begin = i + 1;
      }
    }
    cut(t.size(), true);
    return out;
  }

  // One piece between separators: role marks off, then 和/及 where both sides are units.
  void Split(size_t begin, size_t end, bool group, std::vector<Segment>& out) {
    UnitRole role = label_role_;
    while (begin < end && chars_.text[begin] == U'由') ++begin;
    for (bool again = true; again;) {
      again = false;
      size_t n = 0;
      auto view = View(begin, end);
      if (HasSuffixFrom(view, lex_.lead_marks, &n) && n < view.size()) {
        role = UnitRole::kLead;
        MarkBack(out, group, UnitRole::kLead, view.substr(view.size() - n));
        end -= n, again = true;
      } else if (HasSuffixFrom(view, lex_.supporting_marks, &n) && n < view.size()) {
        role = UnitRole::kSupporting;
        MarkBack(out, group, UnitRole::kSupporting, view.substr(view.size() - n));
        end -= n, again = true;
      }
    }
    for (size_t i = begin + 1; i + 1 < end; ++i) {
      for (const auto& joiner : lex_.joiners) {
        if (!StartsWith(View(i, end), joiner)) continue;
        auto left = View(begin, i), right = View(i + joiner.size(), end);
        if (right.size() < 2 || !Complete(left) || !Complete(right)) continue;
        out.push_back({begin, i, group, role});
        Split(i + joiner.size(), end, false, out);
        return;
      }
    }
    if (begin < end) out.push_back({begin, end, group, role});
  }

  // “A、B配合” without brackets speaks of all units of its group.
  void MarkBack(std::vector<Segment>& out, bool group, UnitRole role, std::u32string_view mark) {
    if (mark.front() == '(' || group) return;
    for (size_t i = out.size(); i-- > 0;) {
      if (out[i].role == label_role_) out[i].role = role;
      if (out[i].new_group) break;
    }
  }

  bool Complete(std::u32string_view s) const {
    if (namer_.OrganKind(s) != Organ::kNone) return s.size() > 1;
    if (lex_.regions.Has(s) || lex_.groups.Has(s)) return true;
    Parsed p = namer_.Parse(s);
    return !p.region.empty() ? s.size() > 2 : namer_.EndsLikeOrgan(s) && s.size() > 3;
  }

  void Take(Segment s) {
    if (s.new_group) Flush();
    role_ = s.role;
    bool department_list = false;
    size_t n = 0;
    auto view = View(s.begin, s.end);
    if (size_t some = SomeOf(view)) {  // 甲公司等6家企业
      out_.open = true;
      s.end = s.begin + some;
      view = View(s.begin, s.end);
    }
    if (HasSuffixFrom(view, lex_.open_endings, &n)) {
      out_.open = true;
      auto ending = view.substr(view.size() - n);
      department_list = ending.find(U"部门") != ending.npos || ending.find(U"单位") != ending.npos;
      s.end -= n;
      view = View(s.begin, s.end);
      if (view.empty()) return;
    }
    Parsed p = namer_.Parse(view);
    p = Generic(Division(std::move(p)));
    bool bare_stem = p.kind == Organ::kNone &&
                     (Stem(view) || (p.region.empty() && view.size() <= 8 && !namer_.EndsLikeOrgan(view)));
    if (bare_stem && !department_list) {  // 生态环境、发改…: wait for 等部门
      stems_.push_back(s);
      return;
    }
    if (department_list && bare_stem) {
      stems_.push_back(s);
      TakeStems();
      return;
    }
    FlushStems();
    if (p.organ.empty()) {
      pending_.push_back({p.region, s, p.known});
      return;
    }
    if (!p.region.empty()) {
      std::vector<Region> regions = std::move(pending_);
      pending_.clear();
      if (p.kind == Organ::kNone) {
        pending_ = std::move(regions);
        Flush();
        regions.clear();
      }
      regions.push_back({p.region, s, p.known});
      Emit(regions, p, s);
      current_ = std::move(regions);
      party_prefix_ = p.party_prefix;
      return;
    }
    OrganAlone(p, s);
  }

  // Length of what stands before 等6家企业, 等3个部门; 0: no such ending.
  static size_t SomeOf(std::u32string_view s) {
    size_t at = s.rfind(U'等');
    if (at == s.npos || at == 0) return 0;
    size_t i = at + 1;
    while (i < s.size() && IsDigit(s[i])) ++i;
    return i > at + 1 && i < s.size() && (s[i] == U'家' || s[i] == U'个') ? at : 0;
  }

  // An organ without a region: shared by the regions before it, or a name of its own.
  void OrganAlone(Parsed& p, const Segment& s) {
    bool small = p.kind == Organ::kNone && s.end - s.begin <= 8 && !current_.empty() &&
                 DepartmentLike(p.organ) && p.organ.front() != U'各';
    if (p.kind == Organ::kNone && !small) {
      Flush();
      Add(Company(p.organ, s) + p.organ, s, false);
      return;
    }
    if (!pending_.empty()) current_ = std::move(pending_), pending_.clear(), party_prefix_.clear();
    if (current_.empty()) return Add(p.organ, s, p.known);
    bool under_party = !party_prefix_.empty() && lex_.party_departments.Has(p.organ);
    if (under_party) return Add(party_prefix_ + p.organ, s, true);
    Emit(current_, p, s);
  }

  // 集团公司安全环保部、生产技术部: the company of the department before it.
  std::u32string Company(std::u32string_view organ, const Segment& s) const {
    auto department = [](std::u32string_view w) {
      return !w.empty() && (w.back() == U'部' || w.back() == U'处' || w.back() == U'室');
    };
    if (s.new_group || out_.units.empty() || organ.size() > 8 || !department(organ)) return {};
    std::u32string before = ToUtf32(out_.units.back().name);
    size_t at = before.rfind(U"公司");
    bool inside = at != before.npos && at + 2 < before.size() && department(before);
    return inside && organ.find(U"公司") == organ.npos ? before.substr(0, at + 2) : U"";
  }

  bool DepartmentLike(std::u32string_view s) const {
    for (const auto& own : lex_.own_names) {
      if (s.find(own) != s.npos) return false;
    }
    char32_t c = s.back();
    return c == U'厅' || c == U'局' || c == U'委' || c == U'办';
  }

  // 兵团第八师、第六师: the body named before the first ordinal stands for the next ones too.
  Parsed Division(Parsed p) {
    if (!p.organ.empty() || p.region.empty()) return p;
    size_t ordinal = p.region.find(U'第');
    if (ordinal == p.region.npos || !EndsWith(p.region, U"师")) {
      division_.clear();
    } else if (ordinal > 0) {
      division_ = p.region.substr(0, ordinal);
      p.known = p.known || lex_.bare_regions.Has(division_);
    } else if (!division_.empty()) {
      p.region = division_ + p.region;
      p.known = true;
    }
    return p;
  }

  // 省委、省政府 after 江岚省…: the bare level word stands for the region named before.
  Parsed Generic(Parsed p) {
    if (p.region.empty() || p.organ.empty()) return p;
    const Region* before = !pending_.empty()   ? &pending_.back()
                           : !current_.empty() ? &current_.back()
                                               : nullptr;
    bool shared = p.kind == Organ::kParty || p.kind == Organ::kGovernment || p.kind == Organ::kShared;
    if (before && shared && StartsWith(before->name, U"各") && p.region.size() == 1 &&
        lex_.bare_regions.Has(p.region)) {  // 各盟行政公署、市人民政府
      p.region = U"各" + p.region;
      return p;
    }
    if (before && shared && p.region != before->name && lex_.bare_regions.Has(p.region) &&
        p.region.size() <= 2 && EndsWith(before->name, p.region) && before->name.size() > p.region.size()) {
      p.region.clear();
    }
    return p;
  }

  bool Stem(std::u32string_view s) const {
    if (lex_.stems.Has(s)) return true;
    for (size_t n = 1; n <= 6 && n < s.size(); ++n) {
      if ((lex_.bare_regions.Has(s.substr(0, n)) || lex_.regions.Has(s.substr(0, n))) &&
          lex_.stems.Has(s.substr(n)))
        return true;
    }
    size_t known = lex_.regions.Longest(s).length;
    return known && known < s.size() && lex_.stems.Has(s.substr(known));
  }

  void TakeStems() {
    std::u32string region = current_.empty() ? U"" : current_.back().name;
    for (const Segment& s : stems_) {
      std::u32string_view view = View(s.begin, s.end), stem = view;
      if (!lex_.stems.Has(view) && Stem(view)) {
        size_t n = 1;
        while (n < view.size() && !lex_.stems.Has(view.substr(n))) ++n;
        region = std::u32string(view.substr(0, n));
        stem = view.substr(n);
      }
      role_ = s.role;
      Add(region + std::u32string(stem) + U"部门", s, true);
    }
    stems_.clear();
  }

  void FlushStems() {
    for (const Segment& s : stems_) {
      role_ = s.role;
      Add(std::u32string(View(s.begin, s.end)), s, false);
    }
    stems_.clear();
  }

  struct Region {
    std::u32string name;
    Segment where;
    bool known;
  };

  void Emit(const std::vector<Region>& regions, const Parsed& p, const Segment& s) {
    for (const Region& r : regions) {
      Segment whole = s;
      whole.begin = std::min(r.where.begin, s.begin);
      if (whole.begin < s.begin) whole.end = s.end;
      Add(r.name + p.organ, whole, p.known || r.known);
    }
  }

  void Flush() {
    FlushStems();
    for (const Region& r : pending_) {
      UnitRole now = role_;
      role_ = r.where.role;
      Add(r.name, r.where, r.known);
      role_ = now;
      current_ = {r};
    }
    pending_.clear();
  }

  void Add(std::u32string name, const Segment& s, bool known) {
    for (char32_t& c : name) c = c == '(' ? U'（' : c == ')' ? U'）' : c;
    UnitRef ref;
    ref.name = ToUtf8(name);
    for (const auto& u : out_.units) {
      if (u.name == ref.name) return;
    }
    ref.written = ToUtf8(View(s.begin, s.end));
    ref.span = chars_.SpanOf(s.begin, s.end);
    ref.role = role_;
    ref.known = known;
    out_.units.push_back(std::move(ref));
  }

  const Chars& chars_;
  const Lexicon& lex_;
  Namer namer_;
  UnitRole label_role_, role_ = UnitRole::kNone;
  UnitList out_;
  std::vector<Region> pending_, current_;
  std::vector<Segment> stems_;
  std::u32string party_prefix_;
  std::u32string division_;
};

// Do the words so far end a unit's name, and do those that follow make another one? Then a blank or a new
// line parts them although no 、 stands there.
bool PartsUnits(const std::u32string& before, std::u32string_view after, const Lexicon& lex) {
  size_t b = before.size();
  while (b > 0 && before[b - 1] != U'、' && before[b - 1] != ',' && before[b - 1] != ';') --b;
  std::u32string_view left = std::u32string_view(before).substr(b);
  std::u32string right;
  for (char32_t c : after.substr(0, 40)) {
    if (IsSpace(c)) {
      if (!right.empty()) break;
      continue;
    }
    if (c == U'、' || c == U'，' || c == ',' || c == U'；' || c == ';' || c == U'。') break;
    right += FoldWidth(c);
  }
  auto whole = [&](std::u32string_view s) {
    if (s.size() >= 2 && s.back() == ')') return true;
    return s.size() >= 3 && (HasSuffixFrom(s, lex.organ_suffix_list) || lex.regions.Has(s));
  };
  return whole(left) && whole(right);
}

Chars Gather(std::u32string_view text, const std::vector<Span>& pieces, const Lexicon& lex,
             bool lines_separate) {
  Chars chars;
  for (Span piece : pieces) {
    if (lines_separate && !chars.text.empty()) {
      chars.text.push_back('\n');
      chars.at.push_back(piece.begin);
    } else if (!chars.text.empty() && PartsUnits(chars.text, text.substr(piece.begin, piece.size()), lex)) {
      chars.text.push_back(U'、');
      chars.at.push_back(piece.begin);
    }
    for (uint32_t i = piece.begin; i < piece.end && i < text.size(); ++i) {
      char32_t c = text[i];
      if (IsSpace(c)) {
        // Two or more blanks in a row part units (tabs, aligned columns); a single one is noise.
        bool gap =
            c == '\t' || c == 0x3000 || (i + 1 < piece.end && IsSpace(text[i + 1]) && text[i + 1] != '\n');
        bool wanted = gap && lines_separate && !chars.text.empty() && chars.text.back() != U'、';
        if (!wanted && !chars.text.empty() && !IsSpace(text[i - 1]))
          wanted = PartsUnits(chars.text, text.substr(i, piece.end - i), lex);
        if (!wanted) continue;
        c = U'、';
      }
      chars.text.push_back(FoldWidth(c));
      chars.at.push_back(i);
    }
  }
  while (!chars.text.empty() &&
         (chars.text.back() == U'。' || chars.text.back() == ';' || chars.text.back() == '.')) {
    chars.text.pop_back();
    chars.at.pop_back();
  }
  return chars;
}

}  // namespace

UnitList ParseUnits(std::u32string_view text, const std::vector<Span>& pieces, const Lexicon& lexicon,
                    UnitRole role, bool lines_separate) {
  Chars chars = Gather(text, pieces, lexicon, lines_separate);
  return ListParser(chars, lexicon, role).Run();
}

bool LooksLikeUnit(std::u32string_view words, const Lexicon& lexicon) {
  Namer namer(lexicon);
  std::u32string s = Squeeze(words);
  if (s.size() < 3 || s.size() > 30) return false;
  Parsed p = namer.Parse(s);
  return !p.region.empty() || namer.StemOrgan(s) || (namer.EndsLikeOrgan(s) && s.size() >= 4);
}

}  // namespace zg
