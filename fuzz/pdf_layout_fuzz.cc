// What outside programs print about pages: words with boxes, tables of Tesseract, pictures; and laying it
// out.
#include <cstdlib>
#include <cstring>

#include "document/builder.h"
#include "document/pdf/bbox.h"
#include "document/pdf/layout.h"
#include "document/pdf/picture.h"
#include "document/pdf/raster.h"
#include "document/pdf/tsv.h"

namespace {

// Rules from the bytes before the first '<'.
zg::document::Rules RulesFrom(std::string_view bytes) {
  zg::document::Rules rules;
  for (size_t i = 0; i + 4 <= bytes.size() && i < 400; i += 4) {
    auto at = [&](size_t k) { return static_cast<uint8_t>(bytes[i + k]) * 4.0; };
    double begin = std::min(at(1), at(2)), end = std::max(at(1), at(2));
    (bytes[i + 3] & 1 ? rules.horizontal : rules.vertical).push_back({at(0), begin, end});
  }
  return rules;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace zg::document;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  zg::ReadLimits limits;
  limits.max_text = 100'000;
  Budget budget(limits);
  Picture picture = FromPgm(bytes);
  Straighten(picture);
  WipeLines(picture, {{0, 0, 500, 500}}, 0.5);
  StackCells(Thickened(picture), {{0, 0, 50, 50}, {40, 40, 500, 90}}, 0.5);
  for (const Raster& raster : ParsePgms(bytes)) FindRules(raster, {}, budget);
  auto pages = ParseBboxLayout(bytes, 1, budget);
  if (pages.empty()) pages = ParseTesseractTsv(bytes, 0.24);
  Rules rules = RulesFrom(bytes.substr(0, bytes.find('<')));
  std::vector<PageContent> contents;
  for (PageText& page : pages) contents.push_back({std::move(page), rules});
  Builder builder("pdf", budget);
  LayOut(std::move(contents), builder);
  uint32_t end = 0;
  for (const zg::Block& block : builder.document().blocks) {
    bool sound = block.span.begin >= end && !block.span.empty() && block.place.row_span >= 1 &&
                 block.place.column_span >= 1 && block.span.end <= builder.document().text.size();
    if (!sound) std::abort();
    end = block.span.end;
  }
  return 0;
}
