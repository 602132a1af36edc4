-- Reminders (催办): a unit gets one summary a day at the most, in the product and as a letter. Letters wait in the outbox
-- until a mail server has taken them.

-- Who gets a unit's letters.
CREATE TABLE contacts (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL,     -- 0: the office
  name TEXT NOT NULL,
  email TEXT NOT NULL
);
CREATE UNIQUE INDEX contacts_by_unit ON contacts(unit_id, email);

CREATE TABLE notices (
  id INTEGER PRIMARY KEY,
  unit_id INTEGER NOT NULL,     -- 0: the office
  day TEXT NOT NULL,
  kind TEXT NOT NULL,           -- reminder, verify
  title TEXT NOT NULL,
  lines TEXT NOT NULL,          -- JSON: [{text, link, late}]
  at TEXT NOT NULL
);
CREATE UNIQUE INDEX notices_once ON notices(unit_id, day, kind);
CREATE INDEX notices_by_unit ON notices(unit_id, id);

-- What of it a person has read.
CREATE TABLE notice_reads (
  user_id INTEGER NOT NULL,     -- 0: a command or a door without sign-in
  notice_id INTEGER NOT NULL REFERENCES notices(id),
  at TEXT NOT NULL,
  PRIMARY KEY (user_id, notice_id)
) /* clustered */;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  notice_id INTEGER NOT NULL REFERENCES notices(id),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state INTEGER NOT NULL,       -- 0 waiting, 1 being handed over, 2 sent, 3 given up
  tries INTEGER NOT NULL,
  next_try INTEGER NOT NULL,    -- Unix seconds: not before
  made INTEGER NOT NULL,        -- Unix seconds
  said TEXT NOT NULL,           -- what came of the last try
  done_at TEXT NOT NULL
);
CREATE INDEX outbox_by_state ON outbox(state, next_try, id);
CREATE INDEX outbox_newest ON outbox(state, id);
CREATE UNIQUE INDEX outbox_once ON outbox(notice_id, email);

-- The day on which something was last done that is done once a day.
CREATE TABLE clock_marks (
  name TEXT PRIMARY KEY,
  day TEXT NOT NULL
) /* clustered */;

CREATE INDEX periods_by_closed ON periods(closed, due, id);
CREATE INDEX period_units_by_unit ON period_units(unit_id, owes, period_id);
