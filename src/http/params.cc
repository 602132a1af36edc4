#include "http/params.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/nearest.h"
#include "base/text.h"

namespace zg::http {
namespace {

std::optional<int64_t> ParseWhole(std::string_view text) {
  int64_t n = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (ec != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return n;
}

std::string Join(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& n : names) out += (out.empty() ? "" : "、") + n;
  return out;
}

// Hostile values are shown, but not at length.
std::string Shown(std::string_view value) {
  std::u32string text = ToUtf32(value);
  return text.size() <= 40 ? std::string(value) : ToUtf8(text.substr(0, 40)) + "…";
}

std::vector<std::string> SplitByComma(const std::string& value) {
  std::vector<std::string> out;
  for (size_t i = 0; i <= value.size();) {
    size_t end = std::min(value.find(',', i), value.size());
    if (end > i) out.push_back(value.substr(i, end - i));
    i = end + 1;
  }
  return out;
}

}  // namespace

std::optional<int64_t> ParseId(std::string_view text) {
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  auto n = ParseWhole(text);
  return n && *n >= 1 && *n <= kMaxId ? n : std::nullopt;
}

QueryReader::QueryReader(const Request& request) {
  if (auto pairs = ParseQuery(request.query)) {
    pairs_ = std::move(*pairs);
  } else {
    error_ = Error{Code::kInvalid, "网址中问号后的部分无法解读：编码有误或参数过多。请检查后重试。", "query",
                   "parameter.bad"};
  }
  taken_.resize(pairs_.size());
}

std::optional<std::string> QueryReader::Take(const char* name) {
  asked_.emplace_back(name);
  std::optional<std::string> value;
  int times = 0;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    if (pairs_[i].first != name) continue;
    taken_[i] = true;
    if (++times == 1 && !pairs_[i].second.empty()) value = pairs_[i].second;
  }
  if (times > 1 && !error_)
    error_ = Error{Code::kInvalid, fmt::format("参数“{}”出现了{}次，只能出现一次。", name, times), name,
                   "parameter.repeated"};
  return error_ ? std::nullopt : value;
}

void QueryReader::Refuse(const char* name, const std::string& hint) {
  if (error_) return;
  std::string value;
  for (const auto& [n, v] : pairs_)
    if (n == name) value = Shown(v);
  error_ = Error{Code::kInvalid, fmt::format("参数“{}”的值“{}”不对：{}。", name, value, hint), name,
                 "parameter.bad"};
}

void QueryReader::Missing(const char* name, const std::string& hint) {
  if (missing_) return;
  missing_ = Error{Code::kInvalid, fmt::format("缺少参数“{}”：{}。", name, hint), name, "parameter.missing"};
}

std::optional<std::string> QueryReader::Text(const char* name, size_t max_chars) {
  auto value = Take(name);
  if (value && ToUtf32(*value).size() > max_chars) {
    Refuse(name, fmt::format("最多{}个字", max_chars));
    return std::nullopt;
  }
  return value;
}

std::optional<int64_t> QueryReader::Id(const char* name) {
  auto value = Take(name);
  if (!value) return std::nullopt;
  auto id = ParseId(*value);
  if (!id) Refuse(name, "应为大于0的整数编号");
  return id;
}

std::optional<int64_t> QueryReader::Whole(const char* name, int64_t low, int64_t high) {
  auto value = Take(name);
  if (!value) return std::nullopt;
  auto n = ParseWhole(*value);
  if (n && *n >= low && *n <= high) return n;
  Refuse(name, fmt::format("应为{}到{}之间的整数", low, high));
  return std::nullopt;
}

std::optional<Date> QueryReader::Day(const char* name) {
  auto value = Take(name);
  if (!value) return std::nullopt;
  auto date = Date::ParseIso(*value);
  if (!date) Refuse(name, "应为真实的日期，写作2024-12-31的样子");
  return date;
}

std::optional<bool> QueryReader::Flag(const char* name) {
  auto value = Take(name);
  if (!value) return std::nullopt;
  if (*value == "true" || *value == "1") return true;
  if (*value == "false" || *value == "0") return false;
  Refuse(name, "应为true或false");
  return std::nullopt;
}

std::optional<std::string> QueryReader::OneOf(const char* name, const std::vector<std::string>& choices) {
  auto value = Take(name);
  if (!value || std::find(choices.begin(), choices.end(), *value) != choices.end()) return value;
  Refuse(name, "可以是" + Join(choices));
  return std::nullopt;
}

std::vector<std::string> QueryReader::ListOf(const char* name, const std::vector<std::string>& choices) {
  auto value = Take(name);
  if (!value) return {};
  std::vector<std::string> out = SplitByComma(*value);
  for (const std::string& item : out) {
    if (choices.empty() || std::find(choices.begin(), choices.end(), item) != choices.end()) continue;
    std::string near = Nearest(item, choices);
    Refuse(name, near.empty() ? "可以是" + Join(choices)
                              : fmt::format("没有“{}”，是否想写“{}”", Shown(item), near));
    return {};
  }
  return out;
}

int QueryReader::Limit(int standard, int most) {
  return int(Whole("limit", 1, most).value_or(standard));
}

Status QueryReader::Finish() {
  if (error_) return *error_;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    if (taken_[i]) continue;
    std::string name = Shown(pairs_[i].first), near = Nearest(name, asked_);
    std::string advice = !near.empty()    ? fmt::format("是否想写“{}”？", near)
                         : asked_.empty() ? std::string("这个地址不带参数。")
                                          : "可用的参数有：" + Join(asked_) + "。";
    return Error{Code::kInvalid, fmt::format("不认识参数“{}”。{}", name, advice), name, "parameter.unknown"};
  }
  return missing_ ? Status(*missing_) : Status();
}

}  // namespace zg::http
