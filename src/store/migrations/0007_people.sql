-- People: who may sign in, for which unit, in which roles; who is signed in just now; how units stand under each other.
-- A task is seen by every unit that stands at it and by every unit above those.

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,   -- lower case
  name TEXT NOT NULL UNIQUE,    -- events tell it, so no two share one
  unit_id INTEGER REFERENCES units(id),
  roles INTEGER NOT NULL,       -- bits (ledger/role.h)
  whole INTEGER NOT NULL,       -- 1: sees the whole ledger; 0: what unit_id and the units under it see
  alone INTEGER NOT NULL,       -- 1: works alone on this machine, in every role
  state TEXT NOT NULL,          -- active, closed
  password TEXT NOT NULL,       -- Argon2id; empty: none, signs in elsewhere
  must_change INTEGER NOT NULL, -- 1: somebody else chose the password
  email TEXT NOT NULL,
  subject TEXT UNIQUE,          -- who it is at the provider of OpenID Connect
  revision INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX users_by_unit ON users(unit_id, id);

-- Not told by events: counts of the moment.
CREATE TABLE user_failures (
  login TEXT PRIMARY KEY,       -- of a user or of nobody, so that neither can be told from the other
  failed INTEGER NOT NULL,      -- in a row
  free_at INTEGER NOT NULL      -- Unix seconds: no try before
) /* clustered */;
CREATE INDEX user_failures_by_time ON user_failures(free_at);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,   -- SHA-256 of what the browser holds
  user_id INTEGER NOT NULL REFERENCES users(id),
  began INTEGER NOT NULL,       -- Unix seconds, as all below
  seen INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  address TEXT NOT NULL,
  agent TEXT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions(user_id, id);

-- The one-time link that the first administrator is made with; one row at most.
CREATE TABLE setup_links (
  token TEXT PRIMARY KEY,       -- SHA-256
  ends INTEGER NOT NULL
) /* clustered */;

ALTER TABLE units ADD COLUMN parent_id INTEGER REFERENCES units(id);
ALTER TABLE units ADD COLUMN parent_said INTEGER NOT NULL DEFAULT 0;  -- 1: a person put it there
UPDATE units SET parent_said = 0;  -- written out: SQLite 3.40 tells the seals NULL for a default that no row holds yet
CREATE INDEX units_by_parent ON units(parent_id, id);

CREATE INDEX events_by_actor ON events(actor, seq);
CREATE INDEX events_by_kind ON events(kind, seq);

-- Derived (zhenggai rebuild).
CREATE TABLE task_seen (
  unit_id INTEGER NOT NULL,
  task_id INTEGER NOT NULL,
  PRIMARY KEY (unit_id, task_id)
) /* clustered */;
CREATE INDEX task_seen_by_task ON task_seen(task_id, unit_id);
