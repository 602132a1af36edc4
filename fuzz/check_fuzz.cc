// Any text, put to the test as two documents: no crash, and every place that is named lies inside its text.
#include <cstdlib>

#include "check/checker.h"
#include "extract/extractor.h"
#include "extract/vocabulary.h"

namespace {

zg::Document Make(std::u32string text) {
  zg::Document d;
  d.format = "txt";
  d.text = std::move(text) + U'\n';
  uint32_t begin = 0;
  for (uint32_t i = 0; i < d.text.size(); ++i) {
    if (d.text[i] != U'\n') continue;
    zg::Block b;
    b.span = {begin, i};
    if (i > begin) d.blocks.push_back(b);
    begin = i + 1;
  }
  return d;
}

void Inside(const zg::CheckPlace& place, const std::vector<zg::CheckInput>& inputs) {
  if (place.input >= inputs.size() || place.span.begin > place.span.end ||
      place.span.end > inputs[place.input].document->text.size())
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto vocabulary = std::move(zg::Vocabulary::Builtin()).value();
  std::u32string text = zg::ToUtf32({reinterpret_cast<const char*>(data), size});
  size_t half = text.size() / 2;
  zg::Document first = Make(text.substr(0, half)), second = Make(text.substr(half));
  zg::Draft first_draft = zg::Extract(first, *vocabulary), second_draft = zg::Extract(second, *vocabulary);
  std::vector<zg::CheckInput> inputs(2);
  inputs[0].document = &first;
  inputs[0].draft = &first_draft;
  inputs[1].document = &second;
  inputs[1].draft = &second_draft;
  inputs[1].period = "2024-03";
  zg::CheckResult r = zg::Check(inputs);
  for (const auto& f : r.findings) {
    Inside(f.place, inputs);
    for (const auto& p : f.related) Inside(p, inputs);
  }
  for (const auto& c : r.confirmed) {
    Inside(c.place, inputs);
    for (const auto& p : c.numbers) Inside(p, inputs);
  }
  return 0;
}
