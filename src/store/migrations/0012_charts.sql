-- Charts for the wall and the leaders' overview: which tasks fall behind their pace and from which day on, and the plan of
-- who supervises where (督导安排). Days are Beijing dates as ISO 8601 text, in derived tables numbers (20241231).

CREATE TABLE supervision_visits (
  id INTEGER PRIMARY KEY,
  team TEXT NOT NULL,           -- 第一督导组
  region TEXT NOT NULL,         -- code; empty: only the unit is said
  unit_id INTEGER NOT NULL,     -- 0: none
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,         -- inclusive
  tasks TEXT NOT NULL,          -- JSON list of task ids
  note TEXT NOT NULL,
  done INTEGER NOT NULL,        -- 1: the team has been there
  gone INTEGER NOT NULL,        -- 1: taken off the plan; kept so that its events have something to speak of
  revision INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX supervision_visits_by_day ON supervision_visits(gone, from_day, id);

-- The rule that task_pace was made by, so that another one is noticed; one row at most.
CREATE TABLE pace_rules (
  id INTEGER PRIMARY KEY,       -- 1
  tolerance INTEGER NOT NULL,
  unstarted_days INTEGER NOT NULL
);

-- Derived (zhenggai rebuild): open tasks that are at risk from a day on (ledger/pace.h), by facet (store/facet.h). What
-- follows from state and day alone is not here: task_counts has it.
CREATE TABLE task_pace (
  facet INTEGER NOT NULL,
  ord INTEGER NOT NULL,
  from_day INTEGER NOT NULL,    -- 20241231; 19700101: from the beginning
  due INTEGER NOT NULL,         -- as in task_facets
  state INTEGER NOT NULL,
  round_id INTEGER NOT NULL,
  PRIMARY KEY (facet, ord)
) /* clustered */;
CREATE INDEX task_pace_by_day ON task_pace(facet, from_day, due, state, round_id);
CREATE INDEX task_pace_by_ord ON task_pace(ord);

-- How many answers of a period say behind schedule, or completed, without reading them all.
CREATE INDEX reports_behind ON reports(period_id, on_schedule, status);
CREATE INDEX reports_by_state ON reports(period_id, state, status);
