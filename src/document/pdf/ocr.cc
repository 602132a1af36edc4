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
#include "document/pdf/poppler.h"
#include "document/pdf/raster.h"
#include "document/program/process.h"
#include "document/program/scratch.h"

namespace zg::document {
namespace {

namespace fs = std::filesystem;

constexpr int kDots = 300;
constexpr size_t kMaxPages = 500;

ProgramCall Tesseract(const fs::path& folder, const fs::path& picture, const std::string& out,
                      const ReadLimits& limits, std::vector<std::string> more) {
  ProgramCall call;
  call.command = {"tesseract", picture.string(), out, "-l", "chi_sim", "--psm", "3"};
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

Result<PageText> ReadOnePage(const fs::path& pdf, const OcrPage& page, const ReadLimits& limits) {
  ZG_ASSIGN(std::string pgm,
            PdfPictures(pdf, page.number, page.number, kDots, std::chrono::seconds(limits.program_seconds)));
  double scale = 72.0 / kDots;
  WipeLines(pgm, page.tables, scale);
  fs::path picture = pdf.parent_path() / fmt::format("page-{}.pgm", page.number);
  std::ofstream(picture, std::ios::binary) << pgm;
  pgm = {};
  auto outcome = RunProgram(
      Tesseract(pdf.parent_path(), picture, "stdout", limits, {"--dpi", std::to_string(kDots), "tsv"}));
  std::error_code ignored;
  fs::remove(picture, ignored);
  if (!outcome.ok()) return outcome.error();
  if (!outcome->ok()) return Failed(*outcome, limits);
  auto read = ParseTesseractTsv(outcome->output, scale);
  PageText text = read.empty() ? PageText{} : std::move(read[0]);
  text.number = page.number;
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
  ZG_ASSIGN(ProgramOutcome outcome,
            RunProgram(Tesseract(picture.parent_path(), picture, base.string(), limits, {"tsv", "pdf"})));
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
  for (size_t at = 0; at < tsv.size();) {
    size_t end = std::min(tsv.find('\n', at), tsv.size());
    std::string_view line = tsv.substr(at, end - at);
    at = end + 1;
    std::vector<std::string_view> fields;
    for (size_t from = 0; from <= line.size() && fields.size() < 12;) {
      size_t tab = fields.size() == 11 ? line.size() : std::min(line.find('\t', from), line.size());
      fields.push_back(line.substr(from, tab - from));
      from = tab + 1;
    }
    if (fields.size() < 12 && !(fields.size() == 11 && fields[0] == "1")) continue;
    Box box{Field(fields[6]) * scale, Field(fields[7]) * scale, 0, 0};
    box.x1 = box.x0 + Field(fields[8]) * scale;
    box.y1 = box.y0 + Field(fields[9]) * scale;
    if (fields[0] == "1" && fields[1] != current) {
      current = fields[1];
      pages.push_back(
          {.number = static_cast<int>(pages.size()) + 1, .width = box.x1, .height = box.y1, .rough = true});
    }
    if (fields[0] != "5" || pages.empty() || box.y1 <= box.y0 || box.x1 <= box.x0) continue;
    std::u32string text = WithoutBars(ToUtf32(fields[11]));
    if (!text.empty()) pages.back().words.push_back({box, std::move(text)});
  }
  return pages;
}

void WipeLines(std::string& pgm, const std::vector<Box>& areas, double scale) {
  auto pictures = ParsePgms(pgm);
  if (pictures.empty()) return;
  int width = pictures[0].width, height = pictures[0].height;
  auto* pixels =
      reinterpret_cast<uint8_t*>(pgm.data()) + (pictures[0].pixels - reinterpret_cast<uint8_t*>(pgm.data()));
  auto at = [&](int x, int y) -> uint8_t& { return pixels[static_cast<size_t>(y) * width + x]; };
  const int need = static_cast<int>(28 / scale);  // no stroke of a character is as long
  for (const Box& area : areas) {
    int x0 = std::clamp(static_cast<int>((area.x0 - 4) / scale), 0, width - 1);
    int x1 = std::clamp(static_cast<int>((area.x1 + 4) / scale), 0, width - 1);
    int y0 = std::clamp(static_cast<int>((area.y0 - 4) / scale), 0, height - 1);
    int y1 = std::clamp(static_cast<int>((area.y1 + 4) / scale), 0, height - 1);
    std::vector<std::pair<int, int>> ink;  // of both directions, so that crossings are whole for either
    auto scan = [&](int lines0, int lines1, int from, int to, auto pixel) {
      for (int line = lines0; line <= lines1; ++line) {
        for (int i = from; i <= to;) {
          int end = i;
          while (end <= to && pixel(line, end) < 170) ++end;
          for (int k = i; end - i >= need && k < end; ++k) ink.push_back({line, k});
          i = end + 1;
        }
      }
    };
    scan(y0, y1, x0, x1, [&](int y, int x) { return at(x, y); });
    size_t horizontal = ink.size();
    scan(x0, x1, y0, y1, [&](int x, int y) { return at(x, y); });
    for (size_t i = 0; i < ink.size(); ++i) {
      auto [x, y] = i < horizontal ? std::pair(ink[i].second, ink[i].first) : ink[i];
      for (int d = -1; d <= 1; ++d) {
        bool across = i < horizontal;
        int px = across ? x : std::clamp(x + d, 0, width - 1),
            py = across ? std::clamp(y + d, 0, height - 1) : y;
        at(px, py) = 255;
      }
    }
  }
}

}  // namespace zg::document
