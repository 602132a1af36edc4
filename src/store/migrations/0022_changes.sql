-- expand
-- Whether something that programs remember has changed: another number each time (store/known_names.h). Filled by 0023,
-- when no program that does not keep it is at work.
CREATE TABLE changes (
  what TEXT PRIMARY KEY,
  stamp INTEGER NOT NULL
);

-- No piece of the task but the newest is newer than `second`: a task whose second one is old is not looked at for the
-- newest of a unit (store/evidence_heads.h). Programs that do not know it leave the greatest number, which is true too.
ALTER TABLE evidence_heads ADD COLUMN second INTEGER NOT NULL DEFAULT 9223372036854775807;
CREATE INDEX evidence_heads_seconds ON evidence_heads(unit_id, latest, second, task_id);
