-- Lists, counts and search must answer at once however large the ledger is, so what they need is kept beside it.
-- Everything here can be made again from 0001 (zhenggai rebuild).

-- One ready line for each task that is shown in lists.
CREATE TABLE task_rows (
  ord INTEGER PRIMARY KEY,      -- family of the document * 1000000 + place in it: the order by number
  task_id INTEGER NOT NULL UNIQUE,
  item TEXT NOT NULL,           -- JSON, as GET /api/tasks gives it, without what depends on the day
  words TEXT NOT NULL,          -- what task_search holds of it
  round_id INTEGER NOT NULL,
  due INTEGER NOT NULL,
  state INTEGER NOT NULL,
  facets TEXT NOT NULL          -- those it has in task_facets, by blanks
);

-- For each thing that a list can be filtered by (a facet), the tasks that have it, in every order that is offered.
-- facet: kind * 2^40 + id (store/facet.h); facet 0 has all tasks.
CREATE TABLE task_facets (
  facet INTEGER NOT NULL,
  ord INTEGER NOT NULL,
  due INTEGER NOT NULL,         -- 20231231; 99999999: none
  state INTEGER NOT NULL,
  updated INTEGER NOT NULL,     -- milliseconds since 1970
  bits INTEGER NOT NULL,        -- flags and roles (store/facet.h)
  PRIMARY KEY (facet, ord)
) /* clustered */;
CREATE INDEX task_facets_by_due ON task_facets(facet, due, ord, state, bits);
CREATE INDEX task_facets_by_state ON task_facets(facet, state, ord, due, bits);
CREATE INDEX task_facets_by_updated ON task_facets(facet, updated, ord, due, state, bits);

-- How many tasks have a facet, by state and due day; round_id 0 counts all rounds.
CREATE TABLE task_counts (
  round_id INTEGER NOT NULL,
  facet INTEGER NOT NULL,
  due INTEGER NOT NULL,
  state INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (round_id, facet, due, state)
) /* clustered */;

-- The sum of the above for each facet; `kind` so that the busiest units are found without looking at all.
CREATE TABLE facet_totals (
  round_id INTEGER NOT NULL,
  facet INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (round_id, facet)
) /* clustered */;
CREATE INDEX facet_totals_by_size ON facet_totals(round_id, kind, n, facet);

-- What is searched for words: paragraphs, with lines that belong together joined. Newest versions only.
CREATE TABLE passages (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL
);
CREATE INDEX passages_by_document ON passages(document_id, id);
