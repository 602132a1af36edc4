#pragma once
// The words that offices use, as data (vocab/*.toml, vocab/regions/*.csv), so that another province needs no
// compiler.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace zg {

struct Lexicon;  // extract/lexicon.h: the compiled form

struct RegionRow {
  std::string code;                      // 650100; empty where the file gives none
  std::string name;                      // canonical: 昌吉回族自治州
  std::vector<std::string> short_names;  // 昌吉州
  std::string level;                     // region, prefecture, county, xpcc-city, group
  std::string parent;                    // code of the unit above
};

// Immutable after loading; share it between threads.
class Vocabulary {
 public:
  // The vocabulary built into the binary.
  static Result<std::shared_ptr<const Vocabulary>> Builtin();
  // The built-in one with the files of `folder` laid over it: lists of the same key are added to, tables
  // merged. kInvalid with `where` = "labels.toml:12" for a mistake.
  static Result<std::shared_ptr<const Vocabulary>> Load(const std::filesystem::path& folder);

  ~Vocabulary();
  const Lexicon& lexicon() const { return *lexicon_; }
  const std::vector<RegionRow>& regions() const;

 private:
  Vocabulary();
  friend struct VocabularyLoader;
  std::unique_ptr<const Lexicon> lexicon_;
};

}  // namespace zg
