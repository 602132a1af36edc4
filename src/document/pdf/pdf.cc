#include "document/pdf/pdf.h"

#include <fmt/format.h>

#include <cmath>

#include "document/builder.h"
#include "document/failure.h"
#include "document/pdf/grid.h"
#include "document/pdf/layout.h"
#include "document/pdf/ocr.h"
#include "document/pdf/poppler.h"
#include "document/pdf/raster.h"
#include "document/program/scratch.h"

namespace zg::document {
namespace {

constexpr int kPagesPerCall = 20;
constexpr std::chrono::milliseconds kLeastTime{1000}, kMostTime{4000};  // for such a call
constexpr int kDots = 100;                                              // enough for hair lines, 1 MB a page

// Pictures of about this many pixels at most, whatever the size of the page.
int DotsFor(const std::vector<PageText>& pages, size_t from, size_t to) {
  double longest = 1;
  for (size_t i = from; i < to; ++i) longest = std::max({longest, pages[i].width, pages[i].height});
  return std::clamp(static_cast<int>(kDots * 2000.0 / longest), 5, kDots);
}

// Fonts without a map to Unicode give control or private characters: then the picture says more than the
// text.
bool IsLegible(const PageText& page) {
  size_t all = 0, bad = 0;
  for (const Word& word : page.words) {
    for (char32_t c : word.text) {
      ++all;
      bad += c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
    }
  }
  return bad * 3 <= all;
}

size_t Characters(const PageText& page) {
  size_t n = 0;
  for (const Word& word : page.words) n += word.text.size();
  return n;
}

// Share of the ink that stands in none of the words: on a scan that carries but a page number or the mark of
// a scanning program, nearly all.
double InkBesideWords(const PageText& page, const Raster& raster, double scale) {
  size_t all = 0, beside = 0;
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      if (raster.pixels[static_cast<size_t>(y) * raster.width + x] >= 160) continue;
      ++all;
      beside += std::none_of(page.words.begin(), page.words.end(), [&](const Word& word) {
        const Box& b = word.box;
        return Box{b.x0 - 2, b.y0 - 2, b.x1 + 2, b.y1 + 2}.Holds(x * scale, y * scale);
      });
    }
  }
  return all ? static_cast<double>(beside) / static_cast<double>(all) : 0;
}

bool IsMarkedScan(const PageText& page, const Raster& raster, double scale) {
  return Characters(page) < 25 && InkShare(raster) > 0.005 && InkBesideWords(page, raster, scale) > 0.9;
}

class PdfReader {
 public:
  // `format`: pdf, or that of the picture which the PDF was made of.
  PdfReader(std::filesystem::path pdf, const std::string& format, Budget& budget, const ReadOptions& options)
      : pdf_(std::move(pdf)),
        is_picture_(format != "pdf"),
        budget_(budget),
        options_(options),
        builder_(format, budget) {}

  Result<Document> Read() {
    auto begin = std::chrono::steady_clock::now();
    ZG_ASSIGN(texts_, PdfWords(pdf_, budget_));
    pages_.resize(texts_.size());
    auto spent = std::chrono::steady_clock::now() - begin;
    draw_time_ = std::chrono::seconds(budget_.limits().seconds) -
                 std::chrono::duration_cast<std::chrono::milliseconds>(spent);
    draw_end_ = std::chrono::steady_clock::now() + 2 * std::chrono::seconds(budget_.limits().seconds);
    for (size_t from = 0; from < texts_.size() && !budget_.Stopped();) from = LookAtPages(from);
    if (!scans_.empty()) ZG_TRY(ReadScans());
    for (size_t i = 0; i < texts_.size(); ++i) {
      if (pages_[i].text.number == 0) pages_[i].text = std::move(texts_[i]);
    }
    budget_.RestartClock();
    LayOut(std::move(pages_), builder_);
    if (budget_.Stopped()) return budget_.error();
    if (builder_.block_count() == 0) {
      return Empty(is_picture_ ? "图片里没有认出文字；请换一张更清晰、端正的图片再导入。"
                               : "PDF 里没有文字；请检查文件是否保存完整，再重新导入。");
    }
    return std::move(builder_.document());
  }

 private:
  void Progress(int percent, const char* stage) {
    if (options_.progress) options_.progress(percent, stage);
  }

  bool IsScan(size_t i) const { return is_picture_ || Characters(texts_[i]) < 5 || !IsLegible(texts_[i]); }

  // Takes the pages from `from` on that are alike, scans or text, and gives the next one. Pages with text are
  // drawn to find tables.
  size_t LookAtPages(size_t from) {
    if (IsScan(from)) {
      texts_[from].words.clear();
      scans_.push_back(from);
      return from + 1;
    }
    size_t to = from + 1;
    while (to < texts_.size() && to < from + kPagesPerCall && !IsScan(to)) ++to;
    Draw(from, to);
    Progress(30 + static_cast<int>(20 * to / texts_.size()), "查找表格");
    return to;
  }

  // Not finding tables in time is no error: a note says so, and no more pages are drawn.
  void Draw(size_t from, size_t to) {
    int dots = DotsFor(texts_, from, to);
    std::string drawn;
    draw_ = draw_ && std::chrono::steady_clock::now() < draw_end_;
    if (draw_) {
      auto time = std::clamp(draw_time_, kLeastTime, kMostTime);
      auto result = PdfPictures(
          pdf_,
          {.first = static_cast<int>(from) + 1, .last = static_cast<int>(to), .dots = dots, .time = time});
      if (result.ok()) drawn = std::move(*result);
      draw_ = result.ok();
      budget_.RestartClock();
    }
    auto rasters = ParsePgms(drawn);
    if (rasters.size() < to - from) {
      builder_.Note(fmt::format("从第{}页起，页面没有画出来，其中的表格可能没有认出，请核对。",
                                from + rasters.size() + 1));
    }
    for (size_t i = from; i < to && i - from < rasters.size(); ++i) {
      const Raster& raster = rasters[i - from];
      double scale = 72.0 / dots;
      if (IsMarkedScan(texts_[i], raster, scale)) {
        scans_.push_back(i);
      } else {
        pages_[i].rules = TableRules(raster, {.points_per_pixel = scale}, budget_);
      }
    }
  }

  // Pages that were read have a number afterwards. Where Tesseract is missing, a file with other pages is
  // read without these.
  Status ReadScans() {
    std::vector<PageText> wanted;
    for (size_t i : scans_) {
      wanted.push_back({.number = texts_[i].number, .width = texts_[i].width, .height = texts_[i].height});
    }
    Status there = TesseractIsThere(is_picture_ ? "识别图片里的文字" : "识别扫描的 PDF");
    if (!there.ok() && scans_.size() < texts_.size()) {
      builder_.Note(fmt::format("第{}页是图片，没有读入：{}", Numbers(wanted), there.error().message));
      return {};
    }
    ZG_TRY(there);
    ZG_ASSIGN(auto read, OcrPdfPages(pdf_, wanted, budget_.limits(), [&](size_t done) {
                Progress(50 + static_cast<int>(45 * done / wanted.size()), "识别文字");
              }));
    std::vector<PageText> inked;
    for (size_t i = 0; i < scans_.size(); ++i) {
      if (!read[i].text.words.empty()) inked.push_back(wanted[i]);
      pages_[scans_[i]] = std::move(read[i]);
    }
    if (inked.empty()) return {};  // blank pages
    builder_.document().ocr = true;
    std::string which = inked.size() == texts_.size() ? "全文" : fmt::format("第{}页", Numbers(inked));
    builder_.Note(which + "由图片识别（OCR）得到，可能有错字，请逐项核对。");
    return {};
  }

  // 3、4、9
  static std::string Numbers(const std::vector<PageText>& pages) {
    std::string list;
    for (size_t i = 0; i < pages.size() && i < 30; ++i) {
      list += (i ? "、" : "") + std::to_string(pages[i].number);
    }
    return pages.size() > 30 ? list + " 等" : list;
  }

  std::filesystem::path pdf_;
  bool is_picture_;
  Budget& budget_;
  const ReadOptions& options_;
  Builder builder_;
  std::vector<PageText> texts_;
  std::vector<PageContent> pages_;
  std::vector<size_t> scans_;  // indexes of pages to be read by OCR, ascending
  bool draw_ = true;
  std::chrono::steady_clock::time_point draw_end_;  // for all pages together
  std::chrono::milliseconds draw_time_{0};          // for one call: what the text left of the limit
};

}  // namespace

Result<Document> ReadPdf(std::string_view bytes, Budget& budget, const ReadOptions& options) {
  ZG_TRY(PopplerIsThere());
  ZG_ASSIGN(Scratch scratch, Scratch::Make(options.scratch));
  ZG_ASSIGN(auto path, scratch.Write("input.pdf", bytes));
  return PdfReader(path, "pdf", budget, options).Read();
}

Result<Document> ReadPicture(std::string_view bytes, const std::string& format, Budget& budget,
                             const ReadOptions& options) {
  ZG_TRY(TesseractIsThere("识别图片里的文字"));
  ZG_ASSIGN(Scratch scratch, Scratch::Make(options.scratch));
  ZG_ASSIGN(auto path, scratch.Write("input." + format, bytes));
  if (options.progress) options.progress(20, "识别文字");
  ZG_ASSIGN(auto pdf, PictureToPdf(path, budget.limits()));
  budget.RestartClock();
  return PdfReader(pdf, format, budget, options).Read();
}

}  // namespace zg::document
