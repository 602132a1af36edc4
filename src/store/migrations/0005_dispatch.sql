-- Every month or quarter each responsible unit is asked for the state of each of its tasks (清单化调度): a period, and in it
-- one report for each unit and task. Counts are kept beside them in the same transaction, so that the board need not count.

CREATE TABLE periods (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,    -- 2026-11, 2026-Q4
  begin_day TEXT NOT NULL,
  end_day TEXT NOT NULL,
  due TEXT NOT NULL,            -- last day to answer
  closed INTEGER NOT NULL,      -- 1: no more answers
  rounds TEXT NOT NULL,         -- JSON list of round ids that were asked about; empty: all
  opened_by TEXT NOT NULL,
  opened_at TEXT NOT NULL
);

CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES periods(id),
  unit_id INTEGER NOT NULL REFERENCES units(id),
  task_id INTEGER NOT NULL REFERENCES tasks(id),
  status INTEGER NOT NULL,      -- 0 nothing yet, 1 draft, 2 submitted, 3 returned, 4 accepted
  state TEXT NOT NULL,          -- not_started, in_progress, ongoing, completed; empty: not said
  on_schedule INTEGER,          -- 序时进度: 1 yes, 0 no; NULL: not said
  reason TEXT NOT NULL,         -- why not
  body TEXT NOT NULL,
  figures TEXT NOT NULL,        -- JSON: [{name, value, unit, target, cumulative, note}]
  evidence TEXT NOT NULL,       -- JSON list of ids
  next_step TEXT NOT NULL,
  remark TEXT NOT NULL,         -- the office's word when it last decided
  still INTEGER NOT NULL,       -- 1: says the same as the answer before it
  revision INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL
);
CREATE UNIQUE INDEX reports_by_unit ON reports(period_id, unit_id, task_id);
CREATE INDEX reports_by_unit_id ON reports(period_id, unit_id, id, status);
CREATE INDEX reports_by_unit_status ON reports(period_id, unit_id, status, id);
CREATE INDEX reports_by_period ON reports(period_id, id);
CREATE INDEX reports_by_status ON reports(period_id, status, id);
CREATE INDEX reports_by_task ON reports(task_id, unit_id, id, status);
CREATE INDEX reports_of_task_in_period ON reports(period_id, task_id);

-- How many reports of a unit stand where; unit_id 0: of all units.
CREATE TABLE period_units (
  period_id INTEGER NOT NULL REFERENCES periods(id),
  unit_id INTEGER NOT NULL,
  empty INTEGER NOT NULL,
  draft INTEGER NOT NULL,
  submitted INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  owes INTEGER NOT NULL,        -- 1: something has yet to be answered
  PRIMARY KEY (period_id, unit_id)
) /* clustered */;
CREATE INDEX period_units_by_owes ON period_units(period_id, owes, unit_id);
