// Sums without a cue word: figures of one thing in a row of which one is the sum of its neighbours. Small
// figures add up by chance, so these need size.

#include <algorithm>
#include <cmath>

#include "check/sums.h"

namespace zg::check {
namespace {

using Indices = std::vector<size_t>;
constexpr size_t kLongest = 60;  // figures of one unit looked at together
constexpr size_t kParts = 6;
constexpr double kLikely = 0.1;

// The figures of one task (its problem first) or of one paragraph, in one unit.
struct Row {
  Indices figures;
};

bool Significant(const Subject& s, size_t total, const Indices& parts) {
  const Quantity& t = s.quantities[total];
  double mantissa = t.value / (t.half > 0 ? 2 * t.half : t.per);
  if (mantissa < 100) return false;
  for (size_t q : parts) {
    const Quantity& x = s.quantities[q];
    if (x.value <= 0 || x.value == t.value || x.loose != Loose::kNone) return false;
    if (!s.SameNoun(q, total) && mantissa < 1000) return false;
  }
  return true;
}

class Runs {
 public:
  Runs(const Subject& s, SumBook& book) : s_(s), book_(book) {}

  void Row(Indices row) {
    if (row.size() > kLongest) row.resize(kLongest);
    Indices left = row;
    drawn_.clear();
    while (DrawOne(left)) {
    }
    Slips(left);
    if (left.size() != row.size()) Slips(row);
    Restated(row);
  }

 private:
  // Finds one figure that is the sum of the two or more next to it and draws them together.
  bool DrawOne(Indices& row) {
    for (size_t i = row.size(); i-- > 0;) {  // parts of parts first
      for (size_t n = 2; n <= kParts; ++n) {
        for (bool forward : {true, false}) {
          if (forward ? i + n >= row.size() : i < n) continue;
          size_t from = forward ? i + 1 : i - n;
          Indices parts(row.begin() + long(from), row.begin() + long(from + n));
          if (!Holds(row[i], parts)) continue;
          book_.Confirm(CheckKind::kSum, row[i], parts);
          drawn_.push_back({row[i], parts});
          row.erase(row.begin() + long(from), row.begin() + long(from + n));
          return true;
        }
      }
    }
    return false;
  }

  bool Holds(size_t total, const Indices& parts) const {
    return Significant(s_, total, parts) && AddsUpAsWritten(s_, total, parts);
  }

  // The same total said a second time, with a slip: 1251台 in the problem, 1241 = 1131 + 110 below.
  void Restated(const Indices& row) {
    for (const auto& [total, parts] : drawn_) {
      for (size_t q : row) {
        if (q == total || book_.IsTotal(q) || book_.IsPart(q) || !s_.SameNoun(q, total)) continue;
        if (s_.quantities[q].value == s_.quantities[total].value || !OneSlipApart(s_, q, total)) continue;
        SumClaim claim;
        claim.total = q;
        claim.anyway = true;
        book_.Suspect(claim, parts, Severity::kWarning);
      }
    }
  }

  // What one slip of the pen keeps from adding up, where that is no likely accident.
  void Slips(const Indices& row) {
    for (size_t n = 2; n <= kParts; ++n) {
      for (size_t i = 0; i < row.size(); ++i) {
        for (bool forward : {true, false}) {
          if (forward ? i + n >= row.size() : i < n) continue;
          size_t from = forward ? i + 1 : i - n;
          Indices parts(row.begin() + long(from), row.begin() + long(from + n));
          if (Slipped(row[i], parts)) {
            SumClaim claim;
            claim.total = row[i];
            book_.Suspect(claim, parts, Severity::kWarning);
            return;
          }
        }
      }
    }
  }

  bool Slipped(size_t total, const Indices& parts) const {
    if (book_.IsTotal(total)) return false;
    bool alike = false;
    for (size_t q : parts) {
      if (book_.IsPart(q)) return false;
      alike = alike || s_.SameNoun(q, total);
    }
    return alike && Significant(s_, total, parts) && SlipChance(s_, total, parts, true) < kLikely &&
           SlipAway(s_, total, parts, true);
  }

  const Subject& s_;
  SumBook& book_;
  std::vector<std::pair<size_t, Indices>> drawn_;
};

// The quantities of a task or paragraph, one row for each unit; a figure said twice in a row counts
// once within a section.
void AddToRows(const Subject& s, size_t q, std::vector<Indices>& rows) {
  const Quantity& x = s.quantities[q];
  if (x.range || x.chinese) return;
  for (Indices& row : rows) {
    if (!s.SameUnit(row[0], q)) continue;
    const Quantity& last = s.quantities[row.back()];
    if (last.value != x.value || last.section != x.section) row.push_back(q);
    return;
  }
  rows.push_back({q});
}

}  // namespace

void FindSumRuns(const Subject& s, SumBook& book) {
  Runs runs(s, book);
  std::vector<Indices> rows;
  int scope = -2;
  auto close = [&] {
    for (Indices& row : rows) {
      if (row.size() >= 3) runs.Row(std::move(row));
    }
    rows.clear();
  };
  for (size_t q = 0; q < s.quantities.size(); ++q) {
    uint32_t section = s.quantities[q].section;
    int entry = s.reading.sections[section].entry;
    int own = entry >= 0 ? entry : -3 - int(section);
    if (own != scope) close();
    scope = own;
    AddToRows(s, q, rows);
  }
  close();
}

}  // namespace zg::check
