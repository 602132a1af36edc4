#pragma once
// Links between tasks, and which ones are worth proposing to a person.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "ledger/round.h"

namespace zg {

// cascades_from: the task carries out one of an upper unit's list. follows_up: the same problem, found again.
enum class LinkKind : uint8_t { kCascadesFrom, kFollowsUp };
enum class LinkState : uint8_t { kProposed, kConfirmed, kRejected };
std::string_view LinkKindName(LinkKind kind);     // "cascades_from", "follows_up"
std::string_view LinkStateName(LinkState state);  // "proposed", "confirmed", "rejected"
std::optional<LinkKind> ParseLinkKind(std::string_view name);
std::optional<LinkState> ParseLinkState(std::string_view name);

struct Link {
  LinkId id;
  LinkKind kind = LinkKind::kCascadesFrom;
  TaskId from;  // the lower, or the later task
  TaskId to;    // the upper, or the earlier task
  LinkState state = LinkState::kProposed;
  double score = 0;    // 0–1; 1 for links made by hand
  std::string reason;  // Chinese: why it is proposed
};

// What the proposer needs to know of a task and of its document.
struct LinkTask {
  TaskId id;
  std::string path;
  std::string problem;
  bool is_task = true;
  std::optional<int> upstream_ordinal;
};
struct LinkDocument {
  DocId id;
  std::string title;
  std::string kind;  // task_list, progress_report, report
  Round round;
  int rank =
      0;  // of the unit whose document it is: 1 region, 2 prefecture, 3 county; 0: the title does not say
  std::vector<LinkTask> tasks;
};

// Links from and to the tasks of `fresh`, at most three for one task, the best first. Cascades stand between
// documents of one round: by the upper number where the lower document cites it, else by wording. Follow-ups
// stand between rounds of one level, from documents that nothing of their round stands above. Pure. Cost:
// about linear in the wordings, never all pairs.
std::vector<Link> ProposeLinks(const LinkDocument& fresh, const std::vector<LinkDocument>& others);

// Whether a document of `lower` carries out that of `upper` (both of one round).
bool StandsAbove(const LinkDocument& upper, const LinkDocument& lower);
// Whether `earlier` came before `later` in the same row of inspections.
bool CameBefore(const Round& earlier, const Round& later);

}  // namespace zg
