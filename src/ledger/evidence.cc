#include "ledger/evidence.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <nlohmann/json.hpp>
#include <span>

#include "base/embedded.h"
#include "base/nearest.h"

extern const zg::EmbeddedFile zg_ledger_vocab[];
extern const unsigned zg_ledger_vocab_count;

namespace zg {
namespace {

Error Mistake(const std::string& file, const toml::node& node, const std::string& message) {
  return {Code::kInvalid, message, fmt::format("{}:{}", file, node.source().begin.line),
          "evidence.vocabulary"};
}

std::string Word(const toml::table& table, const char* key) {
  return table[key].value<std::string>().value_or("");
}

// The entries of [[name]], each with an id of its own and a name.
template <class Take>
Status EachEntry(const toml::table& all, const std::string& file, const char* name, Take take) {
  const toml::array* list = all[name].as_array();
  if (!list || list->empty())
    return Error{Code::kInvalid, fmt::format("资料词表里没有 [[{}]]。", name), file, "evidence.vocabulary"};
  std::vector<std::string> ids;
  for (const auto& node : *list) {
    const toml::table* entry = node.as_table();
    if (!entry)
      return Mistake(file, node, fmt::format("{} 的每一项都应当是 [[{}]] 开头的一节。", name, name));
    std::string id = Word(*entry, "id");
    if (id.empty() || Word(*entry, "name").empty()) return Mistake(file, *entry, "这一节缺少 id 或 name。");
    if (std::count(ids.begin(), ids.end(), id)) return Mistake(file, *entry, fmt::format("id“{}”重复。", id));
    ids.push_back(id);
    ZG_TRY(take(id, *entry));
  }
  return {};
}

}  // namespace

bool IsTieKind(std::string_view kind) {
  constexpr std::array<std::string_view, 5> kKinds = {"task", "measure", "report", "step", "item"};
  return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

std::string_view EvidenceStateName(EvidenceState state) {
  switch (state) {
    case EvidenceState::kThere:
      return "there";
    case EvidenceState::kRemovalAsked:
      return "removal_asked";
    case EvidenceState::kRemoved:
      return "removed";
  }
  return "there";
}

nlohmann::json EvidenceTold(const Evidence& e) {
  nlohmann::json ties = nlohmann::json::array();
  for (const auto& tie : e.ties)
    ties.push_back({{"kind", tie.kind}, {"id", tie.ref}, {"task", tie.task.value}});
  return {{"id", e.id.value},
          {"family", e.family.value},
          {"version", e.version},
          {"kind", e.kind},
          {"title", e.title},
          {"fact_day", e.fact_day ? e.fact_day->Iso() : ""},
          {"place", e.place},
          {"author", e.author},
          {"unit", e.unit.value},
          {"note", e.note},
          {"name", e.name},
          {"format", e.format},
          {"bytes", e.bytes},
          {"sha256", e.sha256},
          {"sm3", e.sm3},
          {"uploaded_at", e.uploaded_at},
          {"uploaded_by", e.uploaded_by},
          {"user", e.user.value},
          {"state", EvidenceStateName(e.state)},
          {"revision", e.revision},
          {"ties", std::move(ties)}};
}

const EvidenceKind* EvidencePlan::Find(std::string_view id) const {
  auto it = std::find_if(kinds.begin(), kinds.end(), [&](const EvidenceKind& k) { return k.id == id; });
  return it == kinds.end() ? nullptr : &*it;
}

std::vector<const EvidenceKind*> EvidencePlan::Missing(const std::map<std::string, int64_t>& counts) const {
  std::vector<const EvidenceKind*> missing;
  for (const auto& kind : kinds) {
    auto it = counts.find(kind.id);
    if (kind.required && (it == counts.end() || it->second == 0)) missing.push_back(&kind);
  }
  return missing;
}

Result<EvidencePlan> ParseEvidencePlan(const std::string& text, const std::string& file) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& e) {
    return Error{Code::kInvalid, "资料词表写法有误，请看这一行的引号和等号。",
                 fmt::format("{}:{}", file, e.source().begin.line), "evidence.vocabulary",
                 std::string(e.description())};
  }
  EvidencePlan plan;
  std::vector<std::string> headings;
  ZG_TRY(EachEntry(table, file, "headings", [&](const std::string& id, const toml::table& entry) -> Status {
    plan.headings.push_back({id, Word(entry, "name")});
    headings.push_back(id);
    return {};
  }));
  ZG_TRY(EachEntry(table, file, "kinds", [&](const std::string& id, const toml::table& entry) -> Status {
    std::string heading = Word(entry, "heading");
    if (!std::count(headings.begin(), headings.end(), heading)) {
      std::string near = Nearest(heading, headings);
      return Mistake(file, entry,
                     fmt::format("种类“{}”归入的标题“{}”不存在{}。", id, heading,
                                 near.empty() ? "" : fmt::format("；是不是“{}”？", near)));
    }
    plan.kinds.push_back({id, Word(entry, "name"), heading, entry["required"].value<bool>().value_or(false)});
    return {};
  }));
  return plan;
}

const EvidencePlan& EvidencePlan::Builtin() {
  static const EvidencePlan plan = [] {
    EvidencePlan out;
    for (const EmbeddedFile& file : std::span(zg_ledger_vocab, zg_ledger_vocab_count)) {
      auto parsed = ParseEvidencePlan(std::string(file.bytes()), "evidence.toml");
      assert(parsed.ok());
      out = std::move(*parsed);
    }
    return out;
  }();
  return plan;
}

}  // namespace zg
