-- Tasks go through a workflow to their close-out (销号). The version of the workflow that a task began with stays with it;
-- what was done at each step is in the events. Days are Beijing dates as ISO 8601 text.

CREATE TABLE workflow_versions (
  id INTEGER PRIMARY KEY,
  workflow TEXT NOT NULL,       -- its id: region
  title TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,  -- SM3 of source
  source TEXT NOT NULL,         -- the file as it was read
  since TEXT NOT NULL           -- when a task first began with it
);

CREATE TABLE task_cases (
  task_id INTEGER PRIMARY KEY REFERENCES tasks(id),
  version_id INTEGER NOT NULL REFERENCES workflow_versions(id),
  begun_state TEXT NOT NULL,    -- where its document put it, …
  begun_day TEXT NOT NULL,      -- … when, …
  begun_seq INTEGER NOT NULL,   -- … and the event that proves it
  state TEXT NOT NULL,
  entered TEXT NOT NULL,
  cycle INTEGER NOT NULL,       -- 1, 2, …: grows with every rebound (反弹)
  cycle_at TEXT NOT NULL,       -- when this cycle began; empty: the first
  back TEXT NOT NULL,           -- where it was before the look-back (回头看); empty: none under way
  checked TEXT,                 -- last re-check in this state
  due TEXT,                     -- last day for the next step; NULL: none
  by_deadline INTEGER NOT NULL, -- 1: due is the task's own deadline and moves with it
  revision INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX task_cases_by_begun ON task_cases(begun_seq, task_id);

-- Derived from here on (zhenggai rebuild): what the board is asked for. facet as in store/facet.h (all, round, unit);
-- place: workflow/state.
CREATE TABLE case_facets (
  facet INTEGER NOT NULL,
  place TEXT NOT NULL,
  entered TEXT NOT NULL,
  task_id INTEGER NOT NULL,
  due TEXT NOT NULL,            -- 9999-12-31: none
  PRIMARY KEY (facet, place, entered, task_id)
) /* clustered */;
CREATE INDEX case_facets_by_due ON case_facets(facet, place, due, task_id);
CREATE INDEX case_facets_late ON case_facets(facet, due, task_id);
CREATE INDEX case_facets_by_task ON case_facets(task_id);

CREATE TABLE case_counts (
  facet INTEGER NOT NULL,
  place TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (facet, place)
) /* clustered */;
