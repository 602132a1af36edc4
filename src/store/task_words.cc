// What lists show of a task, and what is searched for.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "store/task_index.h"

namespace zg::store {
namespace {

using nlohmann::json;

constexpr size_t kShown = 120;         // characters of the problem in a list
constexpr size_t kLongPassage = 1200;  // characters after which lines are no longer joined
constexpr size_t kFullLine = 20;       // a line shorter than that was not cut by a margin

std::string Shown(const std::string& problem) {
  std::u32string text = ToUtf32(problem);
  return text.size() <= kShown ? problem : ToUtf8(text.substr(0, kShown)) + "…";
}

json Names(const std::vector<UnitRef>& units) {
  json names = json::array();
  for (const auto& unit : units) names.push_back(unit.name);
  return names;
}

bool EndsSentence(char32_t c) {
  return c == U'。' || c == U'！' || c == U'？' || c == U'：' || c == U':' || c == U'；' || c == U';';
}

// A line of plain text that a hard wrap cut: long, and without an end.
bool RunsOn(const Document& text, const Block& block) {
  if (block.kind != BlockKind::kParagraph || block.span.size() < kFullLine) return false;
  return !EndsSentence(text.text[block.span.end - 1]);
}

}  // namespace

std::string ItemJson(const Task& task, const std::string& round_name) {
  const Entry& e = task.entry;
  json due;
  if (e.deadline && e.deadline->date) due = e.deadline->date->Iso();
  json item = {{"id", task.id.value},
               {"document_id", task.document.value},
               {"round", {{"id", task.round.value}, {"name", round_name}}},
               {"path", e.path},
               {"label", e.label},
               {"problem", Shown(e.problem.text)},
               {"responsible", Names(e.responsible)},
               {"acceptance", Names(e.acceptance)},
               {"due", due},
               {"deadline_text", e.deadline ? e.deadline->text : ""},
               {"immediate", e.deadline && e.deadline->immediate},
               {"long_term", (e.deadline && e.deadline->long_term) || (e.status && e.status->long_term)},
               {"state", TaskStateName(StateOf(e))},
               {"behind_schedule", e.status && e.status->behind_schedule},
               {"measures", e.measures.size()},
               {"doubts", e.doubts.size()},
               {"updated_at", task.updated_at}};
  return item.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string TaskWords(const Task& task) {
  const Entry& e = task.entry;
  std::string words = e.problem.text + "\n" + e.goal.text;
  for (const auto& m : e.measures) words += "\n" + m.text;
  for (const auto& p : e.progress) words += "\n" + p.text;
  for (const auto& u : e.responsible) words += "\n" + u.name;
  for (const auto& u : e.acceptance) words += "\n" + u.name;
  for (const auto& h : e.headings) words += "\n" + h;
  return words;
}

std::vector<Span> PassagesOf(const Document& text) {
  std::vector<Span> passages;
  bool goes_on = false;
  for (const auto& block : text.blocks) {
    if (block.span.empty() || block.span.end > text.text.size()) continue;
    if (goes_on && block.kind == BlockKind::kParagraph &&
        block.span.end - passages.back().begin < kLongPassage) {
      passages.back().end = block.span.end;
    } else {
      passages.push_back(block.span);
    }
    goes_on = RunsOn(text, block);
  }
  return passages;
}

std::string PassageWords(const std::u32string& text, Span span) {
  std::u32string out;
  bool gap = false;
  for (char32_t c : Slice(text, span)) {
    if (IsSpace(c) || c == U'\n') {
      gap = true;
      continue;
    }
    bool latin = c < 0x2000 && !out.empty() && out.back() < 0x2000;
    if (gap && latin) out += U' ';
    gap = false;
    out += c;
  }
  return ToUtf8(out);
}

}  // namespace zg::store
