-- What is shown to everybody (公开): snapshots that one person prepares and another releases, and the record of what the
-- media said (宣传报道).

CREATE TABLE publications (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,           -- task, round, document
  subject INTEGER NOT NULL,     -- id of the task, round or document
  round_id INTEGER NOT NULL,
  title TEXT NOT NULL,          -- masked, for lists
  state TEXT NOT NULL,          -- draft, review, released, withdrawn, replaced, dropped
  facts TEXT NOT NULL,          -- JSON: what is shown and is no free text
  fields TEXT NOT NULL,         -- JSON: [{name, title, text, masks}], as in the ledger
  snapshot TEXT NOT NULL,       -- JSON, masked: what is seen; empty until submitted
  sm3 TEXT NOT NULL,            -- of the snapshot
  sha256 TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,    -- of a document for download, in the vault; empty: none
  people TEXT NOT NULL,         -- JSON: {made, submitted, released, ended, hands}: {name, user, at}
  reason TEXT NOT NULL,         -- of the last return or withdrawal
  public_seq INTEGER NOT NULL,  -- event that last changed what the public sees; 0: none did
  revision INTEGER NOT NULL
);
CREATE INDEX publications_by_subject ON publications(kind, subject, id);
CREATE INDEX publications_by_state ON publications(state, id);
CREATE INDEX publications_by_public ON publications(public_seq);

CREATE TABLE coverage (
  id INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  medium TEXT NOT NULL,         -- who carried it: 云川日报
  kind TEXT NOT NULL,           -- newspaper, broadcast, web, wechat, briefing, other
  title TEXT NOT NULL,
  link TEXT NOT NULL,           -- http(s) address; empty: none
  task_id INTEGER NOT NULL,     -- 0: of no task
  round_id INTEGER NOT NULL,    -- 0: of no round
  shown INTEGER NOT NULL,       -- 1: on the public site
  removed INTEGER NOT NULL,     -- 1: taken out of the record
  added_by TEXT NOT NULL,
  added_at TEXT NOT NULL,
  public_seq INTEGER NOT NULL,  -- as in publications
  revision INTEGER NOT NULL
);
CREATE INDEX coverage_by_day ON coverage(removed, day, id);
CREATE INDEX coverage_by_public ON coverage(public_seq);
