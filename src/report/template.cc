#include "report/template.h"

#include <algorithm>

#include "base/nearest.h"

namespace zg::paper {
namespace {

Error Bad(const char* id, std::string message, std::string where) {
  return {Code::kInvalid, std::move(message), std::move(where), std::string("template.") + id};
}

std::string Trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
  return begin == std::string_view::npos ? "" : std::string(text.substr(begin, end - begin + 1));
}

// The index of the end that belongs to the beginning at `at`.
Result<size_t> EndOf(const std::vector<Tag>& tags, size_t at, size_t stop) {
  int depth = 0;
  for (size_t i = at; i < stop; ++i) {
    if (tags[i].Begins()) ++depth;
    if (tags[i].kind != Tag::Kind::kEnd || --depth > 0) continue;
    if (tags[i].name == tags[at].name) return i;
    return Bad(
        "nesting",
        tags[at].Spelt() + " 之后先出现了 " + tags[i].Spelt() + "，应先写 {{/" + tags[at].name + "}}。",
        tags[i].Spelt());
  }
  return Bad("nesting", tags[at].Spelt() + " 没有结尾，请在后面写上 {{/" + tags[at].name + "}}。",
             tags[at].Spelt());
}

Status Fill(const std::vector<Tag>& tags, size_t begin, size_t end, const Scope& scope, Text& out) {
  for (size_t i = begin; i < end; ++i) {
    const Tag& tag = tags[i];
    if (tag.kind == Tag::Kind::kText) {
      out << tag.name;
    } else if (tag.kind == Tag::Kind::kField) {
      ZG_ASSIGN(const Field* field, scope.Find(tag.name));
      if (field->list)
        return Bad("list", "“" + tag.name + "”是列表，要写成 {{#" + tag.name + "}}…{{/" + tag.name + "}}。",
                   tag.Spelt());
      out << field->text;
    } else if (tag.kind == Tag::Kind::kEnd) {
      return Bad("nesting", tag.Spelt() + " 前面没有对应的 {{#" + tag.name + "}} 或 {{?" + tag.name + "}}。",
                 tag.Spelt());
    } else {
      ZG_ASSIGN(size_t close, EndOf(tags, i, end));
      ZG_TRY(scope.Each(tag, [&](const Scope& inner) { return Fill(tags, i + 1, close, inner, out); }));
      i = close;
    }
  }
  return {};
}

}  // namespace

std::string Tag::Spelt() const {
  const char* sign = kind == Kind::kLoop     ? "#"
                     : kind == Kind::kIf     ? "?"
                     : kind == Kind::kUnless ? "!"
                     : kind == Kind::kEnd    ? "/"
                                             : "";
  return std::string("{{") + sign + name + "}}";
}

Result<std::vector<Tag>> SplitTags(std::string_view text) {
  std::vector<Tag> out;
  for (size_t i = 0; i < text.size();) {
    size_t open = text.find("{{", i);
    if (open != i) out.push_back({Tag::Kind::kText, std::string(text.substr(i, open - i)), i});
    if (open == std::string_view::npos) break;
    size_t close = text.find("}}", open + 2), again = text.find("{{", open + 2);
    if (close == std::string_view::npos || again < close) {
      std::string piece(text.substr(open, 60));
      while (!piece.empty() && (piece.back() & 0xC0) == 0x80) piece.pop_back();
      return Bad("tag", "“{{”没有对应的“}}”，请补上。", piece);
    }
    std::string inside = Trimmed(text.substr(open + 2, close - open - 2));
    Tag tag{Tag::Kind::kField, inside, open};
    if (!inside.empty() && std::string_view("#?!/").find(inside[0]) != std::string_view::npos) {
      tag.kind = inside[0] == '#'   ? Tag::Kind::kLoop
                 : inside[0] == '?' ? Tag::Kind::kIf
                 : inside[0] == '!' ? Tag::Kind::kUnless
                                    : Tag::Kind::kEnd;
      tag.name = Trimmed(std::string_view(inside).substr(1));
    }
    if (tag.name.empty()) return Bad("tag", "大括号里没有写字段名，请补上或删去。", tag.Spelt());
    out.push_back(std::move(tag));
    i = close + 2;
  }
  return out;
}

Result<const Field*> Scope::Find(const std::string& name) const {
  for (const Scope* s = this; s; s = s->outer_)
    if (auto it = s->fields_->find(name); it != s->fields_->end()) return &it->second;
  auto names = Names();
  std::string near = Nearest(name, names);
  std::string all;
  for (const auto& n : names) all += (all.empty() ? "" : "、") + n;
  return Bad("field",
             "没有字段“" + name + "”，" +
                 (near.empty() ? "这里可用的有：" + all + "。" : "是否想写“" + near + "”？"),
             "{{" + name + "}}");
}

Status Scope::Each(const Tag& tag, const std::function<Status(const Scope&)>& render) const {
  ZG_ASSIGN(const Field* field, Find(tag.name));
  if (tag.kind != Tag::Kind::kLoop) {
    bool holds = field->list ? !field->items.empty() : !field->text.empty();
    return trying_ || holds == (tag.kind == Tag::Kind::kIf) ? render(*this) : Status();
  }
  if (!field->list)
    return Bad("not_list",
               "“" + tag.name + "”不是列表，不能用 {{#" + tag.name + "}}；要判断有没有，请写 {{?" + tag.name +
                   "}}。",
               tag.Spelt());
  for (const Fields& item : field->items) ZG_TRY(render(Scope(item, *this)));
  return {};
}

std::vector<std::string> Scope::Names() const {
  std::vector<std::string> out;
  for (const Scope* s = this; s; s = s->outer_)
    for (const auto& [name, field] : *s->fields_) out.push_back(name);
  return out;
}

Result<Text> FillText(std::string_view text, const Scope& scope) {
  ZG_ASSIGN(std::vector<Tag> tags, SplitTags(text));
  Text out;
  ZG_TRY(Fill(tags, 0, tags.size(), scope, out));
  return out;
}

}  // namespace zg::paper
