#include "extract/vocabulary.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "base/embedded.h"
#include "base/nearest.h"
#include "base/text.h"
#include "extract/lexicon.h"

extern "C" {
extern const zg::EmbeddedFile zg_vocab_files[];
extern const unsigned zg_vocab_files_count;
}

namespace zg {
namespace {

using Words = std::vector<std::u32string>;

Error Mistake(const std::string& where, const std::string& message) {
  return {Code::kInvalid, message, where, "vocabulary.invalid"};
}

// Files by name ("labels.toml", "regions/xinjiang.csv"), in the order in which they are laid over each other.
using Files = std::map<std::string, std::vector<std::string>>;

// One kind of file: reads its tables into lists by dotted key ("responsible.labels").
struct Lists {
  std::map<std::string, Words> words;
  std::map<std::string, int64_t> numbers;
  std::vector<StatusRule> rules;

  const Words& Get(const std::string& key) { return words[key]; }
};

std::string Where(const std::string& file, const toml::node& node) {
  return fmt::format("{}:{}", file, node.source().begin.line);
}

Status ReadRule(const std::string& file, const toml::table& table, Lists& out) {
  auto kind_text = table["kind"].value<std::string>();
  auto kind = kind_text ? ParseStatusKind(*kind_text) : std::nullopt;
  const toml::array* phrases = table["phrases"].as_array();
  if (!kind || !phrases) {
    return Mistake(Where(file, table),
                   "[[rule]] 需要 kind（not_started、in_progress、completed、ongoing 之一）和 phrases。");
  }
  StatusRule rule{*kind, {}};
  for (const auto& item : *phrases) {
    auto word = item.value<std::string>();
    if (!word) return Mistake(Where(file, item), "phrases 里只能写文字。");
    rule.phrases.push_back(Squeeze(ToUtf32(*word)));
  }
  out.rules.push_back(std::move(rule));
  return {};
}

Status ReadValue(const std::string& file, const std::string& key, const toml::node& value, Lists& out) {
  if (auto number = value.value<int64_t>()) {
    out.numbers[key] = *number;
    return {};
  }
  const toml::array* list = value.as_array();
  if (!list) return Mistake(Where(file, value), fmt::format("“{}”应当是一个用方括号括起的词表。", key));
  for (const auto& item : *list) {
    auto word = item.value<std::string>();
    if (!word || Squeeze(ToUtf32(*word)).empty())
      return Mistake(Where(file, item), fmt::format("“{}”里有空的或不是文字的一项。", key));
    out.words[key].push_back(Squeeze(ToUtf32(*word)));
  }
  return {};
}

// `known`: the dotted keys that the built-in file has; empty while reading that file itself.
Status ReadToml(const std::string& file, const std::string& text, const std::vector<std::string>& known,
                Lists& out) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& e) {
    return Mistake(fmt::format("{}:{}", file, e.source().begin.line),
                   fmt::format("词表写法有误：{}", e.description()));
  }
  for (const auto& [section, node] : table) {
    std::string name(section.str());
    if (name == "rule" && node.is_array_of_tables()) {
      for (const auto& rule : *node.as_array()) ZG_TRY(ReadRule(file, *rule.as_table(), out));
      continue;
    }
    const toml::table* inner = node.as_table();
    if (!inner) return Mistake(Where(file, node), fmt::format("“{}”应当写成 [{}] 一节。", name, name));
    for (const auto& [key, value] : *inner) {
      std::string dotted = name + "." + std::string(key.str());
      if (!known.empty() && std::find(known.begin(), known.end(), dotted) == known.end()) {
        std::string near = Nearest(dotted, known);
        return Mistake(Where(file, value),
                       fmt::format("不认识的词表“{}”{}", dotted,
                                   near.empty() ? "。" : fmt::format("；是不是“{}”？", near)));
      }
      ZG_TRY(ReadValue(file, dotted, value, out));
    }
  }
  return {};
}

Status ReadRegions(const std::string& file, const std::string& text, std::vector<RegionRow>& out) {
  std::istringstream in(text);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line[0] == '#' || number == 1) continue;
    std::vector<std::string> cells(1);
    for (char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    if (cells.size() != 5 || cells[1].empty()) {
      return Mistake(fmt::format("{}:{}", file, number),
                     "区划表每行应有五列：code,name,short_names,level,parent。");
    }
    RegionRow row{cells[0], cells[1], {}, cells[3], cells[4]};
    std::istringstream names(cells[2]);
    for (std::string name; std::getline(names, name, '|');) {
      if (!name.empty()) row.short_names.push_back(name);
    }
    out.push_back(std::move(row));
  }
  return {};
}

void AddAll(Trie& trie, const Words& words, int value = 0) {
  for (const auto& w : words) trie.Add(w, value);
}

struct FieldKey {
  const char* name;
  Field field;
};
constexpr FieldKey kFields[] = {
    {"problem", Field::kProblem}, {"subproblem", Field::kSubproblem}, {"responsible", Field::kResponsible},
    {"lead", Field::kLead},       {"supporting", Field::kSupporting}, {"acceptance", Field::kAcceptance},
    {"goal", Field::kGoal},       {"deadline", Field::kDeadline},     {"measures", Field::kMeasures},
    {"status", Field::kStatus},   {"progress", Field::kProgress},     {"upstream", Field::kUpstream},
    {"ordinal", Field::kOrdinal}, {"heading", Field::kHeading},       {"other", Field::kOther},
};

std::unique_ptr<Lexicon> Compile(Lists& l, std::vector<RegionRow> regions) {
  auto lex = std::make_unique<Lexicon>();
  for (const auto& f : kFields) {
    std::string name = f.name;
    AddAll(lex->labels, l.Get(name + ".labels"), static_cast<int>(f.field));
    AddAll(lex->columns, l.Get(name + ".labels"), static_cast<int>(f.field));
  }
  for (const auto& f : kFields)
    AddAll(lex->columns, l.Get(std::string(f.name) + ".columns"), static_cast<int>(f.field));
  auto take = [&](Words& to, const char* key) { to = l.Get(key); };
  take(lex->number_words, "form.number_words");
  take(lex->attachment_words, "form.attachment_words");
  take(lex->title_endings, "form.title_endings");
  take(lex->title_subjects, "form.title_subjects");
  take(lex->not_title, "form.not_title");
  for (const auto& word : l.Get("guess.rules")) {
    // "进展 整改 = progress": squeezed to "进展|整改=progress" by the writer of the file
    size_t eq = word.find('='), bar = word.find('|');
    if (eq == word.npos) continue;
    std::string field = ToUtf8(word.substr(eq + 1));
    for (const auto& f : kFields) {
      if (field != f.name) continue;
      bool two = bar != word.npos && bar < eq;
      lex->guesses.push_back(
          {word.substr(0, two ? bar : eq), two ? word.substr(bar + 1, eq - bar - 1) : U"", f.field});
    }
  }
  take(lex->upstream_words, "form.upstream_words");
  take(lex->wrap_open, "form.wrap_open");
  take(lex->wrap_close, "form.wrap_close");
  lex->status_rules = l.rules;
  take(lex->long_term, "flags.long_term");
  take(lex->immediate, "flags.immediate");
  take(lex->behind, "flags.behind_schedule");
  take(lex->deadline_cues, "shape.deadline_cues");
  take(lex->status_filler, "shape.filler");
  take(lex->deadline_long_term, "deadline.long_term");
  std::sort(lex->status_filler.begin(), lex->status_filler.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });
  take(lex->yes, "shape.yes");
  take(lex->no, "shape.no");
  if (l.numbers.count("shape.max_length")) lex->status_max_length = l.numbers["shape.max_length"];
  for (const char* c : {"<=", ">=", "<", ">", "="}) {
    for (const auto& w : l.Get(std::string("before.") + c)) lex->target_before.push_back({w, c});
    for (const auto& w : l.Get(std::string("after.") + c)) lex->target_after.push_back({w, c});
  }
  take(lex->target_strip, "quantity.strip");
  take(lex->target_strip_end, "quantity.strip_end");
  take(lex->target_rates, "quantity.rates");
  take(lex->date_end, "words.end");
  take(lex->date_start, "words.start");
  take(lex->date_before, "words.before");
  take(lex->skip_before, "skip.before");
  take(lex->skip_after, "skip.after");
  take(lex->done_after, "done.after");
  for (size_t i = 0; i < regions.size(); ++i) {
    lex->regions.Add(ToUtf32(regions[i].name), static_cast<int>(i));
    for (const auto& s : regions[i].short_names) lex->regions.Add(ToUtf32(s), static_cast<int>(i));
  }
  lex->region_rows = std::move(regions);
  AddAll(lex->region_suffixes, l.Get("regions.suffixes"));
  take(lex->region_suffix_list, "regions.suffixes");
  AddAll(lex->bare_regions, l.Get("regions.bare"));
  AddAll(lex->groups, l.Get("regions.groups"));
  AddAll(lex->party, l.Get("organs.party"));
  AddAll(lex->government, l.Get("organs.government"));
  AddAll(lex->shared, l.Get("organs.shared"));
  AddAll(lex->party_departments, l.Get("organs.party_departments"));
  AddAll(lex->organ_suffixes, l.Get("organs.suffixes"));
  take(lex->organ_suffix_list, "organs.suffixes");
  AddAll(lex->stems, l.Get("organs.stems"));
  AddAll(lex->separators, l.Get("lists.separators"));
  take(lex->own_names, "organs.own_names");
  take(lex->joiners, "lists.joiners");
  take(lex->open_endings, "lists.open_endings");
  take(lex->lead_marks, "lists.lead_marks");
  take(lex->supporting_marks, "lists.supporting_marks");
  return lex;
}

Files BuiltinFiles() {
  Files files;
  for (unsigned i = 0; i < zg_vocab_files_count; ++i) {
    files[zg_vocab_files[i].name].emplace_back(zg_vocab_files[i].bytes());
  }
  return files;
}

const char* const kLexiconFiles[] = {"labels.toml", "status.toml", "dates.toml", "targets.toml",
                                     "units.toml"};

Result<std::unique_ptr<Lexicon>> Build(const Files& files) {
  Lists lists;
  std::vector<RegionRow> regions;
  for (const char* name : kLexiconFiles) {
    auto it = files.find(name);
    if (it == files.end()) return Mistake(name, "缺少内置词表，请重新安装程序。");
    Lists own;
    ZG_TRY(ReadToml(name, it->second[0], {}, own));
    std::vector<std::string> known;
    for (const auto& [key, unused] : own.words) known.push_back(key);
    for (const auto& [key, unused] : own.numbers) known.push_back(key);
    Lists over;
    for (size_t i = 1; i < it->second.size(); ++i) ZG_TRY(ReadToml(name, it->second[i], known, over));
    over.rules.insert(over.rules.end(), own.rules.begin(),
                      own.rules.end());  // an office's own rules come first
    lists.rules.insert(lists.rules.end(), over.rules.begin(), over.rules.end());
    for (auto* part : {&over, &own}) {
      for (auto& [key, words] : part->words) {
        auto& to = lists.words[key];
        to.insert(to.end(), words.begin(), words.end());
      }
      for (auto& [key, number] : part->numbers) lists.numbers.emplace(key, number);
    }
  }
  for (const auto& [name, texts] : files) {
    if (name.rfind("regions/", 0) != 0) continue;
    for (const auto& text : texts) ZG_TRY(ReadRegions(name, text, regions));
  }
  return Compile(lists, std::move(regions));
}

}  // namespace

Vocabulary::Vocabulary() = default;
Vocabulary::~Vocabulary() = default;
const std::vector<RegionRow>& Vocabulary::regions() const {
  return lexicon_->region_rows;
}

struct VocabularyLoader {
  static Result<std::shared_ptr<const Vocabulary>> Make(const Files& files) {
    ZG_ASSIGN(auto lexicon, Build(files));
    std::shared_ptr<Vocabulary> vocabulary(new Vocabulary);
    vocabulary->lexicon_ = std::move(lexicon);
    return std::shared_ptr<const Vocabulary>(vocabulary);
  }
};

Result<std::shared_ptr<const Vocabulary>> Vocabulary::Builtin() {
  return VocabularyLoader::Make(BuiltinFiles());
}

Result<std::shared_ptr<const Vocabulary>> Vocabulary::Load(const std::filesystem::path& folder) {
  Files files = BuiltinFiles();
  std::error_code ec;
  if (!std::filesystem::is_directory(folder, ec)) {
    return Error{Code::kNotFound, "没有这个词表文件夹，请核对 --vocab 后面的路径。", folder.string(),
                 "vocabulary.not_found"};
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, ec)) {
    if (!entry.is_regular_file()) continue;
    std::string name = std::filesystem::relative(entry.path(), folder).generic_string();
    bool csv = name.rfind("regions/", 0) == 0 && entry.path().extension() == ".csv";
    bool toml =
        std::find(std::begin(kLexiconFiles), std::end(kLexiconFiles), name) != std::end(kLexiconFiles);
    if (!csv && !toml) continue;  // checks.toml and the like have readers of their own
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    if (csv) files[name].clear();  // a province's list is replaced, not mixed
    files[name].push_back(std::move(text));
  }
  return VocabularyLoader::Make(files);
}

}  // namespace zg
