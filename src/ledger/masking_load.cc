// Reads vocab/masking.toml.
#include <cassert>
#include <fstream>
#include <iterator>
#include <span>

#include "base/embedded.h"
#include "ledger/masking.h"
#include "ledger/toml_table.h"

extern const zg::EmbeddedFile zg_masking_vocab[];
extern const unsigned zg_masking_vocab_count;

namespace zg {
namespace {

constexpr const char* kBroken = "masking.vocabulary";
constexpr std::pair<const char*, MaskHow> kWays[] = {
    {"name", MaskHow::kName},      {"phone", MaskHow::kPhone},     {"id_card", MaskHow::kIdCard},
    {"email", MaskHow::kEmail},    {"address", MaskHow::kAddress}, {"plate", MaskHow::kPlate},
    {"account", MaskHow::kAccount}};

std::vector<std::u32string> Words(TomlTable& table, const char* key) {
  std::vector<std::u32string> words;
  for (const auto& word : table.Texts(key)) words.push_back(ToUtf32(word));
  return words;
}

Result<MaskRule> ReadRule(const toml::table& table, const std::string& file) {
  TomlTable t(table, file, kBroken);
  MaskRule rule;
  rule.id = t.Text("id", true);
  rule.title = t.Text("title", true);
  std::string how = t.Text("how", true);
  rule.after = Words(t, "after");
  rule.between = Words(t, "between");
  rule.until = Words(t, "until");
  rule.keep = Words(t, "keep");
  rule.not_before = Words(t, "not_before");
  rule.surnames = ToUtf32(t.Text("surnames"));
  rule.surnames_of_two = Words(t, "surnames_of_two");
  rule.with = ToUtf32(t.Text("with", true));
  std::vector<std::string> names;
  bool known = false;
  for (const auto& [name, way] : kWays) {
    names.push_back(name);
    if (how == name) rule.how = way, known = true;
  }
  if (!known && !how.empty())
    t.Complain(table, fmt::format("不认识 how = “{}”{}", how, OrNearest(how, names)));
  if (rule.id == kHandMask) t.Complain(table, "id 不能是“hand”，那是手工隐去的。");
  ZG_TRY(t.Finish());
  return rule;
}

}  // namespace

Result<MaskRules> ParseMaskRules(const std::string& text, const std::string& file) {
  ZG_ASSIGN(toml::table whole, ParseTomlText(text, file, kBroken));
  TomlTable t(whole, file, kBroken);
  MaskRules rules;
  rules.by_hand = ToUtf32(t.Text("by_hand", true));
  for (const toml::table* each : t.Each("rule")) {
    ZG_ASSIGN(MaskRule rule, ReadRule(*each, file));
    if (rules.Find(rule.id)) t.Complain(*each, fmt::format("id“{}”重复。", rule.id));
    rules.rules.push_back(std::move(rule));
  }
  ZG_TRY(t.Finish());
  return rules;
}

const MaskRules& MaskRules::Builtin() {
  static const MaskRules rules = [] {
    MaskRules out;
    for (const EmbeddedFile& file : std::span(zg_masking_vocab, zg_masking_vocab_count)) {
      auto parsed = ParseMaskRules(std::string(file.bytes()), "masking.toml");
      assert(parsed.ok());
      out = std::move(*parsed);
    }
    return out;
  }();
  return rules;
}

Result<MaskRules> LoadMaskRules(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "masking.toml";
  std::error_code ec;
  if (folder.empty() || !std::filesystem::exists(file, ec)) return MaskRules::Builtin();
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  return ParseMaskRules(text, file.string());
}

}  // namespace zg
