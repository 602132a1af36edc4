-- contract since 18
-- Indexes that no program since 0018 asks any more. There are none on SQLite.

DROP INDEX IF EXISTS paragraph_search_words;
DROP INDEX IF EXISTS task_search_words;
