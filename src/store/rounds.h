#pragma once
// Inspection rounds.

#include <optional>
#include <string>
#include <vector>

#include "ledger/round.h"
#include "store/sql.h"

namespace zg::store {

std::optional<Round> LoadRound(Session& session, RoundId id);
std::optional<Round> FindRound(Session& session, const std::string& name);
Round InsertRound(Session& session, Round round, const std::string& now);  // with its id
std::vector<Round> AllRounds(Session& session);                            // newest inspection first

}  // namespace zg::store
