#include "report/template_docx.h"

#include <fmt/format.h>

#include <functional>
#include <sstream>
#include <unordered_map>

#include "base/text.h"
#include "document/archive.h"
#include "document/xml.h"
#include "report/template_marks.h"
#include "report/zip_bytes.h"

namespace zg::paper {
namespace {

using document::LocalName;
using Nodes = std::vector<pugi::xml_node>;
using Kind = Tag::Kind;

Nodes TextNodes(pugi::xml_node node) {
  Nodes out;
  std::function<void(pugi::xml_node, int)> walk = [&](pugi::xml_node n, int depth) {
    if (depth > document::kMaxDepth) return;
    for (auto child : n.children()) {
      if (LocalName(child) == "t")
        out.push_back(child);
      else if (LocalName(child) != "pict" && LocalName(child) != "drawing")
        walk(child, depth + 1);
    }
  };
  walk(node, 0);
  return out;
}

std::string TextOf(pugi::xml_node node) {
  std::string out;
  for (auto t : TextNodes(node)) out += t.text().get();
  return out;
}

// The words of a w:t; a line break in them becomes a w:br.
void SetText(pugi::xml_node t, std::string_view text) {
  pugi::xml_node run = t.parent(), at = t;
  for (bool first = true; first || !text.empty(); first = false) {
    size_t end = std::min(text.find('\n'), text.size());
    if (!first) {
      at = run.insert_child_after(
          (std::string(run.name()).substr(0, std::string_view(run.name()).find(':') + 1) + "br").c_str(), at);
      at = run.insert_child_after(t.name(), at);
    }
    at.text().set(std::string(text.substr(0, end)).c_str());
    at.remove_attribute("xml:space");
    at.append_attribute("xml:space") = "preserve";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

class Filler {
 public:
  Filler(bool marked) : marked_(marked) {}

  // Names every paragraph of the part by its place, before anything is repeated.
  void NamePlaces(pugi::xml_node parent, const std::string& cell = "") {
    for (auto node : parent.children()) {
      auto name = LocalName(node);
      if (name == "p")
        places_[node.hash_value()] = cell.empty() ? fmt::format("第{}段", ++paragraphs_) : cell;
      else if (name == "tbl")
        NameRows(node);
      else if (name == "sdt" || name == "sdtContent")
        NamePlaces(node, cell);
    }
  }

  Status Fill(pugi::xml_node parent, const Scope& scope) {
    Nodes children(parent.begin(), parent.end());
    pugi::xml_document made;
    pugi::xml_node to = made.append_child("made");
    ZG_TRY(FillAll(children, 0, children.size(), scope, to));
    for (auto child : children) parent.remove_child(child);
    for (auto child : to.children()) parent.append_copy(child);
    return {};
  }

 private:
  void NameRows(pugi::xml_node table) {
    int t = ++tables_, r = 0;
    for (auto row : table.children()) {
      if (LocalName(row) != "tr") continue;
      ++r;
      int c = 0;
      for (auto cell : row.children())
        if (LocalName(cell) == "tc") NamePlaces(cell, fmt::format("表{}第{}行第{}格", t, r, ++c));
    }
  }
  std::string PlaceOf(pugi::xml_node node) const {
    auto it = places_.find(node.hash_value());
    if (it != places_.end()) return it->second;
    for (auto child : node.children())
      if (auto place = PlaceOf(child); !place.empty()) return place;
    return "";
  }
  Error At(Error error, pugi::xml_node node) const {
    std::string place = PlaceOf(node);
    if (place.empty()) return error;
    error.message = place + "“" + error.where + "”：" + error.message;
    error.where = place;
    return error;
  }
  Error Nesting(pugi::xml_node node, const std::string& tag, std::string message) const {
    return At({Code::kInvalid, std::move(message), tag, "template.nesting"}, node);
  }

  // What of the node's tags is open at its end: a beginning that is alone in it, or nothing.
  struct Edge {
    enum { kNone, kBegins, kEnds } what = kNone;
    Tag tag;
  };
  Result<Edge> EdgeOf(pugi::xml_node node) const {
    std::string text = ToUtf8(Trim(ToUtf32(TextOf(node))));
    auto tags = SplitTags(text);
    if (!tags.ok()) return At(tags.error(), node);
    std::vector<Tag> open;
    for (const Tag& tag : *tags) {
      if (tag.Begins()) open.push_back(tag);
      if (tag.kind != Kind::kEnd) continue;
      if (open.empty() && tags->size() == 1) return Edge{Edge::kEnds, tag};
      if (open.empty())
        return Nesting(node, "{{/" + tag.name + "}}",
                       "这个结尾要独占一段（或一行表格），或者与开头写在同一段。");
      open.pop_back();
    }
    if (open.empty()) return Edge{};
    if (tags->size() == 1) return Edge{Edge::kBegins, open[0]};
    return Nesting(node, open[0].Spelt(), "这个开头要独占一段（或一行表格），或者与结尾写在同一段。");
  }

  // The sibling that ends what begins at `at`.
  Result<size_t> EndOf(const Nodes& nodes, size_t at, size_t stop, const Tag& tag) const {
    int depth = 0;
    for (size_t i = at; i < stop; ++i) {
      auto name = LocalName(nodes[i]);
      if (name != "p" && name != "tr") continue;
      if (name == "tr" && RowLoop(nodes[i])) continue;
      ZG_ASSIGN(Edge edge, EdgeOf(nodes[i]));
      if (edge.what == Edge::kBegins) ++depth;
      if (edge.what != Edge::kEnds || --depth > 0) continue;
      if (edge.tag.name == tag.name) return i;
      return Nesting(nodes[i], "{{/" + edge.tag.name + "}}", "这里应先写 {{/" + tag.name + "}}。");
    }
    return Nesting(nodes[at], tag.Spelt(), "没有结尾，请在后面另起一段写上 {{/" + tag.name + "}}。");
  }

  // As the scope says; what is wrong with the tag itself is told at its place.
  Status Each(const Tag& tag, const Scope& scope, pugi::xml_node at,
              const std::function<Status(const Scope&)>& render) const {
    bool inside = false;
    Status done = scope.Each(tag, [&](const Scope& inner) {
      inside = true;
      return render(inner);
    });
    return done.ok() || inside ? done : Status(At(done.error(), at));
  }

  Status FillAll(const Nodes& nodes, size_t begin, size_t end, const Scope& scope, pugi::xml_node to) {
    for (size_t i = begin; i < end; ++i) {
      auto name = LocalName(nodes[i]);
      if (name == "sdt" || name == "sdtContent") {
        pugi::xml_node inside = name == "sdt" ? document::Child(nodes[i], "sdtContent") : nodes[i];
        Nodes children(inside.begin(), inside.end());
        ZG_TRY(FillAll(children, 0, children.size(), scope, to));
      } else if (name == "tbl") {
        ZG_TRY(FillTable(nodes[i], scope, to));
      } else if (name == "p" || name == "tr") {
        std::optional<Tag> around = name == "tr" ? RowLoop(nodes[i]) : std::nullopt;
        Edge edge;
        if (!around) {
          ZG_ASSIGN(edge, EdgeOf(nodes[i]));
        }
        if (edge.what == Edge::kEnds)
          return Nesting(nodes[i], "{{/" + edge.tag.name + "}}", "前面没有对应的开头。");
        if (edge.what == Edge::kBegins) {
          ZG_ASSIGN(size_t close, EndOf(nodes, i, end, edge.tag));
          ZG_TRY(Each(edge.tag, scope, nodes[i],
                      [&](const Scope& inner) { return FillAll(nodes, i + 1, close, inner, to); }));
          i = close;
        } else if (around) {
          ZG_TRY(Each(*around, scope, nodes[i],
                      [&](const Scope& inner) { return FillRow(nodes[i], inner, to, true); }));
        } else if (name == "tr") {
          ZG_TRY(FillRow(nodes[i], scope, to, false));
        } else {
          ZG_TRY(FillParagraph(nodes[i], scope, to));
        }
      } else {
        to.append_copy(nodes[i]);
      }
    }
    return {};
  }

  Status FillTable(pugi::xml_node table, const Scope& scope, pugi::xml_node to) {
    pugi::xml_node copy = to.append_child(table.name());
    for (auto a : table.attributes()) copy.append_copy(a);
    Nodes rows(table.begin(), table.end());
    ZG_TRY(FillAll(rows, 0, rows.size(), scope, copy));
    if (!document::Child(copy, "tr")) to.remove_child(copy);  // a table without rows is none
    return {};
  }

  // A row that begins with {{#x}} in its first cell and ends with {{/x}} in its last one.
  static std::optional<Tag> RowLoop(pugi::xml_node row) {
    auto tags = SplitTags(TextOf(row));
    int cells = 0;
    for (auto cell : row.children()) cells += LocalName(cell) == "tc";
    if (!tags.ok() || tags->size() < 2 || cells < 2) return std::nullopt;
    const Tag &first = tags->front(), &last = tags->back();
    if (!first.Begins() || last.kind != Kind::kEnd || first.name != last.name) return std::nullopt;
    Nodes texts;
    for (auto cell : row.children())
      if (LocalName(cell) == "tc") texts.push_back(cell);
    // Inside one cell it is that cell's own.
    auto head = SplitTags(TextOf(texts.front()));
    for (const Tag& tag : *head)
      if (tag.kind == Kind::kEnd && tag.name == first.name) return std::nullopt;
    return first;
  }

  Status FillRow(pugi::xml_node row, const Scope& scope, pugi::xml_node to, bool strip) {
    pugi::xml_node copy = to.append_child(row.name());
    for (auto a : row.attributes()) copy.append_copy(a);
    Nodes cells;
    for (auto cell : row.children()) {
      if (LocalName(cell) == "tc")
        cells.push_back(cell);
      else
        copy.append_copy(cell);
    }
    for (size_t i = 0; i < cells.size(); ++i) {
      pugi::xml_node cell = copy.append_child(cells[i].name());
      for (auto a : cells[i].attributes()) cell.append_copy(a);
      if (!strip || (i > 0 && i + 1 < cells.size())) {
        Nodes children(cells[i].begin(), cells[i].end());
        ZG_TRY(FillAll(children, 0, children.size(), scope, cell));
      } else {
        ZG_TRY(FillEdgeCell(cells[i], scope, cell, i == 0));
      }
      if (!document::Child(cell, "p")) cell.append_copy(document::Child(cells[i], "p"));  // Word asks for one
    }
    return {};
  }

  // The first or last cell of a repeated row: without the tag that begins or ends the row.
  Status FillEdgeCell(pugi::xml_node from, const Scope& scope, pugi::xml_node to, bool first) {
    std::string text = TextOf(from);
    auto tags = SplitTags(text);
    if (!tags.ok()) return At(tags.error(), from);
    size_t begin = first ? tags->front().at : tags->back().at;
    size_t end = text.find("}}", begin) + 2;
    pugi::xml_document own;
    pugi::xml_node copy = own.append_copy(from);
    Nodes before(from.begin(), from.end()), after(copy.begin(), copy.end());
    for (size_t i = 0; i < before.size(); ++i) places_[after[i].hash_value()] = PlaceOf(before[i]);
    Cut(TextNodes(copy), begin, end);
    return FillAll(after, 0, after.size(), scope, to);
  }

  static void Cut(const Nodes& texts, size_t begin, size_t end) {
    size_t at = 0;
    for (auto t : texts) {
      std::string text = t.text().get();
      size_t from = std::max(begin, at), to = std::min(end, at + text.size());
      at += text.size();
      if (from >= to) continue;
      text.erase(from - (at - text.size()), to - from);
      t.text().set(text.c_str());
    }
  }

  Status FillParagraph(pugi::xml_node from, const Scope& scope, pugi::xml_node to) {
    pugi::xml_node copy = to.append_copy(from);
    std::string text = TextOf(copy);
    if (text.find("{{") == std::string::npos && text.find("}}") == std::string::npos) return {};
    auto tags = SplitTags(text);
    if (!tags.ok()) return At(tags.error(), from);
    Nodes texts = TextNodes(copy);
    std::vector<size_t> ends;  // of each w:t in the whole
    for (auto t : texts)
      ends.push_back((ends.empty() ? 0 : ends.back()) + std::string_view(t.text().get()).size());
    std::vector<std::string> out(texts.size());
    auto node_at = [&](size_t byte) {
      size_t i = 0;
      while (i + 1 < ends.size() && ends[i] <= byte) ++i;
      return i;
    };
    for (size_t i = 0; i < tags->size(); ++i) {
      const Tag& tag = (*tags)[i];
      if (tag.kind == Kind::kText) {  // each part stays in its own run
        for (size_t k = 0; k < tag.name.size();) {
          size_t n = node_at(tag.at + k), take = std::min(tag.name.size() - k, ends[n] - (tag.at + k));
          out[n] += tag.name.substr(k, take);
          k += take;
        }
        continue;
      }
      size_t last = i;  // a loop or condition is told whole in the run where it begins
      if (tag.kind != Kind::kField) {
        int depth = 0;
        for (last = i; last < tags->size(); ++last) {
          if ((*tags)[last].Begins()) ++depth;
          if ((*tags)[last].kind == Kind::kEnd && --depth == 0) break;
        }
      }
      size_t stop = last + 1 < tags->size() ? (*tags)[last + 1].at : text.size();
      auto filled = FillText(std::string_view(text).substr(tag.at, stop - tag.at), scope);
      if (!filled.ok()) return At(filled.error(), from);
      out[node_at(tag.at)] += WithMarks(*filled, marked_);
      i = last;
    }
    for (size_t i = 0; i < texts.size(); ++i) SetText(texts[i], out[i]);
    return {};
  }

  bool marked_;
  int paragraphs_ = 0, tables_ = 0;
  std::unordered_map<size_t, std::string> places_;
};

bool HoldsText(const std::string& name) {
  return name == "word/document.xml" ||
         ((name.starts_with("word/header") || name.starts_with("word/footer")) && name.ends_with(".xml"));
}

Result<std::string> FillPart(std::string bytes, const std::string& name, const Fields& fields, Filling how) {
  pugi::xml_document xml;
  ZG_TRY(document::ParseXml(bytes, name, xml));
  pugi::xml_node root = xml.document_element();
  pugi::xml_node parent = LocalName(root) == "document" ? document::Child(root, "body") : root;
  Filler filler(how == Filling::kMarked);
  filler.NamePlaces(parent);
  ZG_TRY(filler.Fill(parent, Scope(fields, how == Filling::kTrying)));
  std::ostringstream out;
  xml.save(out, "", pugi::format_raw);
  return out.str();
}

}  // namespace

Result<std::string> FillDocx(std::string_view bytes, const Fields& fields, Filling how) {
  ReadLimits limits;
  limits.max_unpacked_bytes = 32u << 20;
  document::Budget budget(limits);
  ZG_ASSIGN(document::Archive archive, document::Archive::Open(bytes));
  if (!archive.Has("word/document.xml"))
    return Error{Code::kInvalid, "模板应是 Word 文档（.docx），请用 Word、WPS 另存后再上传。", "",
                 "template.format"};
  if (archive.Has("word/vbaProject.bin"))
    return Error{Code::kInvalid, "模板里有宏，请另存为不带宏的 .docx 后再上传。", "", "template.macro"};
  std::vector<std::pair<std::string, std::string>> members;
  for (const auto& name : archive.Names()) {
    if (name.ends_with("/")) continue;
    ZG_ASSIGN(std::string part, archive.Read(name, budget));
    if (HoldsText(name)) {
      ZG_ASSIGN(part, FillPart(std::move(part), name, fields, how));
    }
    members.emplace_back(name, std::move(part));
  }
  return ZipBytes(members);
}

}  // namespace zg::paper
