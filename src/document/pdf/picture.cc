#include "document/pdf/picture.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "document/pdf/raster.h"

namespace zg::document {
namespace {

constexpr int kDark = 170;
constexpr int kWhite = 255;
constexpr int kGap = 36;     // pixels between stacked cells
constexpr int kMargin = 24;  // beside them
constexpr int kMaxStack = 12'000;

struct Area {
  int x0, y0, x1, y1;  // pixels, the last ones included
  bool empty() const { return x1 < x0 || y1 < y0; }
};

Area PixelsOf(const Picture& picture, const Box& box, double scale, double grow) {
  auto clamp = [](double v, int most) { return std::clamp(static_cast<int>(v), 0, std::max(0, most - 1)); };
  return {clamp((box.x0 - grow) / scale, picture.width), clamp((box.y0 - grow) / scale, picture.height),
          clamp((box.x1 + grow) / scale, picture.width), clamp((box.y1 + grow) / scale, picture.height)};
}

// The part of the area that has ink, a little larger; empty where there are but specks.
Area InkOf(const Picture& picture, const Area& area) {
  constexpr int kAround = 8, kSpecks = 12;
  Area ink{area.x1, area.y1, area.x0, area.y0};
  int count = 0;
  for (int y = area.y0; y <= area.y1; ++y) {
    for (int x = area.x0; x <= area.x1; ++x) {
      if (picture.at(x, y) >= kDark) continue;
      ++count;
      ink = {std::min(ink.x0, x), std::min(ink.y0, y), std::max(ink.x1, x), std::max(ink.y1, y)};
    }
  }
  if (count < kSpecks) return {0, 0, -1, -1};
  return {std::max(ink.x0 - kAround, area.x0), std::max(ink.y0 - kAround, area.y0),
          std::min(ink.x1 + kAround, area.x1), std::min(ink.y1 + kAround, area.y1)};
}

}  // namespace

namespace {

// How sharply ink falls into rows when the page is sheared by `slope`: highest where lines of text lie level.
double Sharpness(const std::vector<std::pair<int, int>>& ink, int rows, double slope) {
  std::vector<int> row(rows + 200);
  for (auto [x, y] : ink) {
    int at = static_cast<int>(y - x * slope) + 100;
    if (at >= 0 && at < static_cast<int>(row.size())) ++row[at];
  }
  double sum = 0;
  for (int n : row) sum += static_cast<double>(n) * n;
  return sum;
}

// Moves every pixel by the shear; what comes from outside is white.
void Shear(Picture& picture, double slope) {
  Picture out{picture.width, picture.height, std::vector<uint8_t>(picture.pixels.size(), kWhite)};
  for (int y = 0; y < out.height; ++y) {
    int dx = static_cast<int>(-slope * (y - out.height / 2));
    for (int x = 0; x < out.width; ++x) {
      int from_x = x + dx, from_y = y + static_cast<int>(slope * (x - out.width / 2));
      bool inside = from_x >= 0 && from_x < out.width && from_y >= 0 && from_y < out.height;
      if (inside) out.at(x, y) = picture.at(from_x, from_y);
    }
  }
  picture = std::move(out);
}

}  // namespace

void Straighten(Picture& picture) {
  constexpr int kStep = 4;  // every fourth pixel shows the slope well enough
  std::vector<std::pair<int, int>> ink;
  for (int y = 0; y < picture.height; y += kStep) {
    for (int x = 0; x < picture.width; x += kStep) {
      if (picture.at(x, y) < kDark) ink.push_back({x / kStep, y / kStep});
    }
  }
  if (ink.size() < 500 || ink.size() > 300'000) return;
  int rows = picture.height / kStep + 1;
  double level = Sharpness(ink, rows, 0), best = level, slope = 0;
  for (int i = -35; i <= 35; ++i) {
    double candidate = i * 0.001;
    double sharpness = Sharpness(ink, rows, candidate);
    if (sharpness > best) best = sharpness, slope = candidate;
  }
  if (best > 1.05 * level && std::abs(slope) >= 0.002) Shear(picture, slope);
}

Picture Thickened(const Picture& picture) {
  Picture out = picture;
  int w = picture.width, h = picture.height;
  for (int y = 1; y + 1 < h; ++y) {
    const uint8_t* p = &picture.pixels[static_cast<size_t>(y) * w];
    uint8_t* to = &out.pixels[static_cast<size_t>(y) * w];
    for (int x = 1; x + 1 < w; ++x) to[x] = std::min({p[x], p[x - 1], p[x + 1], p[x - w], p[x + w]});
  }
  return out;
}

Picture FromPgm(std::string_view pgm) {
  auto rasters = ParsePgms(pgm);
  if (rasters.empty()) return {};
  const Raster& r = rasters[0];
  return {r.width, r.height,
          std::vector<uint8_t>(r.pixels, r.pixels + static_cast<size_t>(r.width) * r.height)};
}

std::string ToPgm(const Picture& picture) {
  std::string out = fmt::format("P5\n{} {}\n255\n", picture.width, picture.height);
  out.append(reinterpret_cast<const char*>(picture.pixels.data()), picture.pixels.size());
  return out;
}

void WipeAreas(Picture& picture, const std::vector<Box>& areas, double scale) {
  if (picture.pixels.empty()) return;
  for (const Box& box : areas) {
    Area area = PixelsOf(picture, box, scale, 3);
    for (int y = area.y0; y <= area.y1; ++y)
      std::memset(&picture.at(area.x0, y), kWhite, area.x1 - area.x0 + 1);
  }
}

void WipeLines(Picture& picture, const std::vector<Box>& areas, double scale) {
  if (picture.pixels.empty()) return;
  const int need = static_cast<int>(28 / scale);  // no stroke of a character is as long
  std::vector<std::pair<int, int>> across, down;  // found first, wiped later: crossings are whole for either
  for (const Box& box : areas) {
    Area area = PixelsOf(picture, box, scale, 4);
    for (int y = area.y0; y <= area.y1; ++y) {
      for (int x = area.x0; x <= area.x1;) {
        int end = x;
        while (end <= area.x1 && picture.at(end, y) < kDark) ++end;
        for (int k = x; end - x >= need && k < end; ++k) across.push_back({k, y});
        x = end + 1;
      }
    }
    for (int x = area.x0; x <= area.x1; ++x) {
      for (int y = area.y0; y <= area.y1;) {
        int end = y;
        while (end <= area.y1 && picture.at(x, end) < kDark) ++end;
        for (int k = y; end - y >= need && k < end; ++k) down.push_back({x, k});
        y = end + 1;
      }
    }
  }
  for (auto [x, y] : across) {
    for (int d = -2; d <= 2; ++d) picture.at(x, std::clamp(y + d, 0, picture.height - 1)) = kWhite;
  }
  for (auto [x, y] : down) {
    for (int d = -2; d <= 2; ++d) picture.at(std::clamp(x + d, 0, picture.width - 1), y) = kWhite;
  }
}

int Stack::ToPage(Box& box, double scale) const {
  double y = box.mid_y() / scale;
  for (const Part& part : parts) {
    if (y < part.top - kGap / 2.0 || y >= part.top + part.height + kGap / 2.0) continue;
    double dx = (part.x - kMargin) * scale, dy = (part.y - part.top) * scale;
    box = {box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy};
    return static_cast<int>(part.cell);
  }
  return -1;
}

std::vector<Stack> StackCells(const Picture& picture, const std::vector<Box>& cells, double scale) {
  std::vector<Stack> out;
  if (picture.pixels.empty()) return out;
  std::vector<Area> areas;
  std::vector<size_t> which;
  for (size_t i = 0; i < cells.size(); ++i) {
    Area area = PixelsOf(picture, cells[i], scale, -1.5);
    if (!area.empty()) area = InkOf(picture, area);
    if (area.empty()) continue;
    areas.push_back(area);
    which.push_back(i);
  }
  for (size_t from = 0; from < areas.size();) {
    Stack stack;
    int height = kGap, width = 0;
    size_t to = from;
    for (; to < areas.size(); ++to) {
      int h = areas[to].y1 - areas[to].y0 + 1;
      if (to > from && height + h + kGap > kMaxStack) break;
      stack.parts.push_back({which[to], areas[to].x0, areas[to].y0, height, h});
      height += h + kGap;
      width = std::max(width, areas[to].x1 - areas[to].x0 + 1);
    }
    stack.picture = {width + 2 * kMargin, height, {}};
    stack.picture.pixels.assign(static_cast<size_t>(stack.picture.width) * height, kWhite);
    for (size_t i = from; i < to; ++i) {
      const Area& area = areas[i];
      for (int y = area.y0; y <= area.y1; ++y) {
        std::memcpy(&stack.picture.at(kMargin, stack.parts[i - from].top + y - area.y0),
                    &picture.at(area.x0, y), area.x1 - area.x0 + 1);
      }
    }
    out.push_back(std::move(stack));
    from = to;
  }
  return out;
}

}  // namespace zg::document
