#include "document/pdf/poppler.h"

#include <fmt/format.h>

#include "document/failure.h"
#include "document/pdf/bbox.h"
#include "document/program/process.h"

namespace zg::document {
namespace {

constexpr uint64_t kMaxLayoutBytes = 96u << 20;  // about 5,000 pages
constexpr uint64_t kMaxPictureBytes = 160u << 20;

ProgramCall Call(const std::filesystem::path& pdf, std::vector<std::string> command,
                 std::chrono::milliseconds time) {
  ProgramCall call;
  call.command = std::move(command);
  call.folder = pdf.parent_path();
  call.time = time;
  call.address_space = 1ull << 30;
  return call;
}

}  // namespace

Status PopplerIsThere() {
  if (FindProgram("pdftotext") && FindProgram("pdftoppm")) return {};
  return ProgramMissing("读取 PDF 文件", "poppler", "poppler-utils",
                        "用 Word、WPS 把文件另存为 docx 后再导入");
}

Result<std::vector<PageText>> PdfWords(const std::filesystem::path& pdf, Budget& budget) {
  ZG_TRY(PopplerIsThere());
  auto call = Call(pdf, {"pdftotext", "-bbox-layout", "-enc", "UTF-8", pdf.string(), "-"},
                   std::chrono::seconds(budget.limits().seconds));
  call.max_output = kMaxLayoutBytes;
  ZG_ASSIGN(ProgramOutcome outcome, RunProgram(call));
  using End = ProgramOutcome::End;
  if (outcome.end == End::kTimedOut) return TimedOut(budget.limits().seconds);
  if (outcome.end == End::kTooMuchOutput)
    return TooLarge("PDF 里的文字太多，没有读取；请拆成几个小文件后再导入。");
  if (outcome.errors.find("ncorrect password") != std::string::npos) {
    return Encrypted("PDF 设有打开密码，无法读取；请用阅读软件取消密码后另存，再重新导入。");
  }
  if (!outcome.ok()) {
    return Broken("PDF 不完整或已损坏，无法读取；请向来文单位重新要一份，或打印成新的 PDF 后再导入。",
                  fmt::format("pdftotext {}: {}", outcome.status, outcome.errors));
  }
  budget.RestartClock();
  auto pages = ParseBboxLayout(outcome.output, 1, budget);
  if (budget.Stopped()) return budget.error();
  if (pages.empty()) return Broken("PDF 里没有页面，无法读取；请向来文单位重新要一份。", outcome.errors);
  return pages;
}

Result<std::string> PdfPictures(const std::filesystem::path& pdf, const PictureWish& wish) {
  std::vector<std::string> command = {
      "pdftoppm", "-gray", "-f", std::to_string(wish.first), "-l", std::to_string(wish.last)};
  bool by_side = wish.longest_side > 0;
  command.push_back(by_side ? "-scale-to" : "-r");
  command.push_back(std::to_string(by_side ? wish.longest_side : wish.dots));
  if (!wish.smooth) command.insert(command.end(), {"-aa", "no", "-aaVector", "no"});
  command.push_back(pdf.string());
  auto call = Call(pdf, std::move(command), wish.time);
  call.max_output = kMaxPictureBytes;
  ZG_ASSIGN(ProgramOutcome outcome, RunProgram(call));
  if (!outcome.ok()) return ProgramFailed("PDF 的页面画不出来；请打印成新的 PDF 后再导入。", outcome.errors);
  return std::move(outcome.output);
}

}  // namespace zg::document
