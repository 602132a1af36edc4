#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "base/digest.h"
#include "base/text.h"
#include "document/reader.h"
#include "report/offline_form.h"
#include "report/offline_layout.h"

namespace zg {
namespace {

using namespace form;

constexpr size_t kMostBytes = 20u << 20, kMostText = 10'000, kMostName = 100, kMostFaults = 20;

using Cells = std::map<std::pair<int, int>, std::string>;  // (row, column), counted from 1

Error Foreign(const std::string& why) {
  return {Code::kInvalid, why + "请用系统“上报”页面导出的上报表填写后再导入。", "", "form.foreign"};
}

std::map<std::string, Cells> CellsOf(const Document& document) {
  std::map<std::string, Cells> sheets;
  for (const auto& block : document.blocks) {
    std::string& cell = sheets[block.place.sheet][{block.place.row, block.place.column}];
    if (!cell.empty()) cell += '\n';
    cell += ToUtf8(Trim(Slice(document.text, block.span)));
  }
  return sheets;
}

std::string At(const Cells& cells, int row, int column) {
  auto it = cells.find({row, column});
  return it == cells.end() ? "" : it->second;
}

std::optional<int64_t> WholeOf(const std::string& text) {
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

// 1,234.5 and full-width digits too; nullopt for anything that is no plain number.
std::optional<double> NumberOf(const std::string& text) {
  std::string plain;
  for (char32_t c : Squeeze(ToUtf32(text))) {
    if (c == U',' || c == U'，') continue;
    if (c >= 0x80) return std::nullopt;
    plain += char(c);
  }
  double value = 0;
  auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (plain.empty() || error != std::errc() || end != plain.data() + plain.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

class FormReader {
 public:
  explicit FormReader(const Document& document) : sheets_(CellsOf(document)) {}

  Result<FormRead> Read() {
    ZG_TRY(Hidden());
    Rows();
    Stray();
    Figures();
    return std::move(read_);
  }

 private:
  void Fault(int column, int row, std::string message, const char* sheet = nullptr) {
    read_.faults.push_back(
        {(sheet ? std::string(sheet) + "!" : "") + CellName(column, row), std::move(message)});
  }

  // What was exported; sealed, so that nobody turns one file into another's.
  Status Hidden() {
    if (!sheets_.count(kHidden) || !sheets_.count(kSheet)) return Foreign("这不是本系统导出的上报表。");
    const Cells& cells = sheets_[kHidden];
    if (At(cells, 1, 1) != kMark) return Foreign("这不是本系统导出的上报表。");
    if (At(cells, 1, 2) != kVersion) return Foreign("这份上报表是另一个版本的系统导出的。");
    std::string all;
    int row = 1;
    for (; row <= kMostRows && At(cells, row, 1) != "seal"; ++row) {
      for (int column = 1; column <= (At(cells, row, 1) == "report" ? 6 : 2); ++column)
        all += At(cells, row, column) + "\n";
      ZG_TRY(HiddenRow(cells, row));
    }
    if (At(cells, row, 2) != Sm3Hex(all)) return Foreign("上报表的“版本”页被改动过，认不出它是哪一份。");
    return {};
  }
  Status HiddenRow(const Cells& cells, int row) {
    std::string key = At(cells, row, 1), value = At(cells, row, 2);
    if (key == "ledger") read_.ledger = value;
    if (key == "exported") read_.exported_at = value;
    if (key == "period") read_.period = {WholeOf(value).value_or(0)};
    if (key == "unit") read_.unit = {WholeOf(value).value_or(0)};
    if (key != "report") return {};
    auto id = WholeOf(value), revision = WholeOf(At(cells, row, 3)), at = WholeOf(At(cells, row, 4));
    if (!id || !revision || !at) return Foreign("上报表的“版本”页被改动过，认不出它是哪一份。");
    FormRow line;
    line.report = {*id};
    line.revision = *revision;
    line.row = int(*at);
    line.label = At(cells, row, 5);
    read_.rows.push_back(std::move(line));
    seals_.push_back(At(cells, row, 6));
    return {};
  }

  void Rows() {
    const Cells& cells = sheets_[kSheet];
    for (size_t i = 0; i < read_.rows.size(); ++i) {
      FormRow& line = read_.rows[i];
      int r = line.row;
      std::string label = At(cells, r, kLabel);
      if (label != line.label) {
        Fault(kLabel, r,
              label.empty() ? "任务" + line.label + "这一行被删去或移动了。"
                            : "这一行应是任务" + line.label + "，不要改动或调换行。");
        continue;
      }
      if (SealOf(label, At(cells, r, kProblem), At(cells, r, kDue), At(cells, r, kLast)) != seals_[i])
        Fault(kProblem, r, "任务" + label + "的问题、时限或上期所报被改动过，只能填浅黄色的格。");
      Answer(cells, line);
    }
  }
  void Answer(const Cells& cells, FormRow& line) {
    int r = line.row;
    ReportContent& c = line.content;
    std::string state = At(cells, r, kState), on = At(cells, r, kOnSchedule);
    if (!state.empty()) {
      for (TaskState s :
           {TaskState::kNotStarted, TaskState::kInProgress, TaskState::kOngoing, TaskState::kCompleted})
        if (state == TaskStateChinese(s)) c.state = s;
      if (!c.state)
        Fault(kState, r, "整改状态“" + state + "”不对，只有未启动、正在推进、长期坚持、已完成四种。");
    }
    if (on == kYes || on == kNo)
      c.on_schedule = on == kYes;
    else if (!on.empty())
      Fault(kOnSchedule, r, "达到序时进度只填“是”或“否”。");
    for (auto [column, to] : {std::pair(kReason, &c.reason), {kText, &c.text}, {kNext, &c.next_step}}) {
      *to = At(cells, r, column);
      if (ToUtf32(*to).size() > kMostText) Fault(column, r, "文字超过一万字，请精简。");
    }
    line.answered =
        !state.empty() || !on.empty() || !c.reason.empty() || !c.text.empty() || !c.next_step.empty();
  }

  // Words outside of the rows that were exported would be lost in silence.
  void Stray() {
    std::set<int> rows;
    for (const auto& line : read_.rows) rows.insert(line.row);
    std::set<int> told;
    for (const auto& [at, text] : sheets_[kSheet]) {
      auto [row, column] = at;
      if (row < kFirstRow || (rows.count(row) && column <= kRemark)) continue;
      if (told.insert(row).second) Fault(column, row, "表格之外的内容收不进来，请移到相应的格里。");
    }
  }

  FormRow* RowOf(const std::string& label) {
    for (auto& line : read_.rows)
      if (line.label == label) return &line;
    return nullptr;
  }

  void Figures() {
    if (!sheets_.count(kFigures)) return Fault(kTask, kFirstRow, "“数据”页被删去了，请重新导出。", kFigures);
    const Cells& cells = sheets_[kFigures];
    std::set<int> rows;
    for (const auto& [at, text] : cells)
      if (at.first >= kFirstRow && at.second <= kNote) rows.insert(at.first);
    for (int row : rows) Figure(cells, row);
  }
  void Figure(const Cells& cells, int r) {
    std::string label = At(cells, r, kTask), value = At(cells, r, kValue), note = At(cells, r, kNote);
    if (value.empty()) {
      if (!note.empty()) Fault(kValue, r, "写了说明，没有数值。", kFigures);
      return;  // asked for and not answered
    }
    ReportFigure f{At(cells, r, kName), 0, At(cells, r, kUnit), std::nullopt, true, note};
    FormRow* line = RowOf(label);
    if (!line) return Fault(kTask, r, "上报表里没有任务“" + label + "”。", kFigures);
    if (f.name.empty() || ToUtf32(f.name).size() > kMostName || ToUtf32(f.unit).size() > kMostName)
      return Fault(kName, r, "数据须有名称，名称和单位不超过一百字。", kFigures);
    auto number = NumberOf(value);
    if (!number) return Fault(kValue, r, "“" + value + "”不是数字。", kFigures);
    f.value = *number;
    if (std::string target = At(cells, r, kTarget); !target.empty()) {
      f.target = NumberOf(target);
      if (!f.target) return Fault(kTarget, r, "“" + target + "”不是数字。", kFigures);
    }
    std::string cumulative = At(cells, r, kCumulative);
    if (!cumulative.empty() && cumulative != kYes && cumulative != kNo)
      return Fault(kCumulative, r, "累计只填“是”或“否”。", kFigures);
    f.cumulative = cumulative != kNo;
    if (line->content.figures.size() >= 50) return Fault(kTask, r, "一项任务的数据不超过五十项。", kFigures);
    line->content.figures.push_back(std::move(f));
    line->figure_rows.push_back(r);
    line->answered = true;
  }

  std::map<std::string, Cells> sheets_;
  std::vector<std::string> seals_;
  FormRead read_;
};

}  // namespace

Result<FormRead> ReadForm(std::string_view bytes, const std::string& name) {
  if (bytes.size() > kMostBytes)
    return Error{Code::kInvalid, "文件超过20MB，不会是上报表。请检查后重新选择。", name, "form.too_large"};
  ReadOptions options;
  options.hidden_sheets = true;
  options.limits.max_unpacked_bytes = 64u << 20;
  std::string format = SniffFormat(bytes, name);
  if (format != "xlsx" && format != "xls" && format != "et" && format != "ods")
    return Foreign("这不是 Excel 文件。");
  ZG_ASSIGN(Document document, ReadDocument(bytes, name, options));
  return FormReader(document).Read();
}

Error FormError(const std::vector<FormFault>& faults) {
  std::string cells, told;
  for (size_t i = 0; i < faults.size() && i < kMostFaults; ++i) {
    cells += (i ? "、" : "") + faults[i].cell;
    std::string message = faults[i].message;
    while (message.size() >= 3 && message.substr(message.size() - 3) == "。")
      message.resize(message.size() - 3);
    told += (i ? "；" : "") + faults[i].cell + "：" + message;
  }
  if (faults.size() > kMostFaults) told += fmt::format("；另有{}处", faults.size() - kMostFaults);
  return {Code::kInvalid, fmt::format("上报表有{}处不能收，一项也没有存入。{}。", faults.size(), told), cells,
          "form.refused"};
}

std::string CellOfMissing(const std::string& id, int row) {
  int column = id == "report.no_state"      ? kState
               : id == "report.no_schedule" ? kOnSchedule
               : id == "report.no_reason"   ? kReason
                                            : kText;
  return CellName(column, row);
}

std::string CellOfNote(const FormRow& row, const std::string& figure) {
  for (size_t i = 0; i < row.content.figures.size() && i < row.figure_rows.size(); ++i)
    if (row.content.figures[i].name == figure)
      return std::string(kFigures) + "!" + CellName(kNote, row.figure_rows[i]);
  return CellName(kText, row.row);
}

}  // namespace zg
