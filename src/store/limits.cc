#include "store/limits.h"

namespace zg::store {
namespace {

// What is in the bucket now.
std::string Level(const Database& database, const std::string& n) {
  std::string level = "limits.tokens + (" + database.NowMs() + " - limits.at_ms) * :rate" + n;
  std::string again = "limits.tokens + (" + database.NowMs() + " - limits.at_ms) * :speed" + n;
  return "(CASE WHEN " + level + " < :most" + n + " THEN " + again + " ELSE :full" + n + " END)";
}

std::string Begin(const Database& database) {
  return "INSERT INTO limits (name, tokens, at_ms) VALUES (:name, :burst - :n, " + database.NowMs() +
         ") ON CONFLICT (name) DO UPDATE SET tokens = " + Level(database, "a") +
         " - :less, at_ms = " + database.NowMs();
}

}  // namespace

double SpendTokens(Session& session, const Database& database, const Limit& l, double n) {
  const Query spend{"limit_spend", Begin(database) + " RETURNING tokens"};
  double rate = l.per_second / 1000;
  return session.Value<double>(spend, l.name, l.burst, n, rate, l.burst, rate, l.burst, n).value_or(0);
}

bool TakeToken(Session& session, const Database& database, const Limit& l) {
  const Query take{"limit_take",
                   Begin(database) + " WHERE " + Level(database, "b") + " >= 1 RETURNING tokens"};
  double rate = l.per_second / 1000;
  return session
      .Value<double>(take, l.name, l.burst, 1.0, rate, l.burst, rate, l.burst, 1.0, rate, l.burst, rate,
                     l.burst)
      .has_value();
}

void DropOldLimits(Session& session, const Database& database, int64_t older_ms) {
  const Query drop{"limits_drop", "DELETE FROM limits WHERE at_ms < " + database.NowMs() + " - :older"};
  session.Run(drop, older_ms);
}

}  // namespace zg::store
