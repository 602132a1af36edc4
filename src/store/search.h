#pragma once
// Finds words in tasks and in the paragraphs of documents, newest first.

#include <string>
#include <vector>

#include "base/text.h"
#include "ledger/scope.h"
#include "ledger/task.h"
#include "store/database.h"
#include "store/known_texts.h"

namespace zg::store {

struct SearchHit {
  bool is_task = false;
  TaskId task;  // of a paragraph: the task around it, none where there is none
  DocId document;
  std::string document_title, path;
  Span span;
  std::string words;  // of the paragraph, or all that is searched of the task
};
struct SearchResult {
  std::vector<SearchHit> hits;
  int64_t total = 0;
  bool capped = false;  // there are more than `total`
};

SearchResult FindWords(Session& session, TextIndex& text, KnownTexts& texts, const std::string& q, int limit,
                       const Scope& scope = {});

}  // namespace zg::store
