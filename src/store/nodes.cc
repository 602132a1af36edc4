#include "store/nodes.h"

namespace zg::store {
namespace {

const Query kDrop{"node_drop", "DELETE FROM nodes WHERE id = :id"};

}  // namespace

void AddNode(Session& session, const Database& database, const NodeRow& node) {
  const Query add{"node_add",
                  "INSERT INTO nodes (id, name, version, knows, started_ms, seen_ms) VALUES (:id, :name, "
                  ":version, :knows, " +
                      database.NowMs() + ", " + database.NowMs() + ")"};
  session.Run(add, node.id, node.name, node.version, node.knows);
}

bool TouchNode(Session& session, const Database& database, int64_t id) {
  const Query touch{"node_touch",
                    "UPDATE nodes SET seen_ms = " + database.NowMs() + " WHERE id = :id RETURNING id"};
  return session.Value<int64_t>(touch, id).has_value();
}

int64_t DropSilentNodes(Session& session, const Database& database, int64_t silent_ms) {
  const Query drop{"nodes_drop_silent",
                   "DELETE FROM nodes WHERE seen_ms <= " + database.NowMs() + " - :silent RETURNING id"};
  int64_t dropped = 0;
  session.Each<int64_t>(
      drop, [&](int64_t) { ++dropped; }, silent_ms);
  return dropped;
}

void DropNode(Session& session, int64_t id) {
  session.Run(kDrop, id);
}

std::vector<NodeRow> LoadNodes(Session& session, const Database& database) {
  const Query all{"nodes", "SELECT id, name, version, knows, started_ms, seen_ms, " + database.NowMs() +
                               " FROM nodes ORDER BY started_ms, id"};
  std::vector<NodeRow> nodes;
  session.Each<int64_t, std::string, std::string, int, int64_t, int64_t, int64_t>(
      all, [&](int64_t id, std::string& name, std::string& version, int knows, int64_t started, int64_t seen,
               int64_t now) {
        nodes.push_back({id, name, version, knows, started, seen, now});
      });
  return nodes;
}

}  // namespace zg::store
