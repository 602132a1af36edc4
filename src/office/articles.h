#pragma once
// The publicity record (宣传报道): lines one by one or as a workbook, and what they come to.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/article.h"
#include "office/actor.h"
#include "office/exports.h"
#include "store/articles.h"

namespace zg {

struct OfficeCore;

enum class ArticleMove : uint8_t { kWithdraw, kRestore, kOpen, kHide };

// One line as the person saw it.
struct ArticleRef {
  ArticleId id;
  int64_t revision = 0;
};

// Thread-safe; for those who see the whole ledger. Each change is one event, also that of many lines.
// kInvalid article.bad (ledger/article.h), article.no_reason, article.count; kNotFound article.not_found,
// region.not_found, unit.not_found, round.not_found, task.not_found; kConflict article.changed (an old
// revision), article.state (taken off already, or not taken off).
class Articles {
 public:
  explicit Articles(OfficeCore& core) : core_(core) {}
  // A media.toml in the folder of words takes the place of the built-in one.
  Status LoadWords();
  const MediaWords& words() const { return words_; }

  // {items, next, total}; newest day first. `after`: `next` of the page before.
  Result<nlohmann::json> List(const store::ArticleFilter& filter, const std::string& after, int limit) const;
  // {kinds: [{name, measure, inside}], levels, media: [{medium, kind, level, lines}]}
  Result<nlohmann::json> Words() const;
  // {as_of, pieces, levels, media, kinds, regions, weeks, sentence, …}: see openapi/articles.json.
  Result<nlohmann::json> Counts(const store::ArticleFilter& filter) const;

  // Everything of `form` but id, revision and who. → the line.
  Result<nlohmann::json> Add(Article form, const Actor& actor);
  Result<nlohmann::json> Change(ArticleId id, Article form, int64_t revision, const Actor& actor);
  // All or none, at most 500. → {items}
  Result<nlohmann::json> Move(ArticleMove move, const std::vector<ArticleRef>& refs,
                              const std::string& reason, const Actor& actor);

  // At most 20,000 lines (export.too_many). One event.
  Result<ExportedFile> Export(const store::ArticleFilter& filter, const Actor& actor) const;
  // A workbook as Export writes it, or with some of its columns. With `preview` nothing is kept. Otherwise
  // all lines are taken, or none where one of them cannot be. Lines that are there already are passed over.
  // → {lines, taken, twice, faults: [{cell, message}], items, kept}. kInvalid article.sheet (no table with
  // these columns), article.refused; those of document/reader.h.
  Result<nlohmann::json> Import(std::string_view bytes, const std::string& name, bool preview,
                                const Actor& actor);

 private:
  OfficeCore& core_;
  MediaWords words_;
};

}  // namespace zg
