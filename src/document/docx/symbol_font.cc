#include "document/docx/symbol_font.h"

#include <unordered_map>

namespace zg::document {
namespace {

using Map = std::unordered_map<char32_t, char32_t>;

const Map& Wingdings() {
  static const Map kMap = {{0x6C, U'●'}, {0x6E, U'■'}, {0x6F, U'□'}, {0x71, U'❑'}, {0x72, U'❒'}, {0x75, U'◆'},
                           {0x76, U'❖'}, {0x9F, U'•'}, {0xA1, U'○'}, {0xA7, U'▪'}, {0xA8, U'□'}, {0xAB, U'★'},
                           {0xB2, U'☆'}, {0xD8, U'➢'}, {0xE0, U'→'}, {0xE8, U'➔'}, {0xF0, U'⇨'}, {0xFB, U'✗'},
                           {0xFC, U'✓'}, {0xFD, U'☒'}, {0xFE, U'☑'}};
  return kMap;
}

const Map& Wingdings2() {
  static const Map kMap = {{0x4F, U'✗'}, {0x50, U'✓'}, {0x51, U'☒'}, {0x52, U'☑'},
                           {0x53, U'☒'}, {0x54, U'☒'}, {0x97, U'●'}, {0xA3, U'□'}};
  return kMap;
}

const Map& Symbol() {
  static const Map kMap = {{0x2D, U'−'}, {0x44, U'Δ'}, {0x53, U'∑'}, {0x57, U'Ω'}, {0x61, U'α'},
                           {0x62, U'β'}, {0x67, U'γ'}, {0x6D, U'μ'}, {0x70, U'π'}, {0xA3, U'≤'},
                           {0xB0, U'°'}, {0xB1, U'±'}, {0xB3, U'≥'}, {0xB4, U'×'}, {0xB7, U'•'},
                           {0xB8, U'÷'}, {0xB9, U'≠'}, {0xBB, U'≈'}, {0xA5, U'∞'}, {0xAE, U'→'}};
  return kMap;
}

}  // namespace

char32_t FromSymbolFont(std::string_view font, char32_t code) {
  bool is_private = code >= 0xF000 && code <= 0xF0FF;
  char32_t low = is_private ? code - 0xF000 : code;
  const Map& map = font == "Symbol" ? Symbol() : font == "Wingdings 2" ? Wingdings2() : Wingdings();
  bool symbol_font = is_private || font == "Symbol" || font.substr(0, 9) == "Wingdings";
  if (symbol_font) {
    if (auto it = map.find(low); it != map.end()) return it->second;
  }
  return is_private || (code >= 0xE000 && code <= 0xF8FF) ? U'•' : code;
}

}  // namespace zg::document
