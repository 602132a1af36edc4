#include "office/article_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "document/reader.h"
#include "office/core.h"
#include "store/rounds.h"
#include "store/tasks.h"
#include "store/units.h"

namespace zg {
namespace {

constexpr size_t kMostLines = 2000, kMostFaults = 100, kMostBytes = 20u << 20;
constexpr int kHeadWithin = 10;  // rows

struct Column {
  const char *name, *title;
  double width;
};
constexpr Column kColumns[] = {{"day", "日期", 12},  {"title", "标题", 50},   {"medium", "媒体", 20},
                               {"kind", "类别", 14}, {"level", "级别", 10},   {"region", "地区", 18},
                               {"unit", "单位", 24}, {"round", "轮次", 30},   {"pieces", "篇数", 8},
                               {"link", "链接", 40}, {"tasks", "任务号", 14}, {"open", "可公开", 8},
                               {"note", "备注", 30}};

using Row = std::map<int, std::string>;  // column from 1 → text

Error NoSheet(std::string message, const std::string& name) {
  return {Code::kInvalid, std::move(message), name, "article.sheet"};
}

std::string Letter(int column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26) out.insert(out.begin(), char('A' + (column - 1) % 26));
  return out;
}

std::optional<int64_t> Whole(const std::string& text) {
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// 2024-07-01, 2024/7/1, 2024.7.1, 2024年7月1日; a time behind it is passed over.
std::optional<Date> DayOf(const std::string& text) {
  std::vector<int> numbers;
  bool inside = false;
  for (unsigned char c : text) {
    if (c == ' ' && numbers.size() >= 3) break;
    if (c >= '0' && c <= '9') {
      if (!inside) numbers.push_back(0);
      if (numbers.back() > 9999) return std::nullopt;
      numbers.back() = numbers.back() * 10 + (c - '0');
    }
    inside = c >= '0' && c <= '9';
  }
  return numbers.size() == 3 ? Date::Make(numbers[0], numbers[1], numbers[2]) : std::nullopt;
}

// Takes one row; every cell that cannot be read is told.
class RowReader {
 public:
  RowReader(const OfficeCore& core, store::Session& s, const MediaWords& words,
            const std::map<std::string, int>& columns, SheetArticles& out)
      : core_(core), s_(s), words_(words), columns_(columns), out_(out) {}

  void Read(int row, const Row& cells) {
    row_ = row;
    cells_ = &cells;
    good_ = true;
    Article a;
    std::string day = Of("day");
    if (auto date = DayOf(day))
      a.day = *date;
    else
      Fault("day", day.empty() ? "请写刊发日期。" : "“" + day + "”不是日期，请写成 2024-07-01 这样。");
    a.title = Of("title");
    a.medium = Of("medium");
    a.kind = Of("kind");
    a.level = Of("level");
    a.link = Of("link");
    a.note = Of("note");
    a.region = RegionOf(Of("region"));
    a.unit = UnitOf(Of("unit"));
    a.round = RoundOf(Of("round"));
    a.tasks = TasksOf(Of("tasks"));
    a.pieces = PiecesOf(Of("pieces"));
    a.open = OpenOf(Of("open"));
    if (!good_) return;
    if (Status status = CheckArticle(a, words_, core_.Today()); !status.ok())
      return Fault(status.error().where, status.error().message);
    out_.articles.push_back(std::move(a));
    out_.rows.push_back(row);
  }

 private:
  std::string Of(const char* name) const {
    auto column = columns_.find(name);
    if (column == columns_.end()) return "";
    auto cell = cells_->find(column->second);
    return cell == cells_->end() ? "" : cell->second;
  }
  void Fault(const std::string& name, std::string message) {
    good_ = false;
    auto column = columns_.find(name);
    if (out_.faults.size() < kMostFaults)
      out_.faults.push_back(
          {Letter(column == columns_.end() ? 1 : column->second) + std::to_string(row_), std::move(message)});
  }

  std::string RegionOf(const std::string& name) {
    if (name.empty()) return "";
    for (const auto& region : core_.regions.all()) {
      const auto& other = region.short_names;
      if (region.name == name || region.code == name ||
          std::find(other.begin(), other.end(), name) != other.end())
        return region.code;
    }
    Fault("region", "没有“" + name + "”这个地区，请写全称或常用简称。");
    return "";
  }
  UnitId UnitOf(const std::string& name) {
    if (name.empty()) return {};
    for (const auto& hit : store::FindUnits(s_, name, 50))
      if (hit.unit.name == name) return hit.unit.id;
    Fault("unit", "台账里没有“" + name + "”这个单位，请写台账里的全称，或留空。");
    return {};
  }
  RoundId RoundOf(const std::string& name) {
    if (name.empty()) return {};
    if (auto round = store::FindRound(s_, name)) return round->id;
    Fault("round", "没有“" + name + "”这个轮次，请写台账里的名称，或留空。");
    return {};
  }
  std::vector<TaskId> TasksOf(const std::string& text) {
    std::vector<TaskId> tasks;
    std::string word;
    auto take = [&] {
      if (word.empty()) return;
      auto id = Whole(word);
      if (!id || *id < 1 || !store::LoadHead(s_, TaskId{*id}))
        Fault("tasks", "没有任务号“" + word + "”，任务号是任务页面网址最后的数字，几个之间用顿号。");
      else
        tasks.push_back({*id});
      word.clear();
    };
    for (char32_t c : ToUtf32(text)) {
      if (c == U'、' || c == U',' || c == U'，' || c == U' ' || c == U'\n')
        take();
      else
        word += ToUtf8(std::u32string(1, c));
    }
    take();
    return tasks;
  }
  int64_t PiecesOf(const std::string& text) {
    if (text.empty()) return 1;
    if (auto n = Whole(text)) return *n;
    Fault("pieces", "“" + text + "”不是整数，请写篇（条次）数，如 1。");
    return 1;
  }
  bool OpenOf(const std::string& text) {
    if (text.empty() || text == "否" || text == "0") return false;
    if (text == "是" || text == "1") return true;
    Fault("open", "请写“是”或“否”。");
    return false;
  }

  const OfficeCore& core_;
  store::Session& s_;
  const MediaWords& words_;
  const std::map<std::string, int>& columns_;
  SheetArticles& out_;
  const Row* cells_ = nullptr;
  int row_ = 0;
  bool good_ = true;
};

// Name → column, where the row holds the heads that must be there.
std::map<std::string, int> HeadOf(const Row& row) {
  std::map<std::string, int> columns;
  for (const auto& [at, text] : row)
    for (const auto& column : kColumns)
      if (text == column.title) columns.emplace(column.name, at);
  bool whole = columns.count("day") && columns.count("title") && columns.count("medium");
  return whole ? columns : std::map<std::string, int>();
}

// The rows of the first sheet.
std::map<int, Row> RowsOf(const Document& document) {
  std::map<int, Row> rows;
  for (const auto& block : document.blocks) {
    if (block.place.table > 1) break;
    std::string& cell = rows[block.place.row][block.place.column];
    if (!cell.empty()) cell += '\n';
    cell += ToUtf8(Trim(Slice(document.text, block.span)));
  }
  return rows;
}

}  // namespace

Table ArticleTable(const std::vector<store::ArticleLine>& lines) {
  Table table;
  table.title = "宣传报道";
  for (const auto& c : kColumns) table.columns.push_back({c.name, c.title, c.width, c.width >= 30});
  for (const auto& line : lines) {
    const Article& a = line.article;
    std::string tasks;
    for (TaskId task : a.tasks) tasks += (tasks.empty() ? "" : "、") + std::to_string(task.value);
    table.rows.push_back({a.day, a.title, a.medium, a.kind, a.level, line.region, line.unit, line.round,
                          a.pieces, a.link, tasks, std::string(a.open ? "是" : "否"), a.note});
  }
  return table;
}

Result<Document> OpenArticleSheet(std::string_view bytes, const std::string& name) {
  if (bytes.size() > kMostBytes) return NoSheet("表格超过20 MB，请分成几份导入。", name);
  if (SniffFormat(bytes, name) != "xlsx")
    return NoSheet("这不是 xlsx 表格。请先导出一份，按它的列填写后再导入。", name);
  return ReadDocument(bytes, name);
}

Result<SheetArticles> ReadArticleSheet(const OfficeCore& core, store::Session& s, const MediaWords& words,
                                       const Document& document, const std::string& name) {
  std::map<std::string, int> columns;
  SheetArticles out;
  std::optional<RowReader> reader;
  for (const auto& [row, cells] : RowsOf(document)) {
    if (!reader) {
      if (row > kHeadWithin) break;
      columns = HeadOf(cells);
      if (!columns.empty()) reader.emplace(core, s, words, columns, out);
      continue;
    }
    if (size_t(++out.lines) > kMostLines) return NoSheet("一次最多导入2000条，请分成几份。", name);
    reader->Read(row, cells);
  }
  if (!reader)
    return NoSheet("表格的前十行里没有“日期、标题、媒体”这几列。请先导出一份，按它的列填写。", name);
  return out;
}

}  // namespace zg
