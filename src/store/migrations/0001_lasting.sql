-- What must never be lost: the files as they came, what was read from them, what people decided, and the chain of
-- events that proves it. Spans are [begin, end) in code points of the document's text. Days are Beijing dates as
-- ISO 8601 text; NULL where none is stated. Times are ISO 8601 with +08:00.

CREATE TABLE rounds (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  level TEXT NOT NULL,          -- central, region, prefecture, other
  number INTEGER NOT NULL,      -- 第二轮 → 2; 0: not counted
  year INTEGER NOT NULL,        -- of the inspection; 0: unknown
  created_at TEXT NOT NULL
);

-- The text that a file became, once for an import and for the document it is committed as.
CREATE TABLE texts (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  sm3 TEXT NOT NULL,            -- of the UTF-8 bytes
  notes TEXT NOT NULL,          -- JSON list of Chinese sentences
  ocr INTEGER NOT NULL
);

CREATE TABLE blocks (
  text_id INTEGER NOT NULL REFERENCES texts(id) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  kind INTEGER NOT NULL,        -- 0 paragraph, 1 heading, 2 cell, 3 footnote
  level INTEGER NOT NULL,
  label_size INTEGER NOT NULL,
  page INTEGER NOT NULL,
  paragraph INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  table_no INTEGER NOT NULL,
  row_no INTEGER NOT NULL,
  column_no INTEGER NOT NULL,
  row_span INTEGER NOT NULL,
  column_span INTEGER NOT NULL,
  PRIMARY KEY (text_id, ord)
) /* clustered */;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,           -- as the file was called; never used as a path
  format TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,         -- where the vault has it
  sm3 TEXT NOT NULL,
  state TEXT NOT NULL,          -- reading, draft, failed, committed, discarded
  error_id TEXT NOT NULL,
  error TEXT NOT NULL,          -- Chinese sentence where the file could not be read
  text_id INTEGER REFERENCES texts(id),
  draft TEXT,                   -- extraction.schema.json, as extracted
  head TEXT NOT NULL,           -- JSON: title, kind, issuer, date, round as they stand after corrections
  tasks INTEGER NOT NULL,
  doubts INTEGER NOT NULL,
  supersedes INTEGER,           -- document of which this is a new version; NULL: of none
  supersedes_said INTEGER NOT NULL,  -- 1: a person said so (or denied it)
  document_id INTEGER,          -- once committed
  actor TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX imports_by_state ON imports(state, id);
CREATE INDEX imports_by_digest ON imports(sha256);

CREATE TABLE corrections (
  import_id INTEGER NOT NULL REFERENCES imports(id),
  ord INTEGER NOT NULL,         -- 1, 2, 3, …; an undone one keeps its place
  path TEXT,                    -- NULL: of the document itself
  field TEXT NOT NULL,
  before TEXT NOT NULL,         -- JSON
  after TEXT NOT NULL,          -- JSON
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  undone INTEGER NOT NULL,
  PRIMARY KEY (import_id, ord)
) /* clustered */;

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  family_id INTEGER NOT NULL,   -- id of its first version
  version INTEGER NOT NULL,     -- 1, 2, …
  newest INTEGER NOT NULL,      -- 1: no later version
  round_id INTEGER NOT NULL REFERENCES rounds(id),
  import_id INTEGER NOT NULL REFERENCES imports(id),
  text_id INTEGER NOT NULL REFERENCES texts(id),
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  sm3 TEXT NOT NULL,
  title TEXT NOT NULL,
  title_begin INTEGER NOT NULL,
  title_end INTEGER NOT NULL,
  kind TEXT NOT NULL,           -- task_list, progress_report, report
  issuers TEXT NOT NULL,        -- JSON: [{name, begin, end}]
  doc_date TEXT,
  date_begin INTEGER NOT NULL,
  date_end INTEGER NOT NULL,
  corrected TEXT NOT NULL,      -- JSON list: fields of the document that a person changed
  doubts TEXT NOT NULL,         -- JSON
  draft TEXT NOT NULL,          -- as committed, corrections in it
  committed_at TEXT NOT NULL,
  committed_by TEXT NOT NULL
);
CREATE INDEX documents_by_family ON documents(family_id, version);
CREATE INDEX documents_by_digest ON documents(sha256);
CREATE INDEX documents_by_title ON documents(newest, kind, title);
CREATE INDEX documents_by_round ON documents(round_id, newest);

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,       -- stays through new versions of its document
  document_id INTEGER NOT NULL REFERENCES documents(id),  -- the newest version that has it
  round_id INTEGER NOT NULL REFERENCES rounds(id),
  parent_id INTEGER REFERENCES tasks(id),
  seq INTEGER NOT NULL,         -- place in the document, from 0
  path TEXT NOT NULL,           -- 16.2
  label TEXT NOT NULL,
  label_begin INTEGER NOT NULL,
  label_end INTEGER NOT NULL,
  is_task INTEGER NOT NULL,     -- 0: a heading that only holds others
  headings TEXT NOT NULL,       -- JSON list
  problem TEXT NOT NULL,
  problem_begin INTEGER NOT NULL,
  problem_end INTEGER NOT NULL,
  goal TEXT NOT NULL,
  goal_begin INTEGER NOT NULL,
  goal_end INTEGER NOT NULL,
  responsible_open INTEGER NOT NULL,  -- the list ended in 等…部门
  deadline TEXT,                -- as worded; NULL: none stated
  deadline_begin INTEGER NOT NULL,
  deadline_end INTEGER NOT NULL,
  due TEXT,                     -- last day allowed
  immediate INTEGER NOT NULL,
  long_term INTEGER NOT NULL,
  ambiguous INTEGER NOT NULL,
  status TEXT,                  -- as worded; NULL: none stated
  status_begin INTEGER NOT NULL,
  status_end INTEGER NOT NULL,
  status_kind TEXT NOT NULL,    -- not_started, in_progress, completed, ongoing; empty: none stated
  status_long_term INTEGER NOT NULL,
  behind_schedule INTEGER NOT NULL,
  upstream_ordinal INTEGER,     -- 自治区序号三 → 3
  upstream_begin INTEGER NOT NULL,
  upstream_end INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  doubts TEXT NOT NULL,         -- JSON
  corrected TEXT NOT NULL,      -- JSON list: fields whose value is a person's
  gone INTEGER NOT NULL,        -- 1: the newest version of the document no longer has it
  revision INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX tasks_by_document ON tasks(document_id, seq);
CREATE INDEX tasks_by_parent ON tasks(parent_id);

CREATE TABLE measures (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL REFERENCES tasks(id),
  ord INTEGER NOT NULL,
  number INTEGER,
  text TEXT NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  lead TEXT NOT NULL,
  lead_begin INTEGER NOT NULL,
  lead_end INTEGER NOT NULL
);
CREATE UNIQUE INDEX measures_by_task ON measures(task_id, ord);

-- Dates: earlier phases of a deadline (measure_ord -1) and what measures promise.
CREATE TABLE dated (
  task_id INTEGER NOT NULL REFERENCES tasks(id),
  measure_ord INTEGER NOT NULL,
  ord INTEGER NOT NULL,
  day TEXT NOT NULL,
  text TEXT NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (task_id, measure_ord, ord)
) /* clustered */;

CREATE TABLE targets (
  task_id INTEGER NOT NULL REFERENCES tasks(id),
  ord INTEGER NOT NULL,
  measure_ord INTEGER NOT NULL, -- -1: from the goal
  quantity TEXT NOT NULL,
  comparator TEXT NOT NULL,
  number REAL,
  klass TEXT NOT NULL,
  unit TEXT NOT NULL,
  by_day TEXT,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (task_id, ord)
) /* clustered */;

CREATE TABLE progress (
  task_id INTEGER NOT NULL REFERENCES tasks(id),
  ord INTEGER NOT NULL,
  number INTEGER,
  text TEXT NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  PRIMARY KEY (task_id, ord)
) /* clustered */;

CREATE TABLE regions (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  level TEXT NOT NULL,
  parent TEXT NOT NULL,
  short_names TEXT NOT NULL     -- JSON list
);

-- Grows with use. `ident` is what two spellings of one unit share: region code and the rest of the name.
CREATE TABLE units (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  ident TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  region TEXT NOT NULL,         -- code; empty: unknown or a group
  known INTEGER NOT NULL,       -- 0: as written in a document, nobody has confirmed it
  created_at TEXT NOT NULL
);
CREATE TABLE unit_aliases (
  alias TEXT PRIMARY KEY,
  unit_id INTEGER NOT NULL REFERENCES units(id)
) /* clustered */;
CREATE INDEX unit_aliases_by_unit ON unit_aliases(unit_id);

CREATE TABLE task_units (
  task_id INTEGER NOT NULL REFERENCES tasks(id),
  side INTEGER NOT NULL,        -- 0 responsible, 1 acceptance
  measure_ord INTEGER NOT NULL, -- -1: of the task; else of that measure
  ord INTEGER NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES units(id),
  name TEXT NOT NULL,           -- canonical, as it was read
  role INTEGER NOT NULL,        -- 0 none stated, 1 lead, 2 supporting
  written TEXT NOT NULL,        -- the characters it came from
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  known INTEGER NOT NULL,
  inherited INTEGER NOT NULL,
  PRIMARY KEY (task_id, side, measure_ord, ord)
) /* clustered */;
CREATE INDEX task_units_by_unit ON task_units(unit_id, task_id);

CREATE TABLE links (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,           -- cascades_from, follows_up
  from_task INTEGER NOT NULL REFERENCES tasks(id),  -- the lower, or the later
  to_task INTEGER NOT NULL REFERENCES tasks(id),
  state TEXT NOT NULL,          -- proposed, confirmed, rejected, withdrawn (proposed once, no longer)
  score REAL NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  UNIQUE (kind, from_task, to_task)
);
CREATE INDEX links_by_from ON links(from_task);
CREATE INDEX links_by_to ON links(to_task);

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  document_id INTEGER NOT NULL, -- 0: none
  task_id INTEGER NOT NULL,     -- 0: none
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  note TEXT NOT NULL,           -- the reason a person gave
  proof TEXT NOT NULL,          -- digests of the tasks and of the document that the event left behind
  previous TEXT NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX events_by_task ON events(task_id, seq);
CREATE INDEX events_by_document ON events(document_id, seq);
