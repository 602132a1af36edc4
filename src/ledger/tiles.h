#pragma once
// Where regions lie on a map of square tiles: data (vocab/map.toml), no boundaries. Pure; any thread.

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"

namespace zg {

struct Tile {
  int column = 0, row = 0;  // from the north-west corner
  friend bool operator==(const Tile&, const Tile&) = default;
};
using TileMap = std::map<std::string, Tile>;  // by region code

// kInvalid (map.invalid) with `where` "file:line": no list of two whole numbers from 0 to 40, a place taken
// twice.
Result<TileMap> ParseTileMap(const std::string& toml, const std::string& file);
// The built-in one, or `folder`/map.toml where that is there; folder empty: none.
Result<TileMap> LoadTileMap(const std::filesystem::path& folder);

}  // namespace zg
