-- What the checks say of the ledger is kept, so that nobody waits for it, and so that a person's word on a finding stays.

-- Lasting: a person has explained a finding. The key is made of the words that the finding speaks of (office/checks.cc), so
-- that the mark stays as long as they do, through new versions and recomputations.
CREATE TABLE finding_marks (
  key TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL
) /* clustered */;

-- Derived: the rest can be made again (zhenggai rebuild).
CREATE TABLE findings (
  id INTEGER PRIMARY KEY,       -- stays while the finding does
  document_id INTEGER NOT NULL, -- where it stands
  other_id INTEGER NOT NULL,    -- the document it is held against; 0: none
  round_id INTEGER NOT NULL,
  period TEXT NOT NULL,         -- of a dispatch; empty: none
  task_id INTEGER NOT NULL,     -- 0: the body of a report
  severity INTEGER NOT NULL,    -- 0 error, 1 warning, 2 note
  kind TEXT NOT NULL,           -- as in check.schema.json
  key TEXT NOT NULL,
  body TEXT NOT NULL            -- JSON, as GET /api/findings gives it, without what depends on marks
);
CREATE UNIQUE INDEX findings_by_document ON findings(document_id, key, other_id);
CREATE INDEX findings_by_severity ON findings(severity, id);
CREATE INDEX findings_by_other ON findings(other_id);
CREATE INDEX findings_by_task ON findings(task_id, severity, id);

CREATE TABLE finding_units (
  unit_id INTEGER NOT NULL,
  finding_id INTEGER NOT NULL REFERENCES findings(id) ON DELETE CASCADE,
  PRIMARY KEY (unit_id, finding_id)
) /* clustered */;
CREATE INDEX finding_units_by_finding ON finding_units(finding_id);

CREATE TABLE relations (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL,
  task_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX relations_by_document ON relations(document_id, id);

-- What a document was like when it was last put to the test.
CREATE TABLE check_runs (
  document_id INTEGER PRIMARY KEY,
  state TEXT NOT NULL
);
