#pragma once
// Made-up documents with their drafts. Inside of office/ only.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "document/document.h"
#include "extract/draft.h"

namespace zg {

struct SampleDocument {
  Document document;
  Draft draft;
};

// Deterministic: the same seed gives the same documents on every machine.
class SampleWriter {
 public:
  // `regions`: names that units are made of.
  SampleWriter(uint64_t seed, std::vector<std::string> regions)
      : random_(seed), regions_(std::move(regions)) {}
  SampleDocument TaskList(int number, int round, int tasks);
  SampleDocument Prose(int number, int paragraphs);

 private:
  class Page;
  size_t Pick(size_t n) { return size_t(random_() % n); }
  template <class List>
  const auto& Any(const List& list) {
    return list[Pick(std::size(list))];
  }
  std::u32string Sentence();
  std::u32string UnitName();
  void WriteTask(Page& page, int path);

  std::mt19937_64 random_;
  std::vector<std::string> regions_;
};

}  // namespace zg
