-- expand
-- Search by somebody who does not see all: on PostgreSQL the index of paragraphs knows their documents
-- (postgres/text_index.cc makes it), and takes the place of the one before. There is none on SQLite.

DROP INDEX IF EXISTS paragraph_search_blocks;
