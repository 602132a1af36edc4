-- Letters' templates that an office has changed: every version stays, the newest in use unless the one built in is.

CREATE TABLE paper_templates (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,           -- of the file as it came
  sha256 TEXT NOT NULL,         -- its bytes are in the vault
  sm3 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  in_use INTEGER NOT NULL,      -- 1: letters of that kind are written with it; at most one a kind
  uploaded_by TEXT NOT NULL,
  uploaded_at TEXT NOT NULL
);
CREATE INDEX paper_templates_by_kind ON paper_templates(kind, id);
