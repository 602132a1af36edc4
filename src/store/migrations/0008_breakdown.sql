-- Tasks are broken down into steps, each with a unit, a day, a deliverable and a weight (任务分解, 交账手册), and periods of
-- dispatch open by rule, so that nobody has to think of it on the first of the month. Days are Beijing dates as ISO 8601.

CREATE TABLE breakdowns (
  task_id INTEGER PRIMARY KEY REFERENCES tasks(id),
  revision INTEGER NOT NULL,    -- grows with every change to the steps
  updated_by TEXT NOT NULL,
  updated_at TEXT NOT NULL
);

CREATE TABLE breakdown_steps (
  id INTEGER PRIMARY KEY,       -- evidence may be tied to it
  task_id INTEGER NOT NULL REFERENCES tasks(id),
  ord INTEGER NOT NULL,         -- place among those that are there
  gone INTEGER NOT NULL,        -- 1: taken out; kept so that its id is never another step's
  measure_ord INTEGER NOT NULL, -- -1: of the task as a whole
  body TEXT NOT NULL,
  unit_id INTEGER NOT NULL,     -- 0: not said yet
  due TEXT,                     -- NULL: none
  deliverable TEXT NOT NULL,
  weight INTEGER NOT NULL,      -- of 100
  done_day TEXT,                -- NULL: not done
  done_by TEXT NOT NULL
);
CREATE INDEX breakdown_steps_by_task ON breakdown_steps(task_id, gone, ord);
CREATE INDEX breakdown_steps_by_unit ON breakdown_steps(unit_id, gone, done_day, due);

CREATE TABLE period_rules (
  kind TEXT PRIMARY KEY,        -- month, quarter
  active INTEGER NOT NULL,      -- 0: nothing is opened by itself
  opens INTEGER NOT NULL,       -- day of the period on which it is opened: 1 its first
  due INTEGER NOT NULL,         -- last day to answer, counted from the period's first: 25; 0: its last day
  workdays INTEGER NOT NULL,    -- 1: a last day that is not worked moves to the next one that is
  rounds TEXT NOT NULL,         -- JSON list of round ids; empty: all
  since TEXT NOT NULL,          -- what was to be opened before this day is left alone
  revision INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
