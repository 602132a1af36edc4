// Any bytes: what they are taken for, and what they say as text.
#include <cstdlib>

#include "document/ole.h"
#include "document/reader.h"
#include "document/sniff.h"
#include "document/txt.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const char* name : {"a.txt", "a.docx", "a.doc"}) {
    zg::SniffFormat(bytes, name);
    zg::document::RefusedAtSight(bytes, name);
  }
  zg::document::InspectOle(bytes);
  zg::document::Budget budget{zg::ReadLimits{}};
  auto result = zg::document::ReadTxt(bytes, budget);
  if (!result.ok()) return 0;
  if (result->text.find(U'\r') != std::u32string::npos) std::abort();
  uint32_t end = 0;
  for (const zg::Block& block : result->blocks) {
    if (block.span.begin < end || block.span.empty() || block.span.end > result->text.size()) std::abort();
    end = block.span.end;
  }
  return 0;
}
