#include "ledger/tiles.h"

#include <cassert>
#include <fstream>
#include <iterator>
#include <span>

#include "base/embedded.h"
#include "ledger/toml_table.h"

extern const zg::EmbeddedFile zg_map_vocab[];
extern const unsigned zg_map_vocab_count;

namespace zg {
namespace {

constexpr int64_t kLast = 40;

Error Bad(const toml::node& node, const std::string& file, const std::string& message) {
  return {Code::kInvalid, message, PlaceIn(file, node), "map.invalid"};
}

}  // namespace

Result<TileMap> ParseTileMap(const std::string& text, const std::string& file) {
  ZG_ASSIGN(toml::table table, ParseTomlText(text, file, "map.invalid"));
  TileMap tiles;
  for (const auto& [name, node] : table) {
    if (name.str() != "tiles" || !node.is_table())
      return Bad(node, file, "方格地图里只有 [tiles] 一节，请改正这一行。");
    for (const auto& [code, place] : *node.as_table()) {
      const toml::array* pair = place.as_array();
      auto number = [&](size_t i) { return pair->get(i)->value<int64_t>().value_or(-1); };
      if (!pair || pair->size() != 2 || number(0) < 0 || number(1) < 0 || number(0) > kLast ||
          number(1) > kLast)
        return Bad(place, file, "位置应是 [列, 行]，两个0到40的整数。");
      Tile tile{int(number(0)), int(number(1))};
      for (const auto& [other, taken] : tiles)
        if (taken == tile) return Bad(place, file, fmt::format("这个位置已给了{}，请另选一个。", other));
      tiles[std::string(code.str())] = tile;
    }
  }
  return tiles;
}

Result<TileMap> LoadTileMap(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "map.toml";
  std::error_code none;
  if (folder.empty() || !std::filesystem::exists(file, none)) {
    assert(zg_map_vocab_count == 1);
    return ParseTileMap(std::string(zg_map_vocab[0].bytes()), "map.toml");
  }
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof())
    return Error{Code::kUnavailable, "读不了方格地图文件，请检查权限。", file.string(), "map.unreadable"};
  return ParseTileMap(text, file.string());
}

}  // namespace zg
