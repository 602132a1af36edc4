#pragma once
// What must not be seen by everybody: names of persons, telephone and identity numbers, addresses below the
// village. Found by rules that are data (vocab/masking.toml); people then keep single places or hide more
// (docs/public.md). Pure; constant after loading; any thread.
//
// What is hidden: 个人信息保护法 第二十八条 (sensitive information), 政府信息公开条例 第十五条 (privacy of
// third parties).

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace zg {

enum class MaskHow : uint8_t { kName, kPhone, kIdCard, kEmail, kAddress, kPlate, kAccount };

struct MaskRule {
  std::string id, title;
  MaskHow how = MaskHow::kName;
  std::vector<std::u32string> after, between, until, keep, not_before;
  std::u32string surnames;
  std::vector<std::u32string> surnames_of_two;
  std::u32string with;  // what stands in its place; of a name: behind the surname
};

struct MaskRules {
  std::vector<MaskRule> rules;
  std::u32string by_hand;  // in the place of what a person hides
  const MaskRule* Find(std::string_view id) const;
  static const MaskRules& Builtin();
};

inline constexpr const char* kHandMask = "hand";

// One place in a text, in code points.
struct Mask {
  std::string rule;  // id of the rule, or kHandMask
  Span span;
  bool keep = false;  // a person decided that it is seen all the same
  friend bool operator==(const Mask&, const Mask&) = default;
};

// By place; no two overlap (the longer wins). Time is linear in the text times the number of labels.
std::vector<Mask> FindMasks(const MaskRules& rules, std::u32string_view text);
// The text with every mask that is not kept put in; `masks` as FindMasks gives them. Spans beyond the text
// are cut.
std::u32string ApplyMasks(const MaskRules& rules, std::u32string_view text, const std::vector<Mask>& masks);
// Adds a place that a person chose: what it covers of others goes into it. kInvalid (mask.span) for an empty
// span or one beyond `length`.
Status AddHandMask(std::vector<Mask>& masks, Span span, size_t length);

// kInvalid (masking.vocabulary) with `where` "file:line".
Result<MaskRules> ParseMaskRules(const std::string& toml, const std::string& file);
// masking.toml of that folder where there is one, else those built in.
Result<MaskRules> LoadMaskRules(const std::filesystem::path& folder);

}  // namespace zg
