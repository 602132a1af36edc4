#pragma once
// The programs that are at work on this database. One that is not seen for a while is taken out, and with
// that everything it held is free; it comes back under another number. For Store::Beside.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"

namespace zg::store {

struct NodeRow {
  int64_t id = 0;
  std::string name, version;
  int knows = 0;                                    // the last migration it has
  int64_t started_ms = 0, seen_ms = 0, now_ms = 0;  // by the database's clock
};

void AddNode(Session& session, const Database& database, const NodeRow& node);  // started and seen now
// False: it was taken out meanwhile.
bool TouchNode(Session& session, const Database& database, int64_t id);
// Those that were not seen for so long go. → how many
int64_t DropSilentNodes(Session& session, const Database& database, int64_t silent_ms);
void DropNode(Session& session, int64_t id);
std::vector<NodeRow> LoadNodes(Session& session, const Database& database);  // the oldest first

}  // namespace zg::store
