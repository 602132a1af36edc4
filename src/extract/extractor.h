#pragma once
// The door of this room: a Document becomes a Draft.

#include <memory>

#include "base/result.h"
#include "document/document.h"
#include "extract/draft.h"

namespace zg {

class Vocabulary;  // extract/vocabulary.h: labels, units, phrases as data

// Pure; any thread may call it. Time and memory linear in the text.
Draft Extract(const Document& document, const Vocabulary& vocabulary);

}  // namespace zg
