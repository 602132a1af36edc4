#pragma once
// The publicity record as a workbook, out and in. Inside of office/ only.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/document.h"
#include "report/table.h"
#include "store/articles.h"

namespace zg {

struct OfficeCore;

Table ArticleTable(const std::vector<store::ArticleLine>& lines);

struct SheetFault {
  std::string cell;  // C7
  std::string message;
};
struct SheetArticles {
  std::vector<Article> articles;  // those without a fault
  std::vector<int> rows;          // where each stood, from 1
  std::vector<SheetFault> faults;
  int lines = 0;  // rows that say something
};
// The bytes as a workbook, before any transaction. kInvalid article.sheet; those of ReadDocument.
Result<Document> OpenArticleSheet(std::string_view bytes, const std::string& name);
// Reads a workbook with the columns of ArticleTable in any order, some of them missing; names are looked up.
// kInvalid article.sheet: no row with the heads 日期, 标题 and 媒体, or over 2,000 lines.
Result<SheetArticles> ReadArticleSheet(const OfficeCore& core, store::Session& session,
                                       const MediaWords& words, const Document& document,
                                       const std::string& name);

}  // namespace zg
