// Workbooks: whole archives, or one sheet with its strings, formats and number format made into one here.
#include <cstdlib>
#include <string>
#include <string_view>

#include "document/ooxml_builder.h"
#include "document/xlsx/number_format.h"
#include "document/xlsx/xlsx.h"

namespace {

std::string Next(std::string_view& rest) {
  constexpr std::string_view kCut = "\n====\n";
  size_t end = rest.find(kCut);
  std::string piece(rest.substr(0, end));
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + kCut.size());
  return piece;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  zg::ReadLimits limits;
  limits.max_text = 100'000;
  limits.max_unpacked_bytes = 4 << 20;
  zg::document::Budget budget(limits);
  std::string bytes(input);
  if (!input.starts_with("PK")) {
    zg::testing::Xlsx xlsx;
    std::string rows = Next(input), merges = Next(input);
    xlsx.sheets = {{"表", rows, merges}};
    xlsx.strings = Next(input);
    xlsx.num_fmts = Next(input);
    xlsx.cell_xfs = Next(input);
    zg::document::NumberFormat format(Next(input));
    for (double value : {0.0, -1.5, 0.585, 45473.25, 1e14, -1e300}) format.Show(value, false);
    bytes = xlsx.Bytes(false);
  }
  auto result = zg::document::ReadXlsx(bytes, budget);
  if (result.ok()) {
    uint32_t end = 0;
    for (const zg::Block& block : result->blocks) {
      if (block.span.begin < end || block.span.end > result->text.size() || block.place.row < 1) std::abort();
      end = block.span.end;
    }
  }
  return 0;
}
