-- A seal on every table: how many rows it has, and the sum of their digests, kept by the connection that writes, in the
-- transaction of each change. Whoever changes a row with another tool leaves the seal as it was, and verify names the table.

CREATE TABLE seals (
  name TEXT PRIMARY KEY,        -- of the table; "schema": all definitions
  rows INTEGER NOT NULL,
  sum TEXT NOT NULL
);
