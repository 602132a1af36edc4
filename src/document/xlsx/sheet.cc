#include "document/xlsx/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

#include "base/date.h"
#include "base/text.h"
#include "document/xml.h"

namespace zg::document {
namespace {

constexpr int kMaxRow = 1'048'576;
constexpr int kMaxColumn = 16'384;
constexpr size_t kMaxMerges = 200'000;

struct Merge {
  int row, column, last_row, last_column;
};

// Merged areas by the row they begin in, and those that still cover the row being read.
class Merges {
 public:
  Merges(pugi::xml_node worksheet, Budget& budget) : budget_(budget) {
    for (pugi::xml_node node : Child(worksheet, "mergeCells")) {
      if (all_.size() >= kMaxMerges || budget.Stopped()) break;
      std::string_view ref = Attr(node, "ref");
      size_t colon = ref.find(':');
      if (colon == std::string_view::npos) continue;
      CellReference a = ParseCellReference(ref.substr(0, colon)),
                    b = ParseCellReference(ref.substr(colon + 1));
      if (!a.row || !b.row || b.row < a.row || b.column < a.column) continue;
      all_.push_back({a.row, a.column, b.row, b.column});
    }
    std::stable_sort(all_.begin(), all_.end(), [](const Merge& a, const Merge& b) { return a.row < b.row; });
  }

  // The merged area that holds the cell, or null. Rows must not go back; those that do find nothing.
  const Merge* At(int row, int column) {
    while (next_ < all_.size() && all_[next_].row <= row) active_.push_back(&all_[next_++]);
    if (row != row_) {
      row_ = row;
      std::erase_if(active_, [row](const Merge* m) { return m->last_row < row; });
    }
    for (const Merge* m : active_) {
      if (budget_.Stopped()) return nullptr;
      if (m->row <= row && m->column <= column && column <= m->last_column) return m;
    }
    return nullptr;
  }

 private:
  Budget& budget_;
  std::vector<Merge> all_;
  std::vector<const Merge*> active_;
  size_t next_ = 0;
  int row_ = 0;
};

std::optional<double> Number(std::string_view text) {
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return value;
}

// 2024-06-30T00:00:00 as a date-typed cell has it.
std::string IsoDate(std::string_view text) {
  auto date = Date::ParseIso(text.substr(0, 10));
  if (!date) return std::string(text);
  std::string_view time = text.size() > 11 ? text.substr(11, 5) : "";
  return date->Chinese() + (time.empty() || time == "00:00" ? "" : " " + std::string(time));
}

// _x000D_ and the like are characters that XML cannot hold; carriage returns are left out.
std::u32string Unescaped(std::u32string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    bool escape =
        text[i] == U'_' && text.substr(i, 5) == U"_x000" && i + 6 < text.size() && text[i + 6] == U'_';
    if (escape) {
      if (text[i + 5] == U'A') out += U'\n';
      i += 6;
    } else if (text[i] != U'\r') {
      out += text[i];
    }
  }
  return out;
}

class SheetReader {
 public:
  SheetReader(const Workbook& workbook, const Place& place, Builder& builder)
      : workbook_(workbook), place_(place), builder_(builder) {}

  void Read(pugi::xml_node worksheet) {
    Merges merges(worksheet, builder_.budget());
    int row = 0;
    for (pugi::xml_node node : Child(worksheet, "sheetData")) {
      if (LocalName(node) != "row") continue;
      int stated = Int(Attr(node, "r"), 0);
      row = stated > 0 ? stated : row + 1;
      if (row > kMaxRow || builder_.budget().Stopped()) return;
      if (auto hidden = Attr(node, "hidden"); hidden == "1" || hidden == "true") {
        builder_.Note(
            fmt::format("工作表“{}”有隐藏的行，也一并读入了；如不需要，请在导入后核对。", place_.sheet));
      }
      int column = 0;
      for (pugi::xml_node cell : node) {
        if (LocalName(cell) != "c" || builder_.budget().Stopped()) continue;
        CellReference ref = ParseCellReference(Attr(cell, "r"));
        column = ref.column ? ref.column : column + 1;
        if (column > kMaxColumn) break;
        Cell(cell, merges.At(row, column), row, column);
      }
    }
  }

 private:
  void Cell(pugi::xml_node cell, const Merge* merge, int row, int column) {
    if (merge && (merge->row != row || merge->column != column)) return;
    std::u32string text = Text(cell);
    if (text.empty()) return;
    Place place = place_;
    place.row = row;
    place.column = column;
    if (merge) {
      place.row_span = merge->last_row - merge->row + 1;
      place.column_span = merge->last_column - merge->column + 1;
    }
    builder_.Add(text, {.kind = BlockKind::kCell}, place);
  }

  std::u32string Text(pugi::xml_node cell) {
    std::string_view type = Attr(cell, "t");
    if (type == "inlineStr") return StringItem(Child(cell, "is"));
    pugi::xml_node value_node = Child(cell, "v");
    std::string_view value = value_node.text().get();
    if (value.empty()) {
      if (!value_node && Child(cell, "f")) {
        builder_.Note(
            "有的公式没有保存计算结果，相应单元格是空的；请用 Excel 或 WPS 打开并保存一次，再重新导入。");
      }
      return U"";
    }
    if (type == "s") {
      int index = Int(value, -1);
      bool known = index >= 0 && index < static_cast<int>(workbook_.strings.size());
      return known ? workbook_.strings[index] : U"";
    }
    if (type == "str" || type == "e") return ToUtf32(value);
    if (type == "b") return value == "1" || value == "true" ? U"TRUE" : U"FALSE";
    if (type == "d") return ToUtf32(IsoDate(value));
    auto number = Number(value);
    if (!number) return ToUtf32(value);
    int style = Int(Attr(cell, "s"), 0);
    if (style < 0 || style >= static_cast<int>(workbook_.formats.size()))
      return ToUtf32(PlainNumber(*number));
    return ToUtf32(workbook_.formats[style].Show(*number, workbook_.date1904));
  }

  const Workbook& workbook_;
  const Place& place_;
  Builder& builder_;
};

}  // namespace

CellReference ParseCellReference(std::string_view text) {
  CellReference ref;
  size_t i = 0;
  auto skip_dollar = [&] { i += i < text.size() && text[i] == '$'; };
  skip_dollar();
  for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z'; ++i) {
    ref.column = ref.column * 26 + (text[i] - 'A' + 1);
    if (ref.column > kMaxColumn) return {};
  }
  skip_dollar();
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    ref.row = ref.row * 10 + (text[i] - '0');
    if (ref.row > kMaxRow) return {};
  }
  return i == text.size() && ref.row && ref.column ? ref : CellReference{};
}

std::u32string StringItem(pugi::xml_node item) {
  std::u32string out;
  for (pugi::xml_node node : item) {
    std::string_view name = LocalName(node);
    if (name == "t") out += ToUtf32(node.text().get());
    if (name == "r") out += ToUtf32(Child(node, "t").text().get());
  }
  return Unescaped(out);
}

void ReadSheet(pugi::xml_node worksheet, const Workbook& workbook, const Place& place, Builder& builder) {
  SheetReader(workbook, place, builder).Read(worksheet);
}

}  // namespace zg::document
