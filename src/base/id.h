#pragma once
// Ids that cannot be mixed up: Id<TaskTag> does not convert to Id<UnitTag>.

#include <compare>
#include <cstdint>
#include <functional>

namespace zg {

template <class Tag>
struct Id {
  int64_t value = 0;  // > 0 once stored; 0 means none
  explicit operator bool() const { return value != 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using DocId = Id<struct DocTag>;
using RoundId = Id<struct RoundTag>;
using TaskId = Id<struct TaskTag>;
using MeasureId = Id<struct MeasureTag>;
using UnitId = Id<struct UnitTag>;
using LinkId = Id<struct LinkTag>;
using EventId = Id<struct EventTag>;
using UserId = Id<struct UserTag>;
using PeriodId = Id<struct PeriodTag>;
using StepId = Id<struct StepTag>;
using ReportId = Id<struct ReportTag>;
using PublicationId = Id<struct PublicationTag>;
using EvidenceId = Id<struct EvidenceTag>;

}  // namespace zg

template <class Tag>
struct std::hash<zg::Id<Tag>> {
  size_t operator()(zg::Id<Tag> id) const { return std::hash<int64_t>()(id.value); }
};
