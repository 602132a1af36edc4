#include "store/texts.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/text.h"

namespace zg::store {
namespace {

const Query kInsert{
    "text_insert",
    "INSERT INTO texts (text, sm3, notes, ocr) VALUES (:text, :sm3, :notes, :ocr) RETURNING id"};
const Query kLoad{"text_load", "SELECT text, notes, ocr FROM texts WHERE id = :id"};
const Query kNotes{"text_notes", "SELECT notes, ocr FROM texts WHERE id = :id"};
const Query kDigest{"text_digest", "SELECT text, sm3 FROM texts WHERE id = :id"};
const Query kInsertBlock{"block_insert",
                         "INSERT INTO blocks (text_id, ord, span_begin, span_end, kind, level, label_size, "
                         "page, paragraph, sheet, "
                         "table_no, row_no, column_no, row_span, column_span) VALUES (:text, :ord, :b, :e, "
                         ":kind, :level, :label, :page, "
                         ":paragraph, :sheet, :table_no, :row_no, :column_no, :row_span, :column_span)"};
const Query kBlocks{
    "blocks_of_text",
    "SELECT span_begin, span_end, kind, level, label_size, page, paragraph, sheet, table_no, row_no, "
    "column_no, row_span, column_span FROM blocks WHERE text_id = :text ORDER BY ord"};

}  // namespace

int64_t SaveText(Session& session, const Document& document) {
  std::string text = ToUtf8(document.text);
  int64_t id =
      session.Insert(kInsert, text, Sm3Hex(text), nlohmann::json(document.notes).dump(), document.ocr);
  int64_t ord = 0;
  for (const auto& b : document.blocks) {
    session.Run(kInsertBlock, id, ord++, b.span.begin, b.span.end, int(b.kind), int(b.level), b.label_size,
                b.place.page, b.place.paragraph, b.place.sheet, b.place.table, b.place.row, b.place.column,
                b.place.row_span, b.place.column_span);
  }
  return id;
}

Document LoadText(Session& session, int64_t text_id) {
  Document document;
  session.Each<std::string, std::string, bool>(
      kLoad,
      [&](std::string& text, std::string& notes, bool ocr) {
        document.text = ToUtf32(text);
        document.notes = nlohmann::json::parse(notes).get<std::vector<std::string>>();
        document.ocr = ocr;
      },
      text_id);
  session.Each<uint32_t, uint32_t, int, int, uint32_t, int, int, std::string, int, int, int, int, int>(
      kBlocks,
      [&](uint32_t begin, uint32_t end, int kind, int level, uint32_t label, int page, int paragraph,
          std::string& sheet, int table, int row, int column, int row_span, int column_span) {
        document.blocks.push_back({{begin, end},
                                   BlockKind(kind),
                                   uint8_t(level),
                                   label,
                                   {page, paragraph, sheet, table, row, column, row_span, column_span}});
      },
      text_id);
  return document;
}

TextNotes LoadNotes(Session& session, int64_t text_id) {
  auto row = session.Row<std::string, bool>(kNotes, text_id);
  return row ? TextNotes{std::get<0>(*row), std::get<1>(*row)} : TextNotes();
}

std::u32string LoadPlainText(Session& session, int64_t text_id) {
  auto row = session.Row<std::string, std::string, bool>(kLoad, text_id);
  return row ? ToUtf32(std::get<0>(*row)) : std::u32string();
}

bool TextIsIntact(Session& session, int64_t text_id) {
  auto row = session.Row<std::string, std::string>(kDigest, text_id);
  return row && Sm3Hex(std::get<0>(*row)) == std::get<1>(*row);
}

}  // namespace zg::store
