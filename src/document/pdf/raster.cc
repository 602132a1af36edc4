#include "document/pdf/raster.h"

#include <cctype>

namespace zg::document {
namespace {

constexpr double kMaxThickness = 4.5;
constexpr double kMaxGap = 1.5;  // dotted lines have gaps
constexpr size_t kMaxRules = 4000;

// A number after white space and comments of a PNM header; -1 where there is none.
int HeaderNumber(std::string_view s, size_t& at) {
  while (at < s.size() && (std::isspace(static_cast<unsigned char>(s[at])) || s[at] == '#')) {
    if (s[at] == '#') {
      while (at < s.size() && s[at] != '\n') ++at;
    } else {
      ++at;
    }
  }
  int value = -1;
  for (; at < s.size() && std::isdigit(static_cast<unsigned char>(s[at])) && value < 1'000'000; ++at) {
    value = std::max(value, 0) * 10 + (s[at] - '0');
  }
  return value;
}

struct Run {
  int line, begin, end;  // in pixels; `line` across, begin and end along
};

// A line that is being put together from runs of neighbouring pixel lines.
struct Band {
  int first, last, begin, end;
};

// Joins runs of neighbouring lines that lie over each other. Runs come in ascending order of `line`.
std::vector<Band> JoinRuns(const std::vector<Run>& runs, Budget& budget) {
  std::vector<Band> done, open;
  int line = -1;
  for (const Run& run : runs) {
    if (budget.Stopped()) break;
    if (run.line != line) {
      line = run.line;
      for (size_t i = 0; i < open.size();) {
        if (open[i].last < line - 1) {
          done.push_back(open[i]);
          open[i] = open.back();
          open.pop_back();
        } else {
          ++i;
        }
      }
    }
    bool joined = false;
    for (Band& band : open) {
      if (run.begin <= band.end && run.end >= band.begin) {
        band.last = line;
        band.begin = std::min(band.begin, run.begin);
        band.end = std::max(band.end, run.end);
        joined = true;
        break;
      }
    }
    if (!joined) open.push_back({line, line, run.begin, run.end});
  }
  done.insert(done.end(), open.begin(), open.end());
  return done;
}

// Runs along one direction: `at(line, i)` is true for ink.
template <class Ink>
std::vector<Rule> Find(int lines, int length, double scale, double min_length, Ink ink, Budget& budget) {
  std::vector<Run> runs;
  int need = std::max(3, static_cast<int>(min_length / scale)),
      gap = std::max(1, static_cast<int>(kMaxGap / scale));
  for (int line = 0; line < lines && !budget.Stopped(); ++line) {
    int begin = -1, last = -1;
    for (int i = 0; i <= length; ++i) {
      if (i < length && ink(line, i)) {
        if (begin < 0) begin = i;
        last = i;
      } else if (begin >= 0 && (i == length || i - last > gap)) {
        if (last + 1 - begin >= need) runs.push_back({line, begin, last + 1});
        begin = -1;
      }
    }
    if (runs.size() > 400'000) break;  // a photograph
  }
  std::vector<Rule> rules;
  for (const Band& band : JoinRuns(runs, budget)) {
    if ((band.last - band.first + 1) * scale > kMaxThickness || rules.size() >= kMaxRules) continue;
    rules.push_back({(band.first + band.last + 1) / 2.0 * scale, band.begin * scale, band.end * scale});
  }
  return rules;
}

}  // namespace

std::vector<Raster> ParsePgms(std::string_view pgm) {
  std::vector<Raster> out;
  for (size_t at = 0; at + 2 < pgm.size() && pgm.substr(at, 2) == "P5";) {
    at += 2;
    int width = HeaderNumber(pgm, at), height = HeaderNumber(pgm, at), most = HeaderNumber(pgm, at);
    ++at;
    if (width <= 0 || height <= 0 || most != 255) break;
    uint64_t size = static_cast<uint64_t>(width) * static_cast<uint64_t>(height);
    if (at > pgm.size() || size > pgm.size() - at) break;
    out.push_back({width, height, reinterpret_cast<const uint8_t*>(pgm.data()) + at});
    at += size;
  }
  return out;
}

Rules FindRules(const Raster& raster, const RuleWish& wish, Budget& budget) {
  double scale = wish.points_per_pixel;
  auto ink = [&](int y, int x) {
    return raster.pixels[static_cast<size_t>(y) * raster.width + x] < wish.dark;
  };
  Rules rules;
  rules.horizontal = Find(raster.height, raster.width, scale, wish.min_horizontal, ink, budget);
  rules.vertical = Find(
      raster.width, raster.height, scale, wish.min_vertical, [&](int x, int y) { return ink(y, x); }, budget);
  return rules;
}

double InkShare(const Raster& raster) {
  size_t size = static_cast<size_t>(raster.width) * raster.height, ink = 0;
  for (size_t i = 0; i < size; ++i) ink += raster.pixels[i] < 160;
  return size ? static_cast<double>(ink) / size : 0;
}

}  // namespace zg::document
