#pragma once
// Inspection rounds: 第二轮中央生态环境保护督察, 第一轮自治区生态环境保护督察.

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/id.h"

namespace zg {

// Who inspects. kOther where a title does not say.
enum class RoundLevel : uint8_t { kCentral, kRegion, kPrefecture, kOther };
std::string_view RoundLevelName(RoundLevel level);  // "central", "region", "prefecture", "other"
std::optional<RoundLevel> ParseRoundLevel(std::string_view name);

struct Round {
  RoundId id;        // none where it is only proposed
  std::string name;  // unique in a ledger
  RoundLevel level = RoundLevel::kOther;
  int number = 0;  // 第二轮 → 2; 0: the title counts none
  int year = 0;    // of the inspection; 0: unknown
};

// The round that a document of this title belongs to, so that all documents of one inspection propose the
// same name. A central inspection without a number is the first one (it was not called so at the time).
// nullopt where the title names no inspection. Pure.
std::optional<Round> ProposeRound(std::string_view title, std::optional<Date> date);

}  // namespace zg
