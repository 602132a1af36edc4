#pragma once
// Composes a paper block by block: headings are numbered here, and numbers keep what they were counted from.
//   Composer c("circular");
//   c.Heading(1, "总体情况");
//   c.Say(Text("应报") << c.Count("应报的任务", "task", ids) << "项。");
//   Paper paper = std::move(c).Take();

#include <array>
#include <string>
#include <vector>

#include "ledger/task.h"
#include "report/paper.h"

namespace zg::paper {

// 一、 （一） 1. （1）: the next one of a level; deeper levels begin anew.
class Numbers {
 public:
  std::string Next(int level);  // 1–4

 private:
  std::array<int, 4> at_{};
};

class Composer {
 public:
  explicit Composer(std::string kind) { paper.kind = std::move(kind); }

  void Heading(int level, Text text);
  void Heading(int level, std::string label, Text text);  // numbered by the ledger
  void Say(Text text, bool keep = false) { Add(Style::kBody, "", std::move(text), keep); }
  void Add(Style style, std::string label, Text text, bool keep = false);
  void Add(Table table);
  // From now on blocks stand in this annex.
  void BeginAnnex(std::string title, bool landscape = false);

  // The number of the ids, as a run that knows them.
  Run Count(std::string name, std::string of, std::vector<int64_t> ids);
  Run Count(std::string name, const std::vector<TaskId>& ids);
  // A value that was made of several, told in other words: 58.5%.
  Run Told(std::string text, std::string name, std::string of, std::vector<int64_t> ids);

  Paper Take() && { return std::move(paper); }

  Paper paper;

 private:
  std::vector<Block>& at() { return paper.annexes.empty() ? paper.blocks : paper.annexes.back().blocks; }
  Numbers numbers_;
};

// 55 of 94 → 58.5%; one place after the point, none where it is whole (GB/T 15835).
std::string Percent(int64_t part, int64_t whole);

}  // namespace zg::paper
