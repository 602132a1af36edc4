#pragma once
// numbering.xml: automatic numbering (一、（一）1. …) counted while the document is read from front to back.

#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>

#include "document/docx/styles.h"

namespace zg::document {

struct NumberLabel {
  std::u32string text;    // 一、 or 2.1 ; empty where the level shows nothing
  std::u32string suffix;  // what stands between label and text: a tab, a space or nothing
  bool bullet = false;
};

class Numbering {
 public:
  // `root` is w:numbering; `styles` are needed for numbering styles (numStyleLink) and only during the call.
  void Load(pugi::xml_node root, const Styles& styles);
  // The level tied to a paragraph style by w:pStyle; nullopt where none is.
  std::optional<int> LevelOfStyle(int num_id, const std::string& style_id) const;
  // Counts one paragraph of list `num_id` at `level` (0–8) and gives its label; nullopt for an unknown list.
  // Lists that share an abstract numbering count on together; a startOverride restarts at the first use of
  // its list.
  std::optional<NumberLabel> Next(int num_id, int level);

 private:
  static constexpr int kLevels = 9;
  struct Level {
    int start = 0;
    std::string format = "decimal";
    std::u32string text;
    std::u32string suffix = U"\t";
    std::optional<int> restart;  // lvlRestart: 0 never, n after level n (counted from 1)
    bool legal = false;          // isLgl: all numbers of the label are decimal
    bool bullet = false;
    std::string style;  // pStyle
  };
  struct Abstract {
    std::map<int, Level> levels;
    std::string num_style_link;
  };
  struct Num {
    int abstract = -1;
    std::map<int, int> start;     // startOverride by level
    std::map<int, Level> levels;  // whole levels replaced
    std::array<bool, kLevels> start_used{};
  };
  struct Counter {
    std::array<int, kLevels> value{};
    std::array<bool, kLevels> running{};
  };

  static Level ReadLevel(pugi::xml_node node);
  const Level& LevelOf(const Num& num, int level) const;
  int StartOf(const Num& num, int level) const;
  void Count(Num& num, Counter& counter, int level);
  std::u32string Text(const Num& num, const Counter& counter, int level) const;

  std::map<int, Abstract> abstracts_;
  std::map<int, Num> nums_;
  std::map<int, Counter> counters_;  // by abstract
  Level plain_;
};

}  // namespace zg::document
