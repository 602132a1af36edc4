#pragma once
// Reads a table of TOML key by key and refuses what nobody asked for, naming file, line and the nearest known
// key. Keeps the first mistake; only Finish tells. Includes toml++, so: for .cc files that load data, inside
// of ledger/ only.

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/nearest.h"
#include "base/result.h"

namespace zg {

inline std::string PlaceIn(const std::string& file, const toml::node& node) {
  return fmt::format("{}:{}", file, node.source().begin.line);
}
// “；是不是“x”？” where a known name is near, else “。”.
inline std::string OrNearest(const std::string& word, const std::vector<std::string>& known) {
  std::string near = Nearest(word, known);
  return near.empty() ? "。" : fmt::format("；是不是“{}”？", near);
}

// Parses a whole file; `id` is that of the error.
inline Result<toml::table> ParseTomlText(const std::string& text, const std::string& file, const char* id) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& e) {
    return Error{Code::kInvalid, "写法有误，请看这一行的引号、等号和方括号。",
                 fmt::format("{}:{}", file, e.source().begin.line), id, std::string(e.description())};
  }
}

class TomlTable {
 public:
  TomlTable(const toml::table& table, std::string file, const char* id)
      : table_(table), file_(std::move(file)), id_(id) {}

  std::string Text(const char* key, bool required = false) {
    const toml::node* node = Take(key, required);
    if (!node) return "";
    auto value = node->value<std::string>();
    if (!node->is_string() || value->empty())
      return Complain(*node, fmt::format("“{}”应是引号里的文字。", key)), "";
    return *value;
  }
  int Whole(const char* key, int low, int high, int otherwise = 0) {
    const toml::node* node = Take(key, false);
    if (!node) return otherwise;
    auto value = node->value<int64_t>();
    if (node->is_integer() && *value >= low && *value <= high) return int(*value);
    Complain(*node, fmt::format("“{}”应是{}到{}的整数。", key, low, high));
    return otherwise;
  }
  bool Flag(const char* key) {
    const toml::node* node = Take(key, false);
    if (!node) return false;
    if (!node->is_boolean()) return Complain(*node, fmt::format("“{}”应是 true 或 false。", key)), false;
    return *node->value<bool>();
  }
  std::optional<Date> Day(const char* key) {
    const toml::node* node = Take(key, true);
    if (!node) return std::nullopt;
    auto d = node->value<toml::date>();
    auto date = d ? Date::Make(d->year, d->month, d->day) : std::nullopt;
    if (!date) Complain(*node, fmt::format("“{}”应是日期，如 2026-01-01（不加引号）。", key));
    return date;
  }
  // One text or a list of texts.
  std::vector<std::string> Texts(const char* key, bool required = false) {
    const toml::node* node = Take(key, required);
    std::vector<std::string> out;
    if (!node) return out;
    if (auto one = node->value<std::string>(); one && node->is_string()) return {*one};
    if (!node->is_array()) return Complain(*node, fmt::format("“{}”应是方括号括起的一列文字。", key)), out;
    for (const auto& item : *node->as_array()) {
      auto word = item.value<std::string>();
      if (!item.is_string() || word->empty())
        Complain(item, fmt::format("“{}”里只能写引号里的文字。", key));
      else
        out.push_back(*word);
    }
    return out;
  }
  std::vector<Date> Days(const char* key) {
    const toml::node* node = Take(key, false);
    std::vector<Date> out;
    if (!node) return out;
    const toml::array* list = node->as_array();
    if (!list) return Complain(*node, fmt::format("“{}”应是方括号括起的一列日期。", key)), out;
    for (const auto& item : *list) {
      auto d = item.value<toml::date>();
      auto date = d ? Date::Make(d->year, d->month, d->day) : std::nullopt;
      if (date)
        out.push_back(*date);
      else
        Complain(item, fmt::format("“{}”里只能写日期，如 2026-01-04（不加引号）。", key));
    }
    return out;
  }
  // The table under the key; nullptr: not there.
  const toml::table* Inner(const char* key) {
    const toml::node* node = Take(key, false);
    if (!node) return nullptr;
    if (!node->is_table()) Complain(*node, fmt::format("“{}”应是一节，写成 [{}] 或花括号。", key, key));
    return node->as_table();
  }
  // The tables of [[key]].
  std::vector<const toml::table*> Each(const char* key) {
    const toml::node* node = Take(key, false);
    std::vector<const toml::table*> out;
    if (!node) return out;
    if (!node->is_array_of_tables())
      return Complain(*node, fmt::format("“{}”应写成一个个 [[{}]]。", key, key)), out;
    for (const auto& item : *node->as_array()) out.push_back(item.as_table());
    return out;
  }

  void Complain(const toml::node& node, const std::string& message) {
    if (!error_) error_ = Error{Code::kInvalid, message, PlaceIn(file_, node), id_, ""};
  }
  Status Finish() {
    for (const auto& [key, node] : table_) {
      std::string name(key.str());
      if (std::find(known_.begin(), known_.end(), name) == known_.end())
        Complain(node, fmt::format("不认识“{}”{}", name, OrNearest(name, known_)));
    }
    return error_ ? Status(*error_) : Status();
  }

 private:
  const toml::node* Take(const char* key, bool required) {
    known_.push_back(key);
    const toml::node* node = table_.get(key);
    if (!node && required && !error_) {
      error_ = Error{Code::kInvalid, fmt::format("缺少“{}”。", key),
                     fmt::format("{}:{}", file_, std::max<unsigned>(1, table_.source().begin.line)), id_, ""};
    }
    return node;
  }

  const toml::table& table_;
  std::string file_;
  const char* id_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

}  // namespace zg
