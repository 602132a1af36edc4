#include "office/linking.h"

#include "ledger/link.h"
#include "store/links.h"

namespace zg {
namespace {

constexpr int64_t kMostTasks = 5'000;  // that a document is compared with

// 1 for a document of the whole region, 2 of a prefecture, 3 of a county; by the region its title begins
// with.
int RankOf(const std::string& title, const RegionIndex& regions) {
  const Region* region = regions.Find(regions.CodeOf(title));
  if (!region) return 0;
  if (region->level == "region") return 1;
  return region->level == "prefecture" ? 2 : 3;
}

}  // namespace

int64_t ProposeLinksOf(store::Session& session, const RegionIndex& regions, DocId id) {
  auto document = store::LoadLinkDocument(session, id);
  if (!document) return 0;
  document->rank = RankOf(document->title, regions);
  auto others = store::LoadLinkNeighbours(session, *document, kMostTasks);
  for (auto& other : others) other.rank = RankOf(other.title, regions);
  // What was followed up by itself before its upper list came is followed up through that list from now on.
  for (const auto& other : others) {
    if (other.round.id == document->round.id && StandsAbove(*document, other))
      store::WithdrawFollowUps(session, other.id);
  }
  return store::Propose(session, ProposeLinks(*document, others));
}

}  // namespace zg
