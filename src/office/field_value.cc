#include <nlohmann/json.hpp>

#include "base/text.h"
#include "extract/deadline.h"
#include "office/core.h"

namespace zg {
namespace {

using nlohmann::json;

Error Unreadable(const std::string& field, const std::string& example) {
  return {Code::kInvalid, "这样写读不懂，请写成“" + example + "”这样。", field, "correction.value"};
}

Result<json> DeadlineFromWords(const OfficeCore& core, const std::string& words) {
  std::u32string text = ToUtf32(words);
  auto deadline = ParseDeadline(text, {{0, uint32_t(text.size())}}, core.vocabulary->lexicon());
  if (!deadline || (!deadline->date && !deadline->immediate && !deadline->long_term)) {
    return Unreadable("deadline", "2024年底前，并长期坚持");
  }
  return json{{"text", words},
              {"date", deadline->date ? json(deadline->date->Iso()) : json()},
              {"immediate", deadline->immediate},
              {"long_term", deadline->long_term},
              {"ambiguous", deadline->ambiguous}};
}

Result<json> StatusFromWords(const OfficeCore& core, const std::string& words) {
  std::u32string text = ToUtf32(words);
  auto read = ReadStatus(text, {0, uint32_t(text.size())}, core.vocabulary->lexicon(), false);
  if (!read.status) return Unreadable("status", "已完成，长期坚持");
  return json{{"text", words},
              {"kind", StatusKindName(read.status->kind)},
              {"long_term", read.status->long_term},
              {"behind_schedule", read.status->behind_schedule}};
}

}  // namespace

Result<json> ReadFieldValue(const OfficeCore& core, const std::string& field, const std::string& value_json) {
  json value = json::parse(value_json, nullptr, false);
  if (value.is_discarded())
    return Error{Code::kInvalid, "更正的内容不是有效的 JSON。", field, "correction.value"};
  if (!value.is_string()) return value;
  std::string words = value.get<std::string>();
  if (words.size() > 2000) return value;
  if (field == "deadline") return DeadlineFromWords(core, words);
  if (field == "status" && !ParseStatusKind(words)) return StatusFromWords(core, words);
  if (field == "status") return json{{"text", ""}, {"kind", words}};
  return value;
}

}  // namespace zg
