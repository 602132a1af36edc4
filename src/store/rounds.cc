#include "store/rounds.h"

namespace zg::store {
namespace {

const Query kLoad{"round_load", "SELECT id, name, level, number, year FROM rounds WHERE id = :id"};
const Query kFind{"round_find", "SELECT id, name, level, number, year FROM rounds WHERE name = :name"};
const Query kAll{"rounds_all",
                 "SELECT id, name, level, number, year FROM rounds ORDER BY year DESC, number DESC, id DESC"};
const Query kInsert{
    "round_insert",
    "INSERT INTO rounds (name, level, number, year, created_at) VALUES (:name, :level, :number, "
    ":year, :at) RETURNING id"};

template <class... A>
std::vector<Round> Rounds(Session& session, const Query& query, const A&... args) {
  std::vector<Round> rounds;
  session.Each<int64_t, std::string, std::string, int, int>(
      query,
      [&](int64_t id, std::string& name, std::string& level, int number, int year) {
        rounds.push_back({{id}, name, ParseRoundLevel(level).value_or(RoundLevel::kOther), number, year});
      },
      args...);
  return rounds;
}

std::optional<Round> First(std::vector<Round> rounds) {
  return rounds.empty() ? std::nullopt : std::optional<Round>(std::move(rounds[0]));
}

}  // namespace

std::optional<Round> LoadRound(Session& session, RoundId id) {
  return First(Rounds(session, kLoad, id));
}

std::optional<Round> FindRound(Session& session, const std::string& name) {
  return First(Rounds(session, kFind, name));
}

Round InsertRound(Session& session, Round round, const std::string& now) {
  round.id = {session.Insert(kInsert, round.name, std::string(RoundLevelName(round.level)), round.number,
                             round.year, now)};
  return round;
}

std::vector<Round> AllRounds(Session& session) {
  return Rounds(session, kAll);
}

}  // namespace zg::store
