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
    if (x.value <= 0 || x.loose != Loose::kNone) return false;
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
    while (DrawOne(left)) {
    }
    Slips(left);
  }

 private:
  // Finds one figure that is the sum of the two or more next to it and draws them together.
  bool DrawOne(Indices& row) {
    for (size_t n = 2; n <= kParts; ++n) {
      for (size_t i = 0; i < row.size(); ++i) {
        for (bool forward : {true, false}) {
          if (forward ? i + n >= row.size() : i < n) continue;
          size_t from = forward ? i + 1 : i - n;
          Indices parts(row.begin() + long(from), row.begin() + long(from + n));
          if (!Holds(row[i], parts)) continue;
          book_.Confirm(CheckKind::kSum, row[i], parts);
          row.erase(row.begin() + long(from), row.begin() + long(from + n));
          return true;
        }
      }
    }
    return false;
  }

  bool Holds(size_t total, const Indices& parts) const {
    return Significant(s_, total, parts) && CompareSum(s_, total, parts) == SumVerdict::kHolds;
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
    for (size_t q : parts) {
      if (book_.IsPart(q) || !s_.SameNoun(q, total)) return false;
    }
    return Significant(s_, total, parts) && SlipChance(s_, total, parts) < kLikely &&
           SlipAway(s_, total, parts);
  }

  const Subject& s_;
  SumBook& book_;
};

// The quantities of a task or paragraph, one row for each unit; a figure said twice in a row counts once.
void AddToRows(const Subject& s, size_t q, std::vector<Indices>& rows) {
  const Quantity& x = s.quantities[q];
  if (x.range || x.chinese) return;
  for (Indices& row : rows) {
    if (!s.SameUnit(row[0], q)) continue;
    if (s.quantities[row.back()].value != x.value) row.push_back(q);
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
