-- Several programs on one database: which of them are there, and which of them does what. Nothing of this is part of the
-- ledger: it is made again by itself, is not sealed and not carried to another database (store/passing.h).

CREATE TABLE nodes (
  id INTEGER PRIMARY KEY,       -- by chance: never that of another program, nor of this one after it was taken for dead
  name TEXT NOT NULL,           -- for people: machine and port
  version TEXT NOT NULL,
  knows INTEGER NOT NULL,       -- the last migration it has
  started_ms INTEGER NOT NULL,  -- since 1970, by the database's clock
  seen_ms INTEGER NOT NULL
);

-- What is to be done once, by one of them. It is free where its node is not in `nodes`.
CREATE TABLE jobs (
  kind TEXT NOT NULL,           -- import, letter, clock, checks
  subject TEXT NOT NULL,        -- what of that kind
  due_ms INTEGER NOT NULL,      -- not before, since 1970
  node_id INTEGER NOT NULL,     -- who does it; 0: nobody yet
  since_ms INTEGER NOT NULL,    -- … since
  tries INTEGER NOT NULL,       -- how often it was begun
  error TEXT NOT NULL,          -- what came of the last try
  note TEXT NOT NULL,           -- how far it is, for people
  PRIMARY KEY (kind, subject)
) /* clustered */;
CREATE INDEX jobs_due ON jobs(kind, due_ms);

-- How much somebody may do just now (http/buckets.h), counted over all programs.
CREATE /* unlogged */ TABLE limits (
  name TEXT PRIMARY KEY,
  tokens REAL NOT NULL,         -- as of then; below 0: a debt
  at_ms INTEGER NOT NULL
);

-- The parts of uploads under way that were acknowledged, so that any program finds them.
CREATE TABLE upload_parts (
  upload_id INTEGER NOT NULL,
  at INTEGER NOT NULL,          -- offset in the file
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (upload_id, at)
) /* clustered */;

-- The oldest program that can work on a ledger that has this migration, by the last migration it knows; 0: this one.
ALTER TABLE schema_migrations ADD COLUMN oldest INTEGER NOT NULL DEFAULT 0;
