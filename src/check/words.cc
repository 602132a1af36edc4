#include "check/words.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "base/digest.h"
#include "base/embedded.h"
#include "base/nearest.h"
#include "base/text.h"

extern "C" {
extern const zg::EmbeddedFile zg_check_vocab[];
extern const unsigned zg_check_vocab_count;
}

namespace zg::check {
namespace {

constexpr char kFile[] = "checks.toml";
using Words = std::vector<std::u32string>;
using Lists = std::map<std::string, Words>;  // "cues.rest" → words

Error Mistake(int line, const std::string& message) {
  return {Code::kInvalid, message, fmt::format("{}:{}", kFile, line), "check.vocabulary"};
}

// Reads all lists; keys that `known` lacks are refused (the built-in file itself is read with `known` empty).
Result<Lists> Read(const std::string& text, const Lists& known) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& e) {
    return Mistake(int(e.source().begin.line), fmt::format("词表写法有误：{}", e.description()));
  }
  std::vector<std::string> names;
  for (const auto& [key, unused] : known) names.push_back(key);
  Lists out;
  for (const auto& [section, node] : table) {
    const toml::table* inner = node.as_table();
    if (!inner) return Mistake(int(node.source().begin.line), "词表应当分节，每节以 [名称] 开头。");
    for (const auto& [key, value] : *inner) {
      std::string name = fmt::format("{}.{}", section.str(), key.str());
      int line = int(value.source().begin.line);
      if (!known.empty() && !known.count(name)) {
        return Mistake(line, fmt::format("不认识的词表“{}”；是不是“{}”？", name, Nearest(name, names)));
      }
      const toml::array* list = value.as_array();
      if (!list) return Mistake(line, fmt::format("“{}”应当是一个用方括号括起的词表。", name));
      Words& words = out[name];
      for (const auto& item : *list) {
        auto word = item.value<std::string>();
        if (!word || Squeeze(ToUtf32(*word)).empty())
          return Mistake(line, fmt::format("“{}”里有空的或不是文字的一项。", name));
        // A unit keeps the blank before its factor.
        bool unit = name.rfind("units.", 0) == 0;
        words.push_back(unit ? ToUtf32(*word) : Squeeze(ToUtf32(*word)));
      }
    }
  }
  return out;
}

struct CueKey {
  const char* name;
  Cue bit;
};
constexpr CueKey kCueKeys[] = {
    {"of_which", kOfWhich},
    {"include", kInclude},
    {"rest", kRest},
    {"besides", kBesides},
    {"total", kTotal},
    {"strong_total", kStrongTotal},
    {"plan", kPlan},
    {"actual", kActual},
    {"left", kLeft},
    {"from", kFrom},
    {"to", kTo},
    {"up", kUp},
    {"down", kDown},
    {"year_on_year", kYearOnYear},
    {"average", kAverage},
    {"share", kShare},
    {"rate", kRate},
    {"base", kBase},
    {"part_open", kPartOpen},
    {"unfinished", kUnfinished},
    {"count_rate", kCountRate},
};

void Fill(Trie& trie, const Words& words, int value = 0) {
  for (const auto& w : words) trie.Add(w, value);
}

Status FillUnits(const Lists& lists, CheckWords& out) {
  int dimension = 0;
  for (const auto& [key, words] : lists) {
    if (key.rfind("units.", 0) != 0) continue;
    ++dimension;
    for (const auto& word : words) {
      size_t blank = word.rfind(U' ');
      double factor = 0;
      if (blank != std::u32string::npos) {
        std::istringstream in(ToUtf8(std::u32string_view(word).substr(blank + 1)));
        in >> factor;
      }
      if (!(factor > 0))
        return Mistake(0, fmt::format("“{}”里的“{}”应当写成“单位 倍数”。", key, ToUtf8(word)));
      UnitWord unit{Squeeze(std::u32string_view(word).substr(0, blank)), dimension, factor, false};
      out.unit_trie.Add(unit.name, int(out.units.size()));
      out.units.push_back(std::move(unit));
    }
  }
  for (const auto& word : lists.at("count.words")) {
    out.unit_trie.Add(word, int(out.units.size()));
    out.units.push_back({word, 0, 1, true});
  }
  for (const auto& word : lists.at("count.chinese")) {
    int index = out.unit_trie.Exact(word);
    if (index < 0 || !out.units[index].count) {
      index = int(out.units.size());
      out.units.push_back({word, 0, 1, true});
    }
    out.chinese_trie.Add(word, index);
  }
  return {};
}

SubjectLine ParseSubject(const std::u32string& line) {
  SubjectLine groups(1);
  std::u32string word;
  auto close = [&] {
    if (!word.empty()) groups.back().push_back(word);
    word.clear();
  };
  for (char32_t c : line) {
    if (c == U'/' || c == U'|') {
      close();
      if (c == U'|') groups.emplace_back();
    } else {
      word += c;
    }
  }
  close();
  groups.erase(std::remove_if(groups.begin(), groups.end(), [](const Words& g) { return g.empty(); }),
               groups.end());
  return groups;
}

// The same words give the same name, in whatever order their lists were read.
std::string DigestOf(const Lists& lists) {
  std::string all;
  for (const auto& [key, words] : lists) {
    all += key + '\n';
    for (const auto& word : words) all += ToUtf8(word) + '\n';
  }
  return Sha256Hex(all).substr(0, 32);
}

Result<std::shared_ptr<const CheckWords>> Compile(const Lists& lists) {
  auto out = std::make_shared<CheckWords>();
  out->digest = DigestOf(lists);
  ZG_TRY(FillUnits(lists, *out));
  std::map<std::u32string, uint32_t> bits;
  for (const auto& key : kCueKeys) {
    for (const auto& word : lists.at(std::string("cues.") + key.name)) bits[word] |= key.bit;
  }
  for (const auto& [word, mask] : bits) out->cues.Add(word, int(mask));
  Fill(out->loose_before, lists.at("loose.about"), int(Loose::kAbout));
  Fill(out->loose_before, lists.at("loose.over"), int(Loose::kOver));
  Fill(out->loose_before, lists.at("loose.under"), int(Loose::kUnder));
  Fill(out->loose_after, lists.at("loose.after_about"), int(Loose::kAbout));
  Fill(out->loose_after, lists.at("loose.after_over"), int(Loose::kOver));
  Fill(out->loose_after, lists.at("loose.after_under"), int(Loose::kUnder));
  out->not_loose = lists.at("loose.not");
  const std::pair<Trie*, const char*> plain[] = {{&out->task_words, "tasks.task"},
                                                 {&out->problem_words, "tasks.problem"},
                                                 {&out->aspect_words, "tasks.aspect"},
                                                 {&out->all_words, "tasks.all"},
                                                 {&out->done_words, "tasks.done"},
                                                 {&out->whole_words, "tasks.whole"},
                                                 {&out->subset_words, "tasks.subset"},
                                                 {&out->state_words, "dates.state"},
                                                 {&out->planned_words, "dates.planned"},
                                                 {&out->happened_words, "dates.happened"},
                                                 {&out->span_days, "dates.span_days"},
                                                 {&out->late, "dates.late"},
                                                 {&out->paper, "paper.words"},
                                                 {&out->work, "paper.work"},
                                                 {&out->missing_acts, "missing.acts"},
                                                 {&out->missing_measures, "missing.measures"},
                                                 {&out->missing_totals, "missing.totals"},
                                                 {&out->list_measures, "lists.measures"},
                                                 {&out->list_joiners, "lists.joiners"},
                                                 {&out->list_not_parts, "lists.not_parts"},
                                                 {&out->list_restart, "lists.restart"},
                                                 {&out->list_no_restart, "lists.no_restart"},
                                                 {&out->list_detached, "lists.detached"},
                                                 {&out->list_unsure, "lists.chinese_unsure"},
                                                 {&out->missing_verbs, "missing.verbs"},
                                                 {&out->missing_bare, "missing.bare"}};
  out->place_endings = lists.at("lists.place");
  out->not_place = lists.at("lists.not_place");
  out->company_endings = lists.at("lists.company");
  out->place_nouns = lists.at("lists.place_nouns");
  for (size_t i = 0; i < lists.at("lists.order").size(); ++i)
    out->list_order.Add(lists.at("lists.order")[i], int(i) + 1);
  for (auto [trie, key] : plain) Fill(*trie, lists.at(key));
  for (const auto& line : lists.at("subjects.lines")) out->subjects.push_back(ParseSubject(line));
  return std::shared_ptr<const CheckWords>(std::move(out));
}

Result<Lists> BuiltinLists() {
  for (unsigned i = 0; i < zg_check_vocab_count; ++i) {
    if (zg_check_vocab[i].name == std::string_view(kFile))
      return Read(std::string(zg_check_vocab[i].bytes()), {});
  }
  return Mistake(0, "缺少内置词表，请重新安装程序。");
}

}  // namespace

Result<std::shared_ptr<const CheckWords>> CheckWords::Builtin() {
  static const Result<std::shared_ptr<const CheckWords>> words =
      []() -> Result<std::shared_ptr<const CheckWords>> {
    ZG_ASSIGN(Lists lists, BuiltinLists());
    return Compile(lists);
  }();
  return words;
}

Result<std::shared_ptr<const CheckWords>> CheckWords::Load(const std::filesystem::path& folder) {
  std::ifstream in(folder / kFile, std::ios::binary);
  if (!in) return Builtin();
  std::ostringstream bytes;
  bytes << in.rdbuf();
  ZG_ASSIGN(Lists lists, BuiltinLists());
  ZG_ASSIGN(Lists more, Read(bytes.str(), lists));
  for (auto& [key, words] : more) lists[key].insert(lists[key].end(), words.begin(), words.end());
  return Compile(lists);
}

bool HasWord(const Trie& trie, std::u32string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (trie.Starts(text[i]) && trie.Longest(text.substr(i))) return true;
  }
  return false;
}

}  // namespace zg::check
