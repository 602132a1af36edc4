#include "office/json.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "ledger/event.h"

namespace zg {
namespace {

using nlohmann::json;

const char* KindName(BlockKind kind) {
  switch (kind) {
    case BlockKind::kParagraph:
      return "paragraph";
    case BlockKind::kHeading:
      return "heading";
    case BlockKind::kCell:
      return "cell";
    case BlockKind::kFootnote:
      return "footnote";
  }
  return "paragraph";
}

json PlaceJson(const Place& place) {
  json out = json::object();
  if (place.page) out["page"] = place.page;
  if (place.paragraph) out["paragraph"] = place.paragraph;
  if (!place.sheet.empty()) out["sheet"] = place.sheet;
  if (place.table) {
    out["table"] = place.table;
    out["row"] = place.row;
    out["column"] = place.column;
    if (place.row_span > 1) out["row_span"] = place.row_span;
    if (place.column_span > 1) out["column_span"] = place.column_span;
  }
  return out;
}

std::string_view RawOrNull(const std::string& json_text) {
  return IsJson(json_text) ? std::string_view(json_text) : "null";
}

}  // namespace

json TextJson(const Document& document) {
  json blocks = json::array();
  for (const auto& block : document.blocks) {
    blocks.push_back({{"begin", block.span.begin},
                      {"end", block.span.end},
                      {"kind", KindName(block.kind)},
                      {"level", block.level},
                      {"place", PlaceJson(block.place)}});
  }
  return {{"text", ToUtf8(document.text)}, {"blocks", std::move(blocks)}};
}

json DocumentJson(const store::DocumentRow& d) {
  return {{"id", d.id.value},
          {"title", d.head.title},
          {"kind", d.head.kind},
          {"name", d.name},
          {"format", d.format},
          {"bytes", d.bytes},
          {"sha256", d.sha256},
          {"sm3", d.sm3},
          {"round", {{"id", d.round.value}, {"name", d.round_name}}},
          {"issuer", d.head.issuer},
          {"date", d.head.date ? json(d.head.date->Iso()) : json()},
          {"tasks", d.tasks},
          {"committed_at", d.committed_at},
          {"committed_by", d.committed_by},
          {"version", d.version},
          {"newest", d.newest},
          {"version_of", d.family == d.id ? json() : json(d.family.value)}};
}

void WriteEvent(JsonWriter& w, const Event& e, const std::string* title) {
  auto id = [](int64_t value) { return value ? std::optional(value) : std::nullopt; };
  w.Object()
      .Put("seq", e.seq)
      .Put("at", e.at)
      .Put("actor", e.actor)
      .Put("kind", e.kind)
      .Put("subject", e.subject)
      .Put("document_id", id(e.document.value))
      .Put("task_id", id(e.task.value))
      .PutRaw("before", RawOrNull(e.before))
      .PutRaw("after", RawOrNull(e.after));
  size_t field = e.subject.find("field:");
  if (field == std::string::npos)
    w.Put("field", nullptr);
  else
    w.Put("field", std::string_view(e.subject).substr(field + 6));
  if (e.note.empty())
    w.Put("reason", nullptr);
  else
    w.Put("reason", e.note);
  w.Put("digest", e.digest).Put("previous", e.previous);
  if (title) w.Put("title", *title);
  w.End();
}

json RefJson(const store::TaskHead& head) {
  return {{"id", head.id.value},
          {"path", head.path},
          {"label", head.label},
          {"problem", Shortened(head.problem, 120)},
          {"is_task", head.is_task},
          {"due", head.due ? json(*head.due) : json()},
          {"state", TaskStateName(store::StateOf(head))}};
}

json LinkJson(store::Session& session, const Link& link, TaskId seen_from) {
  return LinkJson(session, link, seen_from,
                  store::LoadHead(session, link.from == seen_from ? link.to : link.from));
}
json LinkJson(store::Session& session, const Link& link, TaskId seen_from,
              const std::optional<store::TaskHead>& head) {
  bool out = link.from == seen_from;
  json end;
  if (head) {
    end = RefJson(*head);
    if (auto d = store::LoadDocument(session, head->document)) {
      end["document"] = {
          {"id", d->id.value}, {"title", d->head.title}, {"name", d->name}, {"kind", d->head.kind}};
      end["round"] = {{"id", d->round.value}, {"name", d->round_name}};
    }
  }
  return {{"id", link.id.value},
          {"kind", LinkKindName(link.kind)},
          {"direction", out ? "from" : "to"},
          {"state", LinkStateName(link.state)},
          {"score", link.score},
          {"reason", link.reason},
          {"task", std::move(end)}};
}

std::string ItemsText(const std::vector<store::ListRow>& rows) {
  std::string text = "[";
  for (const auto& row : rows) {
    if (text.size() > 1) text += ',';
    text.append(row.item, 0, row.item.size() - 1);
    text += row.overdue ? R"(,"overdue":true})" : R"(,"overdue":false})";
  }
  return text += ']';
}

std::string WithItems(std::string object, std::string_view name, std::string_view value) {
  object.back() = ',';
  object.reserve(object.size() + name.size() + value.size() + 8);
  object.append(1, '"').append(name).append("\":").append(value).append(1, '}');
  return object;
}

json ListJson(json items, int64_t total, const std::string& next) {
  return {{"items", std::move(items)}, {"next", next.empty() ? json() : json(next)}, {"total", total}};
}

std::string Shortened(const std::string& text, size_t n) {
  size_t characters = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && characters++ == n) return text.substr(0, at) + "…";
  }
  return text;
}

json JsonText::Value() const {
  return json::parse(text);
}

json ValueOf(const std::string& json_text) {
  if (json_text.empty()) return json();
  json value = json::parse(json_text, nullptr, false);
  return value.is_discarded() ? json() : value;
}

}  // namespace zg
