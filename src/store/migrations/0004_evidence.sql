-- The ledger of evidence (资料台账): what every claim rests on. Bytes lie in the vault by digest; here stands what they are,
-- what they belong to, and who decided on them. Nothing is deleted: a removal is a decision by two people that stays.

-- Uploads under way. Bytes lie in the folder uploads/ until the upload is finished; `received` is what was acknowledged.
CREATE TABLE uploads (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL,          -- the actor's name …
  user_id INTEGER NOT NULL,     -- … and user; 0: a command or a door without sign-in
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,       -- as declared
  received INTEGER NOT NULL,    -- on disk, synced
  sha256 TEXT NOT NULL,         -- as declared; empty: not declared
  started_at TEXT NOT NULL,
  touched_ms INTEGER NOT NULL,  -- milliseconds since 1970 of the last part: unfinished ones expire
  evidence_id INTEGER NOT NULL  -- 0: not finished
);
CREATE INDEX uploads_by_owner ON uploads(user_id, owner, evidence_id);
CREATE INDEX uploads_by_touch ON uploads(touched_ms);

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  family_id INTEGER NOT NULL,   -- id of its first version
  version INTEGER NOT NULL,     -- 1, 2, …
  kind TEXT NOT NULL,           -- a kind of vocab/evidence.toml
  title TEXT NOT NULL,
  fact_day TEXT,                -- when it happened; NULL: not stated. Not the day of the upload.
  place TEXT NOT NULL,
  author TEXT NOT NULL,         -- who made it
  unit_id INTEGER NOT NULL,     -- the author's unit; 0: not stated
  note TEXT NOT NULL,
  name TEXT NOT NULL,           -- of the file
  format TEXT NOT NULL,         -- as sniffed: pdf, jpeg, docx, …
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  sm3 TEXT NOT NULL,
  uploaded_at TEXT NOT NULL,
  uploaded_by TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  state INTEGER NOT NULL,       -- 0 there, 1 removal asked for, 2 removed
  newest INTEGER NOT NULL,      -- 1: no later version
  shown INTEGER NOT NULL,       -- 1: newest and not removed; what lists hold
  revision INTEGER NOT NULL
);
CREATE INDEX evidence_by_family ON evidence(family_id, version);
CREATE INDEX evidence_by_digest ON evidence(sha256);
CREATE INDEX evidence_shown ON evidence(shown, id);
CREATE INDEX evidence_by_kind ON evidence(kind, shown, id);
CREATE INDEX evidence_by_unit ON evidence(unit_id, shown, id);
CREATE INDEX evidence_by_day ON evidence(shown, fact_day, id);
CREATE INDEX evidence_by_state ON evidence(state, id);

-- What a piece of evidence belongs to.
CREATE TABLE evidence_ties (
  evidence_id INTEGER NOT NULL REFERENCES evidence(id),
  kind TEXT NOT NULL,           -- task, measure, report, step, item
  ref_id INTEGER NOT NULL,      -- id of that thing
  task_id INTEGER NOT NULL,     -- the task it is part of
  PRIMARY KEY (evidence_id, kind, ref_id)
) /* clustered */;
CREATE INDEX evidence_ties_by_task ON evidence_ties(task_id, evidence_id);
CREATE INDEX evidence_ties_by_ref ON evidence_ties(kind, ref_id, evidence_id);

-- Decisions to remove: asked for by one, decided by another.
CREATE TABLE evidence_removals (
  id INTEGER PRIMARY KEY,
  evidence_id INTEGER NOT NULL REFERENCES evidence(id),
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_user INTEGER NOT NULL,
  asked_at TEXT NOT NULL,
  decision TEXT NOT NULL,       -- empty: open; confirmed, refused
  decided_by TEXT NOT NULL,
  decided_user INTEGER NOT NULL,
  decided_at TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX evidence_removals_by_evidence ON evidence_removals(evidence_id, id);

-- Words of title, file name, place and author, for search: derived.
CREATE TABLE evidence_words (
  word TEXT NOT NULL,
  evidence_id INTEGER NOT NULL,
  PRIMARY KEY (word, evidence_id)
) /* clustered */;
CREATE INDEX evidence_words_by_evidence ON evidence_words(evidence_id);
