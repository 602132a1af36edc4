#pragma once
// Pieces of the documents that docs/api.md describes. Inside of office/ only.

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "document/document.h"
#include "ledger/event.h"
#include "ledger/link.h"
#include "ledger/task.h"
#include "office/json_text.h"
#include "store/documents.h"
#include "store/task_list.h"
#include "store/tasks.h"

namespace zg {

class JsonWriter;

nlohmann::json TextJson(const Document& document);                // {text, blocks}
nlohmann::json DocumentJson(const store::DocumentRow& document);  // as in GET /api/documents
// One object; with `title` where it is given.
void WriteEvent(JsonWriter& writer, const Event& event, const std::string* title = nullptr);
nlohmann::json RefJson(const store::TaskHead& head);  // a task in short
// `seen_from` is the end that asks: direction "from" where it cites the other.
nlohmann::json LinkJson(store::Session& session, const Link& link, TaskId seen_from);
// The same, where the task at the other end was loaded already.
nlohmann::json LinkJson(store::Session& session, const Link& link, TaskId seen_from,
                        const std::optional<store::TaskHead>& other);
// [{…}, …]: the stored lines as they are, each with its "overdue".
std::string ItemsText(const std::vector<store::ListRow>& rows);
// `object` is JSON text {…} with at least one member; gets one more whose value is JSON text too.
std::string WithItems(std::string object, std::string_view name, std::string_view value);
nlohmann::json ListJson(nlohmann::json items, int64_t total, const std::string& next = "");
// The first `n` characters, … behind them where there are more.
std::string Shortened(const std::string& text, size_t n);
// JSON text as a value; null where it is empty or broken.
nlohmann::json ValueOf(const std::string& json_text);

}  // namespace zg
