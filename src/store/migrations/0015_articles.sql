-- The publicity record (宣传报道): what media said of the rectification, and the office's own briefs.

CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  day TEXT NOT NULL,            -- Beijing date of publication, ISO 8601
  week TEXT NOT NULL,           -- the Monday of its week
  title TEXT NOT NULL,
  medium TEXT NOT NULL,
  kind TEXT NOT NULL,           -- of vocab/media.toml
  level TEXT NOT NULL,          -- of vocab/media.toml; empty: none said
  region TEXT NOT NULL,         -- code; empty: none said
  unit_id INTEGER NOT NULL,     -- 0: none said
  round_id INTEGER NOT NULL,    -- 0: none said
  link TEXT NOT NULL,
  tasks TEXT NOT NULL,          -- JSON: ids of tasks it tells of
  note TEXT NOT NULL,
  pieces INTEGER NOT NULL,      -- how many it stands for
  open INTEGER NOT NULL,        -- 1: may be counted and listed on the public site
  gone INTEGER NOT NULL,        -- 1: taken off
  reason TEXT NOT NULL,         -- why it was taken off
  revision INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX articles_by_day ON articles(gone, day, id);
CREATE INDEX articles_by_round ON articles(round_id, gone, day, id);
