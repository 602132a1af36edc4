#pragma once
// What the office hands out, as a model before it is a file: head, blocks, annexes, end. Every number that
// was counted carries what it was counted from. Writers (docx, xlsx, JSON, plain text) take the laid out
// form. Pure; constant after it was composed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/date.h"

namespace zg::paper {

// What a number in the text was counted from.
struct Figure {
  std::string name;          // 已完成的任务
  std::string of;            // "task", "report" or "article"
  std::vector<int64_t> ids;  // of those, in the order of the list
};

struct Run {
  std::string text;  // UTF-8
  int figure = -1;   // index into Paper::figures; -1: plain words
};

class Text {
 public:
  Text() = default;
  Text(std::string text) {  // NOLINT
    if (!text.empty()) runs.push_back({std::move(text), -1});
  }
  Text(const char* text) : Text(std::string(text)) {}  // NOLINT
  Text& Add(std::string_view text);
  template <class T>
  requires std::is_convertible_v<const T&, std::string_view> Text& operator<<(const T& text) {
    return Add(text);
  }
  Text& operator<<(Run run);
  Text& operator<<(const Text& text);
  std::string Plain() const;
  bool empty() const { return runs.empty(); }

  std::vector<Run> runs;
};

// As GB/T 9704-2012 sets them; font and size are the writer's.
enum class Style : uint8_t {
  kMark,         // 发文机关标志, red
  kNumber,       // 发文字号 over the red line
  kTitle,        // 2号小标宋
  kRecipients,   // 主送机关, flush left
  kHeading1,     // 一、 3号黑体
  kHeading2,     // （一） 3号楷体
  kHeading3,     // 1. 3号仿宋, as is every style below but kAnnexMark
  kHeading4,     // （1）
  kBody,         // first line two characters in
  kPlain,        // flush left; empty: an empty line
  kAttachments,  // 附件：1. …, hanging after the colon and number
  kSignature,
  kDate,
  kNote,          // 附注, in brackets
  kAnnexMark,     // 附件1, 3号黑体, flush left
  kPrint,         // 版记, 4号
  kLetterMark,    // 发文机关标志 of a letter, red, over a red double line
  kLetterNumber,  // 发文字号 of a letter, flush right under that line
};
std::string_view StyleName(Style style);  // "mark", "number", …: as in the API

struct Paragraph {
  Style style = Style::kBody;
  std::string label;  // 一、 （一） 1. before the text; empty: not numbered
  Text text;
  bool keep = false;      // on one page with what follows
  bool new_page = false;  // begins one
  double right = 0;       // kSignature, kDate: characters from the right edge
};

struct Cell {
  Text text;
  int span = 1;
  bool head = false;  // as in the head of a table
  bool centred = false;
};
struct Table {
  std::string title;              // of its sheet in a workbook; not printed
  std::vector<double> widths;     // mm; the type area is 156 wide, 225 across the page
  std::vector<std::string> head;  // repeated on each page; empty: a form without one
  std::vector<std::vector<Cell>> rows;
};
using Block = std::variant<Paragraph, Table>;

struct Annex {
  std::string title;
  bool landscape = false;
  std::vector<Block> blocks;
};

struct Paper {
  std::string kind;  // "task_list", …
  std::string name;  // of the file, without its extension

  std::string mark;    // 发文机关标志; empty: no red head
  std::string number;  // 发文字号, as given by hand; empty: none yet
  std::string signer;  // 签发人, of documents that go up; empty: none
  std::string title;   // may be told where to break by '\n'
  std::string recipients;
  bool landscape = false;
  bool letter = false;  // 信函格式: under a mark of its own, with red double lines (10.1)
  std::vector<Block> blocks;
  std::vector<Annex> annexes;

  std::string signature;
  std::optional<Date> date;
  std::string note;        // 附注, without its brackets
  std::string copies;      // 抄送; empty: no 版记
  std::string printed_by;  // 印发机关

  std::vector<Figure> figures;
  std::vector<Table> sheets;  // of the workbook; none: the tables in the blocks
};

// Pages of one orientation; each begins a new page.
struct Section {
  bool landscape = false;
  bool letter = false;  // red double line at the foot of the first page, which has no number
  std::vector<Block> blocks;
};
// All that is printed, in order: head with its empty lines, title broken into lines, attachments named,
// annexes on pages of their own, signature and date set out by 7.3.5 of the standard (with seal: the date
// ends four characters from the right, the signature stands centred over it).
std::vector<Section> LayOut(const Paper& paper);

// The title's lines: as told by '\n', else balanced where it is longer than a line of 20 characters, never
// torn inside brackets or quotation marks, before a closing mark, or inside a number.
std::vector<std::string> TitleLines(const std::string& title);
// In half characters: Han and full-width signs count two.
int WidthOf(std::string_view text);

}  // namespace zg::paper
