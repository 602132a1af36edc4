#include "document/pdf/picture.h"

#include <fmt/format.h>

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

bool HasInk(const Picture& picture, const Area& area) {
  int ink = 0;
  for (int y = area.y0; y <= area.y1; ++y) {
    for (int x = area.x0; x <= area.x1; ++x) ink += picture.at(x, y) < kDark;
  }
  return ink >= 12;
}

}  // namespace

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
    for (int d = -1; d <= 1; ++d) picture.at(x, std::clamp(y + d, 0, picture.height - 1)) = kWhite;
  }
  for (auto [x, y] : down) {
    for (int d = -1; d <= 1; ++d) picture.at(std::clamp(x + d, 0, picture.width - 1), y) = kWhite;
  }
}

bool Stack::ToPage(Box& box, double scale) const {
  double y = box.mid_y() / scale;
  for (const Part& part : parts) {
    if (y < part.top - kGap / 2.0 || y >= part.top + part.height + kGap / 2.0) continue;
    double dx = (part.x - kMargin) * scale, dy = (part.y - part.top) * scale;
    box = {box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy};
    return true;
  }
  return false;
}

std::vector<Stack> StackCells(const Picture& picture, const std::vector<Box>& cells, double scale) {
  std::vector<Stack> out;
  if (picture.pixels.empty()) return out;
  std::vector<Area> areas;
  for (const Box& cell : cells) {
    Area area = PixelsOf(picture, cell, scale, -1);
    if (!area.empty() && HasInk(picture, area)) areas.push_back(area);
  }
  for (size_t from = 0; from < areas.size();) {
    Stack stack;
    int height = kGap, width = 0;
    size_t to = from;
    for (; to < areas.size(); ++to) {
      int h = areas[to].y1 - areas[to].y0 + 1;
      if (to > from && height + h + kGap > kMaxStack) break;
      stack.parts.push_back({areas[to].x0, areas[to].y0, height, h});
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
