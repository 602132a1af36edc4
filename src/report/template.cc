#include "report/template.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/nearest.h"
#include "report/composer.h"

extern "C" {
extern const zg::EmbeddedFile zg_template_files[];
extern const unsigned zg_template_files_count;
}

namespace zg::paper {
namespace {

Error Bad(const char* id, std::string message, std::string where) {
  return {Code::kInvalid, std::move(message), std::move(where), std::string("template.") + id};
}

std::string Spelt(const Tag& tag) {
  const char* sign = tag.kind == Tag::Kind::kLoop  ? "#"
                     : tag.kind == Tag::Kind::kIf  ? "?"
                     : tag.kind == Tag::Kind::kEnd ? "/"
                                                   : "";
  return std::string("{{") + sign + tag.name + "}}";
}

std::string Trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
  return begin == std::string_view::npos ? "" : std::string(text.substr(begin, end - begin + 1));
}

// The index of the end that belongs to the beginning at `at`.
Result<size_t> EndOf(const std::vector<Tag>& tags, size_t at, size_t stop) {
  int depth = 0;
  for (size_t i = at; i < stop; ++i) {
    if (tags[i].kind == Tag::Kind::kLoop || tags[i].kind == Tag::Kind::kIf) ++depth;
    if (tags[i].kind != Tag::Kind::kEnd || --depth > 0) continue;
    if (tags[i].name == tags[at].name) return i;
    return Bad("nesting",
               Spelt(tags[at]) + " 之后先出现了 " + Spelt(tags[i]) + "，应先写 {{/" + tags[at].name + "}}。",
               Spelt(tags[i]));
  }
  return Bad("nesting", Spelt(tags[at]) + " 没有结尾，请在后面写上 {{/" + tags[at].name + "}}。",
             Spelt(tags[at]));
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
                   Spelt(tag));
      out << field->text;
    } else if (tag.kind == Tag::Kind::kEnd) {
      return Bad("nesting", Spelt(tag) + " 前面没有对应的 {{#" + tag.name + "}} 或 {{?" + tag.name + "}}。",
                 Spelt(tag));
    } else {
      ZG_ASSIGN(size_t close, EndOf(tags, i, end));
      if (tag.kind == Tag::Kind::kLoop) {
        ZG_ASSIGN(const Field* list, scope.List(tag.name));
        for (const Fields& item : list->items) ZG_TRY(Fill(tags, i + 1, close, Scope(item, scope), out));
      } else {
        ZG_ASSIGN(const Field* field, scope.Find(tag.name));
        if (Holds(*field)) ZG_TRY(Fill(tags, i + 1, close, scope, out));
      }
      i = close;
    }
  }
  return {};
}

// Tags alone on their line leave no empty line behind.
std::string WithoutTagLines(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t end = std::min(text.find('\n', i), text.size());
    std::string line = Trimmed(text.substr(i, end - i));
    bool tag = line.size() > 5 && line.starts_with("{{") && line.find("}}") == line.size() - 2 &&
               std::string_view("#?/").find(line[2]) != std::string_view::npos;
    out += tag ? line : line + "\n";
    i = end + 1;
  }
  return out;
}

void AddLine(Composer& c, Text line) {
  if (line.Plain().empty()) return;
  std::string& first = line.runs.front().text;
  auto takes = [&](std::string_view mark) {
    if (line.runs.front().figure >= 0 || !first.starts_with(mark)) return false;
    first.erase(0, mark.size());
    if (first.empty()) line.runs.erase(line.runs.begin());
    return true;
  };
  if (takes("### "))
    c.Heading(2, line);
  else if (takes("## "))
    c.Heading(1, line);
  else if (takes("# "))
    c.paper.title = line.Plain();
  else if (takes("@ "))
    c.paper.recipients = line.Plain();
  else if (takes("! "))
    c.paper.note = line.Plain();
  else if (takes("- "))
    c.Heading(3, line);
  else
    c.Say(line);
}

}  // namespace

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
    if (!inside.empty() && std::string_view("#?/").find(inside[0]) != std::string_view::npos) {
      tag.kind = inside[0] == '#' ? Tag::Kind::kLoop : inside[0] == '?' ? Tag::Kind::kIf : Tag::Kind::kEnd;
      tag.name = Trimmed(std::string_view(inside).substr(1));
    }
    if (tag.name.empty()) return Bad("tag", "大括号里没有写字段名，请补上或删去。", Spelt(tag));
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

Result<const Field*> Scope::List(const std::string& name) const {
  ZG_ASSIGN(const Field* field, Find(name));
  if (field->list) return field;
  return Bad("not_list",
             "“" + name + "”不是列表，不能用 {{#" + name + "}}；要判断有没有，请写 {{?" + name + "}}。",
             "{{#" + name + "}}");
}

std::vector<std::string> Scope::Names() const {
  std::vector<std::string> out;
  for (const Scope* s = this; s; s = s->outer_)
    for (const auto& [name, field] : *s->fields_) out.push_back(name);
  return out;
}

bool Holds(const Field& field) {
  return field.list ? !field.items.empty() : !field.text.empty();
}

Result<Text> FillText(std::string_view text, const Scope& scope) {
  ZG_ASSIGN(std::vector<Tag> tags, SplitTags(text));
  Text out;
  ZG_TRY(Fill(tags, 0, tags.size(), scope, out));
  return out;
}

Result<Paper> FillPaper(const std::string& kind, std::string_view text, const Fields& fields,
                        std::vector<Figure> figures) {
  ZG_ASSIGN(Text filled, FillText(WithoutTagLines(text), Scope(fields)));
  Composer c(kind);
  c.paper.figures = std::move(figures);
  Text line;
  for (const Run& run : filled.runs) {
    size_t i = 0;
    for (size_t end; run.figure < 0 && (end = run.text.find('\n', i)) != std::string::npos; i = end + 1) {
      line << std::string_view(run.text).substr(i, end - i);
      AddLine(c, std::move(line));
      line = {};
    }
    line << Run{run.text.substr(i), run.figure};
  }
  AddLine(c, std::move(line));
  return std::move(c).Take();
}

Paper TemplatePaper(std::string_view text) {
  Composer c("template");
  c.Add(Style::kPlain, "", "{{?发文字号}}{{发文字号}}{{/发文字号}}");
  int loops = 0;
  for (size_t i = 0; i < text.size();) {
    size_t end = std::min(text.find('\n', i), text.size());
    std::string line(text.substr(i, end - i));
    i = end + 1;
    if (line.starts_with("{{#")) ++loops;
    if (line.starts_with("{{/")) loops = std::max(0, loops - 1);
    auto after = [&](size_t n) { return line.substr(n); };
    if (loops > 0 && line.starts_with("- "))  // numbered by the loop
      c.Heading(3, "{{序号}}.", after(2));
    else if (loops > 0 && line.starts_with("## "))
      c.Heading(1, "{{中文序号}}、", after(3));
    else if (line.starts_with("# "))
      c.Add(Style::kTitle, "", after(2));
    else if (line.starts_with("@ "))
      c.Add(Style::kRecipients, "", after(2) + "：");
    else if (line.starts_with("! "))
      c.Say("（" + after(2) + "）");
    else
      AddLine(c, line);
  }
  c.Add(Style::kPlain, "", "");
  c.paper.blocks.push_back(
      Paragraph{.style = Style::kSignature, .text = "{{署名}}", .keep = true, .right = 4});
  c.paper.blocks.push_back(Paragraph{.style = Style::kDate, .text = "{{日期}}", .right = 4});
  return std::move(c).Take();
}

std::string_view BuiltinTemplate(std::string_view kind) {
  std::string file = std::string(kind) + ".txt";
  for (unsigned i = 0; i < zg_template_files_count; ++i)
    if (zg_template_files[i].name == std::string_view(file)) return zg_template_files[i].bytes();
  return {};
}

}  // namespace zg::paper
