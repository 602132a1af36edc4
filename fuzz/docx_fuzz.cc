// Word files: whole archives, or the XML parts that one is made of here, so that checksums do not stop the
// fuzzer.
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "document/docx/docx.h"
#include "document/ooxml_builder.h"

namespace {

// Pieces between lines of "====".
std::vector<std::string> Pieces(std::string_view text) {
  constexpr std::string_view kCut = "\n====\n";
  std::vector<std::string> out;
  for (size_t at = 0; at <= text.size();) {
    size_t end = std::min(text.find(kCut, at), text.size());
    out.emplace_back(text.substr(at, end - at));
    at = end + kCut.size();
  }
  return out;
}

void CheckBlocks(const zg::Document& document) {
  uint32_t end = 0;
  for (const zg::Block& block : document.blocks) {
    bool sound = block.span.begin >= end && block.span.end <= document.text.size() && !block.span.empty() &&
                 block.label_size <= block.span.size() && block.place.row_span >= 1 &&
                 block.place.column_span >= 1;
    if (!sound) std::abort();
    end = block.span.end;
  }
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
    auto pieces = Pieces(input);
    pieces.resize(5);
    bytes = zg::testing::Docx{.body = pieces[0],
                              .styles = pieces[1],
                              .numbering = pieces[2],
                              .footnotes = pieces[3],
                              .endnotes = pieces[4]}
                .Bytes(false);
  }
  auto result = zg::document::ReadDocx(bytes, budget);
  if (result.ok()) CheckBlocks(*result);
  return 0;
}
