-- expand
-- What pages show of many tasks at once stands in an index, not in the rows of tasks, which are wide and lie apart. On
-- PostgreSQL the search has an index by blocks of rows (postgres/text_index.cc); the one before it goes with 0019.

CREATE INDEX tasks_paths ON tasks(id, path);
-- The innermost entry around a place in a document.
CREATE INDEX tasks_spans ON tasks(document_id, span_begin DESC, span_end);
