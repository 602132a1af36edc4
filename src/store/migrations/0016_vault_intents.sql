-- What is about to be kept in the vault, noted before its bytes go there, so that bytes nobody came to name are found.

CREATE TABLE vault_intents (
  digest TEXT PRIMARY KEY,      -- SHA-256
  bytes INTEGER NOT NULL,
  begun_at TEXT NOT NULL,
  begun_ms INTEGER NOT NULL     -- the same as a number: since 1970
);
