#pragma once
#include "extract/vocabulary.h"

namespace zg::test {

// The built-in vocabulary, loaded once.
inline const Vocabulary& Words() {
  static const std::shared_ptr<const Vocabulary> vocabulary = std::move(Vocabulary::Builtin()).value();
  return *vocabulary;
}

}  // namespace zg::test
