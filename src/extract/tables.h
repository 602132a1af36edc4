#pragma once
// Tables become nodes: one row a task (any order and names of columns, merged cells), or one table a task (a
// form with labels left of their values).

#include <vector>

#include "extract/outline.h"

namespace zg {

// Nodes of all tables, in document order; parents index into the result. Tables without known heads give
// none.
std::vector<Node> TableNodes(const Document& document, const Lexicon& lexicon);

}  // namespace zg
