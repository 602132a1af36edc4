-- contract since 22
-- Programs before 0022 do not keep them.

INSERT INTO changes (what, stamp) VALUES ('task_names', 0);

-- On which side a unit stands at what waits: responsible (8 * 2^40 + unit) or to accept (10 * 2^40 + unit), store/facet.h.
-- Programs since 0022 have made some already.
DELETE FROM case_facets WHERE facet >= 8796093022208;
DELETE FROM case_counts WHERE facet >= 8796093022208;
INSERT INTO case_facets (facet, place, entered, task_id, due)
  SELECT DISTINCT 8796093022208 + u.unit_id, f.place, f.entered, f.task_id, f.due
  FROM case_facets f JOIN task_units u ON u.task_id = f.task_id AND u.side = 0 WHERE f.facet = 0;
INSERT INTO case_facets (facet, place, entered, task_id, due)
  SELECT DISTINCT 10995116277760 + u.unit_id, f.place, f.entered, f.task_id, f.due
  FROM case_facets f JOIN task_units u ON u.task_id = f.task_id AND u.side = 1 WHERE f.facet = 0;
INSERT INTO case_counts (facet, place, n)
  SELECT facet, place, count(*) FROM case_facets WHERE facet >= 8796093022208 GROUP BY facet, place;
INSERT INTO changes (what, stamp) VALUES ('case_sides', 0);

UPDATE evidence_heads SET second = coalesce((SELECT max(x.evidence_id) FROM evidence_ties x
  WHERE x.task_id = evidence_heads.task_id AND x.evidence_id < evidence_heads.latest), 0) WHERE unit_id > 0;
