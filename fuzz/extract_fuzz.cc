// Any text, understood: no crash, and every span inside the text.
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "document/document.h"
#include "extract/extractor.h"
#include "extract/json.h"
#include "extract/vocabulary.h"

namespace {

// The first byte chooses between lines of text and the cells of a table of four columns.
zg::Document Make(const uint8_t* data, size_t size) {
  zg::Document d;
  bool table = size && data[0] % 2;
  d.format = "txt";
  d.text = zg::ToUtf32({reinterpret_cast<const char*>(data) + 1, size ? size - 1 : 0});
  uint32_t begin = 0;
  int cell = 0;
  for (uint32_t i = 0; i <= d.text.size(); ++i) {
    if (i < d.text.size() && d.text[i] != '\n') continue;
    zg::Block b;
    b.span = {begin, i};
    if (table) {
      b.kind = zg::BlockKind::kCell;
      b.place.table = 1;
      b.place.row = cell / 4 + 1;
      b.place.column = cell % 4 + 1;
      b.place.row_span = 1 + (cell % 7 == 3);
      ++cell;
    }
    if (i > begin) d.blocks.push_back(b);
    begin = i + 1;
  }
  return d;
}

void CheckSpans(const nlohmann::json& j, size_t size) {
  if (j.is_object()) {
    for (const auto& [key, value] : j.items()) {
      bool span = (key == "span" || key == "lead_span") && value.is_array() && value.size() == 2;
      if (span && (value[1].get<size_t>() > size || value[0] > value[1])) std::abort();
      CheckSpans(value, size);
    }
  } else if (j.is_array()) {
    for (const auto& value : j) CheckSpans(value, size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto vocabulary = std::move(zg::Vocabulary::Builtin()).value();
  zg::Document d = Make(data, size);
  nlohmann::json j = zg::DraftToJson(zg::Extract(d, *vocabulary));
  CheckSpans(j, d.text.size());
  if (!zg::DraftFromJson(j).ok()) std::abort();
  return 0;
}
