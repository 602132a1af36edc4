-- expand
-- What somebody sees who does not see all. On PostgreSQL the index of paragraphs knows their documents
-- (postgres/text_index.cc makes it), and takes the place of the one before; the words of tasks are moved into their rows
-- there. There is none of it on SQLite.

DROP INDEX IF EXISTS paragraph_search_blocks;

-- For each unit the tasks that it sees and that have evidence, by the newest piece of each (store/evidence_heads.h).
-- Kept by this version, and filled by 0021, when no program of the version before is at work: a row of unit 0 says so.
CREATE TABLE evidence_heads (
  unit_id INTEGER NOT NULL,
  latest INTEGER NOT NULL,      -- no piece of evidence of the task is newer
  task_id INTEGER NOT NULL,
  PRIMARY KEY (unit_id, latest, task_id)
) /* clustered */;
CREATE INDEX evidence_heads_by_task ON evidence_heads(task_id);

-- On which side a unit stands at a task, in the index that tells where it stands.
CREATE INDEX task_units_stands ON task_units(unit_id, task_id, side);
DROP INDEX task_units_by_unit;
