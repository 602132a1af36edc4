#include "document/pdf/ocr.h"

#include <fmt/format.h>

#include <atomic>
#include <charconv>
#include <cmath>
#include <fstream>
#include <optional>
#include <thread>

#include "base/text.h"
#include "document/failure.h"
#include "document/pdf/picture.h"
#include "document/pdf/poppler.h"
#include "document/program/process.h"
#include "document/program/scratch.h"

namespace zg::document {
namespace {

namespace fs = std::filesystem;

constexpr int kDots = 300;
constexpr double kScale = 72.0 / kDots;
constexpr size_t kMaxPages = 500;

ProgramCall Tesseract(const fs::path& folder, const fs::path& picture, const std::string& out,
                      const char* mode, const ReadLimits& limits, std::vector<std::string> more) {
  ProgramCall call;
  call.command = {"tesseract", picture.string(), out, "-l", "chi_sim", "--psm", mode};
  call.command.insert(call.command.end(), more.begin(), more.end());
  call.folder = folder;
  call.time = std::chrono::seconds(limits.program_seconds);
  call.address_space = 2ull << 30;
  call.environment = {"OMP_THREAD_LIMIT=1"};
  return call;
}

Error Failed(const ProgramOutcome& outcome, const ReadLimits& limits) {
  if (outcome.end == ProgramOutcome::End::kTimedOut) return TimedOut(limits.program_seconds);
  return ProgramFailed("图片识别不了，可能已损坏或太大；请用看图软件打开后另存为 png 再导入。",
                       fmt::format("tesseract {}: {}", outcome.status, outcome.errors));
}

// The words of a picture in points of the picture. `mode` is Tesseract's page segmentation mode.
Result<std::vector<PageText>> ReadPixels(const Picture& picture, const fs::path& file, const char* mode,
                                         const ReadLimits& limits) {
  std::ofstream(file, std::ios::binary) << ToPgm(picture);
  auto outcome = RunProgram(
      Tesseract(file.parent_path(), file, "stdout", mode, limits, {"--dpi", std::to_string(kDots), "tsv"}));
  std::error_code ignored;
  fs::remove(file, ignored);
  if (!outcome.ok()) return outcome.error();
  if (!outcome->ok()) return Failed(*outcome, limits);
  return ParseTesseractTsv(outcome->output, kScale);
}

// Text outside tables as Tesseract finds it; tables cell by cell, the cells stacked into one column.
Result<PageText> ReadOnePage(const fs::path& pdf, const OcrPage& page, const ReadLimits& limits) {
  ZG_ASSIGN(std::string pgm,
            PdfPictures(pdf, page.number, page.number, kDots, std::chrono::seconds(limits.program_seconds)));
  Picture picture = FromPgm(pgm);
  pgm = {};
  fs::path file = pdf.parent_path() / fmt::format("page-{}.pgm", page.number);
  WipeLines(picture, page.tables, kScale);
  auto stacks = StackCells(picture, page.cells, kScale);
  WipeAreas(picture, page.tables, kScale);
  ZG_ASSIGN(auto read, ReadPixels(picture, file, "3", limits));
  PageText text = read.empty() ? PageText{} : std::move(read[0]);
  text.number = page.number;
  text.width = picture.width * kScale;
  text.height = picture.height * kScale;
  text.rough = true;
  for (const Stack& stack : stacks) {
    ZG_ASSIGN(auto cells, ReadPixels(stack.picture, file, "6", limits));
    if (cells.empty()) continue;
    for (Word& word : cells[0].words) {
      if (stack.ToPage(word.box, kScale)) text.words.push_back(std::move(word));
    }
  }
  return text;
}

double Field(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::isfinite(value) ? value : 0;
}

// Bars at either end are remains of table lines.
std::u32string WithoutBars(std::u32string_view text) {
  auto is_bar = [](char32_t c) { return c == U'|' || c == U'｜' || c == U'¦'; };
  while (!text.empty() && (is_bar(text.front()) || IsSpace(text.front()))) text.remove_prefix(1);
  while (!text.empty() && (is_bar(text.back()) || IsSpace(text.back()))) text.remove_suffix(1);
  return std::u32string(text);
}

std::u32string Tidy(std::u32string text) {
  auto latin = [&](size_t i) { return i < text.size() && (IsAsciiAlpha(text[i]) || IsDigit(text[i])); };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'〈') text[i] = U'（';  // what a bracket in small type looks like
    if (text[i] == U'〉') text[i] = U'）';
    bool mark = std::u32string_view(U":;,()").find(text[i]) != std::u32string_view::npos;
    if (mark && !latin(i + 1) && (i == 0 || !latin(i - 1))) text[i] += U'：' - U':';
  }
  return text;
}

// The twelve columns of the table; the last one is text and may hold anything.
std::vector<std::string_view> Fields(std::string_view line) {
  std::vector<std::string_view> out;
  while (out.size() < 11) {
    size_t tab = line.find('\t');
    out.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return out;
    line.remove_prefix(tab + 1);
  }
  out.push_back(line);
  return out;
}

}  // namespace

Status TesseractIsThere(std::string_view need) {
  constexpr char kPackage[] = "tesseract-ocr-chi-sim";
  constexpr char kInstead[] = "导入有文字的 docx、xlsx、pdf";
  if (!FindProgram("tesseract")) return ProgramMissing(need, "Tesseract", kPackage, kInstead);
  static const bool kHasChinese = [] {
    ProgramCall call;
    call.command = {"tesseract", "--list-langs"};
    call.folder = "/";
    auto outcome = RunProgram(call);
    return outcome.ok() && (outcome->output + outcome->errors).find("chi_sim") != std::string::npos;
  }();
  if (!kHasChinese) return ProgramMissing(need, "Tesseract 的中文数据", kPackage, kInstead);
  return PopplerIsThere();
}

Result<std::vector<PageText>> OcrPdfPages(const fs::path& pdf, const std::vector<OcrPage>& pages,
                                          const ReadLimits& limits, const std::function<void(size_t)>& done) {
  if (pages.size() > kMaxPages) {
    return TooLarge(fmt::format("要识别的图片有{}页，超过{}页的上限；请拆成几个小文件后再导入。",
                                pages.size(), kMaxPages));
  }
  std::vector<std::optional<Result<PageText>>> read(pages.size());
  std::atomic<size_t> next{0}, finished{0};
  std::atomic<bool> failed{false};
  auto work = [&](bool reports) {
    for (size_t i = next++; i < pages.size() && !failed; i = next++) {
      read[i] = ReadOnePage(pdf, pages[i], limits);
      if (!read[i]->ok()) failed = true;
      ++finished;
      if (reports && done) done(finished);
    }
  };
  std::thread second;
  if (pages.size() > 1 && std::thread::hardware_concurrency() > 1) second = std::thread(work, false);
  work(true);
  if (second.joinable()) second.join();
  std::vector<PageText> out;
  for (auto& page : read) {
    if (page && !page->ok()) return page->error();
  }
  for (auto& page : read) out.push_back(std::move(*page).value());
  return out;
}

Result<PictureText> OcrPicture(const fs::path& picture, const ReadLimits& limits) {
  fs::path base = picture.parent_path() / "picture";
  ZG_ASSIGN(ProgramOutcome outcome, RunProgram(Tesseract(picture.parent_path(), picture, base.string(), "3",
                                                         limits, {"tsv", "pdf"})));
  if (!outcome.ok()) return Failed(outcome, limits);
  PictureText out{.pdf = base.string() + ".pdf"};
  ZG_ASSIGN(std::string tsv, ReadWholeFile(base.string() + ".tsv", 64u << 20));
  out.pages = ParseTesseractTsv(tsv, 1);
  Budget budget(limits);
  ZG_ASSIGN(auto sizes, PdfWords(out.pdf, budget));  // pixels become points by the size that the PDF has
  for (size_t i = 0; i < out.pages.size(); ++i) {
    PageText& page = out.pages[i];
    page.number = static_cast<int>(i) + 1;
    double scale = i < sizes.size() && page.width > 0 ? sizes[i].width / page.width : 0.48;
    page.width *= scale;
    page.height *= scale;
    for (Word& word : page.words) {
      word.box = {word.box.x0 * scale, word.box.y0 * scale, word.box.x1 * scale, word.box.y1 * scale};
    }
  }
  return out;
}

std::vector<PageText> ParseTesseractTsv(std::string_view tsv, double scale) {
  std::vector<PageText> pages;
  std::string current;
  Box line_box;
  for (size_t at = 0; at < tsv.size();) {
    size_t end = std::min(tsv.find('\n', at), tsv.size());
    auto fields = Fields(tsv.substr(at, end - at));
    at = end + 1;
    if (fields.size() < 11) continue;
    Box box{Field(fields[6]) * scale, Field(fields[7]) * scale, 0, 0};
    box.x1 = box.x0 + Field(fields[8]) * scale;
    box.y1 = box.y0 + Field(fields[9]) * scale;
    if (fields[0] == "1" && fields[1] != current) {
      current = fields[1];
      pages.push_back(
          {.number = static_cast<int>(pages.size()) + 1, .width = box.x1, .height = box.y1, .rough = true});
    }
    if (fields[0] == "4") line_box = box;
    if (fields[0] != "5" || fields.size() < 12 || pages.empty() || box.y1 <= box.y0 || box.x1 <= box.x0)
      continue;
    if (line_box.y0 <= box.mid_y() && box.mid_y() <= line_box.y1) {
      box.y0 = line_box.y0;
      box.y1 = line_box.y1;
    }
    std::u32string text = Tidy(WithoutBars(ToUtf32(fields[11])));
    if (!text.empty()) pages.back().words.push_back({box, std::move(text)});
  }
  return pages;
}

}  // namespace zg::document
