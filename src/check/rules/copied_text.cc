// Passages of 40 characters and more that stand under two tasks, in texts of two units, or in two periods.
// Blocks of the text are looked up by a rolling hash, so the time is linear; figures are ignored, so a copy
// with new figures is found.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "check/phrase.h"
#include "check/rule.h"
#include "check/rules/rules.h"

namespace zg::check {
namespace {

constexpr uint32_t kLeast = 40;  // characters that count as copied
constexpr uint32_t kBlock = 16;  // looked up; every stretch of kLeast holds a block at a multiple of kBlock
constexpr uint64_t kBase = 0x9E3779B97F4A7C15ull | 1;

// The text of measures and progress with figures masked and punctuation left out.
struct Stream {
  std::u32string text;
  struct Origin {
    uint32_t subject, section, offset;
  };
  std::vector<Origin> from;  // for each character
};

bool Compared(const Section& s) {
  return s.entry >= 0 && (s.part == Part::kProgress || s.part == Part::kMeasure);
}

void AddSection(const Subject& s, uint32_t subject, uint32_t index, Stream& out) {
  const Section& section = s.reading.sections[index];
  bool digits = false;
  for (uint32_t i = section.begin; i < section.end; ++i) {
    char32_t c = s.reading.text[i];
    if (IsDigit(c)) {
      if (digits) continue;
      digits = true;
      c = U'0';
    } else if (!IsHan(c) && !IsAsciiAlpha(c) && c != U'《') {
      continue;
    } else {
      digits = false;
    }
    out.text += c;
    out.from.push_back({subject, index, i});
  }
  out.text += char32_t(0x110000 + out.text.size());  // equal to nothing: matches end with their section
  out.from.push_back({subject, index, section.end ? section.end - 1 : 0});
}

struct Match {
  uint32_t a, b, size;  // offsets into the stream, a before b
};

// All longest equal stretches, each with the place before it that has the same block.
std::vector<Match> FindMatches(const Stream& stream) {
  std::vector<Match> out;
  const auto& t = stream.text;
  uint32_t n = uint32_t(t.size());
  if (n < kLeast) return out;
  uint64_t power = 1;
  for (uint32_t i = 1; i < kBlock; ++i) power *= kBase;
  std::unordered_map<uint64_t, uint32_t> blocks;
  blocks.reserve(n / kBlock * 2);
  uint64_t hash = 0;
  std::vector<std::pair<uint64_t, uint32_t>> waiting;  // a block is known only behind its own end
  uint32_t skip_until = 0;
  for (uint32_t i = 0; i < n; ++i) {
    hash = hash * kBase + t[i];
    if (i + 1 >= kBlock) {
      uint32_t begin = i + 1 - kBlock;
      if (begin >= skip_until) {
        auto it = blocks.find(hash);
        if (it != blocks.end() &&
            std::equal(t.begin() + it->second, t.begin() + it->second + kBlock, t.begin() + begin)) {
          uint32_t a = it->second, b = begin, size = kBlock;
          while (a > 0 && b > 0 && t[a - 1] == t[b - 1]) --a, --b, ++size;
          while (b + size < n && t[a + size] == t[b + size]) ++size;
          if (size >= kLeast && a + size <= b) {
            out.push_back({a, b, size});
            skip_until = b + size;
          }
        }
      }
      if (begin % kBlock == 0) waiting.push_back({hash, begin});
      if (waiting.size() > 1) {
        blocks.emplace(waiting.front().first, waiting.front().second);
        waiting.erase(waiting.begin());
      }
      hash -= uint64_t(t[begin]) * power;
    }
  }
  return out;
}

class Copies {
 public:
  Copies(const CheckScope& scope, CheckSink& sink) : scope_(scope), sink_(sink) {}

  void Run() {
    for (const Subject& s : scope_.subjects()) {
      if (!s.draft()) continue;
      for (uint32_t i = 0; i < s.reading.sections.size(); ++i) {
        if (Compared(s.reading.sections[i])) AddSection(s, uint32_t(s.index), i, stream_);
      }
    }
    for (const Match& m : FindMatches(stream_)) Sort(m);
    for (auto& [key, copies] : pairs_) Tell(copies);
  }

 private:
  struct Copy {
    CheckPlace first, second;
    uint32_t size;  // characters outside titles
    bool measure;   // a list says so itself: allowed, but worth knowing
  };

  const Subject& S(uint32_t i) const { return scope_.subjects()[i]; }

  // Characters of a match that are not the title of a document.
  uint32_t Own(const Match& m) const {
    uint32_t own = 0;
    for (uint32_t i = m.b; i < m.b + m.size; ++i) {
      const auto& o = stream_.from[i];
      own += !S(o.subject).reading.title[o.offset];
    }
    return own;
  }

  CheckPlace PlaceOf(uint32_t begin, uint32_t size) const {
    const auto& first = stream_.from[begin];
    const auto& last = stream_.from[begin + size - 1];
    return S(first.subject).Place(first.offset, last.offset + 1);
  }

  void Sort(const Match& m) {
    const auto& a = stream_.from[m.a];
    const auto& b = stream_.from[m.b];
    if (!scope_.Wanted(a.subject, b.subject)) return;
    const Section& x = S(a.subject).reading.sections[a.section];
    const Section& y = S(b.subject).reading.sections[b.section];
    if (a.subject == b.subject && x.entry == y.entry) return;
    Key key{a.subject, x.entry, b.subject, y.entry};
    bool measure = x.part == Part::kMeasure || y.part == Part::kMeasure;
    pairs_[key].push_back({PlaceOf(m.a, m.size), PlaceOf(m.b, m.size), Own(m), measure});
  }

  void Tell(const std::vector<Copy>& copies) {
    const Copy* longest = &copies[0];
    uint32_t size = 0;
    bool measure = false;
    for (const Copy& c : copies) {
      size += c.size;
      measure = measure || c.measure;
      if (c.size > longest->size) longest = &c;
    }
    if (longest->size < kLeast) return;  // titles alone
    CheckFinding f;
    f.kind = CheckKind::kCopiedText;
    f.severity = measure ? Severity::kNote : Severity::kWarning;
    f.place = longest->second;
    f.stated = std::to_string(size);
    bool other = longest->first.input != longest->second.input;
    f.message = fmt::format("{}与{}{}有{}字文字雷同（{}），请核实是否照抄，并分别写明各自的情况。",
                            Where(f.place), other ? "《" + longest->first.file + "》" : "",
                            Where(longest->first), size, Quoted(longest->second, 45));
    for (const Copy& c : copies) {
      f.related.push_back(c.first);
      if (&c != longest) f.related.push_back(c.second);
    }
    sink_.Find(std::move(f));
  }

  using Key = std::tuple<uint32_t, int, uint32_t, int>;
  const CheckScope& scope_;
  CheckSink& sink_;
  Stream stream_;
  std::map<Key, std::vector<Copy>> pairs_;
};

}  // namespace

void CheckCopiedText(const CheckScope& scope, CheckSink& sink) {
  Copies(scope, sink).Run();
}

}  // namespace zg::check
