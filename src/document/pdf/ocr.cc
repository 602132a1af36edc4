#include "document/pdf/ocr.h"

#include <fmt/format.h>

#include <atomic>
#include <fstream>
#include <map>
#include <numeric>
#include <optional>
#include <thread>

#include "base/text.h"
#include "document/failure.h"
#include "document/pdf/grid.h"
#include "document/pdf/picture.h"
#include "document/pdf/poppler.h"
#include "document/pdf/tsv.h"
#include "document/program/process.h"
#include "document/program/scratch.h"

namespace zg::document {
namespace {

namespace fs = std::filesystem;

constexpr int kDots = 300;
constexpr double kA4 = 842, kA3 = 1191;  // points of the longer side
constexpr size_t kMaxPages = 500;

struct Reading {
  const char* mode;  // page segmentation: 3 finds out, 6 is one column, 13 one line
  const char* language = "chi_sim";
  const char* setting = nullptr;
};

ProgramCall Tesseract(const fs::path& folder, const fs::path& picture, const std::string& out,
                      const Reading& how, const ReadLimits& limits, std::vector<std::string> more) {
  ProgramCall call;
  call.command = {"tesseract", picture.string(), out, "-l", how.language, "--psm", how.mode};
  if (how.setting) call.command.insert(call.command.end(), {"-c", how.setting});
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

Raster AsRaster(const Picture& picture) {
  return {picture.width, picture.height, picture.pixels.data()};
}

Result<std::vector<PageText>> ReadPixels(const Picture& picture, double scale, const fs::path& file,
                                         const Reading& how, const ReadLimits& limits) {
  std::ofstream(file, std::ios::binary) << ToPgm(picture);
  auto outcome = RunProgram(
      Tesseract(file.parent_path(), file, "stdout", how, limits, {"--dpi", std::to_string(kDots), "tsv"}));
  std::error_code ignored;
  fs::remove(file, ignored);
  if (!outcome.ok()) return outcome.error();
  if (!outcome->ok()) return Failed(*outcome, limits);
  return ParseTesseractTsv(outcome->output, scale);
}

// About 300 dots per inch, for A3 too; pages of strange sizes (a point for each pixel) as if they were A4.
struct Resolution {
  int longest_side;
  double points;  // of the longer side
};
Resolution ResolutionFor(const PageText& page) {
  double longest = std::max(page.width, page.height);
  bool known = longest > 300 && longest < 1.2 * kA3;
  double points = known ? longest : kA4;
  return {static_cast<int>(std::max(points, kA4) / 72 * kDots), points};
}

// What `tesseract --list-langs` says; asked once.
const std::string& Languages() {
  static const std::string kLanguages = [] {
    ProgramCall call;
    call.command = {"tesseract", "--list-langs"};
    call.folder = "/";
    auto outcome = RunProgram(call);
    return outcome.ok() ? outcome->output + outcome->errors : std::string();
  }();
  return kLanguages;
}

// A short text without Chinese: alone in its cell a digit is often taken for a stroke.
bool MayBeDigits(const std::vector<Word>& words) {
  size_t characters = 0;
  for (const Word& word : words) {
    for (char32_t c : word.text) {
      if (IsHan(c) || std::u32string_view(U"-—－–/√✓×").find(c) != std::u32string_view::npos) return false;
      ++characters;
    }
  }
  return characters <= 3;
}

// Reads cells, stacked into one column, and those that may hold but a number once more as digits.
Status ReadCells(const Picture& picture, const std::vector<Box>& cells, double scale, const fs::path& file,
                 const ReadLimits& limits, std::vector<Word>& out) {
  std::vector<std::vector<Word>> words(cells.size());
  auto read = [&](const std::vector<Box>& boxes, const std::vector<size_t>& which,
                  const Reading& how) -> Status {
    for (const Stack& stack : StackCells(picture, boxes, scale)) {
      ZG_ASSIGN(auto pages, ReadPixels(stack.picture, scale, file, how, limits));
      std::map<size_t, std::vector<Word>> found;
      for (PageText& page : pages) {
        for (Word& word : page.words) {
          int cell = stack.ToPage(word.box, scale);
          if (cell >= 0) found[which[cell]].push_back(std::move(word));
        }
      }
      for (auto& [cell, its] : found) words[cell] = std::move(its);
    }
    return {};
  };
  std::vector<size_t> all(cells.size());
  std::iota(all.begin(), all.end(), size_t{0});
  ZG_TRY(read(cells, all, {.mode = "6"}));
  std::vector<Box> boxes;
  std::vector<size_t> which;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (!MayBeDigits(words[i])) continue;
    boxes.push_back(cells[i]);
    which.push_back(i);
  }
  Reading digits{.mode = "6", .setting = "tessedit_char_whitelist=0123456789"};
  if (Languages().find("eng") != std::string::npos) digits.language = "eng";  // better at lone digits
  ZG_TRY(read(boxes, which, digits));
  for (auto& its : words) std::move(its.begin(), its.end(), std::back_inserter(out));
  return {};
}

// Text outside tables as Tesseract finds it; tables cell by cell, the cells stacked into one column.
Result<PageContent> ReadOnePage(const fs::path& pdf, const PageText& page, const ReadLimits& limits) {
  Resolution resolution = ResolutionFor(page);
  ZG_ASSIGN(std::string pgm, PdfPictures(pdf, {.first = page.number,
                                               .last = page.number,
                                               .longest_side = resolution.longest_side,
                                               .smooth = true,
                                               .time = std::chrono::seconds(limits.program_seconds)}));
  Picture picture = FromPgm(pgm);
  pgm = {};
  if (picture.pixels.empty())
    return ProgramFailed("PDF 的页面画不出来；请打印成新的 PDF 后再导入。", "no picture");
  Raster drawn = AsRaster(picture);
  if (InkShare(drawn) < 0.0005) {  // a blank page with some dust
    PageText blank{.number = page.number, .width = page.width, .height = page.height};
    return PageContent{.text = std::move(blank)};
  }
  Straighten(picture);
  double scale = resolution.points / std::max(picture.width, picture.height);
  fs::path file = pdf.parent_path() / fmt::format("page-{}.pgm", page.number);
  Budget budget(limits);
  Picture thick = Thickened(picture);  // hair lines that stray from pixel to pixel hang together
  PageContent out{.rules = TableRules(AsRaster(thick),
                                      {.points_per_pixel = scale, .min_horizontal = 30, .min_vertical = 12},
                                      budget)};
  std::vector<Box> tables, cells;
  for (const Grid& grid : FindGrids(out.rules, budget)) {
    tables.push_back(grid.box());
    for (const GridCell& cell : grid.cells) cells.push_back(grid.BoxOf(cell));
  }
  WipeLines(picture, tables, scale);
  std::vector<Word> in_cells;
  ZG_TRY(ReadCells(picture, cells, scale, file, limits, in_cells));
  WipeAreas(picture, tables, scale);
  ZG_ASSIGN(auto read, ReadPixels(picture, scale, file, {.mode = "3"}, limits));
  if (!read.empty()) out.text = std::move(read[0]);
  std::move(in_cells.begin(), in_cells.end(), std::back_inserter(out.text.words));
  out.text.number = page.number;
  out.text.width = picture.width * scale;
  out.text.height = picture.height * scale;
  out.text.rough = true;
  return out;
}

}  // namespace

Status TesseractIsThere(std::string_view need) {
  constexpr char kPackage[] = "tesseract-ocr-chi-sim";
  constexpr char kInstead[] = "导入有文字的 docx、xlsx、pdf";
  if (!FindProgram("tesseract")) return ProgramMissing(need, "Tesseract", kPackage, kInstead);
  bool has_chinese = Languages().find("chi_sim") != std::string::npos;
  if (!has_chinese) return ProgramMissing(need, "Tesseract 的中文数据", kPackage, kInstead);
  return PopplerIsThere();
}

Result<std::vector<PageContent>> OcrPdfPages(const fs::path& pdf, const std::vector<PageText>& pages,
                                             const ReadLimits& limits,
                                             const std::function<void(size_t)>& done) {
  if (pages.size() > kMaxPages) {
    return TooLarge(fmt::format("要识别的图片有{}页，超过{}页的上限；请拆成几个小文件后再导入。",
                                pages.size(), kMaxPages));
  }
  std::vector<std::optional<Result<PageContent>>> read(pages.size());
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
  for (auto& page : read) {
    if (page && !page->ok()) return page->error();
  }
  std::vector<PageContent> out;
  for (auto& page : read) out.push_back(std::move(*page).value());
  return out;
}

Result<fs::path> PictureToPdf(const fs::path& picture, const ReadLimits& limits) {
  fs::path base = picture.parent_path() / "picture";
  // Taken for one line of text, which costs little: only the picture inside the PDF is wanted.
  ZG_ASSIGN(ProgramOutcome outcome, RunProgram(Tesseract(picture.parent_path(), picture, base.string(),
                                                         {.mode = "13"}, limits, {"pdf"})));
  fs::path pdf = base.string() + ".pdf";
  std::error_code error;
  if (!outcome.ok() || !fs::exists(pdf, error)) return Failed(outcome, limits);
  return pdf;
}

}  // namespace zg::document
