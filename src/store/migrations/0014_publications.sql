-- What is shown to everybody (公开): snapshots that one person prepares and another releases.

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
