#include "http/body.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/nearest.h"
#include "base/text.h"
#include "http/params.h"

namespace zg::http {

using nlohmann::json;

namespace {

constexpr int kMaxDepth = 32;

// Bad JSON, or nested deeper than anything the API takes, comes back discarded.
json Parse(std::string_view text) {
  bool deep = false;
  auto watch = [&deep](int depth, json::parse_event_t, json&) {
    deep = deep || depth > kMaxDepth;
    return !deep;
  };
  json value = json::parse(text.begin(), text.end(), watch, /*allow_exceptions=*/false);
  return deep ? json(json::value_t::discarded) : value;
}

}  // namespace

struct BodyReader::State {
  json object = json::object();
  std::string inside;  // "round." for the members of an object inside
  std::vector<std::string> asked;
  std::optional<Error> error;

  void Fail(std::string id, const char* name, std::string message) {
    if (!error) error = Error{Code::kInvalid, std::move(message), inside + name, std::move(id)};
  }
  // nullptr after a mistake, or where it is not there.
  const json* Find(const char* name) {
    asked.emplace_back(name);
    auto found = object.find(name);
    return error || found == object.end() ? nullptr : &*found;
  }
  const json* Need(const char* name) {
    const json* value = Find(name);
    if (!value) Fail("body.missing", name, fmt::format("请求正文缺少“{}{}”。", inside, name));
    return value;
  }
  void Bad(const char* name, const std::string& hint) {
    Fail("body.bad", name, fmt::format("请求正文中“{}{}”的值不对：{}。", inside, name, hint));
  }
  std::optional<int64_t> AsWhole(const char* name, const json* value, int64_t low, int64_t high) {
    if (!value || error) return std::nullopt;
    if (value->is_number_integer()) {
      bool fits = !value->is_number_unsigned() || value->get<uint64_t>() <= uint64_t(INT64_MAX);
      int64_t n = fits ? value->get<int64_t>() : 0;
      if (fits && n >= low && n <= high) return n;
    }
    Bad(name, high == kMaxId ? "应为大于0的整数编号" : fmt::format("应为{}到{}之间的整数", low, high));
    return std::nullopt;
  }
};

BodyReader::BodyReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
BodyReader::~BodyReader() = default;

BodyReader::BodyReader(Request& request) : state_(std::make_unique<State>()) {
  auto bytes = request.body.bytes();
  if (!bytes.ok()) {
    state_->error = bytes.error();
  } else if (!bytes->empty()) {
    json value = Parse(*bytes);
    if (value.is_object())
      state_->object = std::move(value);
    else
      state_->error =
          Error{Code::kInvalid, "请求正文不是合格的JSON对象。请检查格式后重试。", "body", "body.bad_json"};
  }
}

std::string BodyReader::Text(const char* name, size_t max_chars) {
  if (!state_->Need(name)) return "";
  auto text = TextOrNull(name, max_chars);
  if (!text) state_->Bad(name, "应为文字");
  return text.value_or("");
}

std::optional<std::string> BodyReader::TextOrNull(const char* name, size_t max_chars) {
  const json* value = state_->Find(name);
  if (!value || value->is_null()) return std::nullopt;
  if (!value->is_string()) {
    state_->Bad(name, "应为文字");
    return std::nullopt;
  }
  auto text = value->get<std::string>();
  if (ToUtf32(text).size() <= max_chars) return text;
  state_->Bad(name, fmt::format("最多{}个字", max_chars));
  return std::nullopt;
}

std::string BodyReader::Json(const char* name) {
  const json* value = state_->Need(name);
  return value ? value->dump() : "null";
}

std::string BodyReader::JsonIfGiven(const char* name) {
  const json* value = state_->Find(name);
  return value ? value->dump() : "null";
}

int64_t BodyReader::Id(const char* name) {
  return state_->AsWhole(name, state_->Need(name), 1, kMaxId).value_or(0);
}

std::optional<int64_t> BodyReader::IdIfGiven(const char* name) {
  const json* value = state_->Find(name);
  if (!value || value->is_null()) return std::nullopt;
  return state_->AsWhole(name, value, 1, kMaxId);
}

std::optional<int64_t> BodyReader::IdOrNull(const char* name) {
  return state_->Need(name) ? IdIfGiven(name) : std::nullopt;
}

std::optional<int64_t> BodyReader::WholeIfGiven(const char* name, int64_t low, int64_t high) {
  const json* value = state_->Find(name);
  if (!value || value->is_null()) return std::nullopt;
  return state_->AsWhole(name, value, low, high);
}

int64_t BodyReader::Whole(const char* name, int64_t low, int64_t high) {
  return state_->AsWhole(name, state_->Need(name), low, high).value_or(low);
}

std::vector<int64_t> BodyReader::IdsIfGiven(const char* name, size_t most) {
  std::vector<int64_t> ids;
  const json* value = state_->Find(name);
  if (!value || value->is_null()) return ids;
  if (!value->is_array() || value->size() > most) {
    state_->Bad(name, fmt::format("应为编号的列表，最多{}个", most));
    return ids;
  }
  for (const json& item : *value)
    if (auto id = state_->AsWhole(name, &item, 1, kMaxId)) ids.push_back(*id);
  return ids;
}

std::unique_ptr<BodyReader> BodyReader::ObjectIfGiven(const char* name) {
  const json* value = state_->Find(name);
  if (!value || value->is_null()) return nullptr;
  auto inner = std::make_unique<State>();
  inner->inside = state_->inside + name + ".";
  if (value->is_object())
    inner->object = *value;
  else
    state_->Bad(name, "应为JSON对象");
  inner->error = state_->error;
  return std::unique_ptr<BodyReader>(new BodyReader(std::move(inner)));
}

void BodyReader::Refuse(const char* name, const std::string& hint) {
  state_->Bad(name, hint);
}

Status BodyReader::Finish() {
  if (state_->error) return *state_->error;
  for (const auto& [name, value] : state_->object.items()) {
    if (std::find(state_->asked.begin(), state_->asked.end(), name) != state_->asked.end()) continue;
    std::string near = name.size() <= 100 ? Nearest(name, state_->asked) : "";
    std::string shown = ToUtf8(ToUtf32(name).substr(0, 40));
    state_->Fail("body.unknown", shown.c_str(),
                 fmt::format("请求正文中不认识“{}{}”。{}", state_->inside, shown,
                             near.empty() ? std::string("请去掉它。") : fmt::format("是否想写“{}”？", near)));
    return *state_->error;
  }
  return {};
}

}  // namespace zg::http
