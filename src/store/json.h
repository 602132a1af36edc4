#pragma once
// Small lists that a row keeps as JSON text.

#include <set>
#include <string>
#include <vector>

#include "extract/draft.h"

namespace zg::store {

std::string ToJsonText(const std::vector<Doubt>& doubts);
std::vector<Doubt> DoubtsFromJson(const std::string& text);
std::string ToJsonText(const std::vector<std::string>& list);
std::vector<std::string> StringsFromJson(const std::string& text);
std::set<std::string> StringSetFromJson(const std::string& text);

}  // namespace zg::store
