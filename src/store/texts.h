#pragma once
// The texts that files became, with their blocks.

#include <cstdint>
#include <string>

#include "document/document.h"
#include "store/sql.h"

namespace zg::store {

int64_t SaveText(Session& session, const Document& document);
// `format` is not kept here. An unknown id gives an empty document.
Document LoadText(Session& session, int64_t text_id);
// What the reader noted, as a JSON list; whether it was read from a picture.
struct TextNotes {
  std::string json = "[]";
  bool ocr = false;
};
TextNotes LoadNotes(Session& session, int64_t text_id);
std::u32string LoadPlainText(Session& session, int64_t text_id);
// True when the text still has the digest it was saved with.
bool TextIsIntact(Session& session, int64_t text_id);

}  // namespace zg::store
