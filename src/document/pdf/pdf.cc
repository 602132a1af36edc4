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
constexpr int kDots = 100;  // enough for hair lines, 1 MB a page

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

bool NeedsOcr(const PageText& page) {
  size_t characters = 0;
  for (const Word& word : page.words) characters += word.text.size();
  return characters < 5 || !IsLegible(page);
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
    ZG_ASSIGN(auto texts, PdfWords(pdf_, budget_));
    Progress(30, "查找表格");
    std::vector<PageContent> pages(texts.size());
    std::vector<size_t> scans;
    for (size_t from = 0; from < texts.size(); from += kPagesPerCall) {
      size_t to = std::min(from + kPagesPerCall, texts.size());
      Pictures(texts, from, to, pages, scans);
      Progress(30 + static_cast<int>(20 * to / texts.size()), "查找表格");
      if (budget_.Stopped()) return budget_.error();
    }
    if (!scans.empty()) ZG_TRY(ReadScans(scans, texts, pages));
    for (size_t i = 0; i < texts.size(); ++i) {
      if (pages[i].text.number == 0) pages[i].text = std::move(texts[i]);
    }
    budget_.RestartClock();
    LayOut(std::move(pages), builder_);
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

  // Finds tables, and pages that are pictures of text. Not finding tables in time is no error: a note says
  // so.
  void Pictures(std::vector<PageText>& texts, size_t from, size_t to, std::vector<PageContent>& pages,
                std::vector<size_t>& scans) {
    int dots = DotsFor(texts, from, to);
    auto drawn = PdfPictures(pdf_, {.first = static_cast<int>(from) + 1,
                                    .last = static_cast<int>(to),
                                    .dots = dots,
                                    .time = std::chrono::seconds(budget_.limits().seconds)});
    budget_.RestartClock();
    std::vector<Raster> rasters;
    if (drawn.ok()) rasters = ParsePgms(*drawn);
    if (rasters.size() < to - from) {
      builder_.Note(fmt::format("第{}到{}页没有画出来，其中的表格可能没有认出，请核对。",
                                from + rasters.size() + 1, to));
    }
    for (size_t i = from; i < to; ++i) {
      const Raster* raster = i - from < rasters.size() ? &rasters[i - from] : nullptr;
      if (!is_picture_ && !NeedsOcr(texts[i])) {
        if (raster) pages[i].rules = TableRules(*raster, {.points_per_pixel = 72.0 / dots}, budget_);
      } else if (!raster || InkShare(*raster) >= 0.0005) {  // not blank
        scans.push_back(i);
      } else {
        texts[i].words.clear();
      }
    }
  }

  // Pages that were read have a number afterwards.
  Status ReadScans(const std::vector<size_t>& scans, const std::vector<PageText>& texts,
                   std::vector<PageContent>& pages) {
    ZG_TRY(TesseractIsThere(is_picture_ ? "识别图片里的文字" : "识别扫描的 PDF"));
    std::vector<PageText> wanted;
    for (size_t i : scans) {
      wanted.push_back({.number = texts[i].number, .width = texts[i].width, .height = texts[i].height});
    }
    ZG_ASSIGN(auto read, OcrPdfPages(pdf_, wanted, budget_.limits(), [&](size_t done) {
                Progress(50 + static_cast<int>(45 * done / wanted.size()), "识别文字");
              }));
    for (size_t i = 0; i < scans.size(); ++i) pages[scans[i]] = std::move(read[i]);
    builder_.document().ocr = true;
    builder_.Note(PagesNote(wanted, pages.size()));
    return {};
  }

  static std::string PagesNote(const std::vector<PageText>& read, size_t all) {
    if (read.size() == all) return "全文由图片识别（OCR）得到，可能有错字，请逐项核对。";
    std::string list;
    for (size_t i = 0; i < read.size() && i < 30; ++i) {
      list += (i ? "、" : "") + std::to_string(read[i].number);
    }
    if (read.size() > 30) list += " 等";
    return fmt::format("第{}页由图片识别（OCR）得到，可能有错字，请逐项核对。", list);
  }

  std::filesystem::path pdf_;
  bool is_picture_;
  Budget& budget_;
  const ReadOptions& options_;
  Builder builder_;
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
