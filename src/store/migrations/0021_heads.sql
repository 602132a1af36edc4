-- contract since 20
-- Programs before 0020 do not keep them.

DELETE FROM evidence_heads;
INSERT INTO evidence_heads (unit_id, latest, task_id)
  SELECT v.unit_id, m.latest, v.task_id
  FROM (SELECT x.task_id, max(x.evidence_id) AS latest FROM evidence_ties x GROUP BY x.task_id) AS m
  JOIN task_seen v ON v.task_id = m.task_id;
INSERT INTO evidence_heads (unit_id, latest, task_id) VALUES (0, 0, 0);
